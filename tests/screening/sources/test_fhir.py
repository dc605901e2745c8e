"""Answers of FHIR, alone or in a Bundle, are those of the person they are about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.subject import Measurement, Subject
from minsight.screening.mapping.fields import Fields
from minsight.screening.sources.fhir import Resource, fhir_subject, resources
from minsight.screening.sources.json_values import JsonLine
from reading_tables import read


def write_json(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def response(**more: Any) -> dict[str, Any]:
    items = [
        {"linkId": "fatigue", "answer": [{"valueBoolean": True}]},
        {"linkId": "g", "item": [{"linkId": "fever", "answer": [{"valueCoding":
            {"code": "373067005", "system": "http://snomed.info/sct"}}]}]},
        {"linkId": "hats", "answer": [{"valueInteger": 4}]},
    ]  # fmt: skip
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "authored": "2020-06-01T10:00:00Z",
        "subject": {"reference": "Patient/007"},
        "item": items,
        **more,
    }


PATIENT = {
    "resourceType": "Patient",
    "id": "007",
    "gender": "female",
    "birthDate": "1992-06-01",
}


def test_a_bundle_of_fhir_gives_its_responses_and_rejects_the_rest(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": response()},
            {"resource": PATIENT},
            {"resource": {"resourceType": "Observation", "id": "o"}},
            {},
        ],
    }
    outcome = read(write_json(tmp_path / "bundle.json", bundle), rules)
    person = outcome.person("007")
    assert person.pop("age_days") == 28 * 365 + 7
    assert person == {"sex": "female", "fatigue": True, "fever": False}
    assert outcome.rows == 3
    assert sorted("Observation" in r.reason for r in outcome.rejects) == [False, True]
    assert any("hats" in told for told in outcome.told)


@pytest.mark.parametrize("digits", [300, 390])
@pytest.mark.parametrize("link", ["age", "ferritin"])
@pytest.mark.parametrize("kind", ["valueInteger", "valueQuantity"])
def test_a_number_of_hundreds_of_digits_rejects_its_row(
    link: str, kind: str, digits: int, rules: minsight.Rules, tmp_path: Path
) -> None:
    number = 10**digits
    value = number if kind == "valueInteger" else {"value": number, "code": "a"}
    given = [{"linkId": link, "answer": [{kind: value}]}]
    path = tmp_path / "some.ndjson"
    lines = [json.dumps(response(item=given)), json.dumps(response())]
    path.write_text("\n".join(lines), encoding="utf-8")
    outcome = read(path, rules)
    ((row, reason),) = [(reject.row, reject.reason) for reject in outcome.rejects]
    assert (row, "a very large number" in reason) == (1, True)


@pytest.mark.parametrize(
    "item",
    [
        {"linkId": "hats\ud800", "answer": [{"valueInteger": 1}]},
        {"linkId": "fever", "answer": [{"valueCoding": {"code": "\udc00"}}]},
    ],
)
def test_half_a_character_rejects_its_row(
    item: Mapping[str, Any], rules: minsight.Rules, tmp_path: Path
) -> None:
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": response(item=[item])}, {"resource": response()}],
    }
    outcome = read(write_json(tmp_path / "bundle.json", bundle), rules)
    (reject,) = outcome.rejects
    assert reject.row == 1
    assert "is not valid text; half a character stands in it" in reject.reason


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (
            [("sex", {"valueString": "male"}), ("sex", {"valueString": "f"})],
            "two sexes are given, `male` and `female`; keep one of them",
        ),
        (
            [("age", {"valueInteger": 28}), ("age", {"valueString": "9mo"})],
            "two ages are given, `28 years` and `9 months`; keep one of them",
        ),
    ],
)
def test_of_two_ages_or_sexes_none_wins(
    items: list[tuple[str, Any]], reason: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    given = [{"linkId": link, "answer": [answer]} for link, answer in items]
    path = write_json(tmp_path / "one.json", response(item=given))
    outcome = read(path, rules)
    assert [reject.reason for reject in outcome.rejects] == [reason]


def test_responses_line_by_line(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "responses.ndjson"
    lines = [json.dumps(response()), json.dumps(response(status="entered-in-error"))]
    path.write_text("\n".join(lines), encoding="utf-8")
    outcome = read(path, rules)
    assert outcome.person("007") == {"fatigue": True, "fever": False}
    (reject,) = outcome.rejects
    assert (reject.row, "entered in error" in reject.reason) == (2, True)


# --- resources ------------------------------------------------------------------------


def test_patients_of_a_bundle_are_known_wherever_they_stand() -> None:
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": response()}, {"resource": PATIENT}, "odd", {}],
    }
    found = list(resources(iter([JsonLine(bundle)])))
    assert [one.value for one in found] == [response(), None, None]
    assert found[0].patients == {"007": PATIENT}
    assert list(resources(iter([JsonLine({"resourceType": "Bundle"})]))) == []


def test_what_is_no_json_stays_an_error_of_its_line() -> None:
    error = SubjectError("not JSON")
    (found,) = resources(iter([JsonLine(None, error, "{odd")]))
    assert found == Resource(None, {}, error, "{odd")


# --- one response ---------------------------------------------------------------------


def subject_of(
    rules: minsight.Rules,
    *items: Mapping[str, Any],
    patient: Mapping[str, Any] | None = None,
    left: list[str] | None = None,
    **about: Any,
) -> Subject:
    told = [] if left is None else left
    value = {**response(), "item": list(items), **about}
    patients = {"007": patient} if patient else {}
    fields = Fields(rules.vocabulary, None, left_out=told.append)
    return fhir_subject(Resource(value, patients), fields)


def item(link: str, **answer: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [answer]}


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        ({"valueBoolean": True}, "present"),
        ({"valueBoolean": False}, "absent"),
        ({"valueString": "Ja"}, "present"),
        ({"valueCoding": {"code": "373066001"}}, "present"),
        ({"valueCoding": {"code": "373067005", "display": "Nein"}}, "absent"),
        ({"valueCoding": {"code": "asked-unknown"}}, "unsure"),
        ({"valueCoding": {"display": "no"}}, "absent"),
        ({"valueInteger": 1}, "present"),
    ],
)
def test_an_answer_is_read_in_each_of_its_forms(
    answer: dict[str, Any], how: str, rules: minsight.Rules
) -> None:
    subject = subject_of(rules, item("fever", **answer))
    assert list(getattr(subject, how)) == ["fever"]


def test_items_below_items_and_below_answers_are_read(rules: minsight.Rules) -> None:
    below = {"valueBoolean": True, "item": [item("fatigue", valueBoolean=False)]}
    group = {"linkId": "g", "item": [{"linkId": "fever", "answer": [below]}]}
    subject = subject_of(rules, group)
    assert (list(subject.present), list(subject.absent)) == (["fever"], ["fatigue"])


def test_an_item_is_known_by_its_text_where_its_link_says_nothing(
    rules: minsight.Rules,
) -> None:
    left: list[str] = []
    known = {**item("q1", valueBoolean=True), "text": "Fever"}
    subject = subject_of(rules, known, item("q2", valueBoolean=True), left=left)
    assert list(subject.present) == ["fever"]
    assert left == ["q2"]


@pytest.mark.parametrize(
    ("answer", "measured"),
    [
        ({"valueQuantity": {"value": 8, "unit": "ng/mL"}}, (8.0, "ng/mL")),
        ({"valueQuantity": {"value": 8.5, "code": "ug/L"}}, (8.5, "ug/L")),
        ({"valueDecimal": 8.5}, (8.5, "ug/L")),
    ],
)
def test_a_measurement_comes_with_its_unit_or_has_that_of_its_question(
    answer: dict[str, Any], measured: tuple[float, str], rules: minsight.Rules
) -> None:
    subject = subject_of(rules, item("ferritin", **answer))
    assert subject.measurements == (Measurement("ferritin", *measured),)


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ({"valueInteger": 2}, 730.5),
        ({"valueQuantity": {"value": 9, "code": "mo"}}, 273.9375),
        ({"valueQuantity": {"value": 2, "unit": "Years"}}, 730.5),
        ({"valueString": "9 months"}, 273.9375),
    ],
)
def test_an_age_is_read_in_each_of_its_forms(
    answer: dict[str, Any], days: float, rules: minsight.Rules
) -> None:
    assert subject_of(rules, item("age", **answer)).age_days == days


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([item("fever", valueString="mabye")], "`mabye` is no answer to `fever`"),
        ([item("fever", valueQuantity={"value": 1})], "a quantity is no answer"),
        ([item("ferritin", valueString="high")], "`high` is not a number"),
        ([item("ferritin", valueBoolean=True)], "`true` is not a number"),
        ([item("age", valueInteger=200)], "is beyond 125 years"),
        ([item("age", valueQuantity={"value": 1, "code": "h"})], "no unit of an age"),
        (["odd"], "an item is no object"),
        ([{"linkId": "fever", "answer": ["yes"]}], "an answer to `fever` is no object"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    items: list[Any], told: str, rules: minsight.Rules
) -> None:
    with pytest.raises(SubjectError, match=told):
        subject_of(rules, *items)


def test_items_without_end_are_refused(rules: minsight.Rules) -> None:
    deep: dict[str, Any] = item("fever", valueBoolean=True)
    for _ in range(60):
        deep = {"linkId": "g", "item": [deep]}
    with pytest.raises(SubjectError, match="items are nested more than 50 deep"):
        subject_of(rules, deep)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "an entry without a resource is no `QuestionnaireResponse`"),
        ([], "an entry without a resource"),
        ({"resourceType": "Observation"}, "`Observation` tells of nobody here"),
        ({"resourceType": "Coverage"}, "`Coverage` is no `QuestionnaireResponse`"),
        (response(status="entered-in-error"), "was entered in error"),
    ],
)
def test_what_is_no_response_is_refused(
    value: Any, told: str, rules: minsight.Rules
) -> None:
    fields = Fields(rules.vocabulary, None, left_out=lambda _: None)
    with pytest.raises(SubjectError, match=told):
        fhir_subject(Resource(value, {}), fields)


def test_the_patient_gives_what_the_answers_do_not(rules: minsight.Rules) -> None:
    from_patient = subject_of(rules, patient=PATIENT)
    assert (from_patient.sex, from_patient.age_days) == ("female", 28 * 365 + 7)
    told = subject_of(
        rules, item("sex", valueString="male"), item("age", valueInteger=2),
        patient=PATIENT,
    )  # fmt: skip
    assert (told.sex, told.age_days) == ("male", 730.5)
    other = {**PATIENT, "gender": "other", "birthDate": "1992"}
    unknown = subject_of(rules, patient=other)
    assert (unknown.sex, unknown.age_days) == (None, None)
    unborn = subject_of(rules, patient={**PATIENT, "birthDate": "2021-01-01"})
    assert unborn.age_days is None


@pytest.mark.parametrize(
    ("about", "id_"),
    [
        ({"subject": {"reference": "Patient/7", "identifier": {"value": "x9"}}}, "x9"),
        ({"subject": {"reference": "Patient/7"}}, "7"),
        ({"subject": {"reference": "urn:uuid:ab-c"}}, "ab-c"),
        ({"subject": None, "id": "r1"}, "r1"),
        ({"subject": "odd"}, ""),
    ],
)
def test_a_person_is_called_by_the_nearest_id(
    about: dict[str, Any], id_: str, rules: minsight.Rules
) -> None:
    assert subject_of(rules, **about).subject_id == id_


# --- others of the family -------------------------------------------------------------


def family(name: str, *items: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"linkId": name, "text": text, "item": list(items)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fam", "Family member"),
        ("mother", ""),
        ("family_history", ""),
        ("g1", "Your brother"),
        ("g1", "Questions about the father"),
        ("siblings_2", ""),
    ],
)
def test_what_a_group_says_of_a_relative_is_not_said_of_the_person(
    rules: minsight.Rules, name: str, text: str
) -> None:
    own = item("age", valueInteger=28)
    of_them = (item("age", valueInteger=61), item("goitre", valueBoolean=True))
    subject = subject_of(rules, own, family(name, *of_them, text=text))
    assert (subject.age_days, list(subject.present)) == (28 * 365.25, [])


@pytest.mark.parametrize(
    ("relation", "present"), [("Father", []), ("Self", ["fever"]), ("", ["fever"])]
)
def test_an_answer_may_tell_whom_a_group_is_about(
    rules: minsight.Rules, relation: str, present: list[str]
) -> None:
    group = family(
        "g",
        item("relationship", valueString=relation),
        item("fever", valueBoolean=True),
    )
    assert list(subject_of(rules, group).present) == present


@pytest.mark.parametrize(
    ("name", "text"), [("child", "About your child"), ("g", "Food"), ("household", "")]
)
def test_other_groups_are_about_the_person(
    rules: minsight.Rules, name: str, text: str
) -> None:
    group = family(name, item("fever", valueBoolean=True), text=text)
    assert list(subject_of(rules, group).present) == ["fever"]


def test_what_runs_in_the_family_is_said_of_the_person(rules: minsight.Rules) -> None:
    known = item("family_history_thyroid", valueBoolean=True)
    subject = subject_of(rules, family("family history", known))
    assert list(subject.present) == ["family_history_thyroid"]


# --- as files -------------------------------------------------------------------------


def test_a_reject_names_the_question_and_the_answer(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    answer = {"valueCoding": {"code": "1", "display": "No"}}
    given = [{"linkId": "g", "item": [{"linkId": "fever", "answer": [answer]}]}]
    path = write_json(tmp_path / "one.json", response(item=given))
    (reject,) = read(path, rules).rejects
    assert (reject.row, reject.column, reject.value) == (1, "fever", "1 No")


def test_a_bundle_tells_more_of_a_person_than_their_answers(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    about = {"reference": "Patient/007"}
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": PATIENT},
            {"resource": {
                "resourceType": "Observation", "subject": about,
                "code": {"coding": [{"code": "2276-4"}]},
                "effectiveDateTime": "2020-05-01",
                "valueQuantity": {"value": 5, "comparator": "<", "code": "ng/mL"}}},
            {"resource": {
                "resourceType": "Condition", "subject": about,
                "code": {"text": "Fever"}}},
            {"resource": {"resourceType": "Encounter", "subject": about}},
            {"resource": {"resourceType": "half \ud800", "subject": about}},
        ],
    }  # fmt: skip
    outcome = read(write_json(tmp_path / "bundle.json", bundle), rules)
    person = outcome.person("007")
    assert person.pop("age_days") == 28 * 365 + 7 - 31
    assert person.pop("ferritin") == pytest.approx(5)
    assert person == {"sex": "female", "fever": True, "limit:ferritin": "below"}
    assert outcome.told == [
        "resources of this kind are not read: `Encounter`",
        "resources of this kind are not read: `half ?`",
    ]
    assert (outcome.rejects, outcome.rows) == ((), 1)
