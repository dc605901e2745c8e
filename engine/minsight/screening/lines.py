"""Lines: all that screening says in one frame, for engines that give back one frame.

A line is a result, a rejected cell or a notice; the columns of the other kinds are
null. `first` marks one line of each person and of each rejected row or file, so that
both can be counted without looking for duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
import polars as pl

from minsight.screening.pipeline import Screened
from minsight.screening.rejects import Notice, Reject
from minsight.screening.results.schema import SCHEMA

RESULT: Final = "result"
REJECT: Final = "reject"
NOTICE: Final = "notice"
RESULT_COLUMNS: Final = ("file", *SCHEMA)
REJECTS: Final = ("file", "row", "column", "value", "reason")
NOTICES: Final = ("file", "message", "rows")
_TYPES: Final[Mapping[str, Any]] = {
    "told": pl.String,
    "first": pl.Boolean,
    "file": pl.String,
    **SCHEMA,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "message": pl.String,
    "rows": pl.Int64,
}
TOLD: Final = pl.Schema(_TYPES)
"""The columns, in order."""
COLUMNS_OF: Final = {RESULT: RESULT_COLUMNS, REJECT: REJECTS, NOTICE: NOTICES}
"""The columns that a kind of line fills."""


def told(screened: Screened) -> pl.DataFrame:
    """Everything that became of some rows."""
    results = screened.results.with_columns(first=_leads())
    beside = told_of_files(screened.rejects, screened.notices)
    return pl.concat([_whole(results, RESULT), beside])


def told_of_files(rejects: Iterable[Reject], notices: Iterable[Notice]) -> pl.DataFrame:
    """What is told of files and not of rows that were just read."""
    bad = _frame_of(rejects, REJECTS).with_columns(first=_new())
    return pl.concat([_whole(bad, REJECT), _whole(_frame_of(notices, NOTICES), NOTICE)])


def _frame_of(
    structs: Iterable[Reject] | Iterable[Notice], names: Sequence[str]
) -> pl.DataFrame:
    schema = {name: TOLD[name] for name in names}
    rows = [msgspec.structs.astuple(one) for one in structs]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _leads() -> pl.Expr:
    """Whether a result is the first of its person."""
    return (pl.col("rank") == 1).fill_null(value=True)


def _new() -> pl.Expr:
    return pl.struct("file", "row").is_first_distinct()


def _whole(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The frame with all columns."""
    columns = {name: pl.lit(None, TOLD[name]) for name in TOLD}
    columns |= {name: pl.col(name) for name in frame.columns}
    columns["told"] = pl.lit(kind)
    return frame.select(e.cast(TOLD[n]).alias(n) for n, e in columns.items())
