"""Bounding: how far each mineral can still rise and fall.

What was said stays said, and each answer that is still open can be yes, no or never
given. The highest and the lowest level are bounded from outside by `bounds`, which
never promises too little room, and shown from inside by a person who is evaluated: one
for whom all that can push the mineral one way is answered that way, as far as answers
go together, in each sex and at each age that is open. Where the two do not meet, the
least sets of `minimal_sets` are tried. A bound that no person shows is told as not
proven.

Ranks are bounded in the same two ways. They hang on all minerals at once, so the range
is safe, and each end says whether a person stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import Standing
from minsight.assessment.standings import Standings
from minsight.intake.subject import Subject
from minsight.logic import atoms
from minsight.logic.bounds import Bounder, Bounds
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses, members
from minsight.whatif.minimal_sets import MinimalSets, Sets, completed, goal_of
from minsight.whatif.polarity import Polarity, Pushes

_MOST_ANSWERS: Final = 4
"""With how many answers a level is looked for that no person shows at once."""
FEW: Final = 12
"""Of how many answers every set is looked at."""


class Witness(msgspec.Struct, frozen=True):
    """Open answers of a person, by id, beside what was said."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


class End(msgspec.Struct, frozen=True):
    """One end of a range of levels; `exact` when the witness stands there.

    Without that, the end is safe: nobody is beyond it.
    """

    level: str
    exact: bool
    witness: Witness


class RankBound(msgspec.Struct, frozen=True):
    """One end of a range of ranks; a rank of None is that of no candidate.

    Nobody is beyond `rank`, and the witness stands at `shown`: the true end is one of
    the two or between them.
    """

    rank: int | None
    shown: int | None
    exact: bool
    witness: Witness


class Room(msgspec.Struct, frozen=True):
    """How far one mineral can still go, and where it is."""

    mineral: str
    level: str
    lowest: End
    highest: End
    rank: int | None
    best: RankBound
    worst: RankBound


class Ranges(msgspec.Struct, frozen=True, kw_only=True):
    """The room of every mineral, those that stand first now in front.

    `open` is how many findings and groups are not answered yet and bear on something.
    """

    schema: str = "minsight.bounds/1"
    fingerprint: str
    open: int
    rooms: tuple[Room, ...]


def bounds(rules: Engine, subject: Subject) -> Ranges:
    """How far each mineral can still rise and fall, whatever is still answered.

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
    """
    hypotheses = Hypotheses(rules, subject, said_stays=True)
    minerals = rules.program.minerals
    order = hypotheses.standing.order
    search = _Search(hypotheses)
    return Ranges(
        fingerprint=rules.fingerprint,
        open=len({c.id for c in hypotheses.made(hypotheses.additions)}),
        rooms=tuple(
            search.room(mineral)
            for mineral in (*order, *(m for m in minerals if m not in order))
        ),
    )


class _Search:
    """The bounds from outside, and people who show them."""

    def __init__(self, hypotheses: Hypotheses) -> None:
        self._hypotheses = hypotheses
        self._minerals = hypotheses.rules.program.minerals
        self._outside = _outside(hypotheses)
        catalogue = hypotheses.rules.catalogue
        rates = {m: catalogue.profile[m].base_rate for m in self._minerals}
        self._standings = Standings(self._outside, rates, catalogue.links)
        self._leaning = Polarity(hypotheses)
        self._people = list(dict.fromkeys(_people(hypotheses, self._leaning)))
        self._seen: Sequence[Standing] = hypotheses.standings(self._people)

    def room(self, mineral: str) -> Room:
        now = self._hypotheses.standing
        return Room(
            mineral,
            now.levels[mineral],
            lowest=self._end(mineral, highest=False),
            highest=self._end(mineral, highest=True),
            rank=now.rank(mineral),
            best=self._place(mineral, best=True),
            worst=self._place(mineral, best=False),
        )

    # --- levels -----------------------------------------------------------------------

    def _end(self, mineral: str, *, highest: bool) -> End:
        steps = [LEVELS.index(seen.levels[mineral]) for seen in self._seen]
        shown = max(steps) if highest else min(steps)
        person = self._people[steps.index(shown)]
        bound = self._step(mineral, highest=highest)
        while bound != shown:
            sets, all_looked_at = self._turned(mineral, bound, highest=highest)
            if sets or not all_looked_at:
                witness = self._witness(sets[0] if sets else person)
                return End(LEVELS[bound], exact=bool(sets), witness=witness)
            bound += -1 if highest else 1
        return End(LEVELS[bound], exact=True, witness=self._witness(person))

    def _turned(self, mineral: str, step: int, *, highest: bool) -> tuple[Sets, bool]:
        """Answers after which the mineral is at the step, and whether all were tried.

        Where few answers bear on it, sets of any size are.
        """
        hypotheses, usable = self._hypotheses, self._hypotheses.additions
        atom = atoms.at_level(mineral, LEVELS[step if highest else step + 1])
        up, down = self._leaning.on(atom)
        bearing = ((up | down) & usable).bit_count()
        most = bearing if bearing <= FEW else _MOST_ANSWERS
        minimal = MinimalSets(hypotheses, most=most, usable=usable)
        sets = minimal.to_hold(atom) if highest else minimal.to_fail(atom)
        goal = goal_of(hypotheses, atom, holds=highest)
        found = completed(hypotheses, goal, sets, most=most, usable=usable)
        return found.sets, bearing <= FEW and found.searched == most

    def _step(self, mineral: str, *, highest: bool) -> int:
        """The step that nothing can pass, from outside."""
        signals = self._hypotheses.population.circuit.outputs
        steps = [
            step
            for step, name in enumerate(LEVELS)
            if (atom := atoms.level(mineral, name)) in self._outside.possible
            and signals[atom] is not False
        ]
        return max(steps) if highest else min(steps)

    # --- ranks ------------------------------------------------------------------------

    def _place(self, mineral: str, *, best: bool) -> RankBound:
        ranks = [self._rank(seen, mineral) for seen in self._seen]
        shown = min(ranks) if best else max(ranks)
        bound = self._rank_bound(mineral, best=best)
        person = self._people[ranks.index(shown)]
        return RankBound(
            self._as_rank(bound),
            self._as_rank(shown),
            exact=shown == bound,
            witness=self._witness(person),
        )

    def _as_rank(self, number: int) -> int | None:
        return None if number > len(self._minerals) else number

    def _rank(self, standing: Standing, mineral: str) -> int:
        """The rank as a number: no candidate stands behind all."""
        return standing.rank(mineral) or len(self._minerals) + 1

    def _rank_bound(self, mineral: str, *, best: bool) -> int:
        if self._step(mineral, highest=best) == 0:
            return len(self._minerals) + 1
        others = [other for other in self._minerals if other != mineral]
        if best:
            return 1 + sum(self._surely_before(other, mineral) for other in others)
        behind = sum(self._surely_before(mineral, other) for other in others)
        return 1 + len(others) - behind

    def _surely_before(self, one: str, other: str) -> bool:
        """Whether the one stands first in any case, whatever links do."""
        if not self._standings.surely_before(one, other):
            return False
        lowest = self._step(one, highest=False)
        return lowest > self._step(other, highest=True) or not any(
            link.first == other and atoms.link(link.id) in self._outside.possible
            for link in self._hypotheses.rules.catalogue.links
        )

    def _witness(self, changes: Changes) -> Witness:
        made = self._hypotheses.made(changes)
        return Witness(
            tuple(change.id for change in made if change.to == "observed"),
            tuple(change.id for change in made if change.to == "excluded"),
        )


def _outside(hypotheses: Hypotheses) -> Bounds:
    """What surely holds and what may, whatever is still answered."""
    brought = [
        atom
        for change in hypotheses.made(hypotheses.additions)
        for atom in hypotheses.brings(change)
    ]
    return Bounder(hypotheses.rules.program).bounds(hypotheses.said, open_=brought)


# --- people who may show a bound ------------------------------------------------------


def _people(hypotheses: Hypotheses, polarity: Polarity) -> Iterator[Changes]:
    """People pushed one way, for each mineral, each sex and each age that is open."""
    minerals = hypotheses.rules.program.minerals
    pushes = {m: _pushes(m, hypotheses, polarity) for m in minerals}
    everybody = [hypotheses.concerned(*kind) for kind in hypotheses.kinds_of_people()]
    for n in members(hypotheses.additions):
        yield 1 << n
    yield 0
    for mineral, own in pushes.items():
        up = _union(p.up for m, p in pushes.items() if m != mineral)
        down = _union(p.down for m, p in pushes.items() if m != mineral)
        wishes = (
            (own.up & ~own.down,),
            (own.down & ~own.up,),
            (own.up & ~up, down & ~own.down),
            (own.down & ~down, up & ~own.up),
            (own.up, down),
            (up & ~own.up, own.down, up),
        )
        for concerned in everybody:
            for wished in wishes:
                yield _together(hypotheses, [w & concerned for w in wished])


def _pushes(mineral: str, hypotheses: Hypotheses, polarity: Polarity) -> Pushes:
    """What can raise the mineral and what can lower it, in level or points."""
    up = down = 0
    for level in LEVELS[1:]:
        one = polarity.on(atoms.at_level(mineral, level))
        up, down = up | one.up, down | one.down
    usable = hypotheses.additions
    return Pushes(up & usable, down & usable)


def _union(several: Iterable[Changes]) -> Changes:
    found = 0
    for changes in several:
        found |= changes
    return found


def _together(hypotheses: Hypotheses, wished: Iterable[Changes]) -> Changes:
    """As many of the wished changes as can be made together, the first wish first."""
    made = refused = 0
    for changes in wished:
        for n in members(changes):
            if not refused >> n & 1:
                made |= 1 << n
                refused |= hypotheses.clashes[n]
    return made
