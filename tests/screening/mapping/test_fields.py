"""Questions that come one by one are found as columns are, and answered as in check."""

from __future__ import annotations

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.subject import Measurement
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.fields import Fields, Said
from minsight.screening.mapping.maps import Answering, Map, Measuring, Sexing
from minsight.screening.mapping.value_sets import USUAL, Spellings

MAP = Map(
    "m.yaml",
    sex=Sexing("s", (("1", "male"), ("2", "female"), ("9", ""))),
    answers=(Answering("q1", "fever", Spellings(frozenset("3"), frozenset("0"))),),
    measurements=(Measuring("lab", "haemoglobin", "g/dL"),),
    ignored=("hats",),
)


def fields(
    rules: minsight.Rules, mapping: Map | None = None, left: list[str] | None = None
) -> Fields:
    told = [] if left is None else left
    return Fields(rules.vocabulary, mapping, left_out=told.append)


@pytest.fixture
def said(rules: minsight.Rules) -> Said:
    """One person, who has not said anything yet."""
    return fields(rules).gather()


@pytest.mark.parametrize(
    ("name", "target", "by"),
    [
        ("spoon_nails", "spoon_nails", "id"),
        ("Always tired", "fatigue", "synonym"),
        ("2276-4", "ferritin", "loinc"),
        ("http://loinc.org|2276-4", "ferritin", "loinc"),
        ("LOINC:2276-4", "ferritin", "loinc"),
        ("plasma ferritin", "ferritin", "synonym"),  # its unit stands with its value
    ],
)
def test_a_question_is_known_by_its_name_or_code(
    name: str, target: str, by: str, rules: minsight.Rules
) -> None:
    column = fields(rules).placed(name)
    assert column is not None
    assert (column.name, column.target, column.by) == (name, target, by)


def test_the_text_of_a_question_serves_where_its_name_does_not(
    rules: minsight.Rules,
) -> None:
    some = fields(rules)
    assert some.placed("q17") is None
    by_text = some.placed("q17", "Fever")
    assert by_text is not None
    assert by_text.target == "fever"
    by_name = some.placed("fatigue", "Fever")
    assert by_name is not None
    assert by_name.target == "fatigue"


def test_with_a_map_only_what_it_names_is_a_question(rules: minsight.Rules) -> None:
    some = fields(rules, MAP)
    assert some.placed("q1") == Column(
        -1, "q1", "answer", "fever", spellings=MAP.answers[0].spellings, by="map"
    )
    assert some.placed("fatigue") is None
    assert some.placed("2276-4") is None


def test_what_is_ignored_is_neither_read_nor_told(rules: minsight.Rules) -> None:
    left: list[str] = []
    by_name = Map("m.yaml", ignored=("fatigue",), others="by_name")
    some = fields(rules, by_name, left)
    assert some.placed("fatigue") is None
    assert some.placed("fever") is not None
    for name in ("fatigue", "dogs"):
        some.gather().left_out(name)
    assert left == ["dogs"]


@pytest.mark.parametrize(
    ("text", "how"),
    [("yes", "observed"), ("No", "excluded"), ("unknown", "unsure"), ("?", "unsure")],
)
def test_an_answer_is_kept_as_it_was_meant(text: str, how: str, said: Said) -> None:
    said.answer(Column(-1, "f", "answer", "fever"), text)
    expected: dict[str, list[str]] = {"observed": [], "excluded": [], "unsure": []}
    assert said.given == {**expected, how: ["fever"]}


def test_an_empty_answer_says_nothing(said: Said) -> None:
    said.answer(Column(-1, "f", "answer", "fever"), "  ")
    said.answer(Column(-1, "t", "text"), "  ")
    assert said.given == {"observed": [], "excluded": [], "unsure": []}


def test_an_answer_that_is_none_is_refused_with_its_question(said: Said) -> None:
    with pytest.raises(
        SubjectError, match="`mabye` is no answer to `fever`; write yes"
    ):
        said.answer(Column(-1, "f", "answer", "fever"), "mabye")


def test_a_free_text_is_kept_as_it_stands(said: Said) -> None:
    said.answer(Column(-1, "t", "text", status="excluded"), "No fever, no rash")
    assert said.given["excluded"] == ["No fever, no rash"]


@pytest.mark.parametrize(
    ("text", "sex"), [("F", "female"), ("Mann", "male"), ("diverse", None), ("", None)]
)
def test_a_sex_is_read_in_its_usual_spellings(
    text: str, sex: str | None, said: Said
) -> None:
    said.answer(Column(-1, "s", "sex"), text)
    assert said.sex == sex


def test_the_spellings_of_a_map_replace_those_of_a_sex(rules: minsight.Rules) -> None:
    some = fields(rules, MAP)
    column = some.placed("s")
    assert column is not None
    for text, sex in (("1", "male"), ("2.0", "female"), ("9", None), ("na", None)):
        person = some.gather()
        person.answer(column, text)
        assert person.sex == sex
    with pytest.raises(SubjectError, match="`f` is not a sex the rules know"):
        some.gather().answer(column, "f")


def test_the_unit_of_a_map_goes_before_the_unit_of_the_value(
    rules: minsight.Rules,
) -> None:
    some = fields(rules, MAP)
    column = some.placed("lab")
    assert column is not None
    person = some.gather()
    person.measure(column, 12.5, "g/L")
    assert person.measurements == [Measurement("haemoglobin", 12.5, "g/dL")]


@pytest.mark.parametrize(
    ("given", "kept"), [("g/L", "g/L"), ("stones", "g/dL"), ("", "g/dL")]
)
def test_a_unit_in_the_name_stands_in_for_one_that_is_not_known(
    given: str, kept: str, said: Said
) -> None:
    column = said.placed("Hb (g/dL)")
    assert column is not None
    said.measure(column, 12.5, given)
    assert said.measurements == [Measurement("haemoglobin", 12.5, kept)]


def test_a_unit_that_nobody_knows_is_kept_to_be_refused_later(said: Said) -> None:
    column = said.placed("718-7")
    assert column is not None
    said.measure(column, 12.5, "stones")
    assert said.measurements == [Measurement("haemoglobin", 12.5, "stones")]


def test_a_person_bears_the_id_of_an_answer_or_else_the_given_one(said: Said) -> None:
    assert said.subject("row 1").subject_id == "row 1"
    said.age_days, said.sex = 10.0, "female"
    said.answer(Column(-1, "id", "id"), "007")
    said.answer(Column(-1, "f", "answer", "fever", spellings=USUAL), "yes")
    subject = said.subject("row 1")
    assert (subject.subject_id, subject.age_days, subject.sex) == (
        "007",
        10.0,
        "female",
    )
    assert (list(subject.present), list(subject.absent)) == (["fever"], [])


def test_persons_of_one_file_share_its_questions_and_nothing_else(
    rules: minsight.Rules,
) -> None:
    some = fields(rules)
    first, second = some.gather(), some.gather()
    first.answer(Column(-1, "f", "answer", "fever"), "yes")
    assert second.given["observed"] == []
    assert second.placed("fever") is first.placed("fever")
    assert second.vocabulary is rules.vocabulary


def test_what_is_told_of_the_person_twice_must_agree(said: Said) -> None:
    sex, id_ = Column(0, "sex", "sex"), Column(1, "id", "id")
    for text in ("f", "unknown", "female", ""):
        said.answer(sex, text)
    for text in ("a", "", " a "):
        said.answer(id_, text)
    for days in (0.0, 0.0):
        said.is_of_age(days)
    with pytest.raises(SubjectError, match="two sexes are given, `female` and `male`"):
        said.answer(sex, "m")
    with pytest.raises(SubjectError, match="two ids are given, `a` and `b`"):
        said.answer(id_, "b")
    with pytest.raises(SubjectError, match=r"two ages .* `0 days` and `28 years`"):
        said.is_of_age(10227.0)
    person = said.subject("other")
    assert (person.subject_id, person.sex, person.age_days) == ("a", "female", 0.0)
