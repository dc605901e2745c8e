"""Bundles: which resources are about which person, by every kind of reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from minsight.errors import SubjectError
from minsight.screening.sources.fhir_bundles import (
    Resource,
    not_a_record,
    patient_of,
    person_key,
    resources,
)
from minsight.screening.sources.json_values import JsonLine

ANN = {
    "resourceType": "Patient",
    "id": "7",
    "identifier": [{"system": "urn:clinic", "value": "A-7"}],
    "gender": "female",
}
URL = "https://example.org/fhir/Patient/7"


def response(**about: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", **about}


def of(reference: str) -> dict[str, Any]:
    return {"subject": {"reference": reference}}


def bundle(*values: Any, url: str = "") -> dict[str, Any]:
    entries = [{"fullUrl": url, "resource": value} for value in values]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def found(value: Any) -> list[Resource]:
    return list(resources(iter([JsonLine(value)])))


@pytest.mark.parametrize(
    ("url", "subject"),
    [
        ("", {"reference": "Patient/7"}),
        ("", {"reference": "Patient/7/_history/3"}),
        ("", {"reference": "https://elsewhere.example/Patient/7"}),
        (URL, {"reference": URL}),
        ("urn:uuid:0ae9", {"reference": "urn:uuid:0ae9"}),
        ("urn:uuid:0ae9", {"reference": "Patient/7"}),
        ("", {"reference": "urn:uuid:7"}),
        ("", {"identifier": {"system": "urn:clinic", "value": "A-7"}}),
    ],
)
def test_a_person_is_known_by_every_kind_of_reference(
    url: str, subject: Mapping[str, Any]
) -> None:
    about = response(subject=subject)
    (one,) = found(bundle(about, ANN, url=url))
    assert patient_of(one.value, one.patients) == ANN
    assert person_key(one.value, one.patients) == "7"


def test_a_person_may_be_contained_in_what_is_about_them() -> None:
    inside = {**ANN, "id": "p"}
    (one,) = found(response(contained=[{"resourceType": "Device"}, inside], **of("#p")))
    assert patient_of(one.value, one.patients) == inside


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/8"},
        {"reference": "RelatedPerson/7"},
        {"reference": "#7"},
        {"identifier": {"system": "urn:other", "value": "A-7"}},
        {"display": "Ann"},
        "odd",
        None,
    ],
)
def test_nobody_else_is_taken_for_the_person(subject: Any) -> None:
    (one,) = found(bundle(response(subject=subject), ANN))
    assert patient_of(one.value, one.patients) == {}


def test_what_else_is_said_of_a_person_goes_with_their_last_answers() -> None:
    first = response(authored="2024-01-01", **of("Patient/7"))
    last = response(authored="2025-01-01", **of("Patient/7"))
    seen = {"resourceType": "Condition", **of("Patient/7")}
    told = found(bundle(last, first, seen, ANN, {"resourceType": "Encounter"}))
    assert [one.value for one in told] == [last, first]
    assert [one.others for one in told] == [(seen,), ()]
    assert [one.unread for one in told] == [("Encounter",), ()]


def test_a_person_without_answers_is_one_by_what_else_is_said() -> None:
    seen = {"resourceType": "Condition", **of("Patient/7")}
    other = {"resourceType": "Procedure", **of("Patient/8")}
    told = found(bundle(seen, ANN, other))
    assert [one.value["id"] for one in told] == ["7", "8"]
    assert [one.others for one in told] == [(seen,), (other,)]


def test_what_names_nobody_stands_for_itself() -> None:
    seen = {"resourceType": "Observation", "id": "o"}
    told = found(bundle(response(), seen, None, {"odd": 1}))
    assert [one.value for one in told] == [response(), seen, None, {"odd": 1}]


def test_patients_alone_are_told() -> None:
    (one,) = found(bundle(ANN))
    assert isinstance(one.error, SubjectError)
    assert "only patients stand here" in str(one.error)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"resourceType": "Condition"}, "`Condition` tells of nobody here"),
        ({"resourceType": "Coverage"}, "`Coverage` is no `QuestionnaireResponse`"),
        ({}, "an entry without a resource is no"),
    ],
)
def test_why_a_resource_is_no_person_is_told(value: Any, told: str) -> None:
    assert told in str(not_a_record(value))
