"""Records: delimited text cut slowly and with care, where the fast way gives up.

A quotation mark that nobody closed spoils its own line and no other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

MOST_LINES: Final = 1_000
"""A record over more lines is taken for a quotation mark that nobody closed."""
MOST_FIELD: Final = 1 << 30


class Record(msgspec.Struct, frozen=True):
    """One record: its fields, or, when it has none that fit, why and its beginning."""

    fields: Sequence[str]
    why_not: str = ""
    beginning: str = ""


def records(text: str, separator: str, *, width: int) -> Iterator[Record]:
    r"""The records of a text, each with `width` fields or a reason.

    >>> [r.fields or r.why_not for r in records('a,"b\nc,d\n', ",", width=2)]
    ['a quotation mark is opened and not closed', ['c', 'd']]
    """
    csv.field_size_limit(MOST_FIELD)
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        end = _end_of_record(lines, at)
        fields = _fields("\n".join(lines[at:end]), separator) if end else None
        if end and fields is not None and len(fields) == width:
            yield Record(fields)
            at = end
        else:
            alone = end == at + 1 and fields is not None
            count = len(fields) if alone and fields is not None else None
            yield Record((), why_ragged(count, width), lines[at][:200])
            at += 1


def why_ragged(count: int | None, width: int) -> str:
    """Why a record is rejected that has so many fields."""
    if count is None:
        return "a quotation mark is opened and not closed"
    return f"has {count} field{'' if count == 1 else 's'}, and the header has {width}"


def _end_of_record(lines: Sequence[str], start: int) -> int:
    """The line after the record that begins here; 0 when its quotation never ends."""
    marks = 0
    for at in range(start, min(start + MOST_LINES, len(lines))):
        marks += lines[at].count('"')
        if marks % 2 == 0:
            return at + 1
    return 0


def _fields(record: str, separator: str) -> list[str] | None:
    try:
        rows = list(csv.reader(record.splitlines(keepends=True), delimiter=separator))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
