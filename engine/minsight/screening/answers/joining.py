"""Joining: small files, those of one shape as one table, each row with its own file.

A table costs about the same whether it has one row or thousands. So files that have the
same header, and of which the first look says the same, are read as one. Whatever is odd
about a file, it is left to be read alone, by the reader of any file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final, TypeAlias

import msgspec
from polars import DataFrame, Series, String, UInt64

from minsight.errors import FileError
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.cells import identities
from minsight.screening.answers.first_look import FirstLooks
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.headings import AS_SEEN, TableLayout
from minsight.screening.rejects import BETWEEN_FILES, Notice
from minsight.screening.rows import ROW, Raw
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.shapes import CellRow
from minsight.screening.sources.small_files import SmallFile, small_file
from minsight.screening.sources.source import Source

_MOST_FILES: Final = 5_000
_MOST_CELLS: Final = 1_000_000
_MOST_SHAPES: Final = 20
"""How much is joined at the most: to start a table costs little beside it."""


_Placed: TypeAlias = Callable[[Source], Placing]


class JoinedTable(msgspec.Struct, frozen=True):
    """The rows of files of one shape, numbered by file and row.

    Those of the next file, of whatever shape, begin `BETWEEN_FILES` numbers later.
    """

    placing: Placing
    raw: Raw


class Joined(msgspec.Struct, frozen=True):
    """Files that are read together, as a table for each shape that they have.

    `digests` are those of the files as they were read. Notices are what is known of
    each file before its rows are understood.
    """

    sources: tuple[Source, ...]
    digests: tuple[str, ...]
    tables: tuple[JoinedTable, ...]
    notices: tuple[Notice, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What messages and results call the files."""
        return tuple(source.name for source in self.sources)


class _Read(msgspec.Struct, frozen=True):
    """A small file that could be joined, its place, and where its questions stand."""

    place: int
    file: SmallFile
    placing: Placing
    notices: tuple[Notice, ...]


class Joining:
    """Joins small files, and remembers where the questions of their headers stand."""

    def __init__(self, vocabulary: Vocabulary, layout: TableLayout = AS_SEEN) -> None:
        self._vocabulary, self._layout = vocabulary, layout
        self._placings: dict[Dialect, tuple[list[str], Placing, FirstLooks]] = {}

    def joined(
        self,
        sources: Iterable[Source],
        placed: _Placed,
        *,
        fewest: int,
    ) -> Joined | None:
        """The sources from the first one on that are read together, if so many are.

        `placed` says where the questions of a source stand. Sources are joined as long
        as their names ascend, so that what is told of them by name stands in their
        order.
        """
        found: list[_Read] = []
        shapes: list[list[_Read]] = []
        cells = 0
        for source in sources:
            if found and source.name <= found[-1].file.source.name:
                break
            read = self._read(source, placed, len(found))
            if read is None:
                break
            own = next((s for s in shapes if _are_alike(s[0], read)), None)
            if own is None:
                shapes.append(own := [])
            own.append(read)
            found.append(read)
            cells += len(read.file.rows) * len(read.placing.header)
            is_much = len(found) == _MOST_FILES or cells >= _MOST_CELLS
            if is_much or len(shapes) == _MOST_SHAPES:
                break
        if len(found) < fewest:
            return None
        return Joined(
            tuple(read.file.source for read in found),
            tuple(read.file.sha256 for read in found),
            tuple(map(_as_one, shapes)),
            tuple(notice for read in found for notice in read.notices),
        )

    def _read(self, source: Source, placed: _Placed, place: int) -> _Read | None:
        """The file, unless it has to be read alone."""
        try:
            source = source.laid_out(self._layout)
            file = small_file(source)
            if file is None:
                return None
            placing, notices, looks = self._placing_of(source, placed)
            told: tuple[str, ...] = (file.told,) if file.told else ()
            if file.rows:
                placing, seen = looks.at(file.rows, file=source.name)
                told += seen
        except FileError:
            return None
        if placing.long is not None or _told_in_words(file.rows, placing) > 1:
            return None
        own = (Notice(source.name, message) for message in told)
        return _Read(place, file, placing, (*notices, *own))

    def _placing_of(
        self, source: Source, placed: _Placed
    ) -> tuple[Placing, Iterable[Notice], FirstLooks]:
        """The placing of the header, made once, and its notices, of this file."""
        assert source.dialect is not None
        if source.dialect not in self._placings:
            if len(self._placings) >= _MOST_SHAPES:
                self._placings.clear()
            placing = placed(source)
            plain = msgspec.structs.replace(placing, notices=())
            looks = FirstLooks(plain, self._vocabulary)
            messages = [one.message for one in placing.notices]
            self._placings[source.dialect] = messages, plain, looks
        messages, placing, looks = self._placings[source.dialect]
        return placing, [Notice(source.name, one) for one in messages], looks


def _are_alike(one: _Read, other: _Read) -> bool:
    """Whether two files are cut apart and understood in the same way."""
    return (
        one.file.source.dialect == other.file.source.dialect
        and one.placing.columns == other.placing.columns
    )


def _told_in_words(rows: Sequence[CellRow], placing: Placing) -> int:
    """How many rows have free words, which may name what no column asks.

    Columns that they make stand in the order of the vocabulary, as those of one row do.
    """
    texts = [column.index for column in placing.of("text")]
    return sum(any(row[index].strip() for index in texts) for row in rows)


def _as_one(reads: Sequence[_Read]) -> JoinedTable:
    placing = reads[0].placing
    numbers = Series(
        ROW,
        [
            read.place * BETWEEN_FILES + row
            for read in reads
            for row in range(1, len(read.file.rows) + 1)
        ],
        UInt64,
    )
    rows = list(chain.from_iterable(read.file.rows for read in reads))
    of_columns = list(zip(*rows, strict=True)) or [()] * len(placing.header)
    frame = DataFrame(
        [
            numbers,
            *(
                Series(str(index), [text or None for text in of_columns[index]], String)
                for index in dict.fromkeys(column.index for column in placing.columns)
            ),
        ]
    )
    frame, placing = _with_ids(frame, placing)
    return JoinedTable(placing, Raw(frame, (), frame.height))


def _with_ids(frame: DataFrame, placing: Placing) -> tuple[DataFrame, Placing]:
    """The table with an id for everybody: where there is none, the row in the file."""
    given = placing.of("id")
    own = frame.with_columns(frame[ROW] % BETWEEN_FILES)
    ids = identities(own, given[0] if given else None)
    place = len(placing.header)
    columns = (*(c for c in placing.columns if c.role != "id"), Column(place, "", "id"))
    named = msgspec.structs.replace(placing, columns=columns)
    return frame.with_columns(ids.alias(str(place))), named
