"""`minsight serve` as a process: it says where, answers, and ends in good order."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from command_line import CommandLine
from minsight_cli.commands import serve
from minsight_cli.exits import Exit
from minsight_cli.serving.settings import is_loopback


def free_port() -> int:
    with socket.socket() as any_:
        any_.bind(("127.0.0.1", 0))
        port: int = any_.getsockname()[1]
        return port


def health(port: int) -> int:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with contextlib.suppress(ConnectionRefusedError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", "/health")
                return connection.getresponse().status
        time.sleep(0.1)
    raise AssertionError("nobody listens")


def test_a_server_ends_when_it_is_told_to(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "minsight_cli", "serve", "--port", str(port)],
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert health(port) == 200
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == Exit.TERMINATED
    assert f"http://127.0.0.1:{port}/" in said.decode()
    assert '"route":"/health"' in said.decode()
    assert "Traceback" not in said.decode()


def test_without_its_extra_the_command_says_what_to_install(
    command: CommandLine,
) -> None:
    with patch.object(serve, "find_spec", lambda _: None):
        run = command.run("serve")
    assert run.code == Exit.USAGE
    assert 'pip install "minsight[web]"' in re.sub(r"\s+", " ", run.err)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_only_this_machine_needs_no_token(host: str, own: bool) -> None:
    assert is_loopback(host) == own
