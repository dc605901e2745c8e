"""Clinical resources say of a person what is there, what is not and what is over."""

from __future__ import annotations

from typing import Any

import pytest

import minsight
from minsight.intake.subject import Measurement
from minsight.screening.mapping.fields import FieldError, Fields, Said
from minsight.screening.sources.fhir_clinical import day_of, tell


class Heard:
    """What a person says by some resources, and what was told of them."""

    def __init__(self, rules: minsight.Rules, *resources: dict[str, Any]) -> None:
        self.left: list[str] = []
        self.notes: list[str] = []
        fields = Fields(
            rules.vocabulary, None, left_out=self.left.append, note=self.notes.append
        )
        self.said: Said = fields.gather()
        for resource in resources:
            tell(self.said, resource)

    @property
    def given(self) -> dict[str, list[str]]:
        return {how: texts for how, texts in self.said.given.items() if texts}


def concept(text: str = "", **coding: str) -> dict[str, Any]:
    return {"text": text, "coding": [coding] if coding else []}


def lab(code: str, value: float, day: str = "", **more: Any) -> dict[str, Any]:
    given = {"value": value, "unit": "ng/mL", **more}
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(code="2276-4", system="http://loinc.org", display=code),
        "effectiveDateTime": day,
        "valueQuantity": given,
    }


def test_an_observation_is_a_value(rules: minsight.Rules) -> None:
    heard = Heard(rules, lab("Ferritin", 8, comparator="<"))
    assert heard.said.measurements == [Measurement("ferritin", 8, "ng/mL", "<")]


def test_of_several_values_the_newest_is_taken_and_told(rules: minsight.Rules) -> None:
    days = [("2025-03-01", 9), ("2025-06-01T10:00:00Z", 12), ("2024-12-31", 80)]
    heard = Heard(rules, *(lab("Ferritin", value, day) for day, value in days))
    assert heard.said.measurements == [Measurement("ferritin", 12, "ng/mL")]
    assert heard.notes == ["of several values of Serum ferritin the newest was taken"]


def test_of_several_values_without_days_none_is_taken_for_the_newest(
    rules: minsight.Rules,
) -> None:
    heard = Heard(rules, lab("Ferritin", 9, "2025-03-01"), lab("Ferritin", 12))
    assert len(heard.said.measurements) == 2
    same = Heard(rules, lab("Ferritin", 9), lab("Ferritin", 9))
    assert len(same.said.measurements) == 1


def test_a_panel_has_values_in_its_components(rules: minsight.Rules) -> None:
    hb = {"code": concept(code="718-7"), "valueQuantity": {"value": 9, "code": "g/dL"}}
    panel = {
        "resourceType": "Observation", "code": concept("CBC"), "component": [hb, "odd"],
    }  # fmt: skip
    heard = Heard(rules, panel)
    assert heard.said.measurements == [Measurement("haemoglobin", 9, "g/dL")]
    assert heard.left == []


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ({"valueBoolean": True}, {"observed": ["fever"]}),
        ({"valueCodeableConcept": concept(code="2667000")}, {"excluded": ["fever"]}),
        ({"valueCodeableConcept": concept("yes")}, {"observed": ["fever"]}),
        ({"valueString": "no"}, {"excluded": ["fever"]}),
    ],
)
def test_an_observation_is_an_answer(
    rules: minsight.Rules, value: dict[str, Any], given: dict[str, list[str]]
) -> None:
    seen = {"resourceType": "Observation", "code": concept("Fever"), **value}
    assert Heard(rules, seen).given == given


@pytest.mark.parametrize(
    ("states", "given"),
    [
        ({}, {"observed": ["fever"]}),
        ({"clinicalStatus": "active"}, {"observed": ["fever"]}),
        ({"verificationStatus": "refuted"}, {"excluded": ["fever"]}),
        ({"verificationStatus": "provisional"}, {"unsure": ["fever"]}),
        ({"verificationStatus": "entered-in-error"}, {}),
        ({"clinicalStatus": "resolved"}, {}),
    ],
)
def test_a_condition_is_there_or_refuted_or_over(
    rules: minsight.Rules, states: dict[str, str], given: dict[str, list[str]]
) -> None:
    coded = {key: concept(code=code) for key, code in states.items()}
    heard = Heard(
        rules, {"resourceType": "Condition", "code": concept("Fever"), **coded}
    )
    assert heard.given == given
    over = "resolved" in states.values()
    assert heard.left == (["Fever (it is over)"] if over else [])


@pytest.mark.parametrize(
    ("kind", "status", "given"),
    [
        ("MedicationStatement", "active", "observed"),
        ("MedicationStatement", "not-taken", "excluded"),
        ("MedicationStatement", "stopped", ""),
        ("MedicationStatement", "entered-in-error", ""),
        ("MedicationRequest", "active", "observed"),
        ("MedicationRequest", "cancelled", ""),
    ],
)
def test_a_medicine_is_taken_or_not(
    rules: minsight.Rules, kind: str, status: str, given: str
) -> None:
    medicine = {
        "resourceType": kind, "status": status,
        "medicationCodeableConcept": concept(display="omeprazole"),
    }  # fmt: skip
    heard = Heard(rules, medicine)
    omeprazole = rules.vocabulary.phrase["omeprazole"].id
    assert heard.given == ({given: [omeprazole]} if given else {})


def test_a_procedure_was_done_or_not(rules: minsight.Rules) -> None:
    done = {
        "resourceType": "Procedure", "status": "completed",
        "code": concept("Gastric bypass"),
    }  # fmt: skip
    bypass = rules.vocabulary.phrase["gastric bypass"].id
    assert Heard(rules, done).given == {"observed": [bypass]}
    heard = Heard(rules, {**done, "status": "not-done"})
    assert heard.given == {"excluded": [bypass]}


def test_words_that_are_no_entry_are_read_as_free_text(rules: minsight.Rules) -> None:
    words = "Very tired all day long"
    heard = Heard(rules, {"resourceType": "Condition", "code": concept(words)})
    assert heard.given == {"observed": [words]}


def test_what_has_no_words_is_told_by_its_code(rules: minsight.Rules) -> None:
    heard = Heard(
        rules, {"resourceType": "Condition", "code": concept(code="999")},
        {"resourceType": "Observation", "code": concept("Hats"), "valueInteger": 4},
        {"resourceType": "Procedure"},
    )  # fmt: skip
    assert heard.given == {}
    assert heard.left == ["999", "Hats", "a concept without a name"]


def test_a_value_that_is_none_is_refused_with_its_name(rules: minsight.Rules) -> None:
    bad = {**lab("Ferritin", 8), "valueQuantity": {"value": "high"}}
    with pytest.raises(FieldError, match="Ferritin: `high` is not a number") as caught:
        Heard(rules, bad)
    assert caught.value.field == "Ferritin"


def test_the_day_is_that_of_the_finding_before_that_of_the_record() -> None:
    assert day_of({"issued": "2025-02-01", "effectiveDateTime": "2025-01-01"}) == (
        "2025-01-01"
    )
    assert day_of({}) == ""
