"""Running: commands inside this process, and what became of them."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from typer.testing import CliRunner

from command_line import PLAIN
from hostile.inputs import Command, Trial
from minsight_cli.app import main


class Ended(NamedTuple):
    """How a command ended; `escaped` is the traceback of what nobody caught."""

    code: int
    out: bytes
    err: bytes
    escaped: str = ""


def ended(command: Command) -> Ended:
    """Run one command line through the entry point, as a shell would."""
    arguments = ["minsight", *command.arguments]
    plain = {name: text for name, text in PLAIN.items() if text is not None}
    with (
        CliRunner().isolation(input=command.stdin, env=plain) as (out, err, _),
        patch.object(sys, "argv", arguments),
    ):
        code, escaped = _code()
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        return Ended(code, out.getvalue(), err.getvalue(), escaped)


def _code() -> tuple[int, str]:
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1, ""
    except BaseException:  # noqa: BLE001 - also what no program should let through
        return -1, traceback.format_exc()


@contextlib.contextmanager
def written(trial: Trial) -> Iterator[Path]:
    """A folder with the files of a trial, in which its commands run."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        for names, one in zip(trial.names, trial.inputs, strict=True):
            for path, raw in zip(names, one.files.values(), strict=True):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(raw)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)
