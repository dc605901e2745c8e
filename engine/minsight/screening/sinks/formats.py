"""Formats: which sink a file name asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final

import polars as pl

from minsight.assessment.engine import Engine
from minsight.errors import FileError, missing_extra
from minsight.screening.formats import RESULTS, Ending, ending_of
from minsight.screening.results.layouts import layout_for
from minsight.screening.sinks import excel
from minsight.screening.sinks.fhir import fhir_sink
from minsight.screening.sinks.parquet import (
    join_parquet,
    parquet_sink,
    read_part,
    write_part,
)
from minsight.screening.sinks.tables import delimited_sink
from minsight.screening.sinks.writing import Write, Written

_WAITING: Final = "results"


def most_rows(name: Path) -> int | None:
    """How many rows a file of this name can hold, if there is a limit."""
    return excel.MOST_ROWS if ending_of(name).writer == "excel" else None


def sink_for(
    name: Path,
    target: Path,
    *,
    rules: Engine,
    wide: bool = False,
    validate: bool = False,
) -> AbstractContextManager[Write]:
    """The sink for a file of this name, which writes to `target`.

    `wide` gives a row a person instead of a row for each person and candidate.
    `validate` checks each FHIR resource with fhir.resources as it is written.

    Raises:
        FileError: when the ending of the name is not one of the formats, or does not
            go with what is asked, or its extra is not installed; and in the sink, when
            the results do not fit into the format.
    """
    ending = ending_of(name)
    if ending.writer in (None, "records"):
        known = ", ".join(f"`{e}`" for e in RESULTS if not e.endswith(".gz"))
        raise FileError(f"`{name}` ends in no format of results; use {known}, `.jsonl`")
    if ending.writer == "excel":
        _require("xlsxwriter", name, extra="excel")
    if validate:
        _require("fhir.resources", name, extra="fhir")
    if ending.format == "json":
        return _fhir(target, ending, rules, wide=wide, validate=validate)
    if validate:
        raise FileError(f"only FHIR is validated, and `{name}` asks for a table")
    layout = layout_for(rules, wide=wide)
    match ending.writer:
        case "parquet":
            return parquet_sink(target, layout, rules)
        case "excel":
            return excel.excel_sink(target, layout, rules)
        case _:
            return delimited_sink(target, layout, ending)


def _require(package: str, name: Path, *, extra: str) -> None:
    """Refuse a format before the work is done, not after it."""
    try:
        import_module(package)
    except ImportError:
        raise missing_extra(f"`{name}`", extra) from None


def _fhir(
    target: Path, ending: Ending, rules: Engine, *, wide: bool, validate: bool
) -> AbstractContextManager[Write]:
    if wide:
        raise FileError(
            "FHIR has a resource a person already; wide is for tables, so leave it out"
        )
    return fhir_sink(target, rules, ending, validate=validate)


@contextmanager
def waiting(
    folder: Path, name: Path, *, rules: Engine, wide: bool
) -> Iterator[Callable[[pl.DataFrame], object]]:
    """Where the batches of one input wait, in `files_of` the folder, for the others.

    Long Parquet waits as it will be; anything else in a file a batch.
    """
    if _is_long_parquet(name, wide=wide):
        with sink_for(name, folder / f"{_WAITING}.parquet", rules=rules) as write:
            yield write
    else:
        numbers = count()
        yield lambda results: write_part(
            results, folder / f"{_WAITING}-{next(numbers):06d}.parquet"
        )


def files_of(folder: Path) -> list[Path]:
    """The files that results wait in, in order."""
    return sorted(folder.glob(f"{_WAITING}*.parquet"))


def write_files(
    parts: list[Path], name: Path, target: Path, *, rules: Engine, wide: bool
) -> Written:
    """Results that wait in files, in their order, as the format of the name.

    Long Parquet is not laid out anew.

    Raises:
        FileError: as `sink_for`.
    """
    if _is_long_parquet(name, wide=wide):
        return Written(join_parquet(parts, target, rules))
    rows = 0
    with sink_for(name, target, rules=rules, wide=wide) as write:
        for part in parts:
            results = read_part(part)
            write(results)
            rows += results.height
    return Written(rows, write.made_safe)


def _is_long_parquet(name: Path, *, wide: bool) -> bool:
    return ending_of(name).writer == "parquet" and not wide
