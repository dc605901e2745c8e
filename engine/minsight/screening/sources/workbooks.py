"""Workbooks: which sheet holds the persons, and how much one would take in memory.

The reader makes a full table of a sheet, up to its last cell, wherever that stands: how
large that is, is seen before it is loaded. Cover sheets and lists of choices stand
beside the sheet of the data, titles above its names and totals below its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import SEEK_END
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

import msgspec
from polars import DataFrame

from minsight.errors import FileError, missing_extra, quoted
from minsight.screening.mapping.headings import Heading, TableLayout
from minsight.screening.rejects import Reject
from minsight.screening.rows import ROW, Raw
from minsight.screening.sources.shapes import (
    ROWS_LOOKED_AT,
    shape_of,
    why_no_person,
)
from minsight.screening.sources.source import Source

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_COLUMN: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]{1,12})""")
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64
"""A place such as `r="XFD1048576"` is shorter, also one that no program would write."""
_MOST_CELLS: Final = 10_000_000
_CELLS_PER_BYTE: Final = 10
_MOST_FOOTERS: Final = 10
_MOST_BYTES: Final = 64 << 20
_TIMES: Final = 100
"""How large what is unpacked may be, and how large the table; more if the file is."""


class Sheet(msgspec.Struct, frozen=True):
    """The sheet that holds the persons: what its columns are called, and its rows."""

    heading: Heading
    rows: DataFrame

    def raw(self, places: Sequence[int], *, file: str) -> Raw:
        """The rows with only these columns; what counts persons below them is none."""
        last, why = self._persons
        some = self.rows.head(last)
        frame = DataFrame([some.to_series(place).alias(str(place)) for place in places])
        below = range(last + 1, self.rows.height + 1)
        rejects = tuple(Reject(file, row, "", "", why) for row in below)
        return Raw(frame.with_row_index(ROW, 1), rejects, self.rows.height)

    @property
    def _persons(self) -> tuple[int, str]:
        """How many rows are persons, and what stands below them."""
        height = self.rows.height
        for row in range(max(0, height - _MOST_FOOTERS), height):
            if why := why_no_person(self.rows.row(row)):
                return row, why
        return height, ""


def chosen_sheet(source: Source, file: IO[bytes]) -> Sheet:
    """The sheet that the layout names, or else the one that holds most answers.

    Raises:
        FileError: when no sheet holds a table, or the reader is not installed.
    """
    try:
        import fastexcel
    except ImportError:
        raise missing_extra(f"`{source.name}`", "excel") from None
    refuse_huge(file, source.name)
    book = fastexcel.read_excel(file.read())
    names = book.sheet_names
    wanted = source.layout.sheet
    if wanted is not None and wanted not in names:
        known = ", ".join(map(quoted, names))
        raise FileError(
            f"`{source.name}` has no sheet {quoted(wanted)}; it has {known}"
        )
    found = {
        name: book.load_sheet(name, header_row=None, dtypes="string").to_polars()
        for name in ([wanted] if wanted is not None else names)
    }
    name = max(found, key=lambda one: _answers_in(found[one]))
    if not found[name].height:
        which = "the first sheet" if len(names) == 1 else "every sheet"
        raise FileError(f"{which} of `{source.name}` is empty; put the table there")
    sheet = _cut(found[name], source.layout)
    if len(names) > 1 and wanted is None:
        told = f"read the sheet {quoted(name)}, one of {len(names)}"
        told += f"; {sheet.heading.told}" if sheet.heading.told else ""
        heading = msgspec.structs.replace(sheet.heading, told=told)
        return msgspec.structs.replace(sheet, heading=heading)
    return sheet


def _answers_in(sheet: DataFrame) -> tuple[int, int]:
    """How many cells below the names are filled, in a table of several columns."""
    if sheet.width < 2 or sheet.height < 2:
        return (0, sheet.height)
    return (sum(sheet.height - count for count in sheet.null_count().row(0)), 0)


def _cut(sheet: DataFrame, layout: TableLayout) -> Sheet:
    first = sheet.head(ROWS_LOOKED_AT).rows()
    shape = shape_of([[cell or "" for cell in row] for row in first], layout)
    return Sheet(shape.heading, sheet.slice(shape.above))


def refuse_huge(file: IO[bytes], name: str) -> None:
    """Refuse a workbook that is small and would take all memory.

    Raises:
        FileError: saying what is too large and what to do.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    try:
        with ZipFile(file) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > max(_MOST_BYTES, _TIMES * size):
                raise FileError(
                    f"`{name}` unpacks to {unpacked >> 20:,} MiB, which no workbook of"
                    " its size does; save it as CSV"
                )
            for part in filter(_SHEET.fullmatch, parts.namelist()):
                with parts.open(part) as sheet:
                    _refuse_wide(sheet, name, max(_MOST_CELLS, _CELLS_PER_BYTE * size))
    except BadZipFile:
        pass  # an older kind of workbook, of few rows; or damaged, as its reader tells
    finally:
        file.seek(0)


def _refuse_wide(sheet: IO[bytes], name: str, most: int) -> None:
    columns: set[bytes] = set()
    last = 0
    for piece in _pieces(sheet):
        columns.update(_COLUMN.findall(piece))
        last = max(last, *map(int, set(_ROW.findall(piece))), 0)
    width = max(map(_number, columns), default=0)
    if width * last > most:
        raise FileError(
            f"`{name}` has a cell so far out that its sheet has {last:,} rows of"
            f" {width:,} columns; delete what is outside the table, or save it as CSV"
        )


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while piece := sheet.read(_PIECE):
        yield before + piece
        before = piece[-_OVERLAP:]


def _number(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> _number(b"A"), _number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
