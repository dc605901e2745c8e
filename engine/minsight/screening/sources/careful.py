"""Records: delimited text cut slowly and with care, where the fast way gives up.

A quotation mark that nobody closed spoils its own line and no other. One inside a word
is a character like any other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

MOST_LINES: Final = 1_000
"""A record over more lines is taken for a quotation mark that nobody closed."""
MOST_FIELD: Final = 1 << 30
OPENED: Final = "a quotation mark is opened and not closed"
_GOES_ON: Final = (
    "text stands after a closing quotation mark; write two marks for one inside a text"
)
_BLANKS: Final = re.compile(r'"[ \t]+')
_APART: Final = {"\r": "\udc0d", "\0": "\udc00"}
"""Characters that end a line for `csv`, and what stands for them: no text holds it."""


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
    odd, apart = _apart(text)
    lines = _Lines(apart.split("\n"), separator)
    while (line := lines.begin()) is not None:
        found = lines.record(width)
        if isinstance(found, str):
            yield Record((), found, _as_it_was(line[:200], odd))
        else:
            yield Record([_as_it_was(field, odd) for field in found] if odd else found)


def first_record(text: str, separator: str) -> tuple[list[str], int]:
    r"""The fields of the first record, whatever they are, and over how many lines.

    >>> first_record('"a\nb",c\nd,e\n', ","), first_record('a,"b\nd,e', ",")
    ((['a\nb', 'c'], 2), (['a', '"b'], 1))
    """
    odd, apart = _apart(text)
    lines = _Lines(apart.split("\n"), separator)
    fields, used = lines.first()
    return [_as_it_was(field, odd) for field in fields], used


def _apart(text: str) -> tuple[list[str], str]:
    """The characters of a text that `csv` cannot bear, and the text without them."""
    odd = [character for character in _APART if character in text]
    for character in odd:
        text = text.replace(character, _APART[character])
    return odd, text


def _as_it_was(text: str, odd: Sequence[str]) -> str:
    for character in odd:
        text = text.replace(_APART[character], character)
    return text


def why_ragged(count: int, width: int) -> str:
    """Why a record is rejected that has so many fields."""
    return f"has {count} field{'' if count == 1 else 's'}, and the header has {width}"


class _Lines:
    """The lines of a text, which `csv` takes one by one, and so many for a record.

    INVARIANT: no line is read twice for records that come to no good: between a mark
    that opens and the line where it shows that it was not meant, each is read alone.
    """

    def __init__(self, lines: Sequence[str], separator: str) -> None:
        csv.field_size_limit(MOST_FIELD)
        self._lines = lines
        self._separator = separator
        self._reader = csv.reader(self, delimiter=separator, strict=True)
        self._next = self._stop = 0
        self._doubtful = 0
        """Lines before this one stand behind a mark that was opened and not closed."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._next >= self._stop:
            raise StopIteration
        self._next += 1
        return f"{self._lines[self._next - 1]}\n"

    def begin(self) -> str | None:
        """The first line of the next record; None after the last one."""
        while self._next < len(self._lines) and not self._lines[self._next]:
            self._next += 1
        return self._lines[self._next] if self._next < len(self._lines) else None

    def record(self, width: int) -> list[str] | str:
        """Its fields; or why it has none that fit, and then it is its first line."""
        start = self._next
        most = 1 if start + 1 < self._doubtful else MOST_LINES
        self._stop = min(start + most, len(self._lines))
        fields, why = self._cut()
        if self._next == start + 1:
            return self._of_one_line(start, width, fields, why)
        if len(fields) == width:
            return fields
        self._doubtful = max(self._doubtful, self._next)
        self._next = start + 1
        return OPENED

    def first(self) -> tuple[list[str], int]:
        """The fields of the first record, or the pieces of its line, and its lines."""
        self._stop = min(MOST_LINES, len(self._lines))
        fields, why = self._cut()
        if why or not fields:
            return self._lines[0].split(self._separator), 1
        return fields, self._next

    def _cut(self) -> tuple[list[str], str]:
        """The fields of one record, or none and why."""
        try:
            return next(self._reader), ""
        except csv.Error as error:
            return [], OPENED if "end of data" in str(error) else _GOES_ON

    def _of_one_line(
        self, at: int, width: int, fields: list[str], why: str
    ) -> list[str] | str:
        line = self._lines[at]
        if at < self._doubtful and line.count('"') % 2:
            return OPENED
        if why == _GOES_ON and (shorter := _BLANKS.sub('"', line)) != line:
            return _Lines([shorter], self._separator).record(width)
        return why or (
            fields if len(fields) == width else why_ragged(len(fields), width)
        )
