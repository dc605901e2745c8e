"""Workbooks: how much one would take in memory, seen before it is loaded.

The reader makes a full table of a sheet, up to its last cell, wherever that stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import SEEK_END
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from minsight.errors import FileError

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_COLUMN: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]{1,12})""")
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64
"""A place such as `r="XFD1048576"` is shorter, also one that no program would write."""
_MOST_CELLS: Final = 10_000_000
_CELLS_PER_BYTE: Final = 10
_MOST_BYTES: Final = 64 << 20
_TIMES: Final = 100
"""How large what is unpacked may be, and how large the table; more if the file is."""


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
