"""Settling: whether open answers can still change the first candidates.

Sound, not complete: when it says that nothing can change, no answer will; it may say
that something can where in truth nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from minsight.knowledge.catalogue import Link
from minsight.logic import atoms
from minsight.logic.bounds import Bounds
from minsight.scales import LEVELS

FIRST: Final = 3
"""How many candidates count as the picture."""

Key: TypeAlias = tuple[int, int, int, str]


class Standings:
    """Where each mineral can end up, within the bounds.

    `base_rates` order equals; `links` are all links of the rules.
    """

    def __init__(
        self, bounds: Bounds, base_rates: Mapping[str, int], links: Sequence[Link]
    ) -> None:
        self._bounds, self._base_rates, self._links = bounds, base_rates, links
        self._levels = {m: _levels(m, bounds) for m in base_rates}

    def contenders(self, first: Sequence[str]) -> frozenset[str]:
        """The minerals whose standing among the first can still change.

        `first` are the first candidates as things stand. Empty when all is settled.
        """
        least = 1 if len(first) < FIRST else min(self._levels[first[-1]])
        open_ = {m for m in first if len(self._levels[m]) > 1}
        open_ |= self._disordered(first)
        last = first[-1] if len(first) == FIRST else None
        for mineral in self._levels.keys() - set(first):
            if last is None:
                if max(self._levels[mineral]) > 0:
                    open_.add(mineral)
            elif not self.surely_before(last, mineral):
                open_ |= {mineral, last}
        for link in self._links:
            open_ |= self._moved_by(link, least)
        return frozenset(open_)

    def _disordered(self, first: Sequence[str]) -> set[str]:
        """Those among the first that may change places, links left aside."""
        order = sorted(first, key=self._worst)
        return {
            mineral
            for one, other in pairwise(order)
            if not self.surely_before(one, other)
            for mineral in (one, other)
        }

    def _moved_by(self, link: Link, least: int) -> set[str]:
        """The minerals that a link may or may not put first, from a level up."""
        if link.first is None or atoms.link(link.id) not in self._bounds.possible:
            return set()
        if max(self._levels[link.first]) < least:
            return set()
        known = atoms.link(link.id) in self._bounds.certain and all(
            len(self._levels[m]) == 1 for m in (link.first, *link.others)
        )
        fixed = known and all(
            self.surely_before(link.first, other)
            or self.surely_before(other, link.first)
            for other in link.others
        )
        return set() if fixed else {link.first, *link.others}

    def surely_before(self, one: str, other: str) -> bool:
        """Whether the one stands before the other in any case, links left aside."""
        return self._worst(one) < self._best(other)

    def _best(self, mineral: str) -> Key:
        level, points = max(self._levels[mineral]), self._bounds.points[mineral].most
        return -level, -points, self._base_rates[mineral], mineral

    def _worst(self, mineral: str) -> Key:
        level, points = min(self._levels[mineral]), self._bounds.points[mineral].least
        return -level, -points, self._base_rates[mineral], mineral


def _levels(mineral: str, bounds: Bounds) -> list[int]:
    """The levels that the mineral can have, by number."""
    return [
        number
        for number, name in enumerate(LEVELS)
        if atoms.level(mineral, name) in bounds.possible
    ]
