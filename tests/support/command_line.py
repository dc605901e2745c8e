"""How the tests run the command line: inside this process, or as one of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from typer.testing import CliRunner

from minsight.cases.runner import RED_FLAG_CASES
from minsight.compiler.bundle import rules_folder
from minsight_cli.app import main
from minsight_cli.rendering.page import FEWEST_COLUMNS

COLUMNS: Final = 80
ONE_MINERAL: Final = "selenium"
_DRAWN: Final = re.compile("[\u2500-\u257f]")
_MARGIN: Final = re.compile(r"^[ │├└─]*(- )?")
_UNIT: Final = re.compile(r"(?:`[^`]*`|\S)+")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
PLAIN: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(
        (
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "COLORTERM",
            "FORCE_COLOR",
            "GITHUB_ACTIONS",
            "LANG",
            "LANGUAGE",
            "LC_CTYPE",
            "LINES",
            "MINSIGHT_TRACEBACK",
            "NO_COLOR",
            "PYTHONCOERCECLOCALE",
            "PYTHONIOENCODING",
            "PYTHONUTF8",
            "PY_COLORS",
            "TTY_COMPATIBLE",
            "TTY_INTERACTIVE",
        )
    ),
    "COLUMNS": str(COLUMNS),
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
    "TZ": "UTC",
}
"""What the tests run in, wherever they run; a variable given as `None` is unset."""

TELL_AGAIN_AFTER_S = 5
HUNG_AFTER_S = 300
"""How long a process may take before it counts as hung."""


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class CommandLine:
    """The command line with a cache folder of its own and a plain terminal."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    def run(
        self, *args: str, stdin: bytes = b"", columns: int = COLUMNS, **env: str
    ) -> Outcome:
        """Run `minsight ARGS` inside this process, to its exit code."""
        around = {
            **PLAIN,
            "COLUMNS": str(columns),
            "XDG_CACHE_HOME": str(self.cache),
            **env,
        }
        with (
            CliRunner().isolation(input=stdin, env=around) as (out, err, _),
            patch.object(sys, "argv", ["minsight", *args]),
        ):
            code = _exit_code()
            sys.stdout.flush()
            sys.stderr.flush()
            return Outcome(code, out.getvalue().decode(), err.getvalue().decode())

    def spawn(
        self,
        *args: str | bytes,
        env: Mapping[str, str | None] | None = None,
        stdin: Any = subprocess.DEVNULL,
        stdout: Any = subprocess.PIPE,
        stderr: Any = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Start `minsight ARGS` as a process; a variable given as `None` is unset."""
        return subprocess.Popen(
            [sys.executable, "-m", "minsight_cli", *args],
            env=self.environment(env),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            preexec_fn=_obey_interrupts,  # noqa: PLW1509  # nothing but one system call
        )

    def process(
        self, *args: str | bytes, env: Mapping[str, str | None] | None = None
    ) -> Outcome:
        """Run `minsight ARGS` as a process, to its end."""
        return finished(self.spawn(*args, env=env))

    def environment(
        self, changes: Mapping[str, str | None] | None = None
    ) -> dict[str, str]:
        """The variables of a process: those of this one, made plain, then changed."""
        wanted = {
            **os.environ,
            **PLAIN,
            "COLUMNS": None,
            "XDG_CACHE_HOME": str(self.cache),
            **(changes or {}),
        }
        return {name: value for name, value in wanted.items() if value is not None}


def stopped(process: subprocess.Popen[bytes], stop: signal.Signals) -> Outcome:
    """The outcome of a process that is told to stop, and told again if it must be.

    An interrupt that comes between the last look for one and a blocking read waits for
    that read to end, in any Python program; a person would press the keys once more.
    """
    for _ in range(HUNG_AFTER_S // TELL_AGAIN_AFTER_S):
        process.send_signal(stop)
        try:
            process.wait(TELL_AGAIN_AFTER_S)
        except subprocess.TimeoutExpired:
            continue
        break
    return finished(process)


def _obey_interrupts() -> None:
    """A suite that runs in the background hands down an ignored interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(process: subprocess.Popen[bytes]) -> Outcome:
    """The outcome of a started process, once it has ended."""
    try:
        out, err = process.communicate(timeout=HUNG_AFTER_S)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return Outcome(process.returncode, _text(out), _text(err))


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="surrogateescape")


def _exit_code() -> int:
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


def said(text: str) -> str:
    """What a text says, wherever its lines end."""
    return " ".join(text.split())


def is_one_paragraph(text: str) -> bool:
    """Whether a message is one paragraph: no blank line, no frame, no traceback."""
    return (
        text.endswith("\n")
        and all(line.strip() for line in text.splitlines())
        and not _DRAWN.search(text)
        and "Traceback" not in text
    )


def control_characters(text: str) -> list[str]:
    """What could steer a terminal in a text; the line feed is not among it."""
    return _CONTROL.findall(text)


def columns_of(line: str) -> int:
    """How many columns of a terminal a line takes."""
    shown = (c for c in line if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


def too_wide(text: str, columns: int = COLUMNS) -> list[str]:
    """The lines that need more columns, though they could have been broken.

    A line that holds one word behind its margin could not; nor could one that a tree
    has left little room for.
    """
    return [
        line
        for line in text.splitlines()
        if columns_of(line) > columns
        and len(_UNIT.findall(inner := _MARGIN.sub("", line))) > 1
        and columns_of(inner) > FEWEST_COLUMNS
    ]


def one_mineral_rules(folder: Path) -> Path:
    """A copy of the shipped rules with one mineral only, quick to compile."""
    shipped = rules_folder()
    folder.mkdir()
    for name in ("levels.yaml", "urgency.yaml", "pictures.yaml", "foods.yaml"):
        shutil.copy(shipped / name, folder)
    for name in ("vocabulary", ONE_MINERAL):
        shutil.copytree(shipped / name, folder / name)
    (folder / "network.yaml").write_text("links: []\n", encoding="utf-8")
    (folder / "baseline").mkdir()
    shutil.copy(shipped / RED_FLAG_CASES, folder / RED_FLAG_CASES)
    return folder
