"""Batches: a file from its name to its answer table, in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from minsight.errors import FileError
from minsight.screening import delimited
from minsight.screening.answering import Read, read_raw
from minsight.screening.chunks import Recoding
from minsight.screening.placing import Placing, place_header
from minsight.screening.raw import ROW, Raw
from minsight.screening.reports import Batch, Notebook, Notice
from minsight.screening.sources import HEAD, Source, head_of
from minsight.screening.spellings import Spellings
from minsight.screening.tables import header_of_parquet, parquet_frames
from minsight.vocabulary import Vocabulary

ROWS: Final = 250_000


def place(source: Source, vocabulary: Vocabulary) -> Placing:
    """Where each question of the file stands.

    Raises:
        FileError: when the file cannot be read, or no column of it is a question.
    """
    if source.format == "parquet":
        header: tuple[str, ...] = header_of_parquet(source)
        return place_header(header, vocabulary, file=source.name)
    dialect = delimited.dialect_of(source)
    return place_header(dialect.header, vocabulary, file=source.name)


def read_batches(
    source: Source,
    placing: Placing,
    vocabulary: Vocabulary,
    *,
    rows_per_batch: int = ROWS,
) -> Iterator[Batch]:
    """The answers of the file, batch by batch, and every row that gives none.

    There is at least one batch, which may be empty.

    Raises:
        FileError: when the file turns out to be damaged; earlier batches stand.
    """
    notebook = Notebook(source.name)
    waiting: list[Read] = []
    damaged: FileError | None = None
    raws = _raw_frames(source, placing, rows_per_batch, notebook)
    try:
        for raw in raws:
            waiting.append(read_raw(raw, placing, vocabulary, file=source.name))
            if sum(read.rows for read in waiting) >= rows_per_batch:
                yield _batch(waiting, notebook.told())
                waiting = []
    except FileError as error:
        damaged = error
    if not waiting:
        empty = Raw(_no_rows(placing), (), 0)
        waiting.append(read_raw(empty, placing, vocabulary, file=source.name))
    yield _batch(waiting, notebook.told())
    if damaged is not None:
        raise damaged


def _batch(reads: Sequence[Read], notices: Iterable[Notice]) -> Batch:
    return Batch(
        answers=pl.concat([read.answers for read in reads], how="diagonal"),
        rejects=tuple(reject for read in reads for reject in read.rejects),
        rows=sum(read.rows for read in reads),
        notices=tuple(notices),
    )


def _no_rows(placing: Placing) -> pl.DataFrame:
    names = [str(column.index) for column in placing.columns]
    return pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)})


def _raw_frames(
    source: Source, placing: Placing, rows: int, notebook: Notebook
) -> Iterator[Raw]:
    if source.format == "parquet":
        yield from parquet_frames(source, placing, rows)
        return
    dialect = delimited.dialect_of(source)
    recoding = Recoding(head_of(source, HEAD))
    yield from delimited.raw_frames(source, dialect, _wanted(placing), recoding)
    if recoding.foreign:
        notebook.note("the text is not UTF-8 and was read as Windows-1252")
    elif recoding.encoding != "utf-8":
        notebook.note(f"the text was read as {recoding.encoding.upper()}")


def _wanted(placing: Placing) -> dict[int, Spellings | None]:
    """The columns to read; the answers with their spellings."""
    return {
        column.index: column.spellings if column.role == "answer" else None
        for column in placing.columns
    }
