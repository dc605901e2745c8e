"""Ranging: the best and the worst that a mineral can come to over all open answers.

The bounds of the program (`bounds`) are sound: no answers lead beyond them. A person
who gets there is made by giving every open answer the way it acts on the mineral, as
each finding acts on each mineral in one direction (`checking.directions`), or by a few
answers only, where more would bring in what speaks against it. Where person and bound
meet, the level is exact; where not, that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from minsight import atoms
from minsight.atoms import Atom
from minsight.bounds import Bounder, Bounds
from minsight.circuit import Wire
from minsight.exploring.hypotheses import Changes, Hypotheses, Switch, members
from minsight.exploring.reaching import to_level
from minsight.ruleset import Ruleset
from minsight.scales import LEVELS
from minsight.subject import Subject

FEW: Final = 3
"""How many answers are tried where giving all of them does not reach the bound."""


class Range(msgspec.Struct, frozen=True):
    """Where one mineral can end up.

    `worst` and `best` are levels; each is exact when `worst_is_exact` and
    `best_is_exact`, and else a bound beyond which no answers lead. `to_worst` and
    `to_best` are answers that lead to `reached_worst` and `reached_best`. No answers
    bring it before the rank `first` or behind the rank `last`; those need not be
    reached.
    """

    mineral: str
    level: str
    worst: str
    best: str
    reached_worst: str
    reached_best: str
    first: int
    last: int
    to_worst: tuple[Switch, ...]
    to_best: tuple[Switch, ...]

    @property
    def worst_is_exact(self) -> bool:
        """Whether some answers lead to the worst level."""
        return self.worst == self.reached_worst

    @property
    def best_is_exact(self) -> bool:
        """Whether some answers lead to the best level."""
        return self.best == self.reached_best


def ranges(rules: Ruleset, subject: Subject) -> tuple[Range, ...]:
    """The range of each scored mineral over all that is not answered yet.

    Age, sex, measurements and what was answered stay as they are.

    Raises:
        SubjectError: when the answers contradict each other.
    """
    hypotheses = Hypotheses(rules, subject)
    bounds = Bounder(rules.program).bounds(
        hypotheses.before, open_=hypotheses.brought(hypotheses.additions)
    )
    minerals = rules.program.minerals
    ends = [
        _ends(hypotheses, mineral, _levels(mineral, bounds)) for mineral in minerals
    ]
    people = [changes for pair in ends for changes in pair]
    standings = hypotheses.standings(people)
    found: list[Range] = []
    for n, mineral in enumerate(minerals):
        worst, best = (standings[2 * n + k].levels[mineral] for k in (0, 1))
        sound = _levels(mineral, bounds)
        first, last = _places(mineral, bounds, rules)
        to_worst, to_best = map(hypotheses.told, ends[n])
        found.append(
            Range(
                mineral,
                hypotheses.standing.levels[mineral],
                LEVELS[sound[0]],
                LEVELS[sound[-1]],
                worst,
                best,
                first,
                last,
                to_worst,
                to_best,
            )
        )
    return tuple(
        sorted(found, key=lambda r: (-LEVELS.index(r.best), r.first, r.mineral))
    )


# --- the people who get there ---------------------------------------------------------


def _ends(
    hypotheses: Hypotheses, mineral: str, sound: Sequence[int]
) -> tuple[Changes, Changes]:
    """The answers for the worst and for the best, within the sound levels."""
    up = _direction(hypotheses, mineral)
    worst, best = _greedy(hypotheses, up, -1), _greedy(hypotheses, up, 1)
    goal = LEVELS[sound[-1]]
    if hypotheses.standings([best])[0].levels[mineral] != goal:
        few = to_level(hypotheses, mineral, goal, FEW, hypotheses.additions)
        best = few.sets[0] if few.sets else best
    return worst, best


def _direction(hypotheses: Hypotheses, mineral: str) -> dict[int, int]:
    """For each open answer, whether it can lift the mineral or lower it."""
    signs = _signs(hypotheses, [atoms.at_level(mineral, name) for name in LEVELS[1:]])
    found: dict[int, int] = {}
    for n in members(hypotheses.additions):
        sign = {signs.get(a, 0) for a in hypotheses.brought(1 << n)} - {0}
        if len(sign) == 1:
            found[n] = sign.pop()
    return found


def _signs(hypotheses: Hypotheses, wanted: Iterable[Atom]) -> dict[str, int]:
    """How each signal acts on the wanted atoms: 1 towards them, -1 against, 0 both."""
    crowd = hypotheses.crowd
    found: dict[str, int] = {}
    for atom in wanted:
        signal = crowd.circuit.outputs[atom]
        if isinstance(signal, Wire):
            _add(found, signal.name, -1 if signal.negated else 1)
    for definition in reversed(crowd.definitions(wanted)):
        own = found.get(definition.name)
        if own is None:
            continue
        for body in definition.bodies:
            for wire in body:
                _add(found, wire.name, -own if wire.negated else own)
    return found


def _add(found: dict[str, int], name: str, sign: int) -> None:
    found[name] = sign if found.get(name, sign) == sign else 0


def _greedy(hypotheses: Hypotheses, up: dict[int, int], wanted: int) -> Changes:
    """All open answers that act in the wanted direction and go together."""
    made = 0
    blocked = 0
    for n, sign in up.items():
        if sign == wanted and not blocked >> n & 1 and not hypotheses.prices[n]:
            made |= 1 << n
            blocked |= hypotheses.clashes[n]
    return made


# --- sound bounds ---------------------------------------------------------------------


def _levels(mineral: str, bounds: Bounds) -> Sequence[int]:
    return [
        number
        for number, name in enumerate(LEVELS)
        if atoms.level(mineral, name) in bounds.possible
    ]


def _places(mineral: str, bounds: Bounds, rules: Ruleset) -> tuple[int, int]:
    """The first and the last rank that can be, links allowed for.

    A link moves minerals inside of one level only.
    """
    linked = {
        one
        for link in rules.catalogue.links
        if link.first is not None and atoms.link(link.id) in bounds.possible
        for one in (link.first, *link.others)
    }
    own = _levels(mineral, bounds)
    surely = possibly = 0
    for other in rules.program.minerals:
        if other == mineral:
            continue
        theirs = _levels(other, bounds)
        loose = bool(linked)
        points, others = bounds.points[mineral], bounds.points[other]
        if theirs[0] > own[-1] or (
            not loose and theirs[0] == own[-1] and others.least > points.most
        ):
            surely += 1
        behind = theirs[-1] < own[0] or (
            not loose and theirs[-1] == own[0] and others.most < points.least
        )
        possibly += not behind and theirs[-1] > 0
    return surely + 1, possibly + 1
