"""Lines for each person and question become a row for each person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.errors import FileError
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.maps import Long, Map
from minsight.screening.rejects import Reject
from minsight.screening.rows import Raw
from minsight.screening.sources.long_form import (
    Pivoted,
    columns_of_lines,
    long_of,
    pivoted,
)
from random_laws import examples
from reading_tables import read

LONG = Long("id", "item", "answer")


@pytest.mark.parametrize(
    ("header", "long"),
    [
        (["subject_id", "item", "answer"], Long("subject_id", "item", "answer")),
        (
            ["Answer", "Variable", "Patient ID"],
            Long("Patient ID", "Variable", "Answer"),
        ),
        (
            ["id", "question", "value", "units", "date"],
            Long("id", "question", "value", "units"),
        ),
        (["id", "item"], None),
        (["item", "answer"], None),
        (["id", "item", "question", "answer"], None),
        (["id", "item", "answer", "value"], None),
        (["id", "item", "answer", *"abcdef"], None),
    ],
)
def test_a_long_file_is_known_by_three_of_its_few_columns(
    header: Sequence[str], long: Long | None
) -> None:
    assert long_of(header, None, file="f.csv") == long


def test_a_map_says_which_file_is_long() -> None:
    header = ["who", "what", "said"]
    mapping = Map("m.yaml", long=Long("who", "what", "said"))
    assert long_of(header, mapping, file="f.csv") == mapping.long
    assert long_of(["id", "item", "answer"], Map("m.yaml"), file="f.csv") is None
    with pytest.raises(FileError, match=r"`f\.csv` has no column `said`"):
        long_of(["who", "what"], mapping, file="f.csv")
    with pytest.raises(FileError, match=r"has 2 columns called `what`"):
        long_of([*header, "what"], mapping, file="f.csv")


def turned(
    lines: Sequence[tuple[str | None, ...]],
    long: Long = LONG,
    rejects: tuple[Reject, ...] = (),
) -> Pivoted:
    header = tuple(n for n in (long.subject, long.item, long.answer, long.unit) if n)
    placing = Placing(header, columns_of_lines(header, long), long=long)
    schema = {str(place): pl.String for place in range(len(header))}
    frame = pl.DataFrame(lines, schema=schema, orient="row").with_row_index("row", 1)
    raw = Raw(frame, rejects, frame.height + len(rejects))
    return pivoted([raw], placing, file="f.csv")


def test_each_person_is_a_row_under_the_number_of_the_first_line() -> None:
    found = turned(
        [
            ("b", "fever", "no"),
            ("a", "fever", "yes"),
            (" b ", " fatigue ", "yes"),
            ("a", "fever", "yes"),
        ]
    )
    assert found.header == ("id", "fever", "fatigue")
    assert found.raw.frame.rows() == [(1, "b", "no", "yes"), (2, "a", "yes", None)]
    assert (found.lines, found.raw.rows, found.raw.rejects) == (4, 2, ())


@pytest.mark.parametrize("blank", [None, "", " "])
def test_an_empty_answer_says_nothing_against_another(blank: str | None) -> None:
    found = turned(
        [("a", "fever", blank), ("a", "fever", "yes"), ("a", "fever", blank)]
    )
    assert found.raw.rejects == ()
    assert found.raw.frame["1"].to_list() == ["yes"]


def test_a_question_may_be_called_anything() -> None:
    names = ("row", "subject", "item", "answer", "unit", "file", "end", "0", "1", "id")
    found = turned([("a", name, f"the {name}") for name in names])
    assert found.header == ("id", *names)
    (person,) = found.raw.frame.rows()
    assert person == (1, "a", *(f"the {name}" for name in names))


@pytest.mark.parametrize("long", [LONG, Long("id", "item", "answer", "unit")])
def test_of_no_lines_there_are_no_persons(long: Long) -> None:
    found = turned([], long)
    assert (found.header, found.raw.rows, found.lines) == (("id",), 0, 0)
    header = tuple(name for name in (long.subject, long.item, long.answer))
    placing = Placing(header, columns_of_lines(header, LONG), long=LONG)
    assert pivoted([], placing, file="f.csv").raw.frame.columns == ["row", "0"]


def test_who_answers_in_two_ways_is_rejected_and_nobody_else() -> None:
    found = turned([("a", "fever", "yes"), ("b", "fever", "no"), ("a", "fever", "no")])
    assert found.raw.rejects == (
        Reject("f.csv", 1, "fever", "yes, no", "the question is answered in two ways"),
    )
    assert found.raw.frame.rows() == [(2, "b", "no")]
    assert found.raw.rows == 2


def test_a_line_without_a_person_or_a_question_is_rejected() -> None:
    found = turned([("a", " ", "yes"), (None, "fever", "no"), ("c", "fever", "no")])
    assert [(r.row, r.value, r.reason) for r in found.raw.rejects] == [
        (1, "a", "the line names no question"),
        (2, "", "the line names no person"),
    ]
    assert found.raw.frame["0"].to_list() == ["c"]


def test_a_unit_is_part_of_its_question() -> None:
    long = Long("id", "item", "answer", "unit")
    found = turned([("a", "ferritin", "8", " ng/mL "), ("a", "fever", "no", "")], long)
    assert found.header == ("id", "ferritin (ng/mL)", "fever")


def test_lines_that_could_not_be_cut_stay_rejected() -> None:
    before = Reject("f.csv", 9, "", "x", "the line is cut")
    found = turned([("a", "fever", "no")], rejects=(before,))
    assert found.raw.rejects == (before,)
    assert (found.lines, found.raw.rows) == (2, 2)


@examples(30)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["fever", "fatigue", "pica"])
        ),
        st.sampled_from(["yes", "no"]),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_lines_changes_no_answer(
    answers: dict[tuple[str, str], str], chance: object
) -> None:
    lines = [(who, what, said) for (who, what), said in answers.items()]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    found = turned(lines)
    names = ("row", *found.header)
    people = {
        row[1]: dict(zip(names, row, strict=True)) for row in found.raw.frame.rows()
    }
    told = {
        (who, what): said
        for who, row in people.items()
        for what, said in row.items()
        if what not in ("row", "id") and said is not None
    }
    assert told == answers


def test_a_file_in_long_form_gives_the_persons_of_a_wide_one(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(
        "subject_id,item,answer\n"
        "007,age_years,28\nb,fatigue,no\n007,sex,female\n007,fatigue,yes\n007,fever,no\n"
    )
    outcome = read(path, rules)
    assert outcome.rejects == ()
    assert outcome.person("007") == {
        "age_days": 28 * 365.25, "sex": "female", "fatigue": True, "fever": False,
    }  # fmt: skip
    assert outcome.person("b") == {"fatigue": False}


@pytest.mark.parametrize(
    ("lines", "rejected"), [("", []), ("a,,yes\n,fever,no\n", [1, 2])]
)
def test_a_file_whose_lines_ask_nothing_gives_no_persons(
    lines: str, rejected: list[int], rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(f"subject_id,item,answer\n{lines}")
    outcome = read(path, rules)
    assert outcome.answers.height == 0
    assert outcome.rejected == rejected
