"""Answering: raw frames to the answer table, with what could not be understood.

Everything here works on whole columns. The values of an answer column are few, so what
they mean is looked up once for each distinct one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Float64, Series, String

from minsight.ages import DAYS_IN
from minsight.intake.contradictions import names_whole
from minsight.intake.measurements import factor_of
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers import cells
from minsight.screening.answers.ages_in_cells import ages, units_of_ages
from minsight.screening.answers.dates import ages_between
from minsight.screening.answers.measured import measurements
from minsight.screening.answers.persons import TextColumn
from minsight.screening.answers.problems import problems, rejects_of, together, without
from minsight.screening.answers.ticks import with_ticks
from minsight.screening.mapping.columns import SAYING, Column, Placing, some
from minsight.screening.rejects import Cells, Reject
from minsight.screening.rows import ROW, Raw, single_values

_ONE_AGE: Final = 1.0
"""Ages that are fewer days apart are one: 2 years and 730 days."""
_ROUNDED: Final = 1.5 * DAYS_IN["y"]
"""An age in full years may be so many days from the one that two dates give."""


class Read(msgspec.Struct, frozen=True):
    """The answers of one raw frame, the rows that give none, and the cells of all."""

    answers: DataFrame
    rejects: tuple[Reject, ...]
    rows: int
    frame: DataFrame
    noted: tuple[cells.Noted, ...] = ()

    @property
    def notes(self) -> tuple[tuple[str, int], ...]:
        """What is to be told, each with the number of its rows."""
        return tuple((message, len(rows)) for message, rows in self.noted)


def read_raw(raw: Raw, placing: Placing, vocabulary: Vocabulary, *, file: str) -> Read:
    """The answers of a raw frame, before they are held against each other.

    Free texts are columns of their own at the end, named by `text_columns`.
    """
    raw = single_values(raw, placing.header, file=file)
    frame = raw.frame
    wrong: list[DataFrame] = []
    noted: list[cells.Noted] = []
    ids = placing.of("id")
    columns = [
        frame[ROW].cast(pl.UInt64),
        cells.identities(frame, ids[0] if ids else None),
    ]
    for part in _parts(frame, placing, vocabulary):
        columns += part.columns
        wrong += part.wrong
        noted += part.noted
    told = together(wrong)
    table = without(DataFrame(columns), told[ROW])
    rejects = (*raw.rejects, *rejects_of(told, file=file))
    return Read(table, rejects, raw.rows, frame, tuple(noted))


def kept_cells(
    reads: Iterable[Read], placing: Placing, vocabulary: Vocabulary
) -> Cells:
    """The cells that the placing says to keep, as they stood, with free texts."""
    kept = placing.kept
    columns: dict[str, list[tuple[int, str]]] = {}
    for column in placing.columns if kept else ():
        target = "" if column.role == "text" else column.target
        if column.role in SAYING and target in kept | {""}:
            columns.setdefault(target, []).append((column.index, column.name))
    groups = tuple((column.index, column.name) for column in placing.of("group"))
    every = (*groups, *(one for own in columns.values() for one in own))
    names = [ROW, *map(str, sorted({place for place, _ in every}))]
    return Cells(
        tuple(read.frame.select(names) for read in reads if every),
        {id_: tuple(own) for id_, own in columns.items()},
        groups,
        _factors(placing, vocabulary),
    )


def _factors(placing: Placing, vocabulary: Vocabulary) -> Mapping[str, float]:
    """What the values of each measurement that has one column are multiplied with."""
    given = placing.of("measurement")
    times = Counter(column.target for column in given)
    factors = {
        one.target: factor_of(one.unit, vocabulary.measurement[one.target])
        for one in given
        if times[one.target] == 1
    }
    return {id_: factor for id_, factor in factors.items() if factor}


def _parts(
    frame: DataFrame, placing: Placing, vocabulary: Vocabulary
) -> Iterable[cells.Answered]:
    yield _ages(frame, placing)
    yield _sexes(frame, placing)
    yield _answers(frame, placing, vocabulary)
    yield from measurements(frame, placing, vocabulary)
    yield _texts(frame, placing)


def _ages(frame: DataFrame, placing: Placing) -> cells.Answered:
    columns, born = placing.of("age"), placing.of("born")
    if not columns and not born:
        return cells.Answered((Series("age_days", [None] * frame.height, Float64),))
    units = [units_of_ages(frame, one) for one in placing.of("age unit")[:1]]
    of_rows = units[0].columns[0] if units else None
    comma = placing.decimal_comma
    read = [ages(frame, c, comma=comma, units=of_rows) for c in columns]
    beyond = [ages(frame, c, comma=comma) for c in placing.of("months")]
    days = [one.columns[0] for one in read]
    wrong = [part for one in (*units, *read, *beyond) for part in one.wrong]
    for months in beyond:
        days = [_with_months(years, months.columns[0]) for years in days]
        over = months.columns[0] >= DAYS_IN["y"]
        wrong.append(_two(frame, [*columns, *placing.of("months")], over, what="ages"))
    if len(days) > 1 and not placing.first_age:
        apart = pl.select(pl.max_horizontal(days) - pl.min_horizontal(days))
        wrong.append(_two(frame, columns, apart.to_series() >= _ONE_AGE, what="ages"))
    for one in born:
        (seen,) = placing.of("seen") or placing.of("stamp")
        exact, more = ages_between(frame, one, seen)
        wrong += more
        if days and not placing.first_age:  # years that are full are fewer than exact
            far = (exact - _first_known(days)).abs() > _ROUNDED
            wrong.append(_two(frame, [*columns, one], far, what="ages"))
        days = [exact, *days]
    noted = tuple(note for one in (*read, *beyond) for note in one.noted)
    return cells.Answered((_first_known(days),), tuple(wrong), noted)


def _with_months(years: Series, months: Series) -> Series:
    """Ages in full years with the months beyond them, if either is known."""
    known = years.is_not_null() | months.is_not_null()
    whole = years.fill_null(0.0) + months.fill_null(0.0)
    return whole.set(~known, None)


def _two(
    frame: DataFrame, columns: Sequence[Column], differ: Series, *, what: str
) -> DataFrame:
    """Rows in which columns that say the same of the person do not agree."""
    names = [column.name for column in columns]
    texts = (frame[str(c.index)].cast(String, strict=False) for c in columns)
    value = pl.select(pl.concat_str(*texts, separator=", ", ignore_nulls=True))
    reason = f"{some(names)} give two {what} of one person; keep one of them"
    return problems(
        frame,
        differ,
        column=", ".join(names),
        value=value.to_series(),
        reason=reason,
    )


def _first_known(columns: Sequence[Series]) -> Series:
    return reduce(lambda a, b: a.zip_with(a.is_not_null(), b), columns)


def _sexes(frame: DataFrame, placing: Placing) -> cells.Answered:
    columns = placing.of("sex")
    if not columns:
        return cells.Answered((Series("sex", [None] * frame.height, String),))
    read = [cells.sexes(frame, column) for column in columns]
    sexes = [one.columns[0] for one in read]
    wrong = [part for one in read for part in one.wrong]
    if len(sexes) > 1:
        differ = pl.select(pl.max_horizontal(sexes) != pl.min_horizontal(sexes))
        wrong.append(_two(frame, columns, differ.to_series(), what="sexes"))
    noted = tuple(note for one in read for note in one.noted)
    return cells.Answered((_first_known(sexes),), tuple(wrong), noted)


def _answers(
    frame: DataFrame, placing: Placing, vocabulary: Vocabulary
) -> cells.Answered:
    """One column for each finding and group, in the order of the file."""
    columns = placing.of("answer")
    read = cells.answers(frame, columns)
    answers = with_ticks(frame, columns, read.columns, placing.of("tick"), vocabulary)
    by_target: dict[str, list[tuple[Column, Series]]] = {}
    for column, series in zip(columns, answers, strict=True):
        by_target.setdefault(column.target, []).append((column, series))
    found: list[Series] = []
    wrong = list(read.wrong)
    for target, given in by_target.items():
        known = _first_known([series for _, series in given])
        if len(given) > 1:
            known |= _any_yes(given)
            wrong.append(_at_odds(frame, target, given, vocabulary))
        found.append(known.alias(target))
    return cells.Answered(tuple(found), tuple(wrong))


def _any_yes(given: Sequence[tuple[Column, Series]]) -> Series:
    return reduce(lambda a, b: a | b, (s.fill_null(value=False) for _, s in given))


def _at_odds(
    frame: DataFrame,
    target: str,
    given: Sequence[tuple[Column, Series]],
    vocabulary: Vocabulary,
) -> DataFrame:
    """Rows in which columns of one finding or group say both yes and no.

    Columns that are all named by synonyms may ask for several kinds of it.
    """
    yes = _any_yes(given)
    no = reduce(lambda a, b: a | b, (~s.fill_null(value=True) for _, s in given))
    if not any(names_whole(column.name, target, vocabulary) for column, _ in given):
        no &= ~no
    names = ", ".join(f"`{column.name}`" for column, _ in given)
    reason = f"{names} all answer `{target}` and do not agree; keep one of them"
    column = given[0][0]
    value = frame[str(column.index)]
    return problems(frame, yes & no, column=column.name, value=value, reason=reason)


def text_columns(placing: Placing) -> list[TextColumn]:
    """The columns that free texts have in the table."""
    return [
        TextColumn(f"text {c.index}", c.status, c.target) for c in placing.of("text")
    ]


def _texts(frame: DataFrame, placing: Placing) -> cells.Answered:
    """Free texts as they are; they are read one by one afterwards."""
    texts = zip(placing.of("text"), text_columns(placing), strict=True)
    return cells.Answered(
        tuple(
            frame[str(column.index)].cast(String, strict=False).alias(text.name)
            for column, text in texts
        )
    )
