"""Frames: a table of answers in memory or elsewhere to frames of the same kind.

Columns are recognised as those of files are, and every row ends in the results or in
the rejects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar, cast

import narwhals as nw
import polars as pl

from minsight.assessment.engine import Engine
from minsight.screening.lines import (
    COLUMNS_OF,
    NOTICE,
    REJECT,
    RESULT,
    TOLD,
    told,
    told_of_files,
)
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.maps import Map
from minsight.screening.pipeline import Screening
from minsight.screening.rows import ROW, Raw
from minsight.screening.table_results import (
    NAME,
    Frame,
    TableResults,
    place_frame,
    places,
)

Lines = TypeVar("Lines", pl.DataFrame, pl.LazyFrame)
_ROWS: Final = 50_000
"""How many rows are understood at once."""


def assess_table(
    rules: Engine,
    frame: Frame,
    *,
    mapping: Map | None = None,
    keep_going: bool = False,
) -> TableResults[Frame]:
    """The results of a frame with a row for each person and a column a question.

    Takes what Narwhals takes. Frames in memory (pandas, Polars, PyArrow, Modin, cuDF)
    are assessed at once. A Polars `LazyFrame` stays lazy: nothing runs before one of
    the three is collected, and `polars.collect_all` of them runs once; when it runs,
    all rows are in memory. Other lazy frames (DuckDB, Dask, Ibis) are collected,
    assessed, and given back as such. Frames of PySpark are for `spark.frames`.

    With `keep_going`, answers that contradict each other are taken as unknown.

    Raises:
        FileError: when no column is a question.
        TypeError: when it is not a frame that Narwhals knows.
    """
    given: Any = nw.from_native(frame)
    kind = given.implementation
    names = given.collect_schema().names()
    placing = place_frame(names, rules.vocabulary, mapping)
    assessing = _Assessing(rules, placing, mapping, keep_going=keep_going)
    if isinstance(given, nw.DataFrame):
        found = _parts(assessing(_in_memory(given, placing)))
        return _each(found, lambda one: _alike(one, kind))
    if kind.is_polars():
        lazy = _parts(_lazily(given.to_native(), placing, assessing))
        return cast("TableResults[Frame]", lazy)
    wanted = given.select(names[p] for p in places(placing)).collect("polars")
    found = _parts(assessing(_in_memory(wanted, placing)))
    return _each(found, lambda one: nw.from_native(one).lazy(kind).to_native())


def is_spark(frame: object) -> bool:
    """Whether this is a frame of PySpark, which stays on the executors.

    Raises:
        TypeError: when it is not a frame that Narwhals knows.
    """
    given: Any = nw.from_native(cast("Any", frame))
    kind = given.implementation
    return bool(kind.is_pyspark() or kind.is_pyspark_connect())


def raws_of(frame: pl.DataFrame, *, first: int = 1) -> Iterator[Raw]:
    """The rows of a frame whose columns are named by their places, as raw frames.

    They are numbered from `first` if the frame does not number them itself.
    """
    if ROW not in frame.columns:
        frame = frame.with_row_index(ROW, first)
    for start in range(0, frame.height, _ROWS):
        piece = frame.slice(start, _ROWS)
        yield Raw(piece, (), piece.height)


# --- from a frame of Polars to all that is told of it ---------------------------------


class _Assessing:
    """Assesses frames with one placing, whose columns are named by their places."""

    def __init__(
        self, rules: Engine, placing: Placing, mapping: Map | None, *, keep_going: bool
    ) -> None:
        self._placing = placing
        self._screening = Screening(rules, mapping=mapping, keep_going=keep_going)

    def __call__(self, columns: pl.DataFrame) -> pl.DataFrame:
        screening = self._screening.again()
        batches = screening.screen_raws(raws_of(columns), self._placing, file=NAME)
        lines = [told(batch) for batch in batches]
        return pl.concat([*lines, told_of_files((), screening.repeated_ids())])


def _parts(lines: Lines) -> TableResults[Lines]:
    """The results, the rejects and the notices among the lines."""
    notices = _kind(lines, NOTICE).group_by("message", maintain_order=True)
    return TableResults(
        _kind(lines, RESULT), _kind(lines, REJECT), notices.agg(pl.col("rows").sum())
    )


def _kind(lines: Lines, kind: str) -> Lines:
    return lines.filter(told=kind).select(COLUMNS_OF[kind][1:])  # without the file


# --- frames of all kinds --------------------------------------------------------------


def _in_memory(given: nw.DataFrame[Any], placing: Placing) -> pl.DataFrame:
    """The columns that are read."""
    names = given.columns
    series = [_as_polars(given[names[p]]).alias(str(p)) for p in places(placing)]
    return pl.DataFrame(series)


def _as_polars(column: nw.Series[Any]) -> pl.Series:
    """The column; where its values are of several types, as text."""
    try:
        return column.to_polars()
    except Exception:  # noqa: BLE001 - each library refuses mixed types in its own way
        missing = column.is_null().to_list()
        pairs = zip(column.to_list(), missing, strict=True)
        texts = [None if gone else str(value) for value, gone in pairs]
        return pl.Series(texts, dtype=pl.String)


def _lazily(
    frame: pl.LazyFrame, placing: Placing, assessing: _Assessing
) -> pl.LazyFrame:
    """A step of the query, which knows nothing of what is in it."""
    columns = frame.select(pl.nth(p).alias(str(p)) for p in places(placing))
    return columns.map_batches(
        assessing,
        schema=TOLD,
        predicate_pushdown=False,
        projection_pushdown=False,
        slice_pushdown=False,
    )


def _alike(frame: pl.DataFrame, kind: nw.Implementation) -> Any:
    """The frame as one of the kind, by way of Arrow."""
    if kind.is_polars():
        return frame
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    backend: Any = kind
    return nw.from_arrow(table, backend=backend).to_native()


def _each(found: TableResults[Any], change: Callable[[Any], Any]) -> TableResults[Any]:
    return TableResults(*map(change, (found.results, found.rejects, found.notices)))
