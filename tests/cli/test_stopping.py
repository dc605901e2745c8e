"""A signal at any moment ends a command with one line and its code, all cleaned up.

The moments are steps that the interpreter tells of (a file opened, a module imported),
so that they are the same on every machine. `benchmarks/stopping.py` takes random ones.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from command_line import HUNG_AFTER_S, CommandLine
from minsight_cli import stopping
from minsight_cli.exits import Exit

AT_STEP: Final = """
import os, signal, sys
from minsight_cli.start import console

step, name, stop = sys.argv[1], sys.argv[2], int(sys.argv[3])
signal.signal(stop, signal.SIG_DFL)  # a suite below nohup hands on that it is ignored
sys.argv = ["minsight", *sys.argv[4:]]
told = False

def tell(event, args):
    global told
    if event == step and not told and str(args[0]).endswith(name):
        told = True
        os.kill(os.getpid(), stop)

sys.addaudithook(tell)
console()
"""
CODES: Final = {
    signal.SIGINT: Exit.INTERRUPTED,
    signal.SIGTERM: Exit.TERMINATED,
    signal.SIGHUP: Exit.HUNG_UP,
}
WORK: Final = {
    "check": ("check", "fatigue", "--age", "28"),
    "screen": ("screen", "people.csv", "--output", "out.csv"),
    "whatif": ("whatif", "fatigue", "--flip", "iron"),
    "interview": ("interview", "--save", "ann.json"),
}
MOMENTS: Final = [
    ("check", "import", "typer", signal.SIGINT),
    ("check", "import", "minsight_cli.options.person", signal.SIGTERM),
    ("check", "import", "durable", signal.SIGINT),
    ("screen", "import", "polars", signal.SIGHUP),
    ("screen", "os.mkdir", ".out.csv.parts", signal.SIGINT),
    ("screen", "open", "people.csv", signal.SIGTERM),
    ("whatif", "import", "minsight.whatif.flip", signal.SIGTERM),
    ("interview", "import", "minsight_cli.dialogue.conversation", signal.SIGINT),
]
"""Commands, the step before which they are told to end, and how."""


def ended(
    command: CommandLine, folder: Path, args: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AT_STEP, *args],
        env=command.environment({"TMPDIR": str(folder)}),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HUNG_AFTER_S,
        check=False,
    )


@pytest.mark.parametrize(("kind", "step", "name", "stop"), MOMENTS)
def test_a_signal_at_any_moment_is_told_in_one_line(
    command: CommandLine,
    tmp_path: Path,
    kind: str,
    step: str,
    name: str,
    stop: signal.Signals,
) -> None:
    (tmp_path / "people.csv").write_text("id,fatigue\na,yes\n", encoding="utf-8")
    outcome = ended(command, tmp_path, [step, name, str(int(stop)), *WORK[kind]])
    assert (outcome.returncode, outcome.stderr) == (
        CODES[stop],
        f"minsight: {stopping.LINES[stop]}\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
