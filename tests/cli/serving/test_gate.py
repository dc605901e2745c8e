"""The gate: whom a server answers, how often, and how much it takes in."""

from __future__ import annotations

import socket
import time

import pytest

from asked import TIRED
from minsight.service.service import Service
from minsight_cli.serving.gate import BODIES, Rates
from minsight_cli.serving.server import PatientForAWhile
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.work import WorkThreads
from serving import Running, running

ASSESS = "/api/assess"


def connected(server: Running) -> socket.socket:
    """A connection on which nothing was sent yet."""
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def test_a_token_is_needed_where_one_is_set(service: Service) -> None:
    with running(service, token="right") as server:
        assert server.post(ASSESS, {"subject": TIRED}).status == 401
        wrong = {"Authorization": "Bearer wrong"}
        assert server.post(ASSESS, {"subject": TIRED}, **wrong).status == 401
        right = {"Authorization": "Bearer right"}
        assert server.post(ASSESS, {"subject": TIRED}, **right).status == 200
        assert server.get("/metrics").status == 401
        assert server.get("/health").status == 200


def test_a_page_that_gives_this_machine_another_name_is_refused(
    server: Running,
) -> None:
    assert server.get("/health", Host="rebound.example:80").status == 421
    assert server.get("/health", Host="localhost:1").status == 200
    assert server.get("/health", Host="[::1]:1").status == 200


def test_a_page_of_another_site_cannot_send_without_being_asked(
    server: Running,
) -> None:
    kind = {"Content-Type": "text/plain"}
    assert "text/plain" not in BODIES
    assert server.send("POST", ASSESS, b"{}", headers=kind).status == 415
    heard = server.send("OPTIONS", ASSESS, headers={"Origin": "https://a.example"})
    assert "access-control-allow-origin" not in heard.headers


def test_a_site_that_is_named_may_ask(service: Service) -> None:
    asking = {
        "Origin": "https://chart.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    with running(service, origins=("https://chart.example",)) as server:
        heard = server.send("OPTIONS", "/cds-services", headers=asking)
        assert heard.status == 200
        assert heard.headers["access-control-allow-origin"] == "https://chart.example"


def test_an_address_that_asks_too_often_waits() -> None:
    now = 0.0
    rates = Rates(2.0, 3, lambda: now)
    assert [rates.wait("a") for _ in range(3)] == [0, 0, 0]
    assert rates.wait("a") == 0.5
    assert rates.wait("b") == 0
    now = 0.5
    assert rates.wait("a") == 0


def test_too_many_requests_are_told_when_to_come_again(service: Service) -> None:
    with running(service, rate=0.5, burst=2) as server:
        heard = [server.get("/health") for _ in range(3)]
    assert [one.status for one in heard] == [200, 200, 429]
    assert heard[-1].headers["retry-after"] == "2"


def test_what_is_too_large_is_refused_before_it_is_read(service: Service) -> None:
    with running(service, most_bytes=1_000) as server:
        assert server.post(ASSESS, b" " * 1_001).status == 413
        pieces = iter([b" " * 600, b" " * 600])
        connection = server.connection()
        kind = {"Content-Type": "application/json"}
        connection.request("POST", ASSESS, pieces, kind, encode_chunked=True)
        assert connection.getresponse().status == 413
        connection.close()
        assert server.get("/health").status == 200


def test_a_body_that_comes_too_slowly_is_given_up(service: Service) -> None:
    head = (
        b"POST /api/assess HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with running(service, silence=0.2) as server, connected(server) as slow:
        slow.sendall(head)
        assert slow.recv(100).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("begun", [b"", b"POST /api/assess HTTP/1.1\r\nHo"])
def test_a_connection_on_which_no_request_comes_is_closed(
    begun: bytes, service: Service
) -> None:
    assert PatientForAWhile.silence == ServeSettings().silence
    with running(service, silence=0.2) as server:
        with connected(server) as silent:
            silent.sendall(begun)
            began = time.monotonic()
            assert silent.recv(100) == b""
            assert time.monotonic() - began < 5
        assert server.get("/health").status == 200


def test_work_that_takes_too_long_is_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_: bytes, *, ask: str | None = None) -> bytes:
        time.sleep(0.5)
        return (ask or "").encode()

    monkeypatch.setattr(service, "answer", slow)
    with running(service, seconds=0.1) as server:
        heard = server.post(ASSESS, {"subject": TIRED})
        assert heard.status == 503
        assert heard.headers["retry-after"] == "1"
        assert server.get("/health").status == 200


def test_more_work_than_can_wait_is_refused() -> None:
    """Nothing may wait here, so that the first thing that would have to is refused."""
    import anyio

    from minsight_cli.serving.replying import RefusalError

    async def refused() -> None:
        work = WorkThreads(ServeSettings(waiting=0))
        with pytest.raises(RefusalError, match="wait already"):
            await work.done(lambda: None)

    anyio.run(refused)
