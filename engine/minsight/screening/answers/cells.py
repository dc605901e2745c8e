"""Cells: columns of a file as answers, numbers, ages and sexes, column by column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec
import polars as pl
from polars import Boolean, DataFrame, Expr, Float64, Series, String, col

from minsight.errors import quoted
from minsight.screening.answers.problems import none_wrong, problems
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import (
    BLANKS,
    MISSING,
    Known,
    Spellings,
    plain,
    sex_meant,
)
from minsight.screening.rows import END, ROW

_FEW: Final = 6
"""Up to so many values are compared one by one, which is fastest."""
_COMMA: Final = r"^[+-]?\d*,\d+$"
_THOUSANDS: Final = r"^[+-]?[1-9]\d{0,2}(,\d{3})+$"
_POINTS: Final = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+$"
"""A point where thousands may end, which it does where a comma is before decimals."""
_TWO_WAYS: Final = "{} could be read in two ways; write no comma, or use a map"
_TWO_WAYS_TOO: Final = (
    "{} could be read in two ways, as decimals stand behind a comma here; write no"
    " point, or use a map"
)
_IN_LETTERS: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\s/'.,()-])*")
_NO_SEX: Final = (
    "{} in {} is none of the sexes that the rules know, and was taken as unknown"
)
_NO_NUMBER: Final = "{} is not a number"


Plan: TypeAlias = "tuple[int, int] | str"
Noted: TypeAlias = tuple[str, Series]
"""What is to be told, and the numbers of the rows that it is told of."""


class Answered(msgspec.Struct, frozen=True):
    """Columns as they were understood, the cells that were not, and what is to tell."""

    columns: tuple[Series, ...]
    wrong: tuple[DataFrame, ...] = ()
    noted: tuple[Noted, ...] = ()


# --- yes, no and unknown --------------------------------------------------------------


@lru_cache(maxsize=512)
def _bounds(values: tuple[str, ...], spellings: Spellings) -> tuple[int, int] | None:
    """Where the excluded categories begin and end, if they stand in that order."""
    meant = [spellings.meaning(value) for value in values if value != END]
    if None in meant:
        return None
    observed, excluded = meant.count("observed"), meant.count("excluded")
    in_order = set(meant[:observed]) <= {"observed"} and set(
        meant[observed : observed + excluded]
    ) <= {"excluded"}
    return (observed, observed + excluded) if in_order else None


def answers(frame: DataFrame, columns: Sequence[Column]) -> Answered:
    """The columns as true for observed, false for excluded, null for unknown."""
    dtypes = frame.schema  # made anew by each call, which is slow for categories
    plans = [_plan(dtypes[str(c.index)], c.spellings) for c in columns]
    looked = {str(c.index) for c, p in zip(columns, plans, strict=True) if p == "look"}
    values = _distinct(frame, sorted(looked))
    exprs: list[Expr] = []
    wrong: list[DataFrame] = []
    for number, (column, plan) in enumerate(zip(columns, plans, strict=True)):
        known = None
        if plan == "look":
            known = Known.among(values[str(column.index)], column.spellings)
            if known.left:
                wrong.append(_unreadable(frame, column, known.left))
        exprs.append(_answer(column, plan, known).alias(str(number)))
    read = frame.with_columns(exprs)  # unlike select, never a lone literal
    return Answered(tuple(read[str(n)] for n in range(len(exprs))), tuple(wrong))


def _plan(dtype: pl.DataType, spellings: Spellings) -> Plan:
    """How to read a column: by the bounds of its categories, as it is, or by values."""
    if isinstance(dtype, pl.Enum):
        return _bounds(tuple(dtype.categories), spellings) or "look"
    return "as it is" if dtype in (Boolean, pl.Null) else "look"


def _distinct(frame: DataFrame, names: Sequence[str]) -> dict[str, list[Any]]:
    if not names:
        return {}
    found = frame.lazy().select(col(list(names)).unique().implode()).collect()
    return {name: found[name][0].to_list() for name in names}


def _answer(column: Column, plan: Plan, known: Known | None) -> Expr:
    of = col(str(column.index))
    if known is not None:
        return (
            pl.when(_is_one_of(of, known.observed))
            .then(statement=True)
            .when(_is_one_of(of, known.excluded))
            .then(statement=False)
        )
    if isinstance(plan, tuple):
        code = of.to_physical()
        return pl.when(code < plan[1]).then(code < plan[0])
    return of.cast(Boolean)


def _is_one_of(of: Expr, values: Sequence[Any]) -> Expr:
    if len(values) > _FEW:
        return of.is_in(list(values))
    found = pl.lit(value=False)
    for value in values:
        found = found | (of == value)
    return found


def _unreadable(frame: DataFrame, column: Column, left: Sequence[Any]) -> DataFrame:
    cells = frame[str(column.index)]
    which = frame.select(col(cells.name).is_in(list(left))).to_series()
    reason = f"{{}} is no answer to `{column.target}`; write yes, no or nothing"
    return problems(frame, which, column=column.name, value=cells, reason=reason)


# --- numbers --------------------------------------------------------------------------


def numbers(
    frame: DataFrame, column: Column, *, comma: bool
) -> tuple[Series, DataFrame]:
    """The column as numbers, null where empty, and the cells that are not numbers.

    With `comma`, a comma stands before the decimals, and `1.234` could be either.
    Without, it may as well, but `1,234` could be either. Neither is taken.
    """
    cells = frame[str(column.index)]
    if cells.dtype.is_numeric():
        return _finite(frame, column, cells.cast(Float64))
    if cells.dtype == pl.Null:
        return cells.cast(Float64), none_wrong()
    if (plainly := _plain_numbers(cells, comma=comma)) is not None:
        return _finite(frame, column, plainly)
    text = cells.cast(String, strict=False).str.strip_chars()
    if comma:
        pointed = text.str.contains(_POINTS).fill_null(value=False)
        text = text.zip_with(~pointed, "=" + text)  # what is no number to anybody
    point = text.str.replace(",", ".", literal=True)
    decimal = text.str.contains(_COMMA) & (
        ~text.str.contains(_THOUSANDS) | Series([comma])
    )
    spelled = DataFrame({"t": text, "p": point, "d": decimal}).select(
        pl.when("d").then("p").otherwise("t")
    )
    read, infinite = _finite(
        frame, column, spelled.to_series().cast(Float64, strict=False)
    )
    missing = text.str.to_lowercase().is_in(sorted(MISSING)) | _is_empty(cells)
    which = read.is_null() & text.is_not_null() & ~missing
    reason = DataFrame({"t": text}).select(
        pl.when(pl.col("t").str.contains(_THOUSANDS))
        .then(pl.lit(_TWO_WAYS))
        .when(pl.col("t").str.starts_with("="))
        .then(pl.lit(_TWO_WAYS_TOO))
        .otherwise(pl.lit(_NO_NUMBER))
    )
    wrong = problems(
        frame, which, column=column.name, value=cells, reason=reason.to_series()
    )
    return read, pl.concat([wrong, infinite])


def number_in(text: str, *, comma: bool) -> float | None:
    """The number of a text, as `numbers` reads it; None where it does not."""
    if re.fullmatch(_POINTS if comma else _THOUSANDS, text):
        return None
    if re.fullmatch(_COMMA, text):
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def why_no_number(text: str, *, comma: bool) -> str:
    """Why a text is not read as a number; `{}` stands for the cell."""
    if re.fullmatch(_THOUSANDS, text):
        return _TWO_WAYS
    return _TWO_WAYS_TOO if comma and re.fullmatch(_POINTS, text) else _NO_NUMBER


def _is_empty(cells: Series) -> Series:
    return cells.cast(String, strict=False).str.strip_chars(BLANKS) == ""


def _plain_numbers(cells: Series, *, comma: bool) -> Series | None:
    """The numbers of a column of text that holds nothing else, as is usual."""
    if cells.dtype != String or (comma and cells.str.contains(_POINTS).any()):
        return None
    read = cells.cast(Float64, strict=False)
    return read if read.null_count() == cells.null_count() else None


def _finite(frame: DataFrame, column: Column, read: Series) -> tuple[Series, DataFrame]:
    """The numbers, null for what is not a number, and the cells that are infinite."""
    if math.isfinite(read.sum()):  # as nearly always
        return read, none_wrong()
    read = read.fill_nan(None)
    infinite = problems(
        frame,
        read.is_infinite(),
        column=column.name,
        value=frame[str(column.index)],
        reason="{} is not a number",
    )
    return read, infinite


# --- the person -----------------------------------------------------------------------


def reasons(read: Series, why: Callable[[float], str], which: Series) -> Series:
    """For each number why it is refused; only those of `which` are asked about."""
    asked = read.filter(which.fill_null(value=False)).unique()
    told = {value: why(value) for value in asked.to_list()}
    return read.replace_strict(told, default=None, return_dtype=String)


def sexes(frame: DataFrame, column: Column) -> Answered:
    """The column as `female` and `male`, null where it is unknown or another.

    What people write in letters is a sex, though not one that the rules know.
    """
    cells = frame[str(column.index)]
    values = [value for value in cells.unique().to_list() if value is not None]
    known = dict(column.values)
    meant = {v: known.get(plain(v)) if known else sex_meant(v) for v in values}
    left = [v for v in values if meant[v] is None and plain(v) not in MISSING | {""}]
    beyond = [] if known else [v for v in left if _IN_LETTERS.fullmatch(plain(v))]
    left = [value for value in left if value not in beyond]
    noted = tuple(
        (
            _NO_SEX.format(quoted(str(value)), quoted(column.name)),
            frame[ROW].filter(cells == value),
        )
        for value in beyond
    )
    if all(value == sex for value, sex in meant.items()):
        return Answered((cells.cast(String).alias("sex"),))
    sure = {value: sex for value, sex in meant.items() if sex}
    read = cells.replace_strict(sure, default=None, return_dtype=String)
    if not left:
        return Answered((read.alias("sex"),), noted=noted)
    wrong = problems(
        frame,
        cells.is_in(left),
        column=column.name,
        value=cells,
        reason="{} is not a sex the rules know; use `female` or `male`",
    )
    return Answered((read.alias("sex"),), (wrong,), noted)


def identities(frame: DataFrame, column: Column | None) -> Series:
    """The ids as text; the row number where there is none."""
    if column is None:
        return frame[ROW].cast(String).alias("subject_id")
    cells = frame[str(column.index)]
    if cells.dtype.is_float():
        cells = cells.fill_nan(None)
        whole = cells.cast(pl.Int64, strict=False).cast(Float64) == cells
        cells = cells.cast(String).zip_with(
            ~whole.fill_null(value=False),
            cells.cast(pl.Int64, strict=False).cast(String),
        )
    text = cells.cast(String)
    given = (text.str.strip_chars().str.len_bytes() > 0).fill_null(value=False)
    if not given.all():
        text = text.zip_with(given, frame[ROW].cast(String))
    return text.alias("subject_id")
