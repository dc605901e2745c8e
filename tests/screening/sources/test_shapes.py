"""Names of columns are told from titles above and from persons below."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsight.screening.mapping.headings import TableLayout
from minsight.screening.mapping.value_sets import SEX_OF, USUAL, plain
from minsight.screening.sources.shapes import CellRow, shape_of, why_no_person
from random_laws import examples

PEOPLE = [["a1", "30", "yes"], ["a2", "41", "no"], ["a3", "28", "yes"]]


def names(
    rows: Sequence[CellRow], layout: TableLayout | None = None
) -> tuple[str, ...]:
    return shape_of(rows, layout or TableLayout()).heading.names


def test_titles_above_a_table_are_no_names() -> None:
    rows = [["Clinic survey"], ["Spring", "2024"], [], ["id", "age", "pica"], *PEOPLE]
    rows[1] = ["Spring 2024", "", ""]
    shape = shape_of(rows)
    assert shape.heading.names == ("id", "age", "pica")
    assert (shape.above, shape.heading.told) == (4, "read below 3 title rows")


def test_a_narrow_table_has_no_titles() -> None:
    shape = shape_of([["id"], ["a", "yes"], ["b", "no"]])
    assert (shape.above, shape.heading.names) == (1, ("id",))


def test_the_import_ids_of_qualtrics_end_its_names_and_the_questions_are_labels() -> (
    None
):
    rows = [
        ["ResponseId", "Q1", "Q2"],
        ["Response ID", "How old are you?", "Are you tired?"],
        ['{"ImportId":"_recordId"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}'],
        ["R_1", "30", "Yes"],
    ]
    shape = shape_of(rows)
    assert shape.above == 3
    assert shape.heading.names == ("ResponseId", "Q1", "Q2")
    assert shape.heading.label(2) == "Are you tired?"
    assert shape.heading.told == "read as a Qualtrics export: 3 header rows"


def test_surveymonkey_names_its_choices_in_a_second_row() -> None:
    rows = [
        ["Respondent ID", "How old are you?", "Which do you have?", "", ""],
        ["", "Open-Ended Response", "Fatigue", "Pica", "None of these"],
        ["1", "30", "Fatigue", "", ""],
    ]
    shape = shape_of(rows)
    assert shape.above == 2
    assert shape.heading.names == (
        "Respondent ID",
        "How old are you?",
        "Which do you have? - Fatigue",
        "Which do you have? - Pica",
        "Which do you have? - None of these",
    )


def test_merged_cells_head_the_groups_of_names_below_and_units_stand_in_brackets() -> (
    None
):
    rows = [
        ["Study id", "Laboratory", "", "Weight"],
        ["", "Ferritin", "Zinc", "kg/m2"],
        ["a", "12", "9", "20"],
        ["b", "14", "8", "21"],
    ]
    shape = shape_of(rows)
    assert shape.above == 2
    assert shape.heading.names == (
        "Study id",
        "Laboratory - Ferritin",
        "Laboratory - Zinc",
        "Weight (kg/m2)",
    )


@pytest.mark.parametrize(
    ("header", "below"),
    [
        (["", "fever", "pica"], ["0", "yes", "no"]),
        (["id", "fever", ""], ["a", "yes", "remark"]),
        (["id", "town", "job"], ["ann", "north", "baker"]),
        (["id", "fever", "pica"], ["ann", "yes", "no"]),
        (["id", "sex", ""], ["ann", "female", "x y"]),
    ],
)
def test_a_row_of_a_person_is_never_taken_for_names(
    header: list[str], below: list[str]
) -> None:
    shape = shape_of([header, below, below])
    assert (shape.above, shape.heading.names) == (1, tuple(header))
    assert shape.heading.told == ""


def test_what_a_layout_says_goes_before_what_is_seen() -> None:
    rows = [["A", "B", "C"], ["id", "age", "pica"], ["", "years", ""], *PEOPLE]
    assert names(rows) == ("A", "B", "C")
    assert names(rows, TableLayout(title_rows=1)) == ("id", "age", "pica")
    shape = shape_of(rows, TableLayout(title_rows=1, header_rows=2))
    assert shape.heading.names == ("id", "age (years)", "pica")
    assert shape.above == 3
    only = shape_of(PEOPLE, TableLayout(header_rows=9))
    assert only.above == len(PEOPLE)


@pytest.mark.parametrize("first", ["Total", " TOTAL: ", "Mean", "Gesamt"])
def test_a_row_that_counts_is_no_person(first: str) -> None:
    assert "counts persons" in why_no_person(["", first, "12"])
    assert why_no_person([f"{first} Smith", "12"]) == ""
    assert why_no_person(["", ""]) == why_no_person([]) == ""


@pytest.mark.parametrize("first", ["n", "N", "no", "y", "0"])
def test_a_person_whose_first_answer_is_short_is_no_count(first: str) -> None:
    assert why_no_person([first, "yes", "no"]) == ""


def test_no_rows_have_no_names() -> None:
    assert shape_of([]).heading.names == ()


_NAME = st.from_regex(r"[A-Za-z][A-Za-z_]{1,11}", fullmatch=True).filter(
    lambda name: (
        USUAL.meaning(name) is None
        and plain(name) not in SEX_OF
        and plain(name) != "response"
    )
)
_SAID = st.integers(0, 120).map(str) | st.sampled_from(["yes", "no"])
_CELL = _SAID | st.text("abc xyz", max_size=8) | _NAME


@examples(150)
@given(header=st.lists(_NAME, min_size=1, max_size=6, unique=True), data=st.data())
def test_a_plain_table_has_one_row_of_names(
    header: list[str], data: st.DataObject
) -> None:
    cells = st.lists(_CELL, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(st.tuples(cells, _SAID), min_size=1, max_size=5))
    people = [[*cells[:-1], said] for cells, said in rows]
    assume(all(plain(cell) != "response" for row in people for cell in row))
    shape = shape_of([header, *people])
    assert (shape.above, shape.heading.names) == (1, tuple(header))


def test_a_row_of_units_below_the_names_is_one_of_names() -> None:
    rows = [["No", "FERR", "MCV"], ["", "ug/L", "fL"], ["k1", "12", "88"]]
    shape = shape_of(rows)
    assert shape.heading.names == ("No", "FERR (ug/L)", "MCV (fL)")
    assert shape.above == 2
