"""Agreement: answers of a row held against each other, all rows at once.

Rows whose answers cannot all be true are only found here; `persons` says what is wrong
with each, in the words that one person alone would get.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Final

import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.backends.expressions import limit_column
from minsight.intake.contradictions import exclude, holds_for, widened
from minsight.knowledge.vocabulary import (
    ANYBODY,
    Demographic,
    MeasurementKind,
    Vocabulary,
)
from minsight.screening.rejects import Notebook
from minsight.screening.rows import ROW

_NEVER: Final = pl.lit(value=False)


class Agreement:
    """What the answers of a table with these columns must agree on."""

    def __init__(self, columns: Collection[str], vocabulary: Vocabulary) -> None:
        self._vocabulary, self._columns = vocabulary, frozenset(columns)
        self._ids = [id_ for id_ in columns if vocabulary.entry(id_) is not None]
        self._bounds: dict[Demographic, list[str]] = {}
        for id_ in self._ids:
            whom = holds_for(vocabulary, id_)
            if whom != ANYBODY:
                self._bounds.setdefault(whom, []).append(id_)
        self._adjusted = [
            kind
            for kind in vocabulary.measurements
            if kind.adjusted and kind.id in columns and kind.adjusted.by in columns
        ]

    def at_odds(self, table: DataFrame) -> Series:
        """Whether the answers of each row contradict each other or cannot be judged."""
        tests = [
            *self._excluded_above(),
            *self._against_sex(),
            *self._against_age(),
            *self._against_each_other(),
            *map(_absurd, self._adjusted),
            *self._beside_a_limit(),
        ]
        found = _any(tests).fill_null(value=False).alias("at_odds")
        return table.with_columns(found)["at_odds"]

    def settled(self, table: DataFrame, notebook: Notebook) -> DataFrame:
        """The table without groups that the age rules out by a little, and adjusted.

        Total calcium is read beside albumin.
        """
        return self._adjust(self._without_out_of_age(table, notebook))

    def loses_answers(self, table: DataFrame) -> Series:
        """Whether columns of each row do not show all that was said.

        A group may be left out because the age rules it out, and a value be known on
        one side of a number only.
        """
        limits = (
            col(limit).is_not_null()
            for kind in self._vocabulary.measurements
            if (limit := limit_column(kind.id)) in self._columns
        )
        lost = _any([*self._out_of_age().values(), *limits]).alias("lost")
        return table.with_columns(lost)["lost"]

    def _out_of_age(self) -> dict[str, Expr]:
        """By group, whether the age rules it out."""
        return {
            id_: (col(id_) & outside).fill_null(value=False)
            for whom, ids in self._bounds.items()
            if (outside := _outside(whom)) is not None
            for id_ in ids
        }

    def _excluded_above(self) -> Iterator[Expr]:
        """A finding or group is denied, and a kind of it is there."""
        below: dict[str, list[str]] = {}
        for id_ in self._ids:
            for above in self._vocabulary.with_ancestors(id_) - {id_}:
                if above in self._ids:
                    below.setdefault(above, []).append(id_)
        for above, ids in below.items():
            yield ~col(above) & _any(map(col, ids))

    def _against_sex(self) -> Iterator[Expr]:
        for whom, ids in self._bounds.items():
            if whom.sex is not None:
                yield _any(map(col, ids)) & (col("sex") != whom.sex)

    def _against_age(self) -> Iterator[Expr]:
        for whom, ids in self._bounds.items():
            outside = _outside(widened(whom))
            if outside is not None:
                yield _any(map(col, ids)) & outside

    def _against_each_other(self) -> Iterator[Expr]:
        """Two groups that no age or no sex has in common."""
        for (one, ids), (other, others) in combinations(self._bounds.items(), 2):
            if exclude(one, other):
                yield _any(map(col, ids)) & _any(map(col, others))

    def _without_out_of_age(self, table: DataFrame, notebook: Notebook) -> DataFrame:
        tests = self._out_of_age()
        if not tests:
            return table
        told = table.select(test.any().alias(id_) for id_, test in tests.items())
        found = [id_ for id_, any_ in told.row(0, named=True).items() if any_]
        for id_ in found:
            message = f"`{id_}` was left out where the age rules it out by a little"
            notebook.note_of(message, table.filter(tests[id_])[ROW])
        return table.with_columns(
            pl.when(~tests[id_]).then(col(id_)).alias(id_) for id_ in found
        )

    def _adjust(self, table: DataFrame) -> DataFrame:
        return table.with_columns(
            _adjusted_value(kind).alias(kind.id) for kind in self._adjusted
        )

    def _beside_a_limit(self) -> Iterator[Expr]:
        """A value is read beside one that is only known on one side of its number."""
        for kind in self._adjusted:
            assert kind.adjusted is not None
            limit = limit_column(kind.adjusted.by)
            if limit in self._columns:
                yield col(kind.id).is_not_null() & col(limit).is_not_null()


def _absurd(kind: MeasurementKind) -> Expr:
    value = _adjusted_value(kind)
    return (value < kind.plausible_from) | (value > kind.plausible_to)


def _adjusted_value(kind: MeasurementKind) -> Expr:
    """The value as `as_bands_see` gives it; as it is where it is not adjusted."""
    rule = kind.adjusted
    assert rule is not None
    own, other = col(kind.id), col(rule.by)
    old_enough = col("age_days").is_null() | (col("age_days") >= rule.from_days)
    adjusted = own + rule.per * (rule.at - other)
    return pl.when(other.is_not_null() & old_enough).then(adjusted).otherwise(own)


def _any(tests: Iterable[Expr]) -> Expr:
    return reduce(or_, tests, _NEVER)


def _outside(whom: Demographic) -> Expr | None:
    """Whether the age is outside the bounds; null when it is not known."""
    age = col("age_days")
    tests: Sequence[Expr] = [
        *([age < whom.from_days] if whom.from_days is not None else []),
        *([age >= whom.below_days] if whom.below_days is not None else []),
    ]
    return reduce(or_, tests) if tests else None
