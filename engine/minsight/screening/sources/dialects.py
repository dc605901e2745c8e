"""Dialects: what separates the fields of a text, and what its columns are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.screening.mapping.headings import AS_SEEN, Heading, TableLayout
from minsight.screening.sources.careful import MOST_LINES, first_record, records
from minsight.screening.sources.shapes import ROWS_LOOKED_AT, shape_of

_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_COLUMNS: Final = 100_000
_MOST_TITLES: Final = 20
_LINES_FOR_SNIFFING: Final = 50


class Dialect(msgspec.Struct, frozen=True):
    """How a file is cut: its separator and its names of columns.

    `start` is where the first record of a person begins, in bytes of UTF-8.
    """

    separator: str
    heading: Heading
    start: int = 0

    @property
    def header(self) -> tuple[str, ...]:
        return self.heading.names

    def refuse_unusable(self, file: str) -> None:
        """Refuse a text that has no header, or one of far too many columns."""
        if not any(self.header):
            raise FileError(f"`{file}` has no header; name the columns in line 1")
        if len(self.header) > _MOST_COLUMNS:
            columns = len(self.header)
            raise FileError(f"`{file}` has {columns} columns, too many to read")


def dialect_in(text: str, layout: TableLayout = AS_SEEN) -> Dialect:
    """What separates the fields of a text, and the header, by its first lines."""
    lines = text.split("\n")
    separator = layout.separator or _separator(lines)
    found = list(islice(_first_records(lines, separator), ROWS_LOOKED_AT))
    shape = shape_of([fields for fields, _ in found], layout)
    used = found[min(shape.above, len(found)) - 1][1] if found else 1
    start = sum(len(line.encode()) + 1 for line in lines[:used])
    return Dialect(separator, shape.heading, start)


def _first_records(
    lines: Sequence[str], separator: str
) -> Iterator[tuple[list[str], int]]:
    """Records with the line after each; blank lines between them are none."""
    at = 0
    while at < len(lines):
        if lines[at].strip():
            some = "\n".join(lines[at : at + MOST_LINES])
            fields, used = first_record(some, separator)
            yield fields, at + used
            at += used
        else:
            at += 1


def _separator(lines: Sequence[str]) -> str:
    """What fits best; titles above the table have no fields that it could separate."""
    starts = islice((n for n, line in enumerate(lines) if line.strip()), _MOST_TITLES)
    for start in starts:
        below = "\n".join(lines[start:])
        fits = {one: _fit(below, one) for one in _SEPARATORS}
        if any(fits.values()):
            return max(fits, key=lambda one: fits[one])
    return _SEPARATORS[0]


def _fit(text: str, separator: str) -> float:
    """How well a separator fits: the fields of the header, as far as lines agree."""
    if separator not in text:
        return 0.0
    header, used = first_record(text, separator)
    lines = [line for line in text.split("\n")[used:-1] if line]
    some = "\n".join(lines[:_LINES_FOR_SNIFFING])
    alike = [not one.why_not for one in records(some, separator, width=len(header))]
    return (len(header) - 1) * (sum(alike) / len(alike) if alike else 1.0)
