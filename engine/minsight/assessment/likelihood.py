"""How likely a yes is: of this person, by age and sex and what was already said.

It chooses questions and nothing else; no level and no urgency rests on it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Final

from minsight.knowledge.guide import UNKNOWN_FREQUENCY, Frequency, Guide

USUAL_SHARES: Final[Mapping[Frequency, float]] = {
    "everyday": 0.3,
    "common": 0.1,
    "occasional": 0.025,
    "rare": 0.003,
    "very_rare": 0.0003,
    "impossible": 0.0,
}
"""The share of yes for each class, where the rules give none."""
ODDS: Final = {"more": 3.0, "much": 10.0}
"""By how much an answer that makes another likelier multiplies its odds."""
SUREST: Final = 0.9
"""No yes counts as more likely than this before it is given."""


class Likelihood:
    """How likely a yes to each entry is, of people of this age and sex.

    Without an age or a sex, all who it may be count alike.
    """

    def __init__(self, guide: Guide, age_days: float | None, sex: str | None) -> None:
        self._guide = guide
        self._shares = {**USUAL_SHARES, **guide.shares}
        fitting = [
            (number, band.group)
            for number, band in enumerate(guide.bands)
            if band.whom.may_be(age_days, sex)
        ]
        self._of_groups = [(group, (n,)) for n, group in fitting if group is not None]
        self._of_anybody = tuple(n for n, group in fitting if group is None)
        self._usual: dict[tuple[str, tuple[int, ...]], float] = {}

    def of(self, id_: str, present: Collection[str]) -> float:
        """The likelihood of a yes, once all that is `present` was said."""
        bands = self._bands(present)
        if (id_, bands) not in self._usual:
            self._usual[id_, bands] = self._share(id_, bands)
        usual = self._usual[id_, bands]
        if not usual:
            return 0.0
        odds = usual / (1 - usual)
        for one in self._guide.raised_by.get(id_, ()):
            if any(id_ in present for id_ in one.given_any):
                odds *= ODDS[one.how_much]
        return min(odds / (1 + odds), SUREST)

    def _share(self, id_: str, bands: tuple[int, ...]) -> float:
        classes = self._guide.how_often.get(id_)
        if classes is None or not bands:
            return self._shares[UNKNOWN_FREQUENCY]
        return sum(self._shares[classes[number]] for number in bands) / len(bands)

    def _bands(self, present: Collection[str]) -> tuple[int, ...]:
        """The numbers of the bands that the person may be in; of a group's, only it."""
        for group, alone in self._of_groups:
            if group in present:
                return alone
        return self._of_anybody


def at_least_one(likelihoods: Collection[float]) -> float:
    """How likely one yes among some is, as if none hung on another.

    >>> round(at_least_one([0.5, 0.5]), 2)
    0.75
    """
    return 1 - math.prod(1 - p for p in likelihoods)
