"""Tables: results as CSV, TSV and Parquet."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl
from polars import DataFrame

from minsight.ruleset import Ruleset
from minsight.screening.layouts import Layout
from minsight.screening.sinks.safety import made_safe
from minsight.screening.sinks.writing import Write, opened


@contextmanager
def delimited_sink(
    target: Path, layout: Layout, *, separator: str, zipped: bool
) -> Iterator[Write]:
    """Separated text in UTF-8; cells are made safe for spreadsheets."""
    with opened(target, zipped=zipped) as file:
        yield _Delimited(file, layout, separator)


class _Delimited:
    def __init__(self, file: IO[bytes], layout: Layout, separator: str) -> None:
        self._file, self._layout, self._separator = file, layout, separator
        self.made_safe = 0
        DataFrame(schema=layout.schema).write_csv(file, separator=separator)

    def __call__(self, results: DataFrame, /) -> None:
        safe, changed = made_safe(self._layout.laid_out(results))
        safe.write_csv(self._file, separator=self._separator, include_header=False)
        self.made_safe += changed


@contextmanager
def parquet_sink(target: Path, layout: Layout, rules: Ruleset) -> Iterator[Write]:
    """Parquet: batches wait in files of their own until all are there.

    Its metadata name the rules and carry the footer.
    """
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".batches-"))
    try:
        write = _Parquet(folder, layout)
        yield write
        merge_parquet(write.parts, target, rules)
    finally:
        shutil.rmtree(folder)


def merge_parquet(parts: list[Path], target: Path, rules: Ruleset) -> None:
    """Parquet files of results, in their order, as one."""
    pl.scan_parquet(parts).sink_parquet(target, metadata=_metadata(rules))


class _Parquet:
    def __init__(self, folder: Path, layout: Layout) -> None:
        self._folder, self._layout = folder, layout
        self.made_safe = 0
        self.parts: list[Path] = []
        self._keep(DataFrame(schema=layout.schema))

    def __call__(self, results: DataFrame, /) -> None:
        self._keep(self._layout.laid_out(results))

    def _keep(self, table: DataFrame) -> None:
        part = self._folder / f"{len(self.parts):08d}.parquet"
        table.write_parquet(part, compression="lz4")
        self.parts.append(part)


def _metadata(rules: Ruleset) -> dict[str, str]:
    return {
        "minsight.rules.version": rules.version,
        "minsight.rules.fingerprint": rules.fingerprint,
        "minsight.footer": rules.catalogue.footer,
    }
