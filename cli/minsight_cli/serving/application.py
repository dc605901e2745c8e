"""The application: all that a server answers, behind its gate."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from minsight.assessment.engine import Engine
from minsight.service.service import Service
from minsight_cli.page.bundle import page_of_server
from minsight_cli.serving.api import Api
from minsight_cli.serving.cds_hooks import CdsApi
from minsight_cli.serving.docs_page import CSP, docs_page
from minsight_cli.serving.fhir import FhirApi
from minsight_cli.serving.gate import HttpGate, RequestLine
from minsight_cli.serving.metrics import Metrics
from minsight_cli.serving.openapi import openapi
from minsight_cli.serving.replying import (
    GUARDED,
    RefusalError,
    json_response,
    refused,
)
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.tables import SCREEN, screen_table
from minsight_cli.serving.work import WorkThreads

_OWN_POLICY: Final = {"Content-Security-Policy": "frame-ancestors 'none'"}
"""The page says itself what it may do."""


def note_on_stderr(line: RequestLine) -> None:
    """Write what is noted of a request, a line of JSON each."""
    sys.stderr.write(msgspec.json.encode(line).decode() + "\n")


def web_application(
    service: Service,
    settings: ServeSettings,
    *,
    note: Callable[[RequestLine], None] = note_on_stderr,
) -> ASGIApp:
    """What uvicorn serves."""
    rules, metrics, work = service.rules, Metrics(), WorkThreads(settings)
    document = openapi()
    described = msgspec.json.encode(document)
    told, own_page = docs_page(document), page_of_server()

    async def health(_: Request) -> Response:
        found = {"status": "ok", "fingerprint": rules.fingerprint}
        return json_response(msgspec.json.encode(found))

    async def counted(_: Request) -> Response:
        return PlainTextResponse(metrics.text(rules.fingerprint), headers=GUARDED)

    async def description(_: Request) -> Response:
        return json_response(described)

    async def docs(_: Request) -> Response:
        return HTMLResponse(told, headers={**GUARDED, "Content-Security-Policy": CSP})

    async def screen(request: Request) -> Response:
        return await screen_table(request, rules, work, settings)

    async def page(_: Request) -> Response:
        if settings.page is None:
            return HTMLResponse(own_page, headers={**GUARDED, **_OWN_POLICY})
        return FileResponse(settings.page, media_type="text/html")

    routes = [
        Route("/", page),
        Route("/health", health),
        Route("/metrics", counted),
        Route("/openapi.json", description),
        Route("/docs", docs),
        *Api(service, work, settings).routes(),
        *FhirApi(service, work, settings).routes(),
        *CdsApi(rules, work, settings, metrics).routes(),
        Route(SCREEN, screen, methods=["POST"]),
    ]
    built = Starlette(routes=routes, exception_handlers=_told_by(rules))
    gate: ASGIApp = HttpGate(
        built,
        rules=rules,
        settings=settings,
        metrics=metrics,
        routes=frozenset(route.path for route in routes),
        note=note,
    )
    if settings.origins:
        gate = CORSMiddleware(
            gate,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
        )
    return gate


def _told_by(rules: Engine) -> Mapping[Any, Any]:
    """How what stops a request is told."""

    async def refuse(_: Request, error: Exception) -> Response:
        assert isinstance(error, RefusalError)
        return refused(error, rules)

    async def unknown(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        refusal = RefusalError(
            error.status_code,
            f"{request.method} is nothing that this address answers",
            advice="see /docs for what is answered where",
            headers=error.headers,
        )
        return refused(refusal, rules)

    return {RefusalError: refuse, HTTPException: unknown}
