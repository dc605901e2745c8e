"""Batches: a file from its name to its answer table, in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.joining import Joined, JoinedTable
from minsight.screening.answers.only import Only
from minsight.screening.answers.reading import Reading, raw_pieces
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import AS_SEEN
from minsight.screening.mapping.value_sets import Spellings
from minsight.screening.rejects import Batch, Notebook
from minsight.screening.rows import Raw
from minsight.screening.sources.delimited import raw_frames
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.source import NEED_BYTES, Source
from minsight.screening.sources.tables import raw_tables

ROWS: Final = 200_000
_SINGLY: Final = 10_000
"""How many persons that come one by one make a batch at the most."""


def read_batches(  # noqa: PLR0913  # how a file is read, each by its name
    source: Source,
    placing: Placing,
    vocabulary: Vocabulary,
    *,
    rows_per_batch: int = ROWS,
    keep_going: bool = False,
    one_by_one: bool = False,
    for_records: bool = False,
    only: Only | None = None,
) -> Generator[Batch, None, None]:
    """The answers of the file, batch by batch, and every row that gives none.

    There is at least one batch; any may be empty. With `keep_going`, answers that
    contradict each other are taken as unknown; otherwise their row is rejected. With
    `one_by_one`, every row is entered as `check` would, and not only those that must.
    With `for_records`, a row is also entered where more is to be told of it than its
    answers, and the others keep what they were given. With `only`, batches hold the
    persons that fit and nobody else.

    Raises:
        FileError: when the file turns out to be damaged; earlier batches stand.
    """
    reading = Reading(
        source.name,
        vocabulary,
        placing.reading,
        keep_going=keep_going,
        one_by_one=one_by_one,
        for_records=for_records,
        only=only,
        apart=True,
    )
    if one_by_one:
        rows_per_batch = min(rows_per_batch, _SINGLY)
    if source.format == "json":
        rows = min(rows_per_batch, _SINGLY)
        yield from reading.singly(source, placing.mapping, rows)
        return
    raws = _raw_frames(source, placing, rows_per_batch, reading.notebook)
    if one_by_one:
        raws = (piece for raw in raws for piece in raw_pieces(raw, rows_per_batch))
    yield from reading.wide_or_long(raws, placing, rows_per_batch)


def read_raws(  # noqa: PLR0913  # how rows are read, each by its name
    raws: Iterator[Raw],
    placing: Placing,
    vocabulary: Vocabulary,
    *,
    file: str,
    rows_per_batch: int = ROWS,
    keep_going: bool = False,
    one_by_one: bool = False,
    for_records: bool = False,
) -> Iterator[Batch]:
    """What `read_batches` gives, of rows that stand in raw frames already."""
    reading = Reading(
        file,
        vocabulary,
        placing.reading,
        keep_going=keep_going,
        one_by_one=one_by_one,
        for_records=for_records,
    )
    yield from reading.wide_or_long(raws, placing, rows_per_batch)


def read_joined(
    joined: Joined,
    table: JoinedTable,
    vocabulary: Vocabulary,
    *,
    keep_going: bool = False,
    for_records: bool = False,
) -> Batch:
    """The same of a table of small files that were joined, all in one.

    Rows of it are numbered on from file to file; rejects and notices name their own.
    """
    first, *beside = joined.names
    reading = Reading(
        first,
        vocabulary,
        table.placing.reading,
        keep_going=keep_going,
        for_records=for_records,
        apart=True,
        beside=beside,
    )
    return reading.looked_at(table.raw, table.placing)


def _raw_frames(
    source: Source, placing: Placing, rows: int, notebook: Notebook
) -> Iterator[Raw]:
    source = source.laid_out(placing.mapping.layout if placing.mapping else AS_SEEN)
    if source.format in NEED_BYTES:
        yield from raw_tables(source, placing, rows)
        return
    recoding = Recoding(source.encoding)
    yield from raw_frames(source, wanted_columns(placing), recoding)
    if recoding.told:
        notebook.note(recoding.told)


def wanted_columns(placing: Placing) -> dict[int, Spellings | None]:
    """The columns to read; with their spellings if all they do is answer."""
    wanted: dict[int, Spellings | None] = {}
    for column in placing.columns:
        alone = column.role == "answer" and column.index not in wanted
        wanted[column.index] = column.spellings if alone else None
    return wanted
