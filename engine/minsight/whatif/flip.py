"""Flipping: the fewest changed answers that move a mineral.

Four targets: a higher level, a lower one, into the first candidates, out of them; those
are asked that are open to the mineral as it stands. Any answer may be changed: one that
was said can be taken back or turned round, one that is open can be given. All solutions
of the least size are told, each evaluated.

Levels come from the necessary sets of `minimal_sets`. A place hangs on the levels and
points of all minerals, so there every set of up to three changes is evaluated. Only
changes are taken that can push the right way (`polarity`), as leaving out another one
undoes nothing. Where no set of three is enough, the answer says that it looked no
further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import People
from minsight.assessment.standings import FIRST
from minsight.intake.subject import Subject
from minsight.logic import atoms, bitplanes
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses, Switch, members
from minsight.whatif.minimal_sets import (
    Goal,
    MinimalSets,
    Sets,
    completed,
    goal_of,
    reaching,
)
from minsight.whatif.patterns import Pattern, patterns_of
from minsight.whatif.polarity import Polarity
from minsight.whatif.reach import MOST_CHANGES, MOST_LISTED
from minsight.whatif.scored import refuse_unscored
from minsight.whatif.triples import triples_that_reach

MOST_FOR_PLACES: Final = 3
"""Up to how many changes a place is looked for: four make 400 million sets."""

Target: TypeAlias = Literal["higher", "lower", "into_first", "out_of_first"]


class Flip(msgspec.Struct, frozen=True, kw_only=True):
    """The fewest changes to one target.

    `least` is how many; None when no set of up to `searched` changes is enough.
    `count` solutions of that size there are, held by `patterns`; `sets` list the first
    of them. `searched` is the number of changes up to which every set was looked at.
    """

    target: Target
    least: int | None
    searched: int
    count: int
    patterns: tuple[Pattern, ...]
    sets: tuple[tuple[Switch, ...], ...]


class Flips(msgspec.Struct, frozen=True, kw_only=True):
    """What would move one mineral, by target, in up to `most` changes."""

    schema: str = "minsight.flip/1"
    fingerprint: str
    mineral: str
    level: str
    rank: int | None
    most: int
    flips: tuple[Flip, ...]


def flip(
    rules: Engine, subject: Subject, mineral: str, *, most: int = MOST_CHANGES
) -> Flips:
    """The fewest changed answers that move the mineral, by target.

    Raises:
        SubjectError: when a mineral is not scored, or when what was said of the subject
            contradicts itself.
    """
    refuse_unscored(mineral, rules)
    hypotheses = Hypotheses(rules, subject)
    now = hypotheses.standing
    level, rank = now.levels[mineral], now.rank(mineral)
    return Flips(
        fingerprint=rules.fingerprint,
        mineral=mineral,
        level=level,
        rank=rank,
        most=most,
        flips=tuple(
            _to_level(hypotheses, mineral, target, level, most)
            if target in ("higher", "lower")
            else _to_place(hypotheses, mineral, target, most)
            for target in _targets(level, rank)
        ),
    )


def _targets(level: str, rank: int | None) -> Iterator[Target]:
    """Those that are open to a mineral that stands so."""
    if level != LEVELS[-1]:
        yield "higher"
    if level != LEVELS[0]:
        yield "lower"
    yield "out_of_first" if rank is not None and rank <= FIRST else "into_first"


def _to_level(
    hypotheses: Hypotheses, mineral: str, target: Target, level: str, most: int
) -> Flip:
    holds = target == "higher"
    step = LEVELS.index(level) + (1 if holds else 0)
    atom = atoms.at_level(mineral, LEVELS[step])
    usable = hypotheses.all_changes
    minimal = MinimalSets(hypotheses, most=most, usable=usable)
    sets = minimal.to_hold(atom) if holds else minimal.to_fail(atom)
    goal = goal_of(hypotheses, atom, holds=holds)
    enough = completed(hypotheses, goal, sets, most=most, usable=usable, fewest=True)
    return _flip(hypotheses, target, enough.sets, enough.searched)


def _flip(hypotheses: Hypotheses, target: Target, sets: Sets, searched: int) -> Flip:
    least = min((changes.bit_count() for changes in sets), default=None)
    found = [changes for changes in sets if changes.bit_count() == least]
    return Flip(
        target=target,
        least=least,
        searched=searched,
        count=len(found),
        patterns=patterns_of(found, hypotheses),
        sets=tuple(map(hypotheses.told, found[:MOST_LISTED])),
    )


# --- places ---------------------------------------------------------------------------


def _to_place(hypotheses: Hypotheses, mineral: str, target: Target, most: int) -> Flip:
    goal = _place_goal(hypotheses, mineral, inside=target == "into_first")
    bearing = list(members(_helping(hypotheses, mineral, target)))
    looked = min(most, MOST_FOR_PLACES)
    for size in range(1, looked + 1):
        found = tuple(_of_size(size, hypotheses, goal, bearing))
        if found:
            return _flip(hypotheses, target, found, size)
    return _flip(hypotheses, target, (), looked)


def _of_size(
    size: int, hypotheses: Hypotheses, goal: Goal, bearing: Sequence[int]
) -> Iterator[Changes]:
    """All sets of this size that reach the goal."""
    if size == MOST_FOR_PLACES:
        return triples_that_reach(hypotheses, goal, bearing)
    sets = (sum(1 << n for n in some) for some in combinations(bearing, size))
    return reaching(hypotheses, goal, filter(hypotheses.allows, sets))


def _place_goal(hypotheses: Hypotheses, mineral: str, *, inside: bool) -> Goal:
    """That the mineral stands among the first, or that it does not."""

    def met(people: People) -> int:
        ahead = people.places_before(mineral)
        full = bitplanes.constant(FIRST, people.everyone)
        first = people.placed(mineral) & bitplanes.above(full, ahead, people.everyone)
        return first if inside else people.everyone & ~first

    return Goal(hypotheses.population.all_definitions, met)


def _helping(hypotheses: Hypotheses, mineral: str, target: Target) -> Changes:
    """The changes that can push the mineral, or others past it, the right way."""
    polarity = Polarity(hypotheses)
    found = 0
    for other in hypotheses.rules.program.minerals:
        up, down = polarity.on_mineral(other)
        raised = (other == mineral) == (target == "into_first")
        found |= up if raised else down
    for link in hypotheses.rules.catalogue.links:
        if link.first is not None:
            found |= polarity.on(atoms.link(link.id)).up
            found |= polarity.on(atoms.link(link.id)).down
    return _with_prices(hypotheses, found)


def _with_prices(hypotheses: Hypotheses, changes: Changes) -> Changes:
    """The changes with those that must be made beside them."""
    found = changes
    for n in members(changes):
        for ways in hypotheses.prices[n]:
            found |= ways
    return found
