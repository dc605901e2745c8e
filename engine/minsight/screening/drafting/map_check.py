"""Map check: what each column of a file becomes by a map, on its first rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Series

from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers import cells
from minsight.screening.answers.ages_in_cells import ages
from minsight.screening.answers.dates import days
from minsight.screening.answers.first_look import with_first_look
from minsight.screening.answers.measured import measured
from minsight.screening.answers.places import (
    heading_of,
    place,
)
from minsight.screening.mapping.columns import DATES, Column
from minsight.screening.mapping.headings import AS_SEEN
from minsight.screening.mapping.maps import Map
from minsight.screening.rows import ROW
from minsight.screening.sources.first_rows import first_rows
from minsight.screening.sources.source import Source

_ROWS: Final = 1_000
_SHOWN: Final = 3
_ROLES: Final = {
    "id": "the person",
    "age": "the age",
    "age unit": "the unit of the age",
    "months": "the months beyond the full years of the age",
    "born": "the date of birth",
    "seen": "the date of the visit",
    "stamp": "the date of the visit",
    "sex": "the sex",
    "text": "free words",
    "tick": "a choice that nothing here is known by",
}


class Becomes(msgspec.Struct, frozen=True):
    """What a column becomes: in words, how many cells say what, and the others.

    `unread` are some of the values that could not be read, and would reject their row.
    """

    column: str
    what: str
    counts: tuple[tuple[str, int], ...]
    unread: tuple[str, ...] = ()


class MapCheck(msgspec.Struct, frozen=True):
    """What the columns of a file become by a map, and what else is to be known."""

    columns: tuple[Becomes, ...]
    notices: tuple[str, ...]
    rows: int


def check_map(source: Source, vocabulary: Vocabulary, mapping: Map | None) -> MapCheck:
    """What each column of the file becomes, seen on its first rows.

    Raises:
        FileError: when the file cannot be read, or no column of it is a question.
    """
    source = source.laid_out(mapping.layout if mapping else AS_SEEN)
    placing = place(source, vocabulary, mapping)
    frame = first_rows(source, heading_of(source).names, _ROWS).with_row_index(ROW, 1)
    placing, told = with_first_look(placing, frame, vocabulary, file=source.name)
    comma = placing.decimal_comma
    return MapCheck(
        tuple(_becomes(frame, one, vocabulary, comma=comma) for one in placing.columns),
        (*(notice.message for notice in placing.notices), *told),
        frame.height,
    )


def _becomes(
    frame: DataFrame, column: Column, vocabulary: Vocabulary, *, comma: bool
) -> Becomes:
    what = _ROLES.get(column.role) or _named(column, vocabulary)
    counts, wrong = _read(frame, column, vocabulary, comma=comma)
    values = [] if wrong is None else wrong["value"].drop_nulls().unique().to_list()
    return Becomes(column.name, what, tuple(counts), tuple(sorted(values)[:_SHOWN]))


def _named(column: Column, vocabulary: Vocabulary) -> str:
    if column.role == "measurement":
        return f"{vocabulary.measurement[column.target].label} in {column.unit}"
    return vocabulary.label(column.target)


def _read(
    frame: DataFrame, column: Column, vocabulary: Vocabulary, *, comma: bool
) -> tuple[list[tuple[str, int]], DataFrame | None]:
    """How many cells say what, and those that could not be read."""
    if column.role == "answer":
        read = cells.answers(frame, [column])
        given = read.columns[0].drop_nulls().to_list()
        counts = [("yes", given.count(True)), ("no", given.count(False))]
        return counts, _together(read.wrong)
    if column.role == "sex":
        read = cells.sexes(frame, column)
        return sorted(_counted(read.columns[0])), _together(read.wrong)
    if column.role in ("age", "months", "measurement"):
        numbers = (
            measured(frame, column, vocabulary.measurement[column.target], comma=comma)
            if column.role == "measurement"
            else ages(frame, column, comma=comma)
        )
        return [("values", numbers.columns[0].count())], _together(numbers.wrong)
    if column.role in DATES:
        dates, wrong = days(frame, column)
        return [("dates", dates.count())], wrong
    return [("filled in", frame[str(column.index)].count())], None


def _together(wrong: tuple[DataFrame, ...]) -> DataFrame | None:
    found = [one for one in wrong if one.height]
    return pl.concat(found) if found else None


def _counted(values: Series) -> Iterator[tuple[str, int]]:
    for value, count in values.drop_nulls().value_counts().iter_rows():
        yield str(value), count
