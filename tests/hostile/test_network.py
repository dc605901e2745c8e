"""Nothing is sent anywhere: no command opens a connection or asks for a name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from command_line import CommandLine

WATCHED: Final = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        sys.stderr.write(f"network: {event} {arguments}")
        sys.stderr.flush()
        import os
        os._exit(99)
sys.addaudithook(refuse)
if sys.argv[1:] == ["--itself"]:
    import socket
    socket.getaddrinfo("localhost", 80)
from minsight_cli.app import main
main()
"""


def watched(command: CommandLine, folder: Path, *arguments: str) -> int:
    """The exit code of a command that ends with 99 if it turns to the network."""
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=folder,
        env=command.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    ).returncode


def test_who_asks_for_a_name_is_seen(command: CommandLine, tmp_path: Path) -> None:
    assert watched(command, tmp_path, "--itself") == 99


@pytest.mark.parametrize(
    "line",
    [
        ("check", "always tired", "--age", "28"),
        ("screen", "a.csv", "--output", "o.csv", "--report", "r.html"),
    ],
)
def test_no_command_turns_to_the_network(
    line: tuple[str, ...], command: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("id,fatigue\na,yes\n", encoding="utf-8")
    assert watched(command, tmp_path, *line) == 0
