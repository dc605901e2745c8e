"""Peeking: the first rows of a table as text, all columns of it."""

from __future__ import annotations

from collections.abc import Sequence

from polars import DataFrame, String

from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.rows import ROW, Raw, texts_of
from minsight.screening.sources.delimited import raw_frames
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.source import NEED_BYTES, Source
from minsight.screening.sources.tables import raw_tables


def first_rows(source: Source, header: Sequence[str], rows: int) -> DataFrame:
    """The first rows; columns are named by their places, as in raw frames.

    Raises:
        FileError: when the file is damaged.
    """
    raw = next(iter(_raw(source, header, rows)), None)
    names = list(map(str, range(len(header))))
    if raw is None:
        return DataFrame(schema=dict.fromkeys(names, String))
    return texts_of(raw.frame.drop(ROW).head(rows))


def _raw(source: Source, header: Sequence[str], rows: int) -> Sequence[Raw]:
    if source.format in NEED_BYTES:
        columns = tuple(Column(i, name, "text") for i, name in enumerate(header))
        frames = raw_tables(source, Placing(tuple(header), columns), rows)
    else:
        wanted = dict.fromkeys(range(len(header)))
        frames = raw_frames(source, wanted, Recoding(source.encoding))
    return [raw for raw, _ in zip(frames, range(1), strict=False)]
