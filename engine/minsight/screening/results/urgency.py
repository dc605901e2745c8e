"""Urgency in columns: the highest that holds, and what is open may bring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import polars as pl

from minsight.assessment.engine import Engine
from minsight.backends.columnar import ColumnarTables
from minsight.backends.expressions import AGE_COLUMN
from minsight.knowledge.catalogue import Catalogue
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import URGENCIES
from minsight.screening.results.schema import URGENCY

OPEN: Final = "open"
"""The urgency, as its number, that what is not known may bring."""
UNSURE: Final = "unsure"
"""The column of answer tables with the ids that are unsure of each person."""


def urgency_expression() -> pl.Expr:
    """The highest urgency that holds, as column `urgency`."""
    steps = ((name, atoms.urgency(name)) for name in URGENCIES)
    return highest_step(steps, URGENCY).alias("urgency")


def highest_step(steps: Iterable[tuple[str, Atom]], scale: pl.Enum) -> pl.Expr:
    """The last step whose atom holds; the first one when none does."""
    (lowest, _), *higher = steps
    found = pl.lit(lowest, scale)
    for name, atom in higher:
        found = pl.when(atom).then(pl.lit(name, scale)).otherwise(found)
    return found


def flags_in_order(catalogue: Catalogue) -> list[str]:
    """Red flags and urgent combinations, most urgent first, then in file order."""
    levels = [(flag.id, flag.level) for flag in catalogue.flags]
    levels += [(r.id, r.urgency) for r in catalogue.rules if r.urgency != URGENCIES[0]]
    levels.sort(key=lambda pair: -URGENCIES.index(pair[1]))
    return [id_ for id_, _ in levels]


class OpenTables:
    """Evaluates people, those of unknown age as if it might be any."""

    def __init__(
        self, rules: Engine, columns: Collection[str], wanted: Sequence[Atom]
    ) -> None:
        self._rules, self._columns, self._wanted = rules, columns, wanted

    def found(
        self, answers: pl.DataFrame, exprs: Iterable[pl.Expr], *, keep: Sequence[str]
    ) -> pl.DataFrame:
        """What the expressions say of each person, in the order of the rows."""
        asked = list(exprs)
        of_any_age = age_is_unknown(answers)
        unknown, known = of_any_age.arg_true(), (~of_any_age).arg_true()
        parts = [
            tables.evaluate(answers[places], keep=keep).select(asked)
            for tables, places in ((self._any_age, unknown), (self._as_known, known))
            if places.len()
        ]
        found: pl.DataFrame = pl.concat(parts)
        return found[pl.concat([unknown, known]).arg_sort()]

    @cached_property
    def _any_age(self) -> ColumnarTables:
        return self._tables(unless=self._rules.left_open)

    @cached_property
    def _as_known(self) -> ColumnarTables:
        return self._tables(unless={})

    def _tables(self, *, unless: Mapping[Atom, Collection[Atom]]) -> ColumnarTables:
        return ColumnarTables(
            self._rules.program, self._columns, wanted=self._wanted, unless=unless
        )


class MoreUrgent:
    """The highest urgency of those of unknown age, or of whom something is unsure.

    Their age may be any, and what is unsure of them may be there.
    """

    def __init__(self, rules: Engine, columns: Collection[str]) -> None:
        wanted = [atoms.urgency(name) for name in URGENCIES[1:]]
        self._tables = OpenTables(rules, columns, wanted)

    def marked(self, answers: pl.DataFrame) -> pl.DataFrame:
        """The answers with the urgency that is left open of a person; else null."""
        nothing = pl.repeat(None, answers.height, dtype=pl.UInt8, eager=True)
        places = (age_is_unknown(answers) | is_unsure(answers)).arg_true()
        if not places.len():
            return answers.with_columns(nothing.alias(OPEN))
        number = urgency_expression().to_physical().cast(pl.UInt8)
        found = self._tables.found(if_so(answers[places]), [number], keep=())
        return answers.with_columns(
            nothing.scatter(places, found.to_series()).alias(OPEN)
        )


def age_is_unknown(answers: pl.DataFrame) -> pl.Series:
    """Whether the age of each person is not known."""
    if AGE_COLUMN not in answers.columns:
        return pl.repeat(value=True, n=answers.height, eager=True)
    return answers[AGE_COLUMN].is_null()


def is_unsure(answers: pl.DataFrame) -> pl.Series:
    """Whether something is unsure of each person."""
    if UNSURE not in answers.columns:
        return pl.repeat(value=False, n=answers.height, eager=True)
    return (answers[UNSURE].list.len() > 0).fill_null(value=False)


def if_so(answers: pl.DataFrame) -> pl.DataFrame:
    """The answers as they would be if what is unsure were there."""
    if UNSURE not in answers.columns:
        return answers
    doubted = answers[UNSURE].explode().drop_nulls().unique(maintain_order=True)
    told = pl.col(UNSURE).list
    return answers.with_columns(
        pl.when(told.contains(id_))
        .then(statement=True)
        .otherwise(pl.col(id_))
        .alias(id_)
        for id_ in doubted
    )
