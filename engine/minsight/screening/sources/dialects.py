"""Dialects: what separates the fields of a text, and what its columns are called."""

from __future__ import annotations

from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.screening.sources.careful import first_record, records

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
    lines = text.split("\n")
    blank = next((n for n, line in enumerate(lines) if line.strip()), 0)
    start = sum(len(line.encode()) + 1 for line in lines[:blank])
    below = "\n".join(lines[blank:])
    separator = separator or max(_SEPARATORS, key=lambda one: _fit(below, one))
    names, used = first_record(below, separator)
    start += sum(len(line.encode()) + 1 for line in lines[blank : blank + used])
    return Dialect(separator, tuple(name.strip() for name in names), start)


def _fit(text: str, separator: str) -> float:
    """How well a separator fits: the fields of the header, as far as lines agree."""
    header, used = first_record(text, separator)
    lines = [line for line in text.split("\n")[used:-1] if line]
    some = "\n".join(lines[:_LINES_FOR_SNIFFING])
    alike = [not one.why_not for one in records(some, separator, width=len(header))]
    return (len(header) - 1) * (sum(alike) / len(alike) if alike else 1.0)
