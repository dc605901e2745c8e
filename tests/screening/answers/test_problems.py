"""Bad cells are told by row, a few of each row, and never at full length."""

from __future__ import annotations

import polars as pl
import pytest

from minsight.screening.answers.problems import (
    MOST_CELLS,
    MOST_SHOWN,
    none_wrong,
    problems,
    rejects_of,
    together,
    without,
)
from minsight.screening.rejects import Reject

FRAME = pl.DataFrame({"row": [11, 12, 13], "0": ["a", None, "c"]})


def told(which: list[bool | None], reason: str | pl.Series) -> pl.DataFrame:
    chosen = pl.Series(which, dtype=pl.Boolean)
    return problems(FRAME, chosen, column="x", value=FRAME["0"], reason=reason)


def test_a_problem_has_the_row_the_cell_and_its_reason() -> None:
    reasons = pl.Series(["{} is first", "is second", None])
    assert told([True, True, None], reasons).rows() == [
        (11, "x", "a", "{} is first"),
        (12, "x", None, "is second"),
    ]


def test_rows_of_which_nothing_is_known_have_no_problem() -> None:
    assert told([None, False, None], "odd").equals(none_wrong())


def test_problems_stand_by_row_and_those_of_one_row_as_they_came() -> None:
    first, second = told([False, True, True], "one"), told([True, False, True], "two")
    found = together([none_wrong(), first, second])
    assert found.select("row", "reason").rows() == [
        (11, "two"), (12, "one"), (13, "one"), (13, "two"),
    ]  # fmt: skip
    assert together([]).equals(none_wrong())


def test_a_reason_names_the_value_where_it_has_a_place_for_it() -> None:
    wrong = told([True, True, False], pl.Series(["{} is odd", "is {}", ""]))
    assert rejects_of(wrong, file="f.csv") == [
        Reject("f.csv", 11, "x", "a", "`a` is odd"),
        Reject("f.csv", 12, "x", "", "is ``"),
    ]


def test_of_one_row_only_the_first_cells_are_told() -> None:
    parts = [told([True, False, True], f"reason {n}") for n in range(MOST_CELLS + 2)]
    rejects = rejects_of(together(parts), file="f.csv")
    assert [(r.row, r.reason) for r in rejects] == [
        (row, f"reason {n}") for row in (11, 13) for n in range(MOST_CELLS)
    ]


def test_a_long_cell_is_cut() -> None:
    frame = pl.DataFrame({"row": [1], "0": ["y" * 5_000]})
    wrong = problems(
        frame, pl.Series([True]), column="x", value=frame["0"], reason="{} is odd"
    )
    (reject,) = rejects_of(wrong, file="f.csv")
    assert reject.value == "y" * MOST_SHOWN
    assert reject.reason == f"`{'y' * 57}...` is odd"


@pytest.mark.parametrize(
    ("wrong", "left"), [([], [11, 12, 13]), ([12, 12, 99], [11, 13]), ([13, 11], [12])]
)
def test_rows_with_a_problem_are_taken_out(wrong: list[int], left: list[int]) -> None:
    assert without(FRAME, wrong)["row"].to_list() == left
