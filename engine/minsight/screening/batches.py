"""Batches: a file from its name to its answer table, in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl
from polars import DataFrame, Series

from minsight.errors import FileError
from minsight.screening import delimited
from minsight.screening.agreement import Agreement
from minsight.screening.answering import Read, read_raw, text_columns
from minsight.screening.chunks import Recoding
from minsight.screening.maps import Map
from minsight.screening.persons import Entering, subjects_of
from minsight.screening.placing import Placing, place_header
from minsight.screening.raw import ROW, Raw
from minsight.screening.reports import Batch, Notebook
from minsight.screening.sources import HEAD, NEED_BYTES, Source, head_of
from minsight.screening.spellings import Spellings
from minsight.screening.tables import header_of, raw_tables
from minsight.vocabulary import Vocabulary

ROWS: Final = 250_000


def place(
    source: Source, vocabulary: Vocabulary, mapping: Map | None = None
) -> Placing:
    """Where each question of the file stands, by the map or by the names of columns.

    Raises:
        FileError: when the file cannot be read, or no column of it is a question.
    """
    if source.format in NEED_BYTES:
        header = header_of(source)
    else:
        separator = mapping.separator if mapping else None
        header = delimited.dialect_of(source, separator).header
    return place_header(header, vocabulary, file=source.name, mapping=mapping)


def read_batches(
    source: Source,
    placing: Placing,
    vocabulary: Vocabulary,
    *,
    rows_per_batch: int = ROWS,
    keep_going: bool = False,
) -> Iterator[Batch]:
    """The answers of the file, batch by batch, and every row that gives none.

    There is at least one batch, which may be empty. With `keep_going`, answers that
    contradict each other are taken as unknown; otherwise their row is rejected.

    Raises:
        FileError: when the file turns out to be damaged; earlier batches stand.
    """
    reading = _Reading(source, placing, vocabulary, keep_going=keep_going)
    damaged: FileError | None = None
    try:
        for raw in reading.raw_frames(rows_per_batch):
            reading.add(raw)
            if reading.waiting >= rows_per_batch:
                yield reading.batch()
    except FileError as error:
        damaged = error
    if reading.waiting or not reading.given or reading.has_news:
        yield reading.batch()
    if damaged is not None:
        raise damaged


class _Reading:
    """What reading one file keeps between two batches."""

    def __init__(
        self,
        source: Source,
        placing: Placing,
        vocabulary: Vocabulary,
        *,
        keep_going: bool,
    ) -> None:
        self._source, self._placing, self._vocabulary = source, placing, vocabulary
        self._notebook = Notebook(source.name)
        self._entering = Entering(
            vocabulary, self._notebook, file=source.name, keep_going=keep_going
        )
        self._texts = text_columns(placing)
        self._agreement: Agreement | None = None
        self._reads: list[Read] = []
        self.given = 0

    @property
    def waiting(self) -> int:
        """How many rows are in no batch yet."""
        return sum(read.rows for read in self._reads)

    @property
    def has_news(self) -> bool:
        """Whether there are notices that no batch has told."""
        return bool(self._notebook)

    def raw_frames(self, rows: int) -> Iterator[Raw]:
        if self._source.format in NEED_BYTES:
            yield from raw_tables(self._source, self._placing, rows)
        else:
            yield from self._delimited()

    def add(self, raw: Raw) -> None:
        name = self._source.name
        self._reads.append(read_raw(raw, self._placing, self._vocabulary, file=name))

    def batch(self) -> Batch:
        """What is waiting, with answers that agree."""
        if not self._reads:
            self.add(Raw(_no_rows(self._placing), (), 0))
        reads, self._reads = self._reads, []
        self.given += 1
        table = pl.concat([read.answers for read in reads], how="diagonal")
        rejects = [reject for read in reads for reject in read.rejects]
        alone = self._alone(table)
        settled = self._of_columns(table).settled(
            table.filter(~alone).drop(name for name, _ in self._texts), self._notebook
        )
        if alone.any():
            chosen = table.filter(alone)
            subjects = subjects_of(chosen, self._vocabulary, self._texts)
            entered = self._entering.enter_all(subjects)
            settled = pl.concat([settled, entered.answers], how="diagonal").sort(ROW)
            rejects = sorted((*rejects, *entered.rejects), key=lambda r: r.row or 0)
        rows = sum(read.rows for read in reads)
        return Batch(settled, tuple(rejects), rows, self._notebook.told())

    def _alone(self, table: DataFrame) -> Series:
        """Which rows must be entered one by one."""
        odd = self._of_columns(table).at_odds(table)
        for name, _ in self._texts:
            odd = odd | table[name].is_not_null()
        return odd

    def _of_columns(self, table: DataFrame) -> Agreement:
        if self._agreement is None:
            self._agreement = Agreement(table.columns, self._vocabulary)
        return self._agreement

    def _delimited(self) -> Iterator[Raw]:
        source = self._source
        mapping = self._placing.mapping
        separator = mapping.separator if mapping else None
        dialect = delimited.dialect_of(source, separator)
        recoding = Recoding(head_of(source, HEAD))
        wanted = _wanted(self._placing)
        yield from delimited.raw_frames(source, dialect, wanted, recoding)
        if recoding.foreign:
            self._notebook.note("the text is not UTF-8 and was read as Windows-1252")
        elif recoding.encoding != "utf-8":
            name = recoding.encoding.upper()
            self._notebook.note(f"the text was read as {name}")


def _no_rows(placing: Placing) -> DataFrame:
    names = [str(column.index) for column in placing.columns]
    return DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)})


def _wanted(placing: Placing) -> dict[int, Spellings | None]:
    """The columns to read; with their spellings if all they do is answer."""
    wanted: dict[int, Spellings | None] = {}
    for column in placing.columns:
        alone = column.role == "answer" and column.index not in wanted
        wanted[column.index] = column.spellings if alone else None
    return wanted
