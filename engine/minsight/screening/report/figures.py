"""Figures: numbers of persons as a report shows them, small ones hidden if asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

NOT_TOLD: Final = "\N{EN DASH}"
"""In place of a sum that would give a hidden count away."""


class Figures(msgspec.Struct, frozen=True):
    """How counts of persons are shown; those from 1 to below `smallest` are hidden.

    >>> shown = Figures(smallest=5)
    >>> shown.count(1234), shown.count(4), shown.count(0), shown.share(4, 100)
    ('1,234', '<5', '0', '')
    >>> shown.share(250, 1000), shown.share(1, 3000), shown.share(5, 3000)
    ('25 %', '', '0.2 %')
    """

    smallest: int = 0

    def hides(self, persons: int) -> bool:
        return 0 < persons < self.smallest

    def count(self, persons: int) -> str:
        return f"<{self.smallest}" if self.hides(persons) else f"{persons:,}"

    def sum(self, parts: Iterable[int]) -> str:
        """The sum of parts that are shown beside it."""
        parts = list(parts)
        return NOT_TOLD if any(map(self.hides, parts)) else self.count(sum(parts))

    def share(self, persons: int, of: int) -> str:
        """The percentage, with a decimal below ten; empty if it would tell too much."""
        if not of or self.hides(persons) or self.hides(of):
            return ""
        percent = 100 * persons / of
        if 0 < percent < 0.1:
            return "<0.1 %"
        return f"{percent:.1f} %" if 0 < percent < 10 else f"{percent:.0f} %"

    def drawn(self, persons: int) -> int:
        """What a chart draws: a hidden count is left out."""
        return 0 if self.hides(persons) else persons
