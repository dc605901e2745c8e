"""FHIR R4 over HTTP: `$assess`, and the next question of an adaptive form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from minsight.assessment.model import Assessment
from minsight.errors import MinsightError, SubjectError
from minsight.intake.records import json_value
from minsight.service.service import Service
from minsight_cli.serving.adaptive import adaptive_subject, next_question
from minsight_cli.serving.fhir_people import people_in, risk_assessments
from minsight_cli.serving.replying import json_response
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.work import WorkThreads, read_body

MEDIA: Final = "application/fhir+json"
ASSESS: Final = "/fhir/$assess"
NEXT: Final = "/fhir/Questionnaire/$next-question"


class FhirApi:
    """The operations over one service."""

    def __init__(
        self, service: Service, work: WorkThreads, settings: ServeSettings
    ) -> None:
        self._service, self._work, self._settings = service, work, settings

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route(ASSESS, self.assess, methods=["POST"]),
            Route(NEXT, self.next, methods=["POST"]),
        ]

    async def assess(self, request: Request) -> Response:
        """RiskAssessments of a QuestionnaireResponse or of the people of a Bundle."""
        return await self._done(request, partial(assessed_bundle, self._service))

    async def next(self, request: Request) -> Response:
        """The response with the next items in its form, or completed."""
        return await self._done(request, partial(next_question, self._service))

    async def _done(
        self, request: Request, make: Callable[[Any], dict[str, Any]]
    ) -> Response:
        body = bytearray()
        await read_body(request, body.extend, self._settings)
        try:
            value = given_resource(json_value(bytes(body)))
            made = await self._work.done(partial(make, value))
        except MinsightError as error:
            return _fhir(outcome([str(error)], code="invalid"), 422)
        return _fhir(made, 200)


def _fhir(resource: dict[str, Any], status: int) -> Response:
    return json_response(msgspec.json.encode(resource), status, media=MEDIA)


def given_resource(value: Any) -> Any:
    """The resource itself, or the one that Parameters hold."""
    if isinstance(value, dict) and value.get("resourceType") == "Parameters":
        parts = value.get("parameter")
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, dict) and isinstance(part.get("resource"), dict):
                return part["resource"]
        raise SubjectError("the parameters hold no resource; send the resource itself")
    return value


def assessed_bundle(service: Service, value: Any) -> dict[str, Any]:
    """A Bundle of a RiskAssessment for each person, and of what was not read.

    Raises:
        SubjectError: when nobody in it can be assessed.
    """
    rules = service.rules
    found: dict[int, Assessment] = {}
    problems: list[str] = []
    notes: list[str] = []
    for number, person in enumerate(people_in(value, rules), start=1):
        if person.subject is None:
            problems.append(person.problem)
            continue
        try:
            told = adaptive_subject(service, value)
            id_ = person.subject.subject_id
            who = person.subject if told is None else replace(told, subject_id=id_)
            found[number] = rules.assess(who)
            notes += person.notes if told is None else ()
        except SubjectError as error:
            problems.append(str(error))
    if not found:
        raise SubjectError("; ".join(dict.fromkeys(problems)) or "nobody stands here")
    entries = [
        {"fullUrl": f"urn:uuid:{one['id']}", "resource": one}
        for one in risk_assessments(rules, found, name="request")
    ]
    if left := [*dict.fromkeys(problems), *dict.fromkeys(notes)]:
        entries.append({"resource": outcome(left, severity="warning")})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def outcome(
    told: Iterable[str], *, severity: str = "error", code: str = "informational"
) -> dict[str, Any]:
    """An OperationOutcome that says these things."""
    issues = [
        {"severity": severity, "code": code, "diagnostics": text} for text in told
    ]
    return {"resourceType": "OperationOutcome", "issue": issues}
