"""Tables: Parquet, read batch by batch, only the columns that are questions."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from minsight.errors import FileError
from minsight.screening.placing import Placing
from minsight.screening.raw import ROW, Raw
from minsight.screening.sources import Source


def header_of_parquet(source: Source) -> tuple[str, ...]:
    """The names of the columns.

    Raises:
        FileError: when the file is damaged.
    """
    try:
        return tuple(pl.read_parquet_schema(source.path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(source, error) from None


def _damaged(source: Source, error: Exception) -> FileError:
    reason = str(error).splitlines()[0] if str(error) else "it is cut off"
    return FileError(f"`{source.name}` is cut off or damaged: {reason}")


def parquet_frames(source: Source, placing: Placing, rows: int) -> Iterator[Raw]:
    """The rows in file order, about `rows` at a time."""
    places = dict.fromkeys(column.index for column in placing.columns)
    chosen = [pl.col(placing.header[place]).alias(str(place)) for place in places]
    first = 1
    try:
        scan = pl.scan_parquet(source.path).select(chosen)
        for frame in scan.collect_batches(chunk_size=rows, maintain_order=True):
            yield Raw(frame.with_row_index(ROW, first), (), frame.height)
            first += frame.height
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(source, error) from None
