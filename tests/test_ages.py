"""Ages: many ways to write one, exact at every boundary, refused when none."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from minsight.ages import (
    DAYS_IN,
    OLDEST_YEARS,
    age_as_typed,
    age_in_days,
    age_in_words,
    parse_age,
)
from random_laws import examples


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("0", 0),
        ("0d", 0),
        ("12d", 12),
        ("1 day", 1),
        ("12 days", 12),
        ("3w", 21),
        ("3 weeks", 21),
        ("1mo", 30.4375),
        ("9mo", 273.9375),
        ("9 months", 273.9375),
        ("9 MONTHS", 273.9375),
        ("9 months old", 273.9375),
        ("  9mo  ", 273.9375),
        ("9mo.", 273.9375),
        ("28", 28 * 365.25),
        ("28y", 28 * 365.25),
        ("28 yrs", 28 * 365.25),
        ("28 years old", 28 * 365.25),
        ("028", 28 * 365.25),
        ("0.75", 273.9375),
        ("1.5y", 547.875),
        ("125", 125 * 365.25),
        ("1y 6mo", 547.875),
        ("1 year and 6 months old", 547.875),
        ("newborn", 0),
    ],
)
def test_an_age_is_read_in_days(text: str, days: float) -> None:
    assert parse_age(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "y",
        "old",
        "-1",
        "-3 months",
        "+3",
        "1e3",
        "nan",
        "inf",
        "1,5",
        ".5",
        "1 2",
        "6mo 1y",
        "1y 2y",
        "1y 6 spoons",
        "3-4y",
        "9 fortnights",
        "about 3",
        "1_0",
        "0x10",
        "126",
        "125.1y",
        "1501mo",
        "45657d",
        "9999999",
        "3\n4",
    ],
)
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"`9mo`|number from 0 up"):
        parse_age(text)


def test_a_refusal_shows_no_more_than_the_beginning_of_a_long_text() -> None:
    with pytest.raises(ValueError, match="is not an age") as caught:
        parse_age("x" * 100_000)
    assert len(str(caught.value)) < 200


@given(years=st.integers(0, OLDEST_YEARS))
def test_twelve_months_make_a_year_exactly(years: int) -> None:
    """A boundary named in months is met on the same day as one named in years."""
    assert age_in_days(12 * years, "mo") == age_in_days(years, "y")
    assert parse_age(f"{12 * years} months") == parse_age(f"{years}")


@given(number=st.integers(0, 1_500), unit=st.sampled_from(["d", "w", "mo", "y"]))
def test_one_more_is_older(number: int, unit: str) -> None:
    limit = OLDEST_YEARS * DAYS_IN["y"] / DAYS_IN[unit]
    older = min(number + 1, math.floor(limit))
    younger = min(number, older - 1)
    assert parse_age(f"{younger}{unit}") < parse_age(f"{older}{unit}")


@pytest.mark.parametrize("value", [-1, -0.001, math.nan, math.inf, -math.inf, 1e308])
@pytest.mark.parametrize("unit", ["d", "w", "mo", "y"])
def test_a_number_that_is_no_age_is_refused(value: float, unit: str) -> None:
    with pytest.raises(ValueError, match="an age"):
        age_in_days(value, unit)


@examples(200)
@given(
    text=st.text(max_size=20)
    | st.lists(st.sampled_from([*"0123456789. ", "mo", "y", "days", "old"])).map(
        "".join
    )
)
def test_any_text_is_an_age_in_range_or_refused(text: str) -> None:
    try:
        days = parse_age(text)
    except ValueError as error:
        assert str(error)[0] in "`a"
    else:
        assert 0 <= days <= OLDEST_YEARS * DAYS_IN["y"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "0 days"),
        ("1d", "1 day"),
        ("13d", "13 days"),
        ("14d", "2 weeks"),
        ("60d", "8.57 weeks"),
        ("2mo", "2 months"),
        ("23mo", "23 months"),
        ("24mo", "2 years"),
        ("125", "125 years"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(
    typed: str, words: str
) -> None:
    assert age_in_words(parse_age(typed)) == words


@pytest.mark.parametrize(
    "typed", ["0d", "12d", "0.5d", "9mo", "1.5mo", "18mo", "1", "28", "2.25", "125"]
)
def test_a_short_age_is_typed_as_it_was(typed: str) -> None:
    shortest = "1.5" if typed == "18mo" else typed
    assert age_as_typed(parse_age(typed)) == shortest


NUMBERS = st.integers(0, 999_999).map(lambda number: f"{number / 1000:.3f}")


@given(number=NUMBERS, unit=st.sampled_from(["", "d", "w", "mo"]))
@example(number="0.070", unit="")
@example(number="33.799", unit="")
@example(number="0.001", unit="d")
def test_an_age_that_was_typed_can_be_typed_again(number: str, unit: str) -> None:
    """To the day and beyond: a command that is shown must give what it gave."""
    try:
        days = parse_age(f"{number}{unit}")
    except ValueError:
        assume(False)
    assert parse_age(age_as_typed(days)) == days


@pytest.mark.parametrize(
    "text",
    ["0-5mo", "6-23 mo", "65y+", "65+", "18 to 24", "65 years and over", "1\u20133y"],
)
def test_a_span_of_ages_is_no_age(text: str) -> None:
    with pytest.raises(ValueError, match="is a span of ages; give the age itself"):
        parse_age(text)
