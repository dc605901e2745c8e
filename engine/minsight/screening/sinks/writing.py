"""Writing: what every sink gives, and the file that it writes to."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

import msgspec
import polars as pl

from minsight.screening.formats import Ending


class Written(msgspec.Struct, frozen=True):
    """How many rows a file of results has, and how many cells were made safe."""

    rows: int
    made_safe: int = 0


class Write(Protocol):
    """Takes the results of one batch after another.

    `made_safe` counts the cells of text that were changed so far, because a spreadsheet
    would run them or the format cannot hold them.
    """

    made_safe: int

    def __call__(self, results: pl.DataFrame, /) -> None:
        """Write the results of one batch; no person straddles two."""


@contextmanager
def output_bytes(target: Path, ending: Ending) -> Iterator[IO[bytes]]:
    """A file to write bytes to, through gzip if its ending says so.

    The same bytes in the same pieces give the same file: no name and no time are in it.
    """
    with target.open("wb") as file:
        if ending.compression != "gzip":
            yield file
            return
        with gzip.GzipFile(
            filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0
        ) as stream:
            yield cast(IO[bytes], stream)
