"""Urgency in columns: the highest that holds, and what an unknown age may bring."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
"""The urgency, as its number, that an age that is not known may bring."""


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


class AnyAge:
    """The highest urgency of those of unknown age, if their age may be any."""

    def __init__(self, rules: Engine, columns: Collection[str]) -> None:
        wanted = [atoms.urgency(name) for name in URGENCIES[1:]]
        left = rules.left_open
        self._backend = ColumnarTables(
            rules.program, columns, wanted=wanted, unless=left
        )

    def marked(self, answers: pl.DataFrame) -> pl.DataFrame:
        """The answers with the urgency that a person's age leaves open; else null."""
        nothing = pl.repeat(None, answers.height, dtype=pl.UInt8, eager=True)
        unknown = self._unknown(answers)
        if not unknown.len():
            return answers.with_columns(nothing.alias(OPEN))
        number = urgency_expression().to_physical().cast(pl.UInt8)
        found = self._backend.evaluate(answers[unknown]).select(number).to_series()
        return answers.with_columns(nothing.scatter(unknown, found).alias(OPEN))

    @staticmethod
    def _unknown(answers: pl.DataFrame) -> pl.Series:
        """The places of those whose age is not known."""
        if AGE_COLUMN not in answers.columns:
            return pl.int_range(answers.height, dtype=pl.UInt32, eager=True)
        return answers[AGE_COLUMN].is_null().arg_true()
