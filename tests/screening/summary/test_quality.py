"""Last digits are those of the file; where nobody rounds, a fifth are 0 or 5."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from minsight.ages import DAYS_IN
from minsight.screening.summary.quality import Heaping, digits, heapings


def counted(values: list[float], factor: float = 1.0) -> list[Heaping]:
    answers = pl.DataFrame(
        {"age_days": [None] * len(values), "ferritin": [v * factor for v in values]},
        schema={"age_days": pl.Float64, "ferritin": pl.Float64},
    )
    return heapings(digits(answers, {"ferritin": factor}))


def aged(years: list[float]) -> list[Heaping]:
    answers = pl.DataFrame({"age_days": [y * DAYS_IN["y"] for y in years]})
    return heapings(digits(answers, {}))


def test_every_digit_once_is_a_fifth() -> None:
    (one,) = counted([10 + n / 10 for n in range(1000, 1100)])
    assert one == Heaping("ferritin", 100, 20)


def test_values_that_were_rounded_to_halves_all_count() -> None:
    assert counted([9.5, 8.5, 7.5, 8.0, 9.0]) == [Heaping("ferritin", 5, 5)]


def test_digits_are_those_of_the_file_and_not_of_another_unit() -> None:
    values = [4.1, 4.2, 4.5, 5.0]
    assert counted(values, 2.247) == counted(values) == [Heaping("ferritin", 4, 2)]


def test_an_instrument_of_three_digits_is_no_heaping() -> None:
    """4.21, 15.7 and 123: whole numbers from 100 up are not tens of tenths."""
    small = [1 + n / 100 for n in range(100)]
    middle = [10 + n / 10 for n in range(100)]
    large = [float(100 + n) for n in range(100)]
    assert counted([*small, *middle, *large]) == [Heaping("ferritin", 300, 60)]


def test_numbers_that_were_computed_have_no_last_digit() -> None:
    assert counted([n / 7 for n in range(1, 50) if n % 7]) == []


def test_of_ages_only_those_from_23_to_62_count() -> None:
    assert aged([22, 23, 25, 30.9, 62, 62.99, 63, 65, 5]) == [Heaping("age_days", 5, 2)]


def test_a_measurement_without_a_factor_is_not_judged() -> None:
    answers = pl.DataFrame({"age_days": [None], "ferritin": [5.0]})
    found = digits(answers.cast({"age_days": pl.Float64}), {})
    assert heapings(found) == []


@given(st.lists(st.integers(0, 999), min_size=1), st.integers(0, 999))
def test_parts_add_up_in_any_cut(tenths: list[int], cut: int) -> None:
    answers = pl.DataFrame(
        {"age_days": [float(n) * 20 for n in tenths], "iron": [n / 10 for n in tenths]}
    )
    parts = Counter[tuple[str, str, str]]()
    for part in (answers.head(cut), answers.slice(cut)):
        parts.update(digits(part, {"iron": 1.0}))
    assert parts == digits(answers, {"iron": 1.0})
