"""Ages in cells: columns of ages and of their units, in days."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from polars import Boolean, DataFrame, Float64, Series, String

from minsight.ages import (
    DAYS_IN,
    OLDEST_YEARS,
    age_in_days,
    is_span_of_ages,
    parse_age,
    unit_of_age,
)
from minsight.errors import quoted
from minsight.intake.text.demographics import mentions
from minsight.screening.answers.cells import Answered, Noted, numbers, reasons
from minsight.screening.answers.problems import problems
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import BLANKS, USUAL
from minsight.screening.rows import ROW

_WORDS: Final = re.compile(r"\s*[^\W\d_]+(?:[\s-][^\W\d_]+){0,4}\s*")
"""An age that is spelled: `thirty-two years`."""
_HALF: Final = re.compile(r"(?<=\d)\s*(?:\u00bd|\s1/2)")
_SPAN_OF_AGES: Final = "{} in {} is a span of ages, and no age was taken"
_AGE_CODE: Final = "{} in {} was taken as an age that nobody knows"
_NO_AGES: Final = tuple(
    number
    for code in USUAL.unknown
    if re.fullmatch(r"-?\d+", code)
    if not 0 <= (number := float(code)) <= OLDEST_YEARS
)
"""How programs write that nobody knows an age, as no age is."""


def ages(
    frame: DataFrame, column: Column, *, comma: bool, units: Series | None = None
) -> Answered:
    """The column as ages in days, each in its own unit if `units` gives them in days.

    An age without a unit is one in years.
    """
    read, wrong = numbers(frame, column, comma=comma)
    read, noted = _without_codes(frame[ROW], read, column)
    of_column = DAYS_IN[column.unit or "y"]
    days = read * (of_column if units is None or column.unit else units)
    spans = wrong.filter(_each(wrong["value"], is_span_of_ages))
    noted += _each_told(spans[ROW], spans["value"], column, _SPAN_OF_AGES)
    told, spelled = _spelled_ages(frame, column, wrong.join(spans, on=ROW, how="anti"))
    if spelled is not None:
        days = days.zip_with(days.is_not_null(), spelled)
    outside = (days < 0) | (days > OLDEST_YEARS * DAYS_IN["y"])
    if outside.any():
        cells = frame[str(column.index)]
        unit = column.unit or "y"
        reason = reasons(read, lambda value: _why_no_age(value, unit), outside)
        told.append(
            problems(frame, outside, column=column.name, value=cells, reason=reason)
        )
    return Answered((days.alias("age_days"),), tuple(told), tuple(noted))


def _without_codes(
    rows: Series, read: Series, column: Column
) -> tuple[Series, list[Noted]]:
    """Ages without the codes by which programs say that nobody knows them.

    Those that could be ages are codes where the column says so.
    """
    codes = [*_NO_AGES, *(float(value) for value, _ in column.values)]
    coded = read.is_in(codes).fill_null(value=False)
    if not coded.any():
        return read, []
    shown = read.filter(coded).map_elements(lambda n: f"{n:g}", return_dtype=String)
    noted = _each_told(rows.filter(coded), shown, column, _AGE_CODE)
    return read.set(coded, None), noted


def _each_told(rows: Series, values: Series, column: Column, words: str) -> list[Noted]:
    """What is told of some values of a column, each with its rows."""
    name = quoted(column.name)
    return [
        (words.format(quoted(str(value)), name), rows.filter(values == value))
        for value in values.unique().sort()
    ]


def _each(values: Series, holds: Callable[[str], bool]) -> Series:
    return Series(
        [value is not None and holds(value) for value in values], dtype=Boolean
    )


def _why_no_age(value: float, unit: str) -> str:
    try:
        age_in_days(value, unit)
    except ValueError as error:
        return str(error)
    return "is no age"


def _spelled_ages(
    frame: DataFrame, column: Column, wrong: DataFrame
) -> tuple[list[DataFrame], Series | None]:
    """Ages in words, like `9 months`, among the cells that are not numbers."""
    if not wrong.height:
        return [], None
    days: dict[str, float] = {}
    why: dict[str, str] = {}
    for text in wrong["value"].unique(maintain_order=True).to_list():
        try:
            days[text] = _age_in(str(text))
        except ValueError as error:  # noqa: PERF203 - few texts are no numbers
            why[text] = str(error)
    reasons = wrong["value"].replace_strict(why, default=None, return_dtype=String)
    left = wrong.with_columns(reasons.alias("reason")).filter(reasons.is_not_null())
    cells = frame[str(column.index)].cast(String)
    return [left], cells.replace_strict(days, default=None, return_dtype=Float64)


def _age_in(text: str) -> float:
    """The age in days that a text tells, also in words for numbers: "thirty-two"."""
    text = _HALF.sub(".5", text)
    try:
        return parse_age(text)
    except ValueError:
        if _WORDS.fullmatch(text):
            spelled = f"aged {text.strip()}"
            for one in mentions(spelled):
                if one.age_days is not None and one.end == len(spelled):
                    return one.age_days
        raise


def units_of_ages(frame: DataFrame, column: Column) -> Answered:
    """The column as the days that each of its units has; null where it names none."""
    cells = frame[str(column.index)].cast(String, strict=False)
    of = {v: unit_of_age(v) for v in cells.unique().to_list() if v is not None}
    days = {value: DAYS_IN[unit] for value, unit in of.items() if unit is not None}
    read = cells.replace_strict(days, default=None, return_dtype=Float64)
    given = cells.str.strip_chars(BLANKS).str.len_bytes() > 0
    wrong = problems(
        frame,
        read.is_null() & given,
        column=column.name,
        value=cells,
        reason="{} is no unit of an age that is known here; write years or months",
    )
    return Answered((read,), (wrong,))
