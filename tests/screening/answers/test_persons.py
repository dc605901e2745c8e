"""Persons of a file are entered as `check` would enter them, and told of by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.recognition import recognise
from minsight.intake.subject import MOST_TEXT, Measurement, Subject
from minsight.scales import Status
from minsight.screening.answers.persons import (
    PERSON_SCHEMA,
    Entered,
    Entering,
    TextColumn,
    subjects_of,
)
from minsight.screening.rejects import Notebook, Notice, Reject

Given = Subject | SubjectError


def entered(
    subjects: Sequence[Given],
    rules: minsight.Rules,
    *,
    keep_going: bool = False,
    notebook: Notebook | None = None,
) -> Entered:
    """What became of the persons of `f.csv`, whose rows count from 1."""
    entering = Entering(
        rules.vocabulary,
        Notebook("f.csv") if notebook is None else notebook,
        file="f.csv",
        keep_going=keep_going,
    )
    return entering.enter_all(enumerate(subjects, start=1))


def notices(subjects: Sequence[Given], rules: minsight.Rules) -> list[tuple[str, int]]:
    notebook = Notebook("f.csv")
    entered(subjects, rules, notebook=notebook)
    return [(notice.message, notice.rows) for notice in notebook.told()]


def test_the_table_has_the_columns_that_were_answered_in_the_order_of_the_rules(
    rules: minsight.Rules,
) -> None:
    found = entered(
        [
            Subject(
                subject_id="a",
                present=["tired", "pregnant"],
                absent=["fever"],
                measurements=[Measurement("Hb", 12.5, "g/dL")],
                age="30",
                sex="f",
            ),
            Subject(unsure=["fever"], absent=["fatigue"]),
        ],
        rules,
    )
    vocabulary = rules.vocabulary
    order = [*vocabulary.finding, *vocabulary.group, *vocabulary.measurement]
    answered = sorted(["fatigue", "fever", "pregnant", "haemoglobin"], key=order.index)
    assert found.answers.columns == [*PERSON_SCHEMA, *answered]
    first, second = found.answers.rows(named=True)
    assert first == {
        "row": 1, "subject_id": "a", "age_days": 30 * 365.25, "sex": "female",
        "unread": False, "unsure": None, "fatigue": True, "fever": False,
        "pregnant": True, "haemoglobin": 125.0,
    }  # fmt: skip
    assert second == {
        "row": 2, "subject_id": "2", "age_days": None, "sex": None,
        "unread": False, "unsure": ["fever"], "fatigue": False, "fever": None,
        "pregnant": None, "haemoglobin": None,
    }  # fmt: skip
    assert [row for row, _ in found.each] == [1, 2]
    assert found.rejects == ()


def test_of_nobody_there_is_a_table_without_answers(rules: minsight.Rules) -> None:
    found = entered([], rules)
    assert found.answers.columns == [*PERSON_SCHEMA]
    assert (found.answers.height, found.each, found.rejects) == (0, (), ())


def test_who_cannot_be_entered_is_rejected_with_the_answers_that_are_at_odds(
    rules: minsight.Rules,
) -> None:
    found = entered(
        [
            Subject(present=["pregnant"], absent=["pregnant"]),
            SubjectError("no age"),
            Subject(present=["fever"]),
        ],
        rules,
    )
    at_odds, broken = found.rejects
    assert (at_odds.file, at_odds.row) == ("f.csv", 1)
    assert (at_odds.column, at_odds.value) == ("pregnant", "no")
    assert "keep one of them" in at_odds.reason
    assert broken == Reject("f.csv", 2, "", "", "no age")
    assert found.answers["row"].to_list() == [3]


def test_who_said_something_that_was_not_understood_is_marked(
    rules: minsight.Rules,
) -> None:
    found = entered(
        [
            Subject(present=["fever"]),
            Subject(present=["fever", "xyzzy"]),
            Subject(absent=["xyzzy"]),
            Subject(),
        ],
        rules,
    )
    assert found.answers["unread"].to_list() == [False, True, True, False]


def test_what_was_not_understood_is_told_with_the_rows_that_say_it(
    rules: minsight.Rules,
) -> None:
    told = dict(notices([Subject(present=["xyzzy"])] * 2 + [Subject()], rules))
    assert [(text.split(" (")[0], rows) for text, rows in told.items()] == [
        ("not understood: `xyzzy`", 2)
    ]


def test_a_group_just_outside_its_age_is_told_as_of_whole_columns(
    rules: minsight.Rules,
) -> None:
    # A toddler is below five years in the rules; 6 is called so by some.
    assert notices([Subject(present=["toddler"], age="6")], rules) == [
        ("`toddler` was left out where the age rules it out by a little", 1)
    ]


def test_notes_on_single_values_are_not_told_of_a_table(rules: minsight.Rules) -> None:
    calcium = Measurement("serum_calcium", 2.2, "mmol/L")
    assert rules.assess(Subject(measurements=[calcium])).notes != ()
    assert notices([Subject(measurements=[calcium])], rules) == []


def test_of_too_many_different_things_only_how_many_is_told(
    rules: minsight.Rules,
) -> None:
    notebook = Notebook("f.csv")
    entering = Entering(rules.vocabulary, notebook, file="f.csv", keep_going=False)
    for number in range(203):
        entering.note(f"odd {number}")
    entering.note("odd 0")
    told = notebook.told()
    assert len(told) == 201
    assert told[0] == Notice("f.csv", "odd 0", 2)
    assert told[-1] == Notice("f.csv", "other things that were not understood", 3)


def test_a_phrase_is_read_once_a_file_and_answer(
    rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    from minsight.screening.mapping import word_list

    read: list[tuple[str, str]] = []
    plainly = recognise

    def counted(
        text: str, vocabulary: Any, *, status: Status = "observed", suggesting: bool
    ) -> Any:
        read.append((text, status))
        return plainly(text, vocabulary, status=status, suggesting=suggesting)

    monkeypatch.setattr(word_list, "recognise", counted)
    entered([Subject(present=["tired"]), Subject(present=["tired"])], rules)
    assert read == [("tired", "observed")]
    entered([Subject(present=["fever"], absent=["tired"])], rules)
    assert read[1:] == [("fever", "observed"), ("tired", "excluded")]


# --- from rows of a table -------------------------------------------------------------


def persons_of(
    row: Mapping[str, object], rules: minsight.Rules, **options: Any
) -> Given:
    """The person of one row; the age and the sex are unknown unless given."""
    given = {"row": 5, "subject_id": "p", "age_days": None, "sex": None, **row}
    types: dict[str, Any] = {"age_days": pl.Float64, "sex": pl.String}
    table = pl.DataFrame([given], schema_overrides=types)
    ((number, person),) = subjects_of(table, rules.vocabulary, **options)
    assert number == 5
    return person


def subject_in(row: Mapping[str, object], rules: minsight.Rules, **options: Any) -> Any:
    person = persons_of(row, rules, **options)
    assert isinstance(person, Subject)
    return person


def test_a_row_is_a_person_with_values_in_the_unit_of_the_rules(
    rules: minsight.Rules,
) -> None:
    row = {
        "age_days": 400.0, "sex": "male", "fever": True, "fatigue": False,
        "pallor": None, "ferritin": 8.0, "sodium": None,
    }  # fmt: skip
    assert persons_of(row, rules) == Subject(
        subject_id="p",
        present=["fever"],
        absent=["fatigue"],
        measurements=[Measurement("ferritin", 8.0, "ug/L")],
        sex="male",
        age_days=400.0,
    )


def test_texts_stand_before_what_was_ticked(rules: minsight.Rules) -> None:
    row = {"fever": True, "text 1": "dizzy", "text 2": "  ", "text 3": "cramps"}
    texts = [
        TextColumn("text 1", "observed"),
        TextColumn("text 2", "excluded"),
        TextColumn("text 3", "unsure"),
    ]
    person = subject_in(row, rules, texts=texts)
    assert (person.present, person.absent, person.unsure) == (
        ("dizzy", "fever"), (), ("cramps",),
    )  # fmt: skip


def test_a_text_that_is_too_long_is_refused_alone(rules: minsight.Rules) -> None:
    texts = [TextColumn("text 1", "observed")]
    person = persons_of({"text 1": "x" * (MOST_TEXT + 1)}, rules, texts=texts)
    assert isinstance(person, SubjectError)
    assert str(person) == "a text is longer than 10000 characters"
    assert subject_in({"text 1": "x" * MOST_TEXT}, rules, texts=texts)


def test_who_contradicts_himself_comes_with_what_has_a_part_in_it(
    rules: minsight.Rules,
) -> None:
    row = {"sex": "male", "pregnant": True, "fever": True, "fatigue": False}
    assert subject_in(row, rules).absent == ()
    assert set(subject_in(row, rules).present) == {"pregnant", "fever"}
    assert subject_in(row, rules, keep_going=True).absent == ("fatigue",)
    quiet = {**row, "sex": "female"}
    assert subject_in(quiet, rules).absent == ("fatigue",)
