"""Dialects: what separates the fields of a text, and what its columns are called."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.screening.sources.careful import MOST_FIELD

_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_COLUMNS: Final = 100_000
_LINES_FOR_SNIFFING: Final = 50


class Dialect(msgspec.Struct, frozen=True):
    """How a file is cut: its separator and its names of columns.

    `start` is where the first record begins, in bytes of UTF-8.
    """

    separator: str
    header: tuple[str, ...]
    start: int = 0

    def refuse_unusable(self, file: str) -> None:
        """Refuse a text that has no header, or one of far too many columns."""
        if not any(self.header):
            raise FileError(f"`{file}` has no header; name the columns in line 1")
        if len(self.header) > _MOST_COLUMNS:
            columns = len(self.header)
            raise FileError(f"`{file}` has {columns} columns, too many to read")


def dialect_in(text: str, separator: str | None = None) -> Dialect:
    """What separates the fields of a text, and the header, by its first lines."""
    separator = separator or _separator(text)
    return Dialect(separator, *_header(text, separator))


def _header(text: str, separator: str) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and where the line after them begins."""
    csv.field_size_limit(MOST_FIELD)
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    reader = csv.reader((line + "\n" for line in lines[first:]), delimiter=separator)
    try:
        names = next(reader, [])
    except csv.Error:
        return (), 0
    used = "\n".join(lines[: first + reader.line_num])
    return tuple(name.strip() for name in names), len(used.encode()) + 1


def _separator(text: str) -> str:
    """The separator that cuts the first lines into most fields, alike in each."""
    lines = [line for line in text.split("\n")[:-1] or [text] if line]
    lines = lines[:_LINES_FOR_SNIFFING]

    def fit(separator: str) -> tuple[float, int]:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            return 0.0, 0
        widths = Counter(map(len, rows))
        first = len(rows[0]) if rows else 0
        return (widths[first] / len(rows) if first > 1 else 0.0), first

    return max(_SEPARATORS, key=fit)
