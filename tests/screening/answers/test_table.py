"""Raw rows become a row of answers each, or a reject with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest

import minsight
from minsight.screening.answers.persons import TextColumn
from minsight.screening.answers.table import Read, read_raw, text_columns
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.placing import place_header
from minsight.screening.rejects import Reject
from minsight.screening.rows import Raw


def raw_of(columns: Sequence[Sequence[object]], first: int = 1) -> Raw:
    series = [
        pl.Series(str(place), values, strict=False)
        for place, values in enumerate(columns)
    ]
    frame = pl.DataFrame(series).with_row_index("row", first)
    return Raw(frame, (), frame.height)


def read(columns: Mapping[str, Sequence[object]], rules: minsight.Rules) -> Read:
    """The answers in columns that are placed by their names."""
    vocabulary = rules.vocabulary
    placing = place_header(Heading(tuple(columns)), vocabulary, file="f.csv")
    return read_raw(raw_of([*columns.values()]), placing, vocabulary, file="f.csv")


def told(found: Read) -> list[tuple[int | None, str, str]]:
    return [(r.row, r.column, r.reason) for r in found.rejects]


def test_a_row_of_answers_has_the_person_first_and_then_what_was_asked(
    rules: minsight.Rules,
) -> None:
    columns: dict[str, Sequence[object]] = {
        "fever": ["yes", "no"],
        "Hb (g/dL)": [12.5, None],
        "symptoms": ["dizzy", None],
        "sex": ["f", None],
        "age": [2, None],
        "id": ["a", None],
    }
    found = read(columns, rules)
    assert found.rejects == ()
    assert found.rows == 2
    assert found.answers.rows(named=True) == [
        {
            "row": 1, "subject_id": "a", "age_days": 730.5, "sex": "female",
            "fever": True, "haemoglobin": 125.0, "text 2": "dizzy",
        },
        {
            "row": 2, "subject_id": "2", "age_days": None, "sex": None,
            "fever": False, "haemoglobin": None, "text 2": None,
        },
    ]  # fmt: skip


def test_rows_that_cannot_be_read_are_taken_out_and_those_put_aside_stay(
    rules: minsight.Rules,
) -> None:
    placing = place_header(Heading(("fever", "age")), rules.vocabulary, file="f.csv")
    before = Reject("f.csv", 7, "", "x", "the line is cut")
    raw = raw_of([["yes", "mabye", "no"], [1, 200, 3]], first=8)
    found = read_raw(
        Raw(raw.frame, (before,), 4), placing, rules.vocabulary, file="f.csv"
    )
    assert found.answers["row"].to_list() == [8, 10]
    assert found.rejects[0] == before
    assert [(r.row, r.column, r.value) for r in found.rejects[1:]] == [
        (9, "age", "200"),
        (9, "fever", "mabye"),
    ]
    assert found.rows == 4


def test_two_columns_of_one_finding_complete_each_other_but_may_not_disagree(
    rules: minsight.Rules,
) -> None:
    columns = {
        "fever": ["yes", "", "no", "no"],
        "febrile": ["", "no", "no", "yes"],
    }
    found = read(columns, rules)
    assert found.answers["fever"].to_list() == [True, False, False]
    assert told(found) == [
        (
            4,
            "fever",
            "`fever`, `febrile` all answer `fever` and do not agree; keep one of them",
        )
    ]


def test_two_ages_must_agree_unless_a_map_says_which_counts(
    rules: minsight.Rules,
) -> None:
    columns: dict[str, Sequence[object]] = {
        "age": [2, None, 2, 2],
        "age_months": [None, 3, 24, 25],
        "fever": ["yes"] * 4,
    }
    found = read(columns, rules)
    assert found.answers["age_days"].to_list() == [730.5, 91.3125, 730.5]
    (reject,) = found.rejects
    assert reject == Reject(
        "f.csv",
        4,
        "age, age_months",
        "2, 25",
        "`age`, `age_months` give two ages of one person; keep one of them",
    )
    placing = Placing(
        ("age", "age_months"),
        (Column(1, "age_months", "age", unit="mo"), Column(0, "age", "age", unit="y")),
        first_age=True,
    )
    first = read_raw(
        raw_of([[2, None, 3], [None, 3, 24]]), placing, rules.vocabulary, file="f.csv"
    )
    assert first.answers["age_days"].to_list() == [730.5, 91.3125, 730.5]
    assert first.rejects == ()


def test_two_sexes_must_agree(rules: minsight.Rules) -> None:
    columns: dict[str, Sequence[object]] = {
        "sex": ["f", None, "male", "female", "unknown"],
        "gender": ["female", "m", "", "male", None],
        "fever": ["yes"] * 5,
    }
    found = read(columns, rules)
    assert found.answers["sex"].to_list() == ["female", "male", "male", None]
    (reject,) = found.rejects
    assert reject == Reject(
        "f.csv",
        4,
        "sex, gender",
        "female, male",
        "`sex`, `gender` give two sexes of one person; keep one of them",
    )


def test_of_two_ids_the_first_counts_and_that_is_told(rules: minsight.Rules) -> None:
    columns = {"patient id": ["a", ""], "study_id": ["s", "s"], "fever": ["yes"] * 2}
    assert read(columns, rules).answers["subject_id"].to_list() == ["a", "2"]
    placing = place_header(Heading(tuple(columns)), rules.vocabulary, file="f.csv")
    (notice,) = placing.notices
    assert notice.message == (
        "several columns name the person: `patient id`, `study_id`; the first was taken"
    )
    mapping = Map("m.yaml", id="study_id", others="by_name")
    mapped = place_header(
        Heading(tuple(columns)), rules.vocabulary, file="f.csv", mapping=mapping
    )
    assert [column.name for column in mapped.of("id")] == ["study_id"]


def test_values_are_kept_in_the_unit_of_the_vocabulary(rules: minsight.Rules) -> None:
    found = read({"Sodium (mEq/L)": [140], "calcium (mg/dL)": ["10"]}, rules)
    assert found.answers["sodium"].to_list() == [140.0]
    assert found.answers["serum_calcium"].to_list() == [
        pytest.approx(10 * 0.249513448775)
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (-3, "the measurement `Serum ferritin` is `-3`; give a number from 0 up"),
        (
            0.05,
            (
                "Serum ferritin of 0.05 ng/mL is beyond anything measured"
                " (0.1 to 100000 ug/L); check the number and its unit"
            ),
        ),
        ("5 apples", "`5 apples` is not a number"),
    ],
)
def test_a_value_that_nobody_has_is_refused_in_the_words_of_one_person(
    value: object, reason: str, rules: minsight.Rules
) -> None:
    found = read({"ferritin (ng/mL)": [value, 0.1, 100_000]}, rules)
    assert told(found) == [(1, "ferritin (ng/mL)", reason)]
    assert found.answers["ferritin"].to_list() == [0.1, 100_000.0]


def test_a_measurement_may_have_one_value(rules: minsight.Rules) -> None:
    columns = {"ferritin": [8, None, 8], "ferritin (ng/mL)": [None, 9, 8]}
    found = read(columns, rules)
    assert found.answers["ferritin"].to_list() == [8.0, 9.0]
    assert told(found) == [
        (3, "ferritin (ng/mL)", "`8` is a second value of serum ferritin; keep one")
    ]


@pytest.mark.parametrize("value", [["yes"], {"is": "yes"}, timedelta(1)])
def test_lists_records_and_spans_of_time_are_no_answers(
    value: Any, rules: minsight.Rules
) -> None:
    names = ("fever", "age", "sex", "ferritin")
    columns = {name: [value, None] for name in names}
    found = read({**columns, "id": ["a", "b"]}, rules)
    assert found.answers["subject_id"].to_list() == ["b"]
    assert {row for row, _, _ in told(found)} == {1}
    as_id = read({"id": [value, None], "fever": ["yes", "no"]}, rules)
    assert as_id.answers["fever"].to_list() == [True, False]


def test_texts_are_columns_of_their_own_that_say_how_they_were_given(
    rules: minsight.Rules,
) -> None:
    header = ["unsure", "fever", "symptoms"]
    placing = place_header(Heading(tuple(header)), rules.vocabulary, file="f.csv")
    assert text_columns(placing) == [
        TextColumn("text 0", "unsure"),
        TextColumn("text 2", "observed"),
    ]


def test_of_no_rows_the_columns_are_known_all_the_same(rules: minsight.Rules) -> None:
    found = read({"fever": [], "ferritin": []}, rules)
    assert found.answers.schema == {
        "row": pl.UInt64,
        "subject_id": pl.String,
        "age_days": pl.Float64,
        "sex": pl.String,
        "fever": pl.Boolean,
        "ferritin": pl.Float64,
    }
