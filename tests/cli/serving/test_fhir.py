"""FHIR over HTTP: resources that are valid, and an adaptive form that ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

import minsight
from minsight.screening.results.risk_assessments import check_resource
from minsight.service.service import Service
from minsight_cli.serving.adaptive import COMPLAINT, next_question
from minsight_cli.serving.fhir import ASSESS, MEDIA, NEXT, assessed_bundle
from minsight_cli.serving.fhir_people import people_in
from serving import Running

SPOON: Final[dict[str, Any]] = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "subject": {"reference": "Patient/7"},
    "item": [
        {"linkId": "spoon_nails", "answer": [{"valueBoolean": True}]},
        {"linkId": "shoe_size", "answer": [{"valueInteger": 43}]},
    ],
}
BEGUN: Final = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}


def test_a_response_becomes_a_valid_risk_assessment(server: Running) -> None:
    heard = server.post(ASSESS, SPOON)
    assert heard.status == 200
    assert heard.headers["content-type"] == MEDIA
    bundle = heard.value
    Bundle.model_validate(bundle)
    first, told = (entry["resource"] for entry in bundle["entry"])
    check_resource(first)
    assert first["prediction"][0]["outcome"]["coding"][0]["code"] == "iron"
    assert "shoe_size" in told["issue"][0]["diagnostics"]


def test_it_is_that_of_a_file_of_the_same_person(
    rules: minsight.Rules, service: Service, tmp_path: Path
) -> None:
    """But for the id and the place, which name the file."""
    file = tmp_path / "people.json"
    file.write_bytes(msgspec.json.encode(SPOON))
    rules.screen(file, tmp_path / "out.fhir.ndjson", urgent_list=False)
    (line,) = (tmp_path / "out.fhir.ndjson").read_bytes().splitlines()
    written = msgspec.json.decode(line)
    made = assessed_bundle(service, SPOON)["entry"][0]["resource"]
    for one in (written, made):
        del one["id"], one["identifier"]
    assert made == written


def test_people_in_parameters_and_bundles_are_found(rules: minsight.Rules) -> None:
    (person,) = people_in(
        {"resourceType": "Bundle", "entry": [{"resource": SPOON}]}, rules
    )
    assert person.subject is not None
    assert person.subject.present == ("spoon_nails",)
    assert person.notes == ("not a question that is known: `shoe_size`",)


@pytest.mark.parametrize(
    "body", [{"resourceType": "Patient"}, [], {"resourceType": "Parameters"}, b"{"]
)
def test_what_is_no_person_is_told_as_an_outcome(body: object, server: Running) -> None:
    heard = server.post(ASSESS, body)
    assert heard.status == 422
    OperationOutcome.model_validate(heard.value)


# --- the adaptive form ----------------------------------------------------------------


def answered(response: dict[str, Any], said: str) -> dict[str, Any]:
    """The response with what was asked first, or this answer to the last screen."""
    items = response["contained"][0]["item"]
    if "item" not in response:
        age = {"valueQuantity": {"value": 30, "code": "a"}}
        person = [{"linkId": "age", "answer": [age]}]
        told = {"linkId": COMPLAINT, "answer": [{"valueString": "always tired"}]}
        return {
            **response,
            "item": [told, {"linkId": "section-person", "item": person}],
        }
    answer = {"answer": [{"valueCoding": {"code": said}}]} if said else {}
    lines = [{"linkId": one["linkId"], **answer} for one in items[-1]["item"]]
    screen = {"linkId": items[-1]["linkId"], "item": lines}
    return {**response, "item": [*response["item"], screen]}


@pytest.mark.parametrize("said", ["N", ""], ids=["no", "left out"])
def test_an_adaptive_form_ends_where_no_answer_can_change_anything(
    said: str, server: Running, service: Service
) -> None:
    found = server.post(NEXT, BEGUN).value
    screens = 0
    while found["status"] != "completed":
        assert screens < 80
        found = next_question(service, answered(found, said))
        screens += 1
    QuestionnaireResponse.model_validate(found)
    assert screens > 5
    if said == "N":
        first = assessed_bundle(service, found)["entry"][0]["resource"]
        assert first["prediction"][0]["outcome"]["coding"][0]["code"] == "iron"


def test_an_answer_that_was_not_offered_is_refused(
    server: Running, service: Service
) -> None:
    found = next_question(service, answered(next_question(service, BEGUN), "N"))
    heard = server.post(NEXT, answered(found, "perhaps"))
    assert heard.status == 422
    assert "none of those offered" in heard.value["issue"][0]["diagnostics"]
