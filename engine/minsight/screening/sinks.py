"""Sinks: where results go, batch by batch, into a file that others can open."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, Protocol

import polars as pl

from minsight.errors import FileError
from minsight.screening.reports import Reject

if TYPE_CHECKING:
    from typing_extensions import Self

FORMULA: Final = r"^[=+\-@\t\r]"
"""How a cell begins that a spreadsheet would run."""


class Sink(Protocol):
    """Takes the results of one batch after another."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def write(self, results: pl.DataFrame) -> None: ...


def sink_for(name: Path, target: Path) -> Sink:
    """The sink for a file of this name, which writes to `target`.

    Raises:
        FileError: when the ending of the name is not one of the formats.
    """
    kinds: dict[str, type[CsvSink | ParquetSink]] = {
        ".csv": CsvSink,
        ".parquet": ParquetSink,
    }
    kind = kinds.get(name.suffix.lower())
    if kind is None:
        known = ", ".join(f"`{ending}`" for ending in (*kinds, ".jsonl"))
        raise FileError(f"`{name}` ends in no format of results; use {known}")
    return kind(target)


class CsvSink:
    """Comma-separated text in UTF-8; cells are made safe for spreadsheets."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._begun = False

    def __enter__(self) -> Self:
        self._file: IO[bytes] = self._target.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, results: pl.DataFrame) -> None:
        made_safe(results).write_csv(self._file, include_header=not self._begun)
        self._begun = True


class ParquetSink:
    """Parquet: batches wait in files of their own until all are there."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._count = 0

    def __enter__(self) -> Self:
        folder = tempfile.mkdtemp(dir=self._target.parent, prefix=".batches-")
        self._folder = Path(folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                parts = self._folder / "*.parquet"
                pl.scan_parquet(parts).sink_parquet(self._target)
        finally:
            shutil.rmtree(self._folder)

    def write(self, results: pl.DataFrame) -> None:
        results.write_parquet(self._folder / f"{self._count:08d}.parquet")
        self._count += 1


def made_safe(results: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it.

    >>> made_safe(pl.DataFrame({"subject_id": ["=1+1", "a-1"]}))["subject_id"].to_list()
    ["'=1+1", 'a-1']
    """
    ids = [name for name in ("file", "subject_id") if name in results.columns]
    return results.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA))
        .then(pl.concat_str(pl.lit("'"), name))
        .otherwise(name)
        .alias(name)
        for name in ids
    )


def write_rejects(rejects: Iterable[Reject], file: IO[str]) -> None:
    """Rejected rows as CSV lines: file, row, column, value and reason."""
    writer = csv.writer(file, lineterminator="\n")
    for one in rejects:
        row = "" if one.row is None else one.row
        cells = (one.file, row, one.column, one.value, one.reason)
        writer.writerow([_safe(str(cell)) for cell in cells])


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
