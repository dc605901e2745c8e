"""The server: uvicorn with bounds, and an end that lets requests finish."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from minsight_cli.serving.settings import ServeSettings

_KEEP_ALIVE_S: Final = 5
_GRACE_S: Final = 20
"""How long requests that are under way may go on once the server is to end."""


class PatientForAWhile(H11Protocol):
    """Closes connections on which no whole request comes."""

    silence: float = 10.0
    _ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on, unless a request is whole up to its body."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        if self._ends is not None:
            self._ends.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if not idle and self._ends is not None:
            self._ends.cancel()
            self._ends = None
        elif idle and self._ends is None:
            self._ends = self.loop.call_later(self.silence, self._give_up)

    def _give_up(self) -> None:
        self._ends = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def server_of(app: ASGIApp, settings: ServeSettings) -> uvicorn.Server:
    """The server, not begun yet."""
    protocol = type("_Protocol", (PatientForAWhile,), {"silence": settings.silence})
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=protocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        limit_concurrency=settings.connections,
        backlog=settings.connections,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        proxy_headers=False,
    )
    return uvicorn.Server(config)
