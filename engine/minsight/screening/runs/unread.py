"""Unread: the phrases of a run that were not understood, counted and listed.

They are counted in a file, exactly and in little memory, however many different ones
there are; listed are the most frequent. What looks like a telephone number, a date of
birth or an address is counted and never kept, nor is what is longer than a phrase: a
list is for other eyes than the rows are. Names of persons cannot be told from words.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec
from polars import DataFrame, Int64, String

from minsight.intake.corrections import pieces_left, suggested_ids
from minsight.intake.recognition import Unrecognised, recognise
from minsight.intake.suggestions import SUGGESTIONS
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.mapping.word_list import MEANS, PHRASE, in_one_form
from minsight.screening.sinks.tables import write_header, write_rows

MOST_PHRASES: Final = 10_000
"""How many phrases a list has at the most; nobody fills in more."""
LONGEST_PHRASE: Final = 200
"""How many characters a phrase has at the most."""
_PERSONAL: Final = re.compile(r"\d(?:[\s()+./-]*\d){5}|@|://|\bwww\.")
"""Six digits, whatever stands between them, or an address."""
_TABLES: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS unread (
        phrase TEXT PRIMARY KEY, times INTEGER, because TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS unkept (times INTEGER);
"""
_ADD: Final = """
    INSERT INTO unread VALUES (?, ?, ?)
    ON CONFLICT (phrase) DO UPDATE SET times = times + excluded.times
"""
_COLUMNS: Final = (
    *(PHRASE, "times", MEANS, "because"),
    *(f"{what}_{n}" for n in range(1, SUGGESTIONS + 1) for what in ("id", "label")),
)
Counted: TypeAlias = tuple[str, int, str]


class Listing(msgspec.Struct, frozen=True):
    """How many phrases were listed, and what was not.

    `rarer` phrases were too many, `unkept` words too long or too telling to be copied.
    """

    listed: int
    rarer: int
    unkept: int


class UnreadPhrases:
    """The phrases of one file of counts."""

    def __init__(self, kept: sqlite3.Connection) -> None:
        self._kept = kept
        kept.executescript(_TABLES)

    def add(self, unread: Mapping[Unrecognised, int]) -> None:
        """Count phrases, those that words list each by itself."""
        phrases: list[Counted] = []
        unkept = 0
        for one, times in unread.items():
            for piece in pieces_left(one):
                phrase = in_one_form(piece)
                if len(phrase) > LONGEST_PHRASE or _PERSONAL.search(phrase):
                    unkept += times
                elif phrase:
                    phrases.append((phrase, times, one.because))
        self._add(phrases, unkept)

    def merge(self, file: Path) -> None:
        """Count what another file counted."""
        with unread_phrases(file) as other:
            self._add(other.all(), other.unkept())

    def write(
        self, file: IO[bytes], vocabulary: Vocabulary, *, smallest: int = 0
    ) -> Listing:
        """Write the most frequent as CSV, those of one number by alphabet.

        Those met fewer than `smallest` times are left out.
        """
        rows = [_row(one, vocabulary) for one in self._most_frequent(smallest)]
        kinds = {name: Int64 if name == "times" else String for name in _COLUMNS}
        table = DataFrame(rows, schema=kinds, orient="row")
        write_header(table, file)
        write_rows(table, file)
        ((known,),) = self._kept.execute("SELECT count(*) FROM unread")
        return Listing(len(rows), known - len(rows), self.unkept())

    def _add(self, phrases: Iterable[Counted], unkept: int) -> None:
        with self._kept:
            self._kept.executemany(_ADD, phrases)
            self._kept.execute("INSERT INTO unkept VALUES (?)", (unkept,))

    def all(self) -> Iterator[Counted]:
        """Each phrase, by alphabet."""
        return iter(self._kept.execute("SELECT * FROM unread"))

    def _most_frequent(self, smallest: int) -> Iterator[Counted]:
        query = (
            "SELECT * FROM unread WHERE times >= ? ORDER BY times DESC, phrase LIMIT ?"
        )
        return iter(self._kept.execute(query, (smallest, MOST_PHRASES)))

    def unkept(self) -> int:
        """How many words were not kept."""
        ((times,),) = self._kept.execute("SELECT total(times) FROM unkept")
        return int(times)


@contextmanager
def unread_phrases(file: Path) -> Iterator[UnreadPhrases]:
    """The counts in a file, which is made if there is none."""
    kept = sqlite3.connect(file)
    try:
        yield UnreadPhrases(kept)
    finally:
        kept.close()


def list_unread(
    parts: Iterable[Path],
    target: Path,
    vocabulary: Vocabulary,
    *,
    smallest: int,
    beside: Path,
) -> Listing:
    """Write the list of all parts; `beside` is where it is counted meanwhile."""
    with unread_phrases(beside) as together, target.open("wb") as file:
        for part in parts:
            together.merge(part)
        listing = together.write(file, vocabulary, smallest=smallest)
    beside.unlink()
    return listing


def _row(one: Counted, vocabulary: Vocabulary) -> list[object]:
    """The cells of a line, with nothing said yet of what it means."""
    phrase, times, because = one
    cells: list[object] = [phrase, times, None, because or None]
    for id_ in suggested_ids(recognise(phrase, vocabulary), vocabulary):
        cells += [id_, vocabulary.label(id_)]
    return cells + [None] * (len(_COLUMNS) - len(cells))
