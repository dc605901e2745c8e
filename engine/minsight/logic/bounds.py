"""Bounds: what surely holds and what may hold while some answers are still open.

A program is run twice at once, with the atoms that are certain and with those that are
possible. An absence is certain when its atom is not possible, and possible when its
atom is not certain. Whatever the open answers turn out to be, all that is certain will
hold and nothing that is not possible will. The bounds are not always tight: an atom and
its opposite may both be possible, and what depends on both counts as possible too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from minsight.logic.atoms import Atom, negated
from minsight.logic.fixpoint import closed
from minsight.logic.program import PointSum, Program, by_body


class Interval(msgspec.Struct, frozen=True):
    """A range of whole numbers, both ends included."""

    least: int
    most: int


class Bounds(msgspec.Struct, frozen=True):
    """What holds in every case and what holds in some, with the range of the points."""

    certain: frozenset[Atom]
    possible: frozenset[Atom]
    points: Mapping[str, Interval]


class Bounder:
    """Finds the bounds of one program.

    >>> rain, wet, dry = Atom("rain"), Atom("wet"), Atom("dry")
    >>> from minsight.logic.program import Clause, Stratum
    >>> program = Program(
    ...     strata=(
    ...         Stratum("weather", (Clause(wet, (rain,), "shared"),), (wet,)),
    ...         Stratum("street", (Clause(dry, (Atom("not:wet"),), "shared"),), ()),
    ...     ),
    ...     point_sums=(), ages=(), cutoffs=(), minerals=(), knowledge="",
    ... )
    >>> open_ = Bounder(program).bounds([], open_=[rain])
    >>> sorted(open_.certain), sorted(open_.possible)
    ([], ['dry', 'not:wet', 'rain', 'wet'])
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._readers = [by_body(stratum.clauses) for stratum in program.strata]

    def bounds(self, given: Iterable[Atom], *, open_: Iterable[Atom]) -> Bounds:
        """The bounds when the given atoms hold and any of the open ones may."""
        certain = set(given)
        possible = certain.union(open_)
        for stratum, readers in zip(self._program.strata, self._readers, strict=True):
            certain, possible = closed(certain, readers), closed(possible, readers)
            absent = [atom for atom in stratum.completes if atom not in possible]
            open_absent = [atom for atom in stratum.completes if atom not in certain]
            certain.update(map(negated, absent))
            possible.update(map(negated, open_absent))
        return Bounds(
            frozenset(certain), frozenset(possible), self._points(certain, possible)
        )

    def _points(
        self, certain: set[Atom], possible: set[Atom]
    ) -> Mapping[str, Interval]:
        totals = {mineral: Interval(0, 0) for mineral in self._program.minerals}
        for point_sum in self._program.point_sums:
            so_far, more = (
                totals[point_sum.mineral],
                _range(point_sum, certain, possible),
            )
            totals[point_sum.mineral] = Interval(
                so_far.least + more.least, so_far.most + more.most
            )
        return totals


def _range(point_sum: PointSum, certain: set[Atom], possible: set[Atom]) -> Interval:
    least = most = 0
    for atom, points in point_sum.entries:
        if atom in certain:
            least += points
            most += points
        elif atom in possible:
            least += min(points, 0)
            most += max(points, 0)
    if point_sum.cap is None:
        return Interval(least, most)
    return Interval(min(least, point_sum.cap), min(most, point_sum.cap))
