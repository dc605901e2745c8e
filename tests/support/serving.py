"""A server of the tests, on loopback, in a thread of its own."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from minsight.service.service import Service
from minsight_cli.serving.application import web_application
from minsight_cli.serving.gate import RequestLine
from minsight_cli.serving.server import server_of
from minsight_cli.serving.settings import ServeSettings


@dataclass(frozen=True)
class Heard:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass
class Running:
    """A server that runs, and what it noted."""

    port: int
    lines: list[RequestLine] = field(default_factory=list)

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Heard:
        """What is heard of one request."""
        raw = body if isinstance(body, bytes | None) else msgspec.json.encode(body)
        kind = {"Content-Type": "application/json"}
        connection = self.connection()
        try:
            connection.request(method, path, raw, {**kind, **(headers or {})})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Heard(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Heard:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, body: object, **headers: str) -> Heard:
        return self.send("POST", path, body, headers=headers)


@contextmanager
def running(service: Service, **settings: Any) -> Iterator[Running]:
    """A server with these settings until the block is left."""
    chosen = ServeSettings(port=0, **settings)
    found = Running(0)
    app = web_application(service, chosen, note=found.lines.append)
    server = server_of(app, chosen)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    found.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.should_exit = True
        thread.join(timeout=30)
