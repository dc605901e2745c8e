"""Problems: cells that cannot be understood, kept as columns until they are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from polars import DataFrame, Series, String, col

from minsight.errors import quoted
from minsight.screening.rejects import Reject
from minsight.screening.rows import ROW

MOST_CELLS: Final = 3
"""How many bad cells of one row are told."""
MOST_SHOWN: Final = 200
"""How many characters of a bad cell are told."""
_SCHEMA: Final = {
    ROW: pl.UInt64,
    "column": String,
    "value": String,
    "reason": String,
}


def problems(
    frame: DataFrame, which: Series, *, column: str, value: Series, reason: str | Series
) -> DataFrame:
    """One line for each row of the frame where `which` holds."""
    chosen = which.fill_null(value=False)
    if not chosen.any():
        return none_wrong()
    told = DataFrame(
        {
            ROW: frame[ROW].filter(chosen).cast(pl.UInt64),
            "value": value.filter(chosen).cast(String, strict=False),
        }
    )
    reasons = pl.lit(reason) if isinstance(reason, str) else reason.filter(chosen)
    return told.with_columns(
        pl.lit(column).alias("column"), reasons.alias("reason")
    ).select(list(_SCHEMA))


def none_wrong() -> DataFrame:
    return DataFrame(schema=_SCHEMA)


def together(parts: Iterable[DataFrame]) -> DataFrame:
    """All problems, by row, those of one row in the order of the parts."""
    found = [part for part in parts if part.height]
    if not found:
        return none_wrong()
    return pl.concat(found).sort(ROW, maintain_order=True)


def rejects_of(wrong: DataFrame, *, file: str) -> list[Reject]:
    """The rejects, of each row no more than a few cells; `{}` stands for the value."""
    few = wrong.group_by(ROW, maintain_order=True).head(MOST_CELLS)
    shown = few.with_columns(col("value").fill_null("").str.slice(0, MOST_SHOWN))
    return [
        Reject(file, row, column, value, reason.replace("{}", quoted(value)))
        for row, column, value, reason in shown.iter_rows()
    ]


def without(frame: DataFrame, wrong: Sequence[int] | Series) -> DataFrame:
    """The frame without the rows of these numbers."""
    if len(wrong) == 0:
        return frame
    numbers = Series(wrong, dtype=pl.UInt64).unique()
    return frame.filter(~col(ROW).is_in(numbers.implode()))
