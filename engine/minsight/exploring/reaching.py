"""Reaching: the least answers after which a mineral is at a level, and flipping it.

All minimal sets up to a size are found along the definitions of the rules (`turning`)
and each is tried on the person it makes, so every set that is given is enough and no
part of it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, TypeAlias

import msgspec

from minsight import atoms
from minsight.errors import SubjectError, did_you_mean
from minsight.exploring.crowd import People
from minsight.exploring.hypotheses import Changes, Hypotheses, Switch, members
from minsight.exploring.turning import (
    TOGETHER,
    Enough,
    Turning,
    batched,
    completed,
    goal_of,
)
from minsight.ruleset import Ruleset
from minsight.scales import LEVELS
from minsight.settling import FIRST
from minsight.subject import Subject

MOST: Final = 4
"""How many answers are changed at the most, unless told otherwise."""
MOST_FOR_PLACE: Final = 2
"""How many for a place among the first, where every set of answers must be tried."""
Aim: TypeAlias = Literal["higher", "lower", "into_first", "out_of_first"]


class Reached(msgspec.Struct, frozen=True):
    """The minimal sets of changes that lead to a level, the smallest first.

    `complete` tells that there is no other one of at most `most` changes. One empty set
    means that the level is reached as things stand.
    """

    mineral: str
    level: str
    most: int
    sets: tuple[tuple[Switch, ...], ...]
    complete: bool


class Flip(msgspec.Struct, frozen=True):
    """The fewest changes that move a mineral, in every way there is with so few.

    `sets` is empty when no set of at most `most` changes does.
    """

    aim: Aim
    level: str | None
    most: int
    sets: tuple[tuple[Switch, ...], ...]
    complete: bool


class Flips(msgspec.Struct, frozen=True):
    """What would move one mineral from where it stands; `rank` 0 is no candidate."""

    mineral: str
    level: str
    rank: int
    flips: tuple[Flip, ...]


def reach(
    rules: Ruleset, mineral: str, level: str, subject: Subject, *, most: int = MOST
) -> Reached:
    """The least answers to open questions after which the level is reached.

    Raises:
        SubjectError: when the answers contradict each other, or the mineral or the
            level is not one that the rules know.
    """
    refuse_unknown(rules, [mineral], level)
    hypotheses = Hypotheses(rules, subject)
    enough = to_level(hypotheses, mineral, level, most, hypotheses.additions)
    return Reached(mineral, level, most, _told(hypotheses, enough), enough.complete)


def flip(rules: Ruleset, subject: Subject, mineral: str, *, most: int = MOST) -> Flips:
    """The fewest changed answers that move the mineral over a level or a place.

    Raises:
        SubjectError: when the answers contradict each other, or the mineral is not one
            that the rules know.
    """
    refuse_unknown(rules, [mineral])
    hypotheses = Hypotheses(rules, subject)
    standing = hypotheses.standing
    now = LEVELS.index(standing.levels[mineral])
    every = (1 << len(hypotheses.changes)) - 1
    flips: list[Flip] = []
    if now + 1 < len(LEVELS):
        goal = LEVELS[now + 1]
        enough = to_level(hypotheses, mineral, goal, most, every)
        flips.append(_fewest("higher", goal, hypotheses, enough, most))
    if now > 0:
        enough = _below(hypotheses, mineral, LEVELS[now], most, every)
        flips.append(_fewest("lower", LEVELS[now - 1], hypotheses, enough, most))
    flips.append(_place(hypotheses, mineral, min(most, MOST_FOR_PLACE)))
    rank = standing.rank(mineral) or 0
    return Flips(mineral, LEVELS[now], rank, tuple(flips))


def refuse_unknown(
    rules: Ruleset, minerals: Sequence[str], level: str | None = None
) -> None:
    """Refuse a mineral that has no rules, or a level above which there is none.

    Raises:
        SubjectError: with what may have been meant.
    """
    for mineral in minerals:
        if mineral not in rules.program.minerals:
            hint = did_you_mean(mineral, rules.program.minerals)
            raise SubjectError(
                f"`{mineral[:40]}` is no mineral that is scored; "
                f"{hint or 'name one such as `iron`'}"
            )
    if level is not None and level not in LEVELS[1:]:
        known = ", ".join(f"`{name}`" for name in LEVELS[1:])
        raise SubjectError(f"`{level[:40]}` is no level to reach; use {known}")


def to_level(
    hypotheses: Hypotheses, mineral: str, level: str, most: int, usable: Changes
) -> Enough:
    """The least sets of the usable changes that bring the mineral to the level."""
    atom = atoms.at_level(mineral, level)
    sets = Turning(hypotheses, most=most, usable=usable).to_hold(atom)
    goal = goal_of(hypotheses, atom, holds=True)
    return completed(hypotheses, goal, sets, most=most, usable=usable)


def _below(
    hypotheses: Hypotheses, mineral: str, level: str, most: int, usable: Changes
) -> Enough:
    atom = atoms.at_level(mineral, level)
    sets = Turning(hypotheses, most=most, usable=usable).to_fail(atom)
    goal = goal_of(hypotheses, atom, holds=False)
    return completed(hypotheses, goal, sets, most=most, usable=usable)


def _fewest(
    aim: Aim, level: str, hypotheses: Hypotheses, enough: Enough, most: int
) -> Flip:
    least = min((s.bit_count() for s in enough.sets), default=0)
    few = tuple(s for s in enough.sets if s.bit_count() == least)
    told = tuple(hypotheses.told(s) for s in few)
    return Flip(aim, level, most, told, enough.complete)


def _place(hypotheses: Hypotheses, mineral: str, most: int) -> Flip:
    """Into the first three or out of them: sets of each size are all tried."""
    rank = hypotheses.standing.rank(mineral)
    inside = rank is not None and rank <= FIRST
    aim: Aim = "out_of_first" if inside else "into_first"
    for size in range(1, most + 1):
        found = [
            changes
            for some in batched(_sets(hypotheses, size), TOGETHER)
            for changes in _moved(hypotheses, mineral, some, inside=inside)
        ]
        if found:
            told = tuple(map(hypotheses.told, found))
            return Flip(aim, None, most, told, complete=True)
    return Flip(aim, None, most, (), complete=True)


def _sets(hypotheses: Hypotheses, size: int) -> Iterator[Changes]:
    every = range(len(hypotheses.changes))
    sets = (sum(1 << n for n in some) for some in combinations(every, size))
    return filter(hypotheses.allows, sets)


def _moved(
    hypotheses: Hypotheses, mineral: str, some: list[Changes], *, inside: bool
) -> Iterator[Changes]:
    people = hypotheses.evaluated(some)
    first = among_first(people, mineral)
    met = people.everyone & ~first if inside else first
    return (some[person] for person in members(met))


def among_first(people: People, mineral: str) -> int:
    """For whom the mineral is a candidate and one of the first three."""
    before = people.before()
    ahead = [0] * FIRST  # for whom at least one, two, three stand before it
    for other, behind in before.items():
        if other != mineral:
            own = behind[mineral] & people.holds(atoms.at_level(other, LEVELS[1]))
            for place in range(FIRST - 1, 0, -1):
                ahead[place] |= ahead[place - 1] & own
            ahead[0] |= own
    candidate = people.holds(atoms.at_level(mineral, LEVELS[1]))
    return candidate & ~ahead[FIRST - 1]


def _told(hypotheses: Hypotheses, enough: Enough) -> tuple[tuple[Switch, ...], ...]:
    return tuple(hypotheses.told(s) for s in enough.sets)
