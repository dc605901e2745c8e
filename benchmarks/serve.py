"""A server on one core: how fast it answers, and what it does when it is ill treated.

Starts `minsight serve` on loopback, pinned to one core where the system allows it, and
sends it so many assessments a second at even times, whether or not earlier ones are
answered. Then it sends what a server must bear: a body of 200 MB, a body that comes
slowly, connections on which nothing is said, and an end in the middle of a table.
Everything ends by itself.

Exits with 1 when a request failed, the 99th percentile is above 50 ms, or something
that had to be refused was not.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import minsight
from arguments import parser_of, positive

WORKERS: Final = 16
MOST_MS: Final = 50.0
LARGE: Final = 200 << 20
JSON: Final = {"Content-Type": "application/json"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as any_:
        any_.bind(("127.0.0.1", 0))
        port: int = any_.getsockname()[1]
        return port


@contextmanager
def served(core: int | None) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server on a core, and its port."""
    port = free_port()
    command = [sys.executable, "-m", "minsight_cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--rate", "100000"],
        stderr=subprocess.DEVNULL,
    )
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, {core})
    try:
        while not answers(port):
            time.sleep(0.05)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def answers(port: int, path: str = "/health") -> bool:
    """Whether the server answers now."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


# --- load -----------------------------------------------------------------------------


def bodies(rules: minsight.Rules, count: int, seed: int) -> list[bytes]:
    """Requests about people who say a few things each."""
    chance = random.Random(seed)
    lay = [entry.id for entry in rules.vocabulary.findings if entry.lay]
    return [
        json.dumps(
            {
                "subject": {
                    "present": chance.sample(lay, chance.randint(1, 6)),
                    "age_years": chance.randint(18, 80),
                },
                "keep_going": True,
            }
        ).encode()
        for _ in range(count)
    ]


def loaded(port: int, people: list[bytes], rate: int) -> tuple[list[float], int]:
    """Milliseconds from when each request was due, and how many failed."""
    waiting: queue.Queue[tuple[float, bytes] | None] = queue.Queue()
    took: list[float] = []
    failed = [0]

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (one := waiting.get()) is not None:
            due, body = one
            connection.request("POST", "/api/assess", body, JSON)
            answer = connection.getresponse()
            answer.read()
            failed[0] += answer.status != 200
            took.append((time.perf_counter() - due) * 1000)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    for number, body in enumerate(people):
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((due, body))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return sorted(took), failed[0]


# --- ill treatment --------------------------------------------------------------------


def large_upload(port: int) -> bool:
    """A body of 200 MB is refused, and the server goes on."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        head = (
            "POST /api/screen HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        client.sendall(head.encode())
        piece = b"x" * (1 << 20)
        framed = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        with suppress(OSError):
            for _ in range(LARGE // len(piece)):
                client.sendall(framed)
        try:
            said = client.recv(4096)
        except OSError:
            said = b""
    return (not said or b" 413 " in said.splitlines()[0]) and answers(port)


def slow_client(port: int) -> bool:
    """A body that stops in the middle is given up while others are served."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        head = (
            "POST /api/assess HTTP/1.1\r\nHost: localhost\r\n"
            "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        )
        client.sendall(head.encode())
        others = answers(port)
        return others and b" 408 " in client.recv(4096).splitlines()[0]


def silent_connections(port: int, count: int) -> bool:
    """Connections without a request are closed, and then others are served."""
    held: list[socket.socket] = []
    try:
        with suppress(OSError):
            for _ in range(count):
                held.append(  # noqa: PERF401 - each is kept as it is made
                    socket.create_connection(("127.0.0.1", port), timeout=30)
                )
        closed = 0
        for one in held:
            with suppress(OSError):
                closed += one.recv(1) == b""
        return closed == len(held) and answers(port)
    finally:
        for one in held:
            one.close()


def killed_in_a_table(port: int, process: subprocess.Popen[bytes]) -> bool:
    """A table whose server is killed has no end, so that nobody takes it for whole."""
    rows = b"\n".join(b"%d,yes,no" % number for number in range(100_000))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    table = {"Content-Type": "text/csv"}
    connection.request("POST", "/api/screen", b"id,fatigue,fever\n" + rows, table)
    time.sleep(1.0)
    process.send_signal(signal.SIGKILL)
    said = b""
    with suppress(OSError, http.client.HTTPException):
        said = connection.getresponse().read()
    connection.close()
    return b'{"end"' not in said


# --- all of it ------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """What a process has taken of the processor; 0 where the system does not say."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / float(os.sysconf("SC_CLK_TCK"))


def percentile(sorted_values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def main() -> int:
    """Run all; 1 when something is not as it must be."""
    parser = parser_of(__doc__)
    parser.add_argument("--rate", type=positive, default=50, help="requests a second")
    parser.add_argument("--seconds", type=positive, default=20, help="how long")
    parser.add_argument("--connections", type=positive, default=1_000)
    parser.add_argument("--seed", type=positive, default=1)
    given = parser.parse_args()
    people = bodies(minsight.load(), given.rate * given.seconds, given.seed)
    core = max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    found: dict[str, Any] = {"rate": given.rate, "seconds": given.seconds}
    with served(core) as (port, process):
        loaded(port, people[: given.rate], given.rate)  # warm
        before = cpu_seconds(process.pid)
        took, failed = loaded(port, people, given.rate)
        spent = cpu_seconds(process.pid) - before
        found["cpu_ms_each"] = round(1000 * spent / len(people), 1)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
            found[f"{name}_ms"] = round(percentile(took, share), 1)
        found["failed"] = failed
        found["large_upload_refused"] = large_upload(port)
        found["slow_client_given_up"] = slow_client(port)
        found["silent_closed"] = silent_connections(port, given.connections)
        found["killed_table_has_no_end"] = killed_in_a_table(port, process)
    for name, value in found.items():
        print(f"{name:<24} {value}")
    print(json.dumps(found))
    good = failed == 0 and found["p99_ms"] < MOST_MS
    return int(not (good and all(v for v in found.values() if isinstance(v, bool))))


if __name__ == "__main__":
    sys.exit(main())
