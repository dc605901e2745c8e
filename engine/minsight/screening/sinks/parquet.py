"""Parquet: files of results that grow batch by batch.

Their metadata name the rules and carry the footer.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import SEEK_END
from pathlib import Path
from queue import Full, Queue
from typing import IO, Any, Final, TypeAlias

import polars as pl
from polars import DataFrame, LazyFrame
from polars.io.plugins import register_io_source

from minsight.assessment.engine import Engine
from minsight.screening.results.layouts import Layout
from minsight.screening.sinks.writing import Write

_LOOK_AGAIN: Final = 0.1
"""Seconds after which a wait to hand on a table notices that writing has failed."""
_MUCH: Final = 1 << 20
_Tables: TypeAlias = "Queue[DataFrame | None]"


@contextmanager
def parquet_sink(target: Path, layout: Layout, rules: Engine) -> Iterator[Write]:
    """Each batch is encoded while the next one is made.

    The same batches give the same bytes.
    """
    tables: _Tables = Queue(maxsize=1)
    source = register_io_source(_taken_from(tables), schema=layout.schema)
    with ThreadPoolExecutor(1, "minsight-parquet") as writer:
        written = writer.submit(_sunk, source, target, rules)
        write = _Parquet(tables, written, layout)
        try:
            yield write
        finally:
            write.end()
        written.result()


def join_parquet(parts: list[Path], target: Path, rules: Engine) -> int:
    """Parquet files of results, in their order, as one; a single one is that already.

    It has two names then, so that it stays where it was as well. Gives its rows.
    """
    if len(parts) > 1:
        # There may be more parts than the system lets anybody open: these are names,
        # whole, so that no part of them is taken for the home of a user.
        names = [part.absolute() for part in parts]
        query = pl.scan_parquet(names, glob=False, hive_partitioning=False)
        _sunk(query, target, rules)
    else:
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(parts[0])
        except OSError:  # not every file system has links
            shutil.copyfile(parts[0], target)
    with target.open("rb") as file:
        rows: int = pl.scan_parquet(file).select(pl.len()).collect().item()
    return rows


def read_part(path: Path, columns: list[str] | None = None) -> DataFrame:
    """The table of a Parquet file of ours, or some columns of it."""
    with path.open("rb") as file:
        return pl.read_parquet(file, columns=columns)


def write_part(table: DataFrame, path: Path) -> None:
    """Write a table that waits for others; to read it is soon, so it is packed fast."""
    with _open_for_polars(path) as file:
        table.write_parquet(file, compression="lz4")


def _sunk(query: LazyFrame, target: Path, rules: Engine) -> None:
    with _open_for_polars(target) as file:
        query.sink_parquet(file, metadata=_metadata(rules))


@contextmanager
def _open_for_polars(target: Path) -> Iterator[IO[bytes]]:
    """An open file, as Polars would take some names for more than a name.

    Where it fails it does not always say why: whether there is no room, the system says
    when it is asked for more.
    """
    with target.open("wb") as file:
        try:
            yield file
        except pl.exceptions.PolarsError:
            file.seek(0, SEEK_END)
            file.write(bytes(_MUCH))
            file.flush()
            raise


def _taken_from(tables: _Tables) -> Any:
    """The source of a query that takes tables as they come, until there is none."""

    def source(*_: object) -> Iterator[DataFrame]:
        while (table := tables.get()) is not None:
            yield table

    return source


class _Parquet:
    def __init__(self, tables: _Tables, written: Future[None], layout: Layout) -> None:
        self._tables, self._written, self._layout = tables, written, layout
        self.made_safe = 0

    def __call__(self, results: DataFrame, /) -> None:
        if not self._handed_on(self._layout.laid_out(results)):
            problem = self._written.exception()
            assert problem is not None, "a table came after the last one"
            raise problem

    def end(self) -> None:
        """Say that no table comes any more."""
        self._handed_on(None)

    def _handed_on(self, table: DataFrame | None) -> bool:
        """Whether the table will be written; not when writing has ended early."""
        while not self._written.done():
            try:
                self._tables.put(table, timeout=_LOOK_AGAIN)
            except Full:
                continue
            return True
        return False


def _metadata(rules: Engine) -> dict[str, str]:
    return {
        "minsight.rules.version": rules.version,
        "minsight.rules.fingerprint": rules.fingerprint,
        "minsight.footer": rules.catalogue.footer,
    }
