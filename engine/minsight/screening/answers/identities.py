"""Identities: subject ids that stand more than once, within a file and across files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl
from polars import DataFrame, String, col

from minsight.screening.rejects import BETWEEN_FILES, Notice
from minsight.screening.rows import ROW

_SCHEMA: Final = {"id": pl.UInt64, "file": pl.UInt32, ROW: pl.UInt32}


class Identities:
    """Remembers ids as numbers of 64 bits, 16 bytes a person."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._seen: list[DataFrame] = []

    def add(self, file: str, answers: DataFrame, *, beside: Sequence[str] = ()) -> None:
        """Remember the ids of an answer table.

        Row numbers that stand for ids are not ids: two files may both have a row 1.
        The files `beside` were read as one with it.
        """
        if beside or self._files[-1:] != [file]:
            self._files += (file, *beside)
        number, row = pl.lit(len(self._files) - 1 - len(beside)), col(ROW)
        if beside:
            number, row = number + row // BETWEEN_FILES, row % BETWEEN_FILES
        ids = answers.select("subject_id", number.alias("file"), row.alias(ROW))
        given = ids.filter(col("subject_id") != col(ROW).cast(String))
        if given.height:
            seen = given.select(col("subject_id").hash(0).alias("id"), "file", ROW)
            self._seen.append(seen.cast({"file": pl.UInt32, ROW: pl.UInt32}))

    def notices(self) -> tuple[Notice, ...]:
        """For each file, how many of its ids had stood before, and the first one."""
        if not self._seen:
            return ()
        seen = pl.concat(self._seen)
        if seen["id"].n_unique() == seen.height:  # as is usual, and much faster
            return ()
        again = (
            seen.lazy()
            .filter(col("id").is_duplicated())
            .select(
                "file",
                ROW,
                col("file").first().over("id").alias("first_file"),
                col(ROW).first().over("id").alias("first_row"),
                col("id").is_first_distinct().alias("is_first"),
            )
            .filter(~col("is_first"))
            .group_by("file", maintain_order=True)
            .agg(pl.len(), pl.first(ROW, "first_file", "first_row"))
            .sort("file")
            .collect()
        )
        return tuple(self._notice(*row) for row in again.iter_rows())

    def _notice(
        self, file: int, count: int, row: int, first_file: int, first_row: int
    ) -> Notice:
        before = f"row {first_row}"
        if file != first_file:
            before += f" of `{self._files[first_file]}`"
        ids = "subject id stands" if count == 1 else "subject ids stand"
        message = f"{count} {ids} more than once; row {row} has that of {before}"
        return Notice(self._files[file], message, count)
