"""Patterns: many sets of changes told as choices.

Two changes are interchangeable when putting the one for the other turns the sets into
themselves. Interchangeable changes make a class, and the sets fall into patterns: so
many of this class with so many of that one. INVARIANT: the sets of a pattern are all
that can be chosen that way, so nothing is lost and nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb, prod

import msgspec

from minsight.whatif.hypotheses import Changes, Hypotheses, Switch, members


class ChangeChoice(msgspec.Struct, frozen=True):
    """Any `take` of these changes."""

    take: int
    of: tuple[Switch, ...]


class Pattern(msgspec.Struct, frozen=True):
    """One choice from each class; `count` is how many sets that makes."""

    choices: tuple[ChangeChoice, ...]
    count: int

    @property
    def size(self) -> int:
        """How many changes each set has."""
        return sum(choice.take for choice in self.choices)


def patterns_of(sets: Sequence[Changes], hypotheses: Hypotheses) -> tuple[Pattern, ...]:
    """The sets as patterns: those of few changes first, then those of many sets."""
    classes = _classes(sets)
    taken = {
        tuple((c & changes).bit_count() for c in classes): None for changes in sets
    }
    found = [
        Pattern(
            tuple(
                ChangeChoice(take, hypotheses.told(members_))
                for take, members_ in zip(takes, classes, strict=True)
                if take
            ),
            prod(
                comb(members_.bit_count(), take)
                for take, members_ in zip(takes, classes, strict=True)
            ),
        )
        for takes in taken
    ]
    return tuple(sorted(found, key=lambda pattern: (pattern.size, -pattern.count)))


def sets_of(pattern: Pattern) -> Iterator[frozenset[Switch]]:
    """The sets that a pattern stands for."""
    ways: list[frozenset[Switch]] = [frozenset()]
    for choice in pattern.choices:
        ways = [
            way.union(some)
            for way in ways
            for some in combinations(choice.of, choice.take)
        ]
    yield from ways


def _classes(sets: Sequence[Changes]) -> list[Changes]:
    """The changes of all sets by what they are interchangeable with, in order."""
    beside: dict[int, set[Changes]] = {}
    for changes in sets:
        for n in members(changes):
            beside.setdefault(n, set()).add(changes ^ 1 << n)
    classes: list[Changes] = []
    for n in sorted(beside):
        for place, members_ in enumerate(classes):
            if _interchangeable(n, next(members(members_)), beside):
                classes[place] |= 1 << n
                break
        else:
            classes.append(1 << n)
    return classes


def _interchangeable(n: int, m: int, beside: dict[int, set[Changes]]) -> bool:
    if len(beside[n]) != len(beside[m]):
        return False
    without_m = {rest for rest in beside[n] if not rest >> m & 1}
    without_n = {rest for rest in beside[m] if not rest >> n & 1}
    return without_m == without_n
