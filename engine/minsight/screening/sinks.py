"""Sinks: where results go, batch by batch, into a file that others can open."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias

import polars as pl

from minsight.errors import FileError
from minsight.screening.reports import Reject

Write: TypeAlias = Callable[[pl.DataFrame], None]
"""Takes the results of one batch after another."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""
_OF_REJECTS: Final = ("file", "row", "column", "value", "reason")


def sink_for(name: Path, target: Path) -> AbstractContextManager[Write]:
    """The sink for a file of this name, which writes to `target`.

    Raises:
        FileError: when the ending of the name is not one of the formats.
    """
    match name.suffix.lower():
        case ".csv":
            return _csv(target)
        case ".parquet":
            return _parquet(target)
        case _:
            known = "`.csv`, `.parquet`, `.jsonl`"
            raise FileError(f"`{name}` ends in no format of results; use {known}")


@contextmanager
def _csv(target: Path) -> Iterator[Write]:
    """Comma-separated text in UTF-8; cells are made safe for spreadsheets."""
    with target.open("wb") as file:

        def write(results: pl.DataFrame) -> None:
            made_safe(results).write_csv(file, include_header=not file.tell())

        yield write


@contextmanager
def _parquet(target: Path) -> Iterator[Write]:
    """Parquet: batches wait in files of their own until all are there."""
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".batches-"))
    parts: list[Path] = []

    def write(results: pl.DataFrame) -> None:
        part = folder / f"{len(parts):08d}.parquet"
        results.write_parquet(part)
        parts.append(part)

    try:
        yield write
        if parts:
            pl.scan_parquet(parts).sink_parquet(target)
    finally:
        shutil.rmtree(folder)


def made_safe(results: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it.

    >>> made_safe(pl.DataFrame({"subject_id": ["=1+1", "a-1"]}))["subject_id"].to_list()
    ["'=1+1", 'a-1']
    """
    ids = [name for name in ("file", "subject_id") if name in results.columns]
    return results.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(_FORMULA))
        .then(pl.concat_str(pl.lit("'"), name))
        .otherwise(name)
        .alias(name)
        for name in ids
    )


def write_rejects(rejects: Iterable[Reject], file: IO[str]) -> None:
    """Rejected rows as CSV lines, below a header when they are the first."""
    writer = csv.writer(file, lineterminator="\n")
    for one in rejects:
        if not file.tell():
            writer.writerow(_OF_REJECTS)
        row = "" if one.row is None else one.row
        cells = (one.file, row, one.column, one.value, one.reason)
        writer.writerow([_safe(str(cell)) for cell in cells])


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
