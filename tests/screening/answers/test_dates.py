"""Dates are read in every form that shows which day it is, and in no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.answers.dates import ages_between, days, order_in
from minsight.screening.mapping.columns import Column
from random_laws import examples

BORN = Column(0, "dob", "born")


def frame(*columns: list[object]) -> pl.DataFrame:
    named = {str(n): values for n, values in enumerate(columns)}
    return pl.DataFrame(named, strict=False).with_row_index("row", 1)


def read(values: list[object], order: str = "") -> tuple[list[date | None], list[str]]:
    """The days, and why those that are none are none."""
    column = Column(0, "dob", "born", unit=order)
    found, wrong = days(frame(values), column)
    return found.to_list(), wrong["reason"].to_list()


@pytest.mark.parametrize(
    "text",
    [
        "2020-03-04", " 2020-03-04 ", "2020/3/4", "2020.03.04", "2020-03-04T09:30:00Z",
        "2020-03-04 09:30:00+02:00", "4 Mar 2020", "4-MAR-2020", "04 March 2020",
        "4. M\u00e4rz 2020", "4 mars 2020", "4 marzo 2020", "4 mar\u00e7o 2020",
    ],
)  # fmt: skip
def test_a_date_that_shows_its_day_and_month_is_read(text: str) -> None:
    assert read([text]) == ([date(2020, 3, 4)], [])


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("January enero janvier Januar janeiro", 1),
        ("February febrero f\u00e9vrier Februar fevereiro", 2),
        ("March marzo mars M\u00e4rz mar\u00e7o", 3),
        ("April abril avril April abril", 4),
        ("May mayo mai Mai maio", 5),
        ("June junio juin Juni junho", 6),
        ("July julio juillet Juli julho", 7),
        ("August agosto ao\u00fbt August agosto", 8),
        ("September septiembre septembre September setembro", 9),
        ("October octubre octobre Oktober outubro", 10),
        ("November noviembre novembre November novembro", 11),
        ("December diciembre d\u00e9cembre Dezember dezembro", 12),
    ],
)
def test_months_are_known_by_name_in_five_languages(names: str, month: int) -> None:
    for name in names.split():
        assert read([f"7 {name} 2019"]) == ([date(2019, month, 7)], []), name


def test_the_order_of_day_and_month_is_that_of_the_column() -> None:
    assert order_in(pl.Series(["03/04/2020", "25/04/2020"])) == "dmy"
    assert order_in(pl.Series(["03/04/2020", "04/25/2020"])) == "mdy"
    assert order_in(pl.Series(["03/04/2020", None, "x"])) == ""
    assert order_in(pl.Series(["25/04/2020", "04/25/2020"])) == ""
    assert read(["03/04/2020"], "dmy") == ([date(2020, 4, 3)], [])
    assert read(["03/04/2020 10:00"], "mdy") == ([date(2020, 3, 4)], [])


def test_a_date_that_could_be_read_in_two_ways_is_not_taken() -> None:
    found, why = read(["03/04/2020", "04.04.2020", "", None, "unknown"])
    assert found == [None, date(2020, 4, 4), None, None, None]
    assert why == ["{} could be read in two ways; write it as year-month-day"]


@pytest.mark.parametrize("text", ["2020-13-01", "30 Feb 2020", "4 Foo 2020", "soon"])
def test_what_is_no_date_is_told(text: str) -> None:
    assert read([text]) == ([None], ["{} is no date; write it as year-month-day"])


def test_dates_of_a_workbook_or_a_table_are_dates() -> None:
    assert read([date(2020, 3, 4), None]) == ([date(2020, 3, 4), None], [])
    assert read([datetime(2020, 3, 4, 9, 30, tzinfo=UTC)]) == ([date(2020, 3, 4)], [])
    assert read(["2020-03-04 00:00:00"]) == ([date(2020, 3, 4)], [])


def test_an_age_lies_between_birth_and_visit() -> None:
    born: list[object] = ["2020-01-01", "2021-06-01", "", "soon"]
    seen: list[object] = ["2020-01-31", "2021-05-31", "2021-01-01", "2021-01-01"]
    ages, wrong = ages_between(frame(born, seen), BORN, Column(1, "visit", "seen"))
    assert ages.to_list() == [30.0, None, None, None]
    told = [(row, why) for part in wrong for row, why in part["row", "reason"].rows()]
    assert told == [
        (4, "{} is no date; write it as year-month-day"),
        (2, "{} is after `visit`; check both dates"),
    ]


_MONTHS = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]  # fmt: skip
_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@examples(60)
@given(st.lists(_DAYS, min_size=1, max_size=5))
def test_any_date_is_read_back_in_each_form(dates: list[date]) -> None:
    forms: dict[str, list[Callable[[date], str]]] = {
        "": [
            lambda d: d.isoformat(),
            lambda d: f"{d.isoformat()}T23:59:59",
            lambda d: f"{d.year:04}/{d.month}/{d.day}",
            lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year:04}",
            lambda d: f"{d.day:02}-{_MONTHS[d.month - 1].upper()}-{d.year:04}",
        ],
        "dmy": [lambda d: f"{d.day}/{d.month}/{d.year:04}", lambda d: f"{d:%d.%m.%Y}"],
        "mdy": [lambda d: f"{d.month}/{d.day}/{d.year:04}", lambda d: f"{d:%m-%d-%Y}"],
    }
    for order, ways in forms.items():
        for way in ways:
            assert read([way(d) for d in dates], order) == (dates, [])
