"""Replying: answers of the service as responses, and refusals in the same form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.responses import Response

from minsight.assessment.engine import Engine
from minsight.service.answers import ProblemAnswer

STATUS_OF: Final[Mapping[str, int]] = {
    "request": 400,
    "subject": 422,
    "rules": 422,
    "fault": 500,
}
"""The status of a problem, by its kind."""
GUARDED: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every response says to browsers."""
_PROBLEM: Final = b'{"ask":"problem"'


class _Kind(msgspec.Struct):
    kind: str


def as_response(answer: bytes) -> Response:
    """The bytes of an answer of the service, as they are."""
    status = 200
    if answer.startswith(_PROBLEM):
        kind = msgspec.json.decode(answer, type=_Kind).kind
        status = STATUS_OF.get(kind, 500)
    return json_response(answer, status)


def json_response(
    body: bytes,
    status: int = 200,
    *,
    media: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A body of JSON with the headers that every response has."""
    return Response(body, status, {**GUARDED, **(headers or {})}, media_type=media)


class RefusalError(Exception):
    """A request that goes no further: with a status, and what its answer says."""

    def __init__(
        self,
        status: int,
        what: str,
        *,
        advice: str,
        where: str = "request",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what)
        self.status, self.what, self.advice, self.where = status, what, advice, where
        self.headers = dict(headers or {})


def refused(refusal: RefusalError, rules: Engine) -> Response:
    """The response to a request that goes no further."""
    answer = ProblemAnswer(
        version=rules.version,
        fingerprint=rules.fingerprint,
        kind="request" if refusal.status < 500 else "rules",
        what=refusal.what,
        where=refusal.where,
        what_to_do=refusal.advice,
    )
    return json_response(
        msgspec.json.encode(answer), refusal.status, headers=refusal.headers
    )
