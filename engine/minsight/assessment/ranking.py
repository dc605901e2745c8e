"""The order of candidates: level, points, base rate, name; then what goes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from minsight.knowledge.catalogue import Link
from minsight.scales import LEVELS

_HEIGHT: Final[Mapping[str, int]] = {
    level: height for height, level in enumerate(LEVELS)
}


def ranked(
    levels: Mapping[str, str],
    points: Mapping[str, int],
    base_rates: Mapping[str, int],
    links: Iterable[Link],
) -> list[str]:
    """The minerals above `no_pattern`, first to last.

    `links` are those that hold. A link may name the mineral that goes `first`, because
    the others do not come right without it: inside its level it stands before them.
    """
    keys = [
        (-_HEIGHT[level], -points[mineral], base_rates[mineral], mineral)
        for mineral, level in levels.items()
        if level != LEVELS[0]
    ]
    order = [mineral for *_, mineral in sorted(keys)]
    for link in links:
        if link.first is not None:
            same = [m for m in link.others if levels[m] == levels[link.first]]
            _move_before(order, link.first, same)
    return order


def _move_before(order: list[str], mineral: str, others: Iterable[str]) -> None:
    place = min(map(order.index, others), default=len(order))
    if place < order.index(mineral):
        order.remove(mineral)
        order.insert(place, mineral)
