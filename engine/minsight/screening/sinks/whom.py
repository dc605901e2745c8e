"""Whom to see, as CSV: the most urgent first, for the person who calls them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from polars import DataFrame

from minsight.screening.results.whom import LISTED, WHOM
from minsight.screening.sinks.parquet import read_part
from minsight.screening.sinks.tables import write_header, write_rows
from minsight.screening.sinks.writing import Written


def write_whom(parts: Sequence[Path], file: IO[bytes]) -> Written:
    """Write the people who wait in files, by urgency, then in the order of the files.

    Cells are made safe for spreadsheets.
    """
    write_header(DataFrame(schema=WHOM), file)
    rows = changed = 0
    for people in by_urgency(parts):
        rows += people.height
        changed += write_rows(people, file)
    return Written(rows, changed)


def by_urgency(parts: Sequence[Path]) -> Iterable[DataFrame]:
    """The people who wait in files, the most urgent of all of them first."""
    for urgency in LISTED:
        for part in parts:
            yield read_part(part).filter(urgency=urgency)
