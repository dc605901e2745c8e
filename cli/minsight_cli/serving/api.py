"""The API: each request of the service at an address of its own, and all at one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from minsight.service.service import Service
from minsight_cli.serving.replying import as_response
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.work import WorkThreads, read_body

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

ANSWER: Final = "/api/answer"
ADDRESS_OF: Final = {
    "about": "/api/about",
    "read": "/api/read",
    "assess": "/api/assess",
    "explain": "/api/explain",
    "handout": "/api/handout",
    "whatif": "/api/whatif",
    "flip": "/api/flip",
    "reach": "/api/reach",
    "duel": "/api/duel",
    "bounds": "/api/bounds",
    "sensitivity": "/api/sensitivity",
    "next": "/api/questions/next",
    "vocabulary": "/api/vocabulary",
    "minerals": "/api/minerals",
    "mineral": "/api/mineral",
    "sources": "/api/sources",
    "table": "/api/table",
    "lessons": "/api/lessons",
    "verdict": "/api/verdict",
}
"""Where each request is asked whose body then needs no `ask`."""
LONG_ASKS: Final = frozenset(
    {"explain", "flip", "reach", "bounds", "sensitivity", "lessons", "table"}
)
"""What may take longer than a blink; it never holds up the rest."""
BY_QUERY: Final = ("about", "vocabulary", "minerals", "mineral", "sources")
"""What can be asked with GET too, since it is about nobody."""


class Api:
    """The endpoints over one service."""

    def __init__(
        self, service: Service, work: WorkThreads, settings: ServeSettings
    ) -> None:
        self._service, self._work, self._settings = service, work, settings

    def routes(self) -> list[Route]:
        """All of them."""
        found = [Route(ANSWER, self._endpoint(None), methods=["POST"])]
        for ask, address in ADDRESS_OF.items():
            methods = ["GET", "POST"] if ask in BY_QUERY else ["POST"]
            found.append(Route(address, self._endpoint(ask), methods=methods))
        return found

    def _endpoint(self, ask: str | None) -> Endpoint:
        async def answer(request: Request) -> Response:
            body = bytearray()
            if request.method == "POST":
                await read_body(request, body.extend, self._settings)
            else:
                body += json.dumps(dict(request.query_params)).encode()
            return await self._answered(bytes(body) or b"{}", ask)

        return answer

    async def _answered(self, body: bytes, ask: str | None) -> Response:
        is_long = any(f'"{one}"'.encode() in body for one in LONG_ASKS)
        if ask is not None:
            is_long = ask in LONG_ASKS
        make = partial(self._service.answer, body, ask=ask)
        return as_response(await self._work.done(make, is_long=is_long))
