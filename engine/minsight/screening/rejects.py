"""Rejects: rows that were rejected and why, and what else reading has to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import polars as pl

from minsight.intake.answers import Answers
from minsight.intake.recognition import Recognised, Unrecognised

BETWEEN_FILES: Final = 1 << 32
"""Rows of files that are read as one are numbered on; those of the next file begin so
many numbers later."""
BEYOND_ROWS: Final = 0
"""The number of rows of a notice that is about a file and not about rows of it."""


class Reject(msgspec.Struct, frozen=True):
    """A row, or a whole file, that gives no answers: where, what stands there, and why.

    `row` counts rows of data from 1 and is None for a whole file.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: str


class Notice(msgspec.Struct, frozen=True):
    """Something that a reader of the results must know, and how many rows it touches.

    `rows` is 0 when it is about the file.
    """

    file: str
    message: str
    rows: int = BEYOND_ROWS


class Cells(msgspec.Struct, frozen=True):
    """What stood in the file where some of its answers were given.

    `frames` hold `row` and the cells, in columns named by their places; `columns` gives
    the places and names of those that answer a finding, group or measurement, by its
    id, and of those of free text, under an empty one. `groups` are the places by which
    people are broken down. A value of a measurement that has one of `factors` was
    multiplied with it.
    """

    frames: tuple[pl.DataFrame, ...] = ()
    columns: Mapping[str, tuple[tuple[int, str], ...]] = {}
    groups: tuple[tuple[int, str], ...] = ()
    factors: Mapping[str, float] = {}


class Batch(msgspec.Struct, frozen=True):
    """The answers of some rows, in file order, and what is to be told of them.

    `entered` are the same answers one by one, each with its row number, of all rows
    that were entered so; `given` are those of all other rows as they were given, if
    records are to be made of them. `named` is what was recognised in the texts of rows
    that were not entered alone. `unread` counts what was not understood in texts,
    also in those of rejected rows. `cells` are those that were to be kept. `asked` has
    columns of which only some of the files that were read as one have any: how many
    persons those are of.

    INVARIANT: `rows` is the height of `answers` plus the number of rejected rows.
    """

    answers: pl.DataFrame
    rejects: tuple[Reject, ...]
    rows: int
    notices: tuple[Notice, ...] = ()
    entered: tuple[tuple[int, Answers], ...] = ()
    unread: Mapping[Unrecognised, int] = {}
    cells: Cells = Cells()
    given: pl.DataFrame | None = None
    named: Mapping[int, Sequence[Recognised]] = {}
    asked: Mapping[str, int] = {}


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each notice once, at its first place, with the rows of all its copies.

    >>> merged([Notice("a", "x", 2), Notice("a", "y"), Notice("a", "x", 3)])
    (Notice(file='a', message='x', rows=5), Notice(file='a', message='y', rows=0))
    """
    found: dict[tuple[str, str], int] = {}
    for one in notices:
        key = (one.file, one.message)
        found[key] = found.get(key, BEYOND_ROWS) + one.rows
    return tuple(Notice(*key, rows) for key, rows in found.items())


def in_own_files(rejects: Iterable[Reject], files: Sequence[str]) -> Iterator[Reject]:
    """Rejects of files that are read as one, each with its own file and row.

    Those of a single file are that already.
    """
    for one in rejects:
        if len(files) == 1 or one.row is None:
            yield one
        else:
            place, row = divmod(one.row, BETWEEN_FILES)
            yield msgspec.structs.replace(one, file=files[place], row=row)


class Notebook:
    """Collects notices of a file, or of some that are read as one, between batches."""

    def __init__(self, *files: str) -> None:
        self._files = files
        self._rows: dict[tuple[int, str], int] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def file_of(self, row: int) -> int:
        """The place of the file that a row is of, by its number."""
        return row // BETWEEN_FILES if len(self._files) > 1 else 0

    def note(self, message: str, rows: int = BEYOND_ROWS, *, row: int = 0) -> None:
        """Tell something of so many rows of the file that a row is of."""
        key = (self.file_of(row), message)
        self._rows[key] = self._rows.get(key, BEYOND_ROWS) + rows

    def note_of(self, message: str, numbers: pl.Series) -> None:
        """Tell something of rows, each of the file that its number is of."""
        if len(self._files) == 1:
            self.note(message, len(numbers))
            return
        files = numbers // BETWEEN_FILES * BETWEEN_FILES
        for first, rows in files.value_counts().iter_rows():
            self.note(message, rows, row=first)

    def told(self) -> tuple[Notice, ...]:
        """What was noted since it was asked for last."""
        rows, self._rows = self._rows, {}
        return tuple(
            Notice(self._files[file], message, count)
            for (file, message), count in rows.items()
        )
