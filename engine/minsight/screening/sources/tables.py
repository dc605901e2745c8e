"""Tables with columns of their own types: Parquet, Excel and SAS transport.

Only the columns that are questions are read. Parquet and SAS transport come in pieces;
a sheet of Excel cannot have more than a million rows and is read whole.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import SEEK_END
from typing import IO, Any, Final, cast

import polars as pl
from polars import DataFrame

from minsight.errors import FileError, missing_extra
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.rows import ROW, Raw
from minsight.screening.sources.labelled import heading_of_labelled, labelled_rows
from minsight.screening.sources.source import Source
from minsight.screening.sources.workbooks import chosen_sheet

_MOST_CELLS: Final = 40_000_000
"""Of how many cells a piece of a SAS file may be."""
_RECORD: Final = 80
_MOST_HEAD: Final = 1 << 22
"""How many bytes of a SAS file hold the names of its columns."""
_ROWS_BEGIN: Final = b"HEADER RECORD*******OBS"
_MEMBER: Final = b"HEADER RECORD*******MEMB"
_MOST_AHEAD: Final = 1_000_000
"""How many rows of Parquet may be decoded before they are taken."""


def heading_of_table(source: Source) -> Heading:
    """What the columns are called.

    Raises:
        FileError: when the file is damaged, or its reader is not installed.
    """
    with _readable(source), source.whole() as file:
        match source.format:
            case "parquet":
                return Heading(tuple(pl.read_parquet_schema(file)))
            case "excel":
                return chosen_sheet(source, file).heading
            case "xpt":
                about = _xpt(source, file, metadataonly=True)[1]
                return Heading(tuple(about.column_names))
            case "sav" | "dta":
                return heading_of_labelled(source, file)
            case _:
                raise AssertionError(f"{source.format} is no table")


def raw_tables(source: Source, placing: Placing, rows: int) -> Iterator[Raw]:
    """The rows in file order, about `rows` at a time."""
    places = list(dict.fromkeys(column.index for column in placing.columns))
    first = 1
    with source.whole() as file:
        if source.format == "excel":
            with _readable(source):
                sheet = chosen_sheet(source, file)
            yield sheet.raw(places, file=source.name)
            return
        frames = _frames(source, file, placing.header, places, rows)
        while True:
            with _readable(source):
                frame = next(frames, None)
            if frame is None:
                return
            yield Raw(frame.with_row_index(ROW, first), (), frame.height)
            first += frame.height


def _frames(
    source: Source,
    file: IO[bytes],
    header: Sequence[str],
    places: Sequence[int],
    rows: int,
) -> Iterator[DataFrame]:
    match source.format:
        case "parquet":
            yield from _parquet_rows(file, places, rows)
        case "xpt":
            yield from _xpt_rows(source, file, header, places, rows)
        case "sav" | "dta":
            yield from labelled_rows(source, file, header, places, rows)
        case _:
            raise AssertionError(f"{source.format} is no table")


def _parquet_rows(
    file: IO[bytes], places: Sequence[int], rows: int
) -> Iterator[DataFrame]:
    """The rows in pieces, asked for in stretches.

    Polars decodes on while nobody takes its batches, to the end of what it was asked
    for: of a large file more than the memory holds. A name such as `*` would stand for
    other columns, so they are taken by place.
    """
    scan = pl.scan_parquet(file)
    height = scan.select(pl.len()).collect().item()
    chosen = scan.select(pl.nth(place).alias(str(place)) for place in places)
    for first in range(0, height, _MOST_AHEAD):
        stretch = chosen.slice(first, _MOST_AHEAD)
        yield from stretch.collect_batches(chunk_size=rows, maintain_order=True)


_ANY: Final = (Exception, pl.exceptions.PanicException)
"""Each reader has exceptions of its own, and the panic of a native one is no other."""


@contextmanager
def _readable(source: Source) -> Iterator[None]:
    """Turns what readers raise on damaged files into one clear error."""
    try:
        yield
    except FileError:
        raise
    except _ANY as error:
        reason = str(error).splitlines()[0][:200] if str(error) else "it is cut off"
        message = f"`{source.name}` is cut off or damaged: {reason}"
        raise FileError(message) from None


# --- SAS transport --------------------------------------------------------------------


def _xpt(source: Source, file: IO[bytes], **options: Any) -> tuple[DataFrame, Any]:
    try:
        import pyreadstat
    except ImportError:
        raise missing_extra(f"`{source.name}`", "sas") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.seek(0)
        frame, about = pyreadstat.read_xport(
            cast("Any", file), output_format="polars", **options
        )
    return frame, about


def _refuse_cut(source: Source, file: IO[bytes]) -> None:
    """Refuse a file that ends inside a row, of which its reader leaves the rest out.

    Records have 80 bytes, and after the last row there are only blanks. Of a file with
    several tables only the size is known.

    Raises:
        FileError: when it is cut off.
    """
    size = file.seek(0, SEEK_END)
    _, about = _xpt(source, file, metadataonly=True)
    file.seek(0)
    head = file.read(_MOST_HEAD)
    begins = head.find(_ROWS_BEGIN)
    row = sum(about.variable_storage_width.values())
    left = (size - begins - _RECORD) % row if begins >= 0 and row else 0
    file.seek(size - left)
    is_inside = file.read(left).strip(b" ") and not _holds_several(file)
    if size % _RECORD or is_inside:
        raise FileError(
            f"`{source.name}` is cut off inside a row; copy it again, and whole"
        )


def _holds_several(file: IO[bytes]) -> bool:
    """Whether there is more than one table; a header is one record."""
    file.seek(0)
    records = iter(lambda: file.read(_RECORD), b"")
    return sum(record.startswith(_MEMBER) for record in records) > 1


def _xpt_rows(
    source: Source,
    file: IO[bytes],
    header: Sequence[str],
    places: Sequence[int],
    rows: int,
) -> Iterator[DataFrame]:
    """The rows in pieces; letters for kinds of missing values come as null."""
    _refuse_cut(source, file)
    names = [header[place] for place in places]
    size = max(1, min(rows, _MOST_CELLS // max(1, len(names))))
    first = 0
    while True:
        frame, _ = _xpt(source, file, usecols=names, row_offset=first, row_limit=size)
        if not frame.height:
            return
        yield DataFrame(
            [frame[n].alias(str(p)) for n, p in zip(names, places, strict=True)]
        )
        if frame.height < size:
            return
        first += frame.height
