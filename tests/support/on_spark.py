"""What the tests of Spark share: people, and what both ways give in one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import polars as pl

import minsight
from minsight.screening import Map, source_of
from minsight.screening.pipeline import Screening
from minsight.screening.results.schema import SCHEMA

QUESTIONS: Final = ("fatigue", "pallor", "ice_craving", "spoon_nails", "pregnant")
PEOPLE: Final = 300
PART: Final = 2_000
"""Bytes of a part of a file."""
Rows = list[tuple[Any, ...]]


def by_polars(
    rules: minsight.Rules, *paths: Path, mapping: Map | None = None
) -> tuple[Rows, Rows]:
    """The results and the rejects of files, on this machine."""
    screening = Screening(rules, mapping=mapping)
    found = [one for path in paths for one in screening.screen(source_of(path))]
    results = pl.concat([one.results for one in found])
    rejects = [
        (r.file, r.row, r.column, r.value, r.reason)
        for one in found
        for r in one.rejects
    ]
    return plain(results, "file"), sorted(rejects, key=str)


def by_spark(
    rules: minsight.Rules, spark: Any, *paths: Path, mapping: Map | None = None
) -> tuple[Rows, Rows]:
    """The same by Spark."""
    from minsight.screening.spark.files import find_files, told_on_spark
    from minsight.screening.spark.frames import parts_of

    files = find_files(spark, list(map(str, paths)))
    told = told_on_spark(rules, spark, files, mapping=mapping).persist()
    parts = parts_of(told, without_file=False)
    rejects = as_polars(parts.rejects).rows()
    return plain(as_polars(parts.results), "file"), sorted(rejects, key=str)


def plain(results: pl.DataFrame, *first: str) -> Rows:
    names = [*first, *SCHEMA]
    return results.select(names).cast(pl.String).fill_null("").sort(names).rows()


def as_polars(frame: Any) -> pl.DataFrame:
    found = pl.from_arrow(frame.toArrow())
    assert isinstance(found, pl.DataFrame)
    return found


def as_spark(spark: Any, table: pl.DataFrame) -> Any:
    return spark.createDataFrame(table.to_arrow(compat_level=pl.CompatLevel.oldest()))
