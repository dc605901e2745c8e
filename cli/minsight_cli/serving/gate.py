"""The gate: who may ask, how often, and what is noted of it; before any route."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

import msgspec
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minsight.assessment.engine import Engine
from minsight_cli.serving.metrics import Metrics
from minsight_cli.serving.replying import RefusalError, refused
from minsight_cli.serving.settings import LOOPBACK_NAMES, ServeSettings

NEEDS_NO_TOKEN: Final = ("/", "/health", "/docs", "/openapi.json", "/cds-services")
"""What needs no token: it says nothing of anybody."""
BODIES: Final = (
    "application/json",
    "application/fhir+json",
    "application/x-ndjson",
    "application/jsonl",
    "text/csv",
    "application/octet-stream",
)
"""What a body may be; no page of another site can send these without being asked."""
_MOST_ADDRESSES: Final = 10_000


class RequestLine(msgspec.Struct, frozen=True, kw_only=True):
    """What is noted of a request: nothing that was said in it or answered to it."""

    method: str
    route: str
    status: int
    ms: float


class HttpGate:
    """Lets requests through to the application, or refuses them."""

    def __init__(  # each is another matter
        self,
        app: ASGIApp,
        *,
        rules: Engine,
        settings: ServeSettings,
        metrics: Metrics,
        routes: Collection[str],
        note: Callable[[RequestLine], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._rules, self._settings = app, rules, settings
        self._metrics, self._routes, self._note = metrics, routes, note
        self._rates = Rates(settings.rate, settings.burst, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 499
        self._metrics.begun()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._passed(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - began
            path = scope["path"]
            route = path if path in self._routes else "other"
            self._metrics.ended(route, status, seconds)
            self._note(
                RequestLine(
                    method=scope["method"],
                    route=route,
                    status=status,
                    ms=round(seconds * 1000, 1),
                )
            )

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(scope)
        except RefusalError as refusal:
            await refused(refusal, self._rules)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        """Refuse what may not pass.

        Raises:
            RefusalError: with its status.
        """
        headers, client = Headers(scope=scope), scope.get("client") or ("", 0)
        wait = self._rates.wait(client[0])
        if wait > 0:
            raise RefusalError(
                429,
                "too many requests from this address",
                advice="wait for the seconds that Retry-After says",
                headers={"Retry-After": str(int(wait) + 1)},
            )
        self._check_host(headers)
        if self._settings.token and not self._is_open(scope):
            _check_token(headers, self._settings.token)
        if scope["method"] == "POST":
            _check_kind(headers)

    def _check_host(self, headers: Headers) -> None:
        """A name that is not this machine's own is one that a page made up."""
        if not self._settings.is_loopback:
            return
        host = headers.get("host", "")
        name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
        if name not in (*LOOPBACK_NAMES, self._settings.host):
            raise RefusalError(
                421,
                "this server is asked by another name than its own",
                advice="use the address that it listens on",
                where="Host",
            )

    def _is_open(self, scope: Scope) -> bool:
        return scope["path"] in NEEDS_NO_TOKEN or scope["method"] == "OPTIONS"


def _check_token(headers: Headers, token: str) -> None:
    kind, _, given = headers.get("authorization", "").partition(" ")
    known = secrets.compare_digest(given.encode(), token.encode())
    if kind.lower() != "bearer" or not known:
        raise RefusalError(
            401,
            "the token is missing or is another one",
            advice="send `Authorization: Bearer` with the token of this server",
            where="Authorization",
            headers={"WWW-Authenticate": "Bearer"},
        )


def _check_kind(headers: Headers) -> None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in BODIES:
        raise RefusalError(
            415,
            "the kind of the body is missing or is none that is read here",
            advice="send `Content-Type: application/json`",
            where="Content-Type",
        )


class Rates:
    """How soon each address may ask again; remembers the addresses seen last."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, float(burst), clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until a request is let through; 0 when this one is."""
        now = self._clock()
        left, seen = self._left.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._rate)
        passes = left >= 1
        self._left[address] = (left - 1 if passes else left, now)
        while len(self._left) > _MOST_ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if passes else (1 - left) / self._rate
