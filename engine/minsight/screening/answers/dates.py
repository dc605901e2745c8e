"""Dates: columns of dates as days, and the ages that lie between two of them."""

from __future__ import annotations

from typing import Final

import polars as pl
from polars import DataFrame, Date, Expr, Series, String

from minsight.screening.answers.problems import problems
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import MISSING

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan ene jan\u00e9 januar",
            "feb fev f\u00e9v februar", "mar m\u00e4r mrz mars",
            "apr abr avr", "may mai mayo maio", "jun juin juni", "jul juil juli",
            "aug ago ao\u00fb agosto", "sep set sept", "oct okt out", "nov",
            "dec dic dez d\u00e9c",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO: Final = r"^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:[T ].*)?$"
_TWO: Final = r"^(?<a>\d{1,2})[-/. ](?<b>\d{1,2})[-/. ](?<y>\d{4})(?:[, ].*)?$"
_NAMED: Final = (
    r"^(?<d>\d{1,2})\.?[-/ ]?(?<m>\p{L}{3,4})\p{L}*\.?[-/, ]*(?<y>\d{4})(?:[, ].*)?$"
)
_TO: Final = "; write it as year-month-day"


def order_in(cells: Series) -> str:
    """`dmy` or `mdy`, as far as dates with a day above 12 show it; else nothing."""
    parts = _texts(cells).str.extract_groups(_TWO).struct.unnest()
    first, second = (parts[name].cast(pl.Int32).max() for name in ("a", "b"))
    day_first, day_second = (isinstance(n, int) and n > 12 for n in (first, second))
    if day_first == day_second:
        return ""
    return "dmy" if day_first else "mdy"


def days(frame: DataFrame, column: Column) -> tuple[Series, DataFrame]:
    """The column as dates, null where empty, and the cells that are none.

    Where nothing shows whether the day or the month stands first, a date that could be
    read in two ways is not taken.
    """
    cells = frame[str(column.index)]
    if cells.dtype.is_temporal():
        return cells.cast(Date, strict=False), _none(frame, column, cells)
    texts = _texts(cells)
    read = DataFrame({"t": texts}).select(
        pl.coalesce(_iso(), _two(column.unit), _named())
    )
    found = read.to_series()
    missing = texts.str.to_lowercase().is_in(sorted(MISSING)) | (texts == "")
    which = found.is_null() & texts.is_not_null() & ~missing
    reason = DataFrame({"t": texts}).select(
        pl.when(pl.col("t").str.contains(_TWO) if not column.unit else False)
        .then(pl.lit("{} could be read in two ways" + _TO))
        .otherwise(pl.lit("{} is no date" + _TO))
    )
    return found, problems(
        frame, which, column=column.name, value=cells, reason=reason.to_series()
    )


def _none(frame: DataFrame, column: Column, cells: Series) -> DataFrame:
    nothing = Series([False]).new_from_index(0, frame.height)
    return problems(frame, nothing, column=column.name, value=cells, reason="")


def _texts(cells: Series) -> Series:
    return cells.cast(String, strict=False).str.strip_chars()


def _iso() -> Expr:
    parts = pl.col("t").str.extract_groups(_ISO)
    return _date(parts, "y", "m", "d")


def _two(order: str) -> Expr:
    parts = pl.col("t").str.extract_groups(_TWO)
    if order == "dmy":
        return _date(parts, "y", "b", "a")
    if order == "mdy":
        return _date(parts, "y", "a", "b")
    same = parts.struct.field("a").cast(pl.Int32) == parts.struct.field("b").cast(
        pl.Int32
    )
    return pl.when(same).then(_date(parts, "y", "a", "b"))


def _named() -> Expr:
    parts = pl.col("t").str.extract_groups(_NAMED)
    month = parts.struct.field("m").str.to_lowercase().str.slice(0, 4)
    short = month.str.slice(0, 3)
    number = pl.coalesce(
        month.replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
        short.replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
    )
    whole = pl.format(
        "{}-{}-{}",
        parts.struct.field("y"),
        number.cast(String).str.zfill(2),
        parts.struct.field("d").str.zfill(2),
    )
    return whole.str.to_date("%Y-%m-%d", strict=False)


def _date(parts: Expr, year: str, month: str, day: str) -> Expr:
    whole = pl.format(
        "{}-{}-{}",
        parts.struct.field(year),
        parts.struct.field(month).str.zfill(2),
        parts.struct.field(day).str.zfill(2),
    )
    return whole.str.to_date("%Y-%m-%d", strict=False)


def ages_between(
    frame: DataFrame, born: Column, seen: Column
) -> tuple[Series, list[DataFrame]]:
    """The ages in days from birth to visit; null where one of them is not known."""
    first, wrong_first = days(frame, born)
    last, wrong_last = days(frame, seen)
    between = (last - first).dt.total_days().cast(pl.Float64)
    before = problems(
        frame,
        between < 0,
        column=born.name,
        value=frame[str(born.index)],
        reason=f"{{}} is after `{seen.name}`; check both dates",
    )
    known = between.set(between < 0, None)
    return known.alias("age_days"), [wrong_first, wrong_last, before]
