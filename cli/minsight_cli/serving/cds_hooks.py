"""CDS Hooks 2.0: a chart asks when it opens, and says what became of the cards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from minsight.api import Rules
from minsight.errors import MinsightError, SubjectError
from minsight.intake.records import json_value
from minsight_cli.serving.cards import cards_of
from minsight_cli.serving.fhir_people import people_in
from minsight_cli.serving.metrics import Metrics
from minsight_cli.serving.replying import RefusalError, json_response
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.work import WorkThreads, read_body

SERVICES: Final = "/cds-services"
SERVICE_ID: Final = "minsight-patient-view"
CALL: Final = f"{SERVICES}/{SERVICE_ID}"
FEEDBACK: Final = f"{CALL}/feedback"
HOOK: Final = "patient-view"
OUTCOMES: Final = ("accepted", "overridden")
_OF_PATIENT: Final = "patient={{context.patientId}}"
PREFETCH: Final = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_OF_PATIENT}",
    "observations": f"Observation?{_OF_PATIENT}&_sort=-date&_count=200",
    "medications": f"MedicationRequest?{_OF_PATIENT}&status=active",
    "responses": f"QuestionnaireResponse?{_OF_PATIENT}&_sort=-authored&_count=1",
}
"""What the service wants to know, as templates that a chart fills."""


class CdsApi:
    """The service of CDS Hooks over one set of rules."""

    def __init__(
        self, rules: Rules, work: WorkThreads, settings: ServeSettings, metrics: Metrics
    ) -> None:
        self._rules, self._work = rules, work
        self._settings, self._metrics = settings, metrics

    def routes(self) -> list[Route]:
        """Discovery, the call, and feedback."""
        return [
            Route(SERVICES, self.discovery),
            Route(CALL, self.call, methods=["POST"]),
            Route(FEEDBACK, self.feedback, methods=["POST"]),
        ]

    async def discovery(self, _: Request) -> Response:
        """Which services there are: one."""
        return _json({"services": [described()]})

    async def call(self, request: Request) -> Response:
        """The cards for the person whose chart was opened."""
        value = await self._read(request)
        bundle = asked_bundle(value)
        instance = str(value["hookInstance"])
        cards = await self._told(partial(cards_for, self._rules, bundle, instance))
        return _json({"cards": cards})

    async def feedback(self, request: Request) -> Response:
        """Count what became of cards; nothing else of it is kept."""
        value = await self._read(request)
        given = value.get("feedback")
        if not isinstance(given, list):
            raise RefusalError(
                400, "there is no list `feedback`", advice="send one", where="feedback"
            )
        for one in given:
            outcome = one.get("outcome") if isinstance(one, dict) else None
            self._metrics.heard(outcome if outcome in OUTCOMES else "other")
        return _json({})

    async def _read(self, request: Request) -> dict[str, Any]:
        body = bytearray()
        await read_body(request, body.extend, self._settings)
        try:
            value = json_value(bytes(body))
        except SubjectError as error:
            raise RefusalError(400, str(error), advice="send JSON") from None
        if not isinstance(value, dict):
            raise RefusalError(400, "the request is no object", advice="send one")
        return value

    async def _told(self, make: Callable[[], Any]) -> Any:
        try:
            return await self._work.done(make)
        except MinsightError as error:
            advice = "correct what the chart holds, or look at it yourself"
            raise RefusalError(422, str(error), advice=advice) from None


def _json(value: Any) -> Response:
    return json_response(msgspec.json.encode(value))


def described() -> dict[str, Any]:
    """The service as discovery tells of it."""
    return {
        "hook": HOOK,
        "id": SERVICE_ID,
        "title": "Mineral deficiencies that fit what the chart says",
        "description": "Which mineral deficiencies fit the findings, diseases,"
        " medicines and results of the chart, with reasons and sources. Education and"
        " decision support, never a diagnosis.",
        "usageRequirements": "Works on the prefetched resources alone.",
        "prefetch": PREFETCH,
    }


def asked_bundle(value: dict[str, Any]) -> dict[str, Any]:
    """All that a call brings of the person, as one Bundle.

    Raises:
        RefusalError: 400 when it is no call of the hook, 412 when the prefetch is
            missing.
    """
    context = value.get("context")
    for place, is_there in (
        ("hook", value.get("hook") == HOOK),
        ("hookInstance", isinstance(value.get("hookInstance"), str)),
        ("context", isinstance(context, dict) and bool(context.get("patientId"))),
    ):
        if not is_there:
            raise RefusalError(
                400,
                f"`{place}` is missing or is not that of `{HOOK}`",
                advice="send what CDS Hooks 2.0 asks for",
                where=place,
            )
    prefetch = value.get("prefetch")
    given = prefetch if isinstance(prefetch, dict) else {}
    missing = [name for name in PREFETCH if name not in given]
    if missing:
        raise RefusalError(
            412,
            f"the prefetch is missing: {', '.join(missing)}",
            advice="prefetch what the service names; null where there is nothing",
            where="prefetch",
        )
    resources = [one for name in PREFETCH for one in _resources(given[name])]
    entries = [{"resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _resources(given: Any) -> list[Any]:
    """A resource, or those of a searchset."""
    if not isinstance(given, dict):
        return []
    if given.get("resourceType") != "Bundle":
        return [given]
    entries = given.get("entry")
    entries = entries if isinstance(entries, list) else []
    return [e["resource"] for e in entries if isinstance(e, dict) and e.get("resource")]


def cards_for(rules: Rules, bundle: dict[str, Any], instance: str) -> list[Any]:
    """The cards for the one person of a Bundle; none where nothing is said of them.

    Raises:
        SubjectError: when what is said cannot be understood.
    """
    resources = [entry["resource"] for entry in bundle["entry"]]
    if all(
        isinstance(r, dict) and r.get("resourceType") == "Patient" for r in resources
    ):
        return []
    for person in people_in(bundle, rules):
        if person.subject is not None:
            assessment = rules.assess(person.subject, keep_going=True)
            return cards_of(assessment, rules, instance)
        raise SubjectError(person.problem)
    return []
