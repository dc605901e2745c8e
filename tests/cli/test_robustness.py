"""Killed, out of space, without a home, without a reader: nothing is harmed."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from command_line import (
    CommandLine,
    Outcome,
    finished,
    is_one_paragraph,
    one_mineral_rules,
    stopped,
)

PERSON: Final = '{"present": ["spoon_nails", "ice_craving"], "age_years": 28}\n'
SAID: Final = ("check", "spoon_nails", "ice_craving", "--age", "28")
QUICK: Final = ("check", "fatigue", "--engine", "reference")
PRINTING: Final = [
    ("check", "fatigue"),
    ("check", "fatigue", "--json"),
    ("symptoms",),
]


@pytest.fixture
def one_mineral(tmp_path: Path) -> Path:
    return one_mineral_rules(tmp_path / "rules")


@pytest.fixture
def quick(one_mineral: Path) -> tuple[str, ...]:
    """A check with rules that are quickly compiled."""
    return (*QUICK, "--rules", str(one_mineral))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def visible(folder: Path) -> list[str]:
    """What stands under a name that was asked for."""
    return [name for name in names(folder) if not name.startswith(".")]


# --- stopped from outside -------------------------------------------------------------


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_check_that_is_stopped_while_it_reads_harms_nothing(
    command: CommandLine, tmp_path: Path, stop: signal.Signals
) -> None:
    fifo = tmp_path / "person"
    os.mkfifo(fifo)
    process = command.spawn("check", "--subject", str(fifo))
    with fifo.open("w", encoding="utf-8") as record:  # both ends are open from here on
        record.write(PERSON[:20])
        record.flush()
        outcome = stopped(process, stop)
    assert outcome.code == (130 if stop == signal.SIGINT else -stop)
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert names(tmp_path) == ["person"]
    fifo.unlink()
    fifo.write_text(PERSON, encoding="utf-8")
    assert command.run("check", "--subject", str(fifo)) == command.run(*SAID)


def waiting_in(pipe: int) -> int:
    """How many bytes of a pipe nobody has read."""
    (count,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))
    return int(count)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_screen_that_is_stopped_halfway_leaves_no_half_file(
    command: CommandLine, tmp_path: Path, stop: signal.Signals
) -> None:
    """It is stopped when it has read more than half of what it was given."""
    fifo, out = tmp_path / "people", tmp_path / "out"
    os.mkfifo(fifo)
    screen = ("screen", str(fifo), "--output", str(out))
    process = command.spawn(*screen)
    with fifo.open("w", encoding="utf-8") as lines:
        for _ in range(20):  # more than twice what a pipe holds
            lines.write(json.dumps({"subject_id": "x" * 10_000}) + "\nnot json\n")
        lines.flush()
        while waiting_in(lines.fileno()):  # then it waits for more
            assert process.poll() is None
        outcome = stopped(process, stop)
    assert outcome.code == (130 if stop == signal.SIGINT else -stop)
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert visible(tmp_path) == ["people"]
    if stop == signal.SIGINT:  # it could clean up behind itself
        assert names(tmp_path) == ["people"]
    fifo.unlink()
    fifo.write_text(PERSON, encoding="utf-8")
    assert command.run(*screen).code == 0
    assert visible(tmp_path) == ["out", "out.manifest.json", "people"]


STEPWISE: Final = """
import itertools, json, os, shutil, signal, sys
from pathlib import Path
from minsight.compiler import compile as compiling
from minsight_cli.app import main

printed, work, rules, *args = sys.argv[1:]
compiled = compiling.compile_folder(Path(rules))  # once, and not in every fork
compiling.compile_folder = lambda folder: compiled
sys.argv = ["minsight", *args]
OPERATIONS = {
    "open", "os.chmod", "os.listdir", "os.mkdir", "os.remove", "os.rename",
    "os.scandir", "tempfile.mkstemp",
}

def run(most):
    child = os.fork()
    if child == 0:
        os.dup2(os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        done = itertools.count()
        def watch(event, arguments):
            if event in OPERATIONS and str(arguments[0]).startswith(work):
                if next(done) == most:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(watch)
        try:
            main()
        except SystemExit as stop:
            sys.stdout.flush()
            os._exit(stop.code or 0)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(printed, encoding="utf-8") as file:
        return {"code": code, "out": file.read(), "files": sorted(os.listdir(work))}

def clear():
    for entry in list(os.scandir(work)):
        if entry.is_dir():
            shutil.rmtree(entry.path)
        elif entry.name != "people":
            os.remove(entry.path)

killed = {"code": -signal.SIGKILL}
for most in itertools.count():
    if killed["code"] != -signal.SIGKILL:
        break
    clear()
    killed = run(most)
    print(json.dumps([killed, run(-1)]), flush=True)
"""
"""Runs `minsight ARGS` killed at its first operation on a file of the folder `work`,
then once more unharmed; then killed at its second, and so on until none is left."""


@dataclass(frozen=True)
class Left:
    """What a run printed and the files that it left."""

    code: int
    out: str
    files: tuple[str, ...]


def killed_at_every_step(
    command: CommandLine, work: Path, rules: Path, cache: Path, *args: str
) -> list[tuple[Left, Left]]:
    """What a run left that was killed at its nth file operation, and the next run."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            STEPWISE,
            f"{work}.printed",
            str(work),
            str(rules),
            *args,
        ],
        env=command.environment({"XDG_CACHE_HOME": str(cache)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    outcome = finished(process)
    assert (outcome.code, outcome.err) == (0, "")
    steps = [json.loads(line) for line in outcome.out.splitlines()]
    return [(_left(killed), _left(after)) for killed, after in steps]


def _left(shown: Any) -> Left:
    return Left(shown["code"], shown["out"], tuple(shown["files"]))


def test_a_check_that_is_killed_at_any_step_of_writing_the_cache_harms_nothing(
    command: CommandLine, quick: tuple[str, ...], tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    rules, cache = tmp_path / "rules", work / "cache"
    steps = killed_at_every_step(command, work, rules, cache, *quick)
    whole = steps[-1][0]
    assert (whole.code, whole.out) == (0, command.run(*quick).out)
    assert len(steps) > 5, "the writing of the cache is more than five operations"
    for killed, after in steps[:-1]:
        assert killed.code == -signal.SIGKILL
        assert (after.code, after.out) == (whole.code, whole.out)


def test_a_screen_that_is_killed_at_any_step_leaves_all_or_nothing(
    command: CommandLine, one_mineral: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "people").write_text(PERSON + "not json\n", encoding="utf-8")
    screen = ("screen", str(work / "people"), "--output", str(work / "out"), "--force")
    args = (*screen, "--rules", str(one_mineral))
    steps = killed_at_every_step(command, work, one_mineral, command.cache, *args)
    whole = steps[-1][0]
    made = ("out", "out.manifest.json", "out.rejects", "people")
    assert (whole.code, whole.files) == (1, made)
    assert len(steps) > 8, "reading and writing three files is more than that"
    for killed, after in steps[:-1]:
        assert killed.code == -signal.SIGKILL
        assert (after.code, after.out) == (whole.code, whole.out)
        shown = [name for name in after.files if not name.startswith(".")]
        assert shown == list(whole.files)


# --- no space -------------------------------------------------------------------------


@pytest.mark.parametrize("args", PRINTING)
def test_a_full_disk_behind_the_output_is_said_in_one_paragraph(
    command: CommandLine, args: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = finished(command.spawn(*args, stdout=full))
    assert outcome.code == 2
    assert is_one_paragraph(outcome.err), outcome.err
    assert "no space left on device" in outcome.err


def under_shell(command: CommandLine, script: str, *args: str, **env: str) -> Outcome:
    """Run `minsight ARGS` where a shell script says `MINSIGHT`."""
    program = shlex.join([sys.executable, "-m", "minsight_cli", *args])
    process = subprocess.Popen(
        ["sh", "-c", script.replace("MINSIGHT", program)],
        env=command.environment(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    return finished(process)


NO_BYTE_MORE: Final = "ulimit -f 0; exec MINSIGHT"


def test_a_check_needs_no_space_on_disk(
    command: CommandLine, quick: tuple[str, ...], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    outcome = under_shell(command, NO_BYTE_MORE, *quick, XDG_CACHE_HOME=str(cache))
    assert outcome == command.run(*quick)
    assert outcome.code == 0
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_a_screen_without_space_says_so_and_leaves_nothing(
    command: CommandLine, tmp_path: Path
) -> None:
    people, out = tmp_path / "people", tmp_path / "out"
    people.write_text(PERSON, encoding="utf-8")
    command.run("doctor")  # so that the compiled rules are in the cache
    screen = ("screen", str(people), "--output", str(out))
    outcome = under_shell(command, NO_BYTE_MORE, *screen)
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err), outcome.err
    assert "file too large" in outcome.err
    assert names(tmp_path) == ["people"]


# --- no reader ------------------------------------------------------------------------


@pytest.mark.parametrize("args", PRINTING)
def test_a_reader_that_went_away_is_no_error_to_speak_of(
    command: CommandLine, args: tuple[str, ...]
) -> None:
    """As in `minsight ... | head -1`; the code is the one that shells use."""
    reading, writing = os.pipe()
    os.close(reading)
    process = command.spawn(*args, stdout=writing)
    os.close(writing)
    outcome = finished(process)
    assert outcome.err == ""
    assert outcome.code == 128 + signal.SIGPIPE


@pytest.mark.parametrize("args", PRINTING)
def test_a_closed_output_is_no_error_to_speak_of(
    command: CommandLine, args: tuple[str, ...]
) -> None:
    outcome = under_shell(command, "exec MINSIGHT >&-", *args)
    assert (outcome.code, outcome.err) == (0, "")


# --- no home --------------------------------------------------------------------------


def test_a_home_that_cannot_be_written_changes_nothing(
    command: CommandLine, quick: tuple[str, ...], tmp_path: Path
) -> None:
    expected = command.run(*quick)
    file = tmp_path / "file"
    file.touch()
    unwritable: Sequence[dict[str, str | None]] = (
        {"XDG_CACHE_HOME": str(file / "cache")},
        {"XDG_CACHE_HOME": None, "HOME": "/proc/nonexistent"},
    )
    for env in unwritable:
        assert command.process(*quick, env=env) == expected, env
    assert expected.code == 0
    assert names(tmp_path) == ["file", "rules"]


def test_no_home_at_all_changes_nothing(
    command: CommandLine, quick: tuple[str, ...]
) -> None:
    assert command.process(*quick, env={"HOME": None}) == command.run(*quick)


def test_without_an_xdg_folder_the_cache_is_in_the_home(
    command: CommandLine, quick: tuple[str, ...], tmp_path: Path
) -> None:
    env = {"XDG_CACHE_HOME": None, "HOME": str(tmp_path / "home")}
    assert command.process(*quick, env=env) == command.run(*quick)
    assert len(list((tmp_path / "home").rglob("*.rules"))) == 1
