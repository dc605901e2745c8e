"""Cells are understood column by column as one value alone would be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.answers import ages_in_cells, cells
from minsight.screening.answers.cells import Answered
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import (
    USUAL,
    NumberSpan,
    Spellings,
    categories,
)
from random_laws import examples

FEVER = Column(0, "Fever", "answer", "fever")
AGE = Column(0, "Age", "age", unit="y")
SEX = Column(0, "Sex", "sex")
ID = Column(0, "Id", "id")
NUMBER = Column(0, "N", "measurement", "ferritin", "ug/L")


def frame_of(values: Sequence[object], dtype: Any = None) -> pl.DataFrame:
    """A raw frame of one column, whose rows are numbered from 1."""
    cells_ = pl.Series("0", values, dtype=dtype, strict=False)
    return pl.DataFrame([cells_]).with_row_index("row", 1)


def wrong_of(parts: Sequence[pl.DataFrame]) -> list[tuple[int, str]]:
    return [(row, reason) for part in parts for row, _, _, reason in part.rows()]


def outcome(answered: Answered) -> tuple[list[Any], list[int]]:
    """The values, and the rows that have none."""
    (column,) = answered.columns
    return column.to_list(), [row for row, _ in wrong_of(answered.wrong)]


# --- yes, no and unknown --------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["yes", "NO", None, "?", " x "], pl.String),
        ([1, 0, None, None, 1], pl.Int64),
        ([1.0, 0.0, None, float("nan"), 1.0], pl.Float64),
        ([True, False, None, None, True], pl.Boolean),
    ],
)
def test_yes_no_and_unknown_are_read_from_columns_of_any_type(
    values: list[Any], dtype: Any
) -> None:
    found = outcome(cells.answers(frame_of(values, dtype), [FEVER]))
    assert found == ([True, False, None, None, True], [])


def test_an_empty_column_is_unknown_and_of_no_rows_nothing_is_said() -> None:
    assert outcome(cells.answers(frame_of([None, None], pl.Null), [FEVER])) == (
        [None, None],
        [],
    )
    assert outcome(cells.answers(frame_of([], pl.String), [FEVER])) == ([], [])
    assert cells.answers(frame_of(["yes"]), []).columns == ()


def test_what_is_no_answer_is_told_with_its_column_and_question() -> None:
    answered = cells.answers(frame_of(["yes", "mabye", "mabye"]), [FEVER])
    (wrong,) = answered.wrong
    assert wrong.rows() == [
        (row, "Fever", "mabye", "{} is no answer to `fever`; write yes, no or nothing")
        for row in (2, 3)
    ]


def test_each_column_is_read_by_its_own_spellings() -> None:
    frame = pl.DataFrame({"row": [1, 2], "3": ["2", "0"], "5": ["2", "yes"]})
    likert = Spellings(
        frozenset(), frozenset("0"), spans=(NumberSpan("observed", ">=", 2),)
    )
    columns = [
        Column(3, "a", "answer", "fever", spellings=likert),
        Column(5, "b", "answer", "fatigue"),
    ]
    answered = cells.answers(frame, columns)
    assert [c.to_list() for c in answered.columns] == [[True, False], [None, True]]
    assert wrong_of(answered.wrong) == [
        (1, "{} is no answer to `fatigue`; write yes, no or nothing")
    ]


_CELLS = st.sampled_from(
    ["yes", "Yes", "YES", "x", "no", "N", "0", "1", "?", "", "na", "2", "odd", "True"]
)


@examples(60)
@given(st.lists(st.none() | _CELLS, max_size=12))
def test_categories_and_texts_are_read_as_each_value_alone(
    values: list[str | None],
) -> None:
    meant = [USUAL.meaning(v) if v is not None else "unknown" for v in values]
    truth = {"observed": True, "excluded": False}
    expected = (
        [truth.get(str(m)) for m in meant],
        [row for row, m in enumerate(meant, 1) if m is None],
    )
    met = [value for value in dict.fromkeys(values) if value]
    as_enum = pl.Enum(list(dict.fromkeys([*categories(USUAL, met), ""])))
    for dtype in (pl.String, as_enum, pl.Categorical):
        found = outcome(cells.answers(frame_of(values, dtype), [FEVER]))
        assert found == expected, dtype


# --- numbers --------------------------------------------------------------------------


def numbers(values: Sequence[object], *, comma: bool = False) -> tuple[list[Any], Any]:
    read, wrong = cells.numbers(frame_of(values), NUMBER, comma=comma)
    return read.to_list(), wrong_of([wrong])


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["8", "8.5", None, "-1", "1e3"], [8.0, 8.5, None, -1.0, 1000.0]),
        ([" 8 ", "", "  ", "NA", "k.A.", "n/a"], [8.0, None, None, None, None, None]),
        (["8,5", "0,125", ",5", "-3,25"], [8.5, 0.125, 0.5, -3.25]),
        ([8, None, 0], [8.0, None, 0.0]),
        ([0.5, math.nan, None], [0.5, None, None]),
        (["NaN", "8"], [None, 8.0]),
        ([None, None], [None, None]),
        ([], []),
    ],
)
def test_a_column_is_read_as_numbers(
    values: list[object], read: list[float | None]
) -> None:
    assert numbers(values) == (read, [])


def test_a_comma_before_three_digits_is_read_only_where_it_is_the_decimal_sign() -> (
    None
):
    two_ways = "{} could be read in two ways; write no comma, or use a map"
    assert numbers(["1,234", "1,2345", "1,234,567"]) == (
        [None, 1.2345, None],
        [(1, two_ways), (3, two_ways)],
    )
    assert numbers(["1,234", "12,5", "1.5"], comma=True) == ([1.234, 12.5, 1.5], [])
    assert numbers(["1,234,567", "1.234,5"], comma=True) == (
        [None, None],
        [(1, two_ways), (2, "{} is not a number")],
    )


@pytest.mark.parametrize("text", ["eight", "8 ug/L", "8..5", "<5", "1_000", "--8"])
def test_what_is_not_a_number_is_told(text: str) -> None:
    assert numbers(["8", text]) == ([8.0, None], [(2, "{} is not a number")])


@pytest.mark.parametrize("values", [[8.0, math.inf], ["8", "-inf"], ["8,5", "1e999"]])
def test_an_infinite_value_is_not_a_number(values: list[object]) -> None:
    _, wrong = numbers(values)
    assert wrong == [(2, "{} is not a number")]


def test_large_numbers_whose_sum_is_infinite_are_numbers() -> None:
    assert numbers([1e308, 1e308]) == ([1e308, 1e308], [])


@examples(40)
@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=6))
def test_numbers_are_the_same_written_with_a_point_or_a_comma(
    values: list[float | None],
) -> None:
    plain = [None if v is None else f"{v:.4f}" for v in values]
    commas = [None if v is None else v.replace(".", ",") for v in plain]
    read = [None if v is None else float(v) for v in plain]
    for texts in (plain, commas):
        series = pl.Series(texts, dtype=pl.String)
        assert numbers(series.to_list()) == (read, [])


# --- the person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "days"), [("y", 730.5), ("mo", 60.875), ("w", 14.0), ("d", 2.0)]
)
def test_an_age_is_read_in_the_unit_of_its_column(unit: str, days: float) -> None:
    column = Column(0, "Age", "age", unit=unit)
    assert outcome(ages_in_cells.ages(frame_of([2, None]), column, comma=False)) == (
        [days, None],
        [],
    )


def test_an_age_in_words_has_a_unit_of_its_own() -> None:
    texts = ["28", "9 months", "12d", "", "3 y"]
    answered = ages_in_cells.ages(frame_of(texts), AGE, comma=False)
    assert outcome(answered) == (
        [28 * 365.25, 9 * 30.4375, 12.0, None, 3 * 365.25],
        [],
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("old", "`old` is not an age; write `28`, `9mo`, `9 months`, `3y` or `12d`"),
        ("3 years ago", "`3 years ago` is not an age; write `28`, `9mo`, "),
        ("-3", "an age cannot be `-3`; give a number from 0 up"),
        ("1,234", "`1,234` is not an age; write `28`, `9mo`, "),
        ("126 y", "an age of `126 y` is beyond 125 years; check the number and"),
    ],
)
def test_what_is_no_age_is_told_in_the_words_of_one_person(
    text: str, reason: str
) -> None:
    answered = ages_in_cells.ages(frame_of(["28", text]), AGE, comma=False)
    ((row, told),) = wrong_of(answered.wrong)
    assert row == 2
    assert told.startswith(reason)


def test_the_oldest_age_is_read_and_nobody_is_older() -> None:
    answered = ages_in_cells.ages(frame_of([125, 125.01, 0, -0.01]), AGE, comma=False)
    assert outcome(answered)[1] == [2, 4]
    reasons = [reason for _, reason in wrong_of(answered.wrong)]
    assert reasons == [
        (
            "an age of `125.01 y` is beyond 125 years; check the number and its unit"
            " (`9mo`, `3y`, `12d`)"
        ),
        "an age cannot be `-0.01`; give a number from 0 up",
    ]


@pytest.mark.parametrize(
    ("values", "read", "wrong"),
    [
        (["female", None, "male"], ["female", None, "male"], []),
        (["F", "Mann", "", "diverse", "na"], ["female", "male", None, None, None], []),
        (["unknown", "NA"], [None, None], []),
        (["f", "fem", "1"], ["female", None, None], [3]),
        (["A woman", "cis man", "trans man"], ["female", "male", None], []),
        ([1, 2], [None, None], [1, 2]),
        ([None, None], [None, None], []),
        ([], [], []),
    ],
)
def test_a_sex_is_read_by_its_usual_spellings(
    values: list[object], read: list[str | None], wrong: list[int]
) -> None:
    assert outcome(cells.sexes(frame_of(values), SEX)) == (read, wrong)


@pytest.mark.parametrize("values", [[1, 2, 9, 3], [1.0, 2.0, 9.0, 3.0], list("1293")])
def test_a_sex_is_read_by_the_spellings_of_a_map_where_there_are_some(
    values: list[object],
) -> None:
    spellings = (("1", "male"), ("2", "female"), ("9", ""))
    column = Column(0, "Sex", "sex", values=spellings)
    answered = cells.sexes(frame_of(values), column)
    assert outcome(answered) == (["male", "female", None, None], [4])
    assert wrong_of(answered.wrong) == [
        (4, "{} is not a sex the rules know; use `female` or `male`")
    ]


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        (["007", " b ", "", None, "  "], ["007", " b ", "3", "4", "5"]),
        ([10, None, 12], ["10", "2", "12"]),
        ([10.0, 2.5, None, math.nan], ["10", "2.5", "3", "4"]),
        ([True, None], ["true", "2"]),
        ([], []),
        ([1e20, -1e30, None, 2.5], ["1e+20", "-1e+30", "3", "2.5"]),
    ],
)
def test_an_id_is_kept_as_it_stands_and_the_row_number_stands_for_none(
    values: list[object], ids: list[str]
) -> None:
    assert cells.identities(frame_of(values), ID).to_list() == ids


def test_without_a_column_of_ids_rows_are_known_by_their_numbers() -> None:
    assert cells.identities(frame_of(["x", "y"]), None).to_list() == ["1", "2"]


def test_a_number_is_asked_once_why_it_is_refused() -> None:
    asked: list[float] = []

    def why(value: float) -> str:
        asked.append(value)
        return f"{value:g} is odd"

    which = pl.Series([True, True, False, None])
    found = cells.reasons(pl.Series([3.0, 3.0, 4.0, None]), why, which)
    assert asked == [3.0]
    assert found.to_list() == ["3 is odd", "3 is odd", None, None]


# --- control characters ---------------------------------------------------------------


@pytest.mark.parametrize("cell", ["\x1f", "\x0c", "\x0b\x1d", " \x1c ", "\x85"])
@pytest.mark.parametrize("column", ["tiredness", "age", "sex", "serum_alum [ug/L]"])
def test_control_characters_alone_are_no_empty_cell(
    small: minsight.Rules, column: str, cell: str
) -> None:
    given = pl.DataFrame({"id": ["a", "b"], "itch": ["yes", "yes"], column: [cell, ""]})
    found = small.assess_table(given)
    assert [(row, of) for row, of in found.rejects.select("row", "column").rows()] == [
        (1, column)
    ]
    assert set(found.results["row"]) == {2}
