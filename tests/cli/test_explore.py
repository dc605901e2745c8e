"""`minsight explore` as a command: in a terminal, without one, with files."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from check_command import check
from command_line import CommandLine, is_one_paragraph
from minsight_cli.commands import explore as command_module
from minsight_cli.exits import Exit
from terminal import Terminal

Start: TypeAlias = Callable[..., Terminal]

FIRST: Final = "q quit"
"""Stands at the foot of the screen once it is drawn."""
AGAIN: Final = "The same again:"


@pytest.fixture
def start(command: CommandLine) -> Iterator[Start]:
    """Starts `minsight explore` in a terminal; ended when the test is over."""
    started: list[Terminal] = []

    def begin(*args: str, env: dict[str, str | None] | None = None) -> Terminal:
        terminal = Terminal(command, "explore", *args, env=env)
        started.append(terminal)
        terminal.until(FIRST)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


def ending(terminal: Terminal, keys: str) -> list[str]:
    """Type keys that end it: the words of the command line that is printed."""
    terminal.type(keys)
    code, shown = terminal.end()
    assert code == Exit.DONE
    return shlex.split(shown.split(AGAIN)[1].strip().splitlines()[0])


def test_it_ends_with_the_command_that_says_the_same(
    command: CommandLine, start: Start
) -> None:
    terminal = start("always tired", "--age", "28", "--absent", "fever")
    program, name, *args = ending(terminal, "q")
    assert (program, name) == ("minsight", "check")
    assert args == ["fatigue", "--absent", "fever", "--age", "28"]
    assert check(command, *args).code == Exit.DONE


def test_answers_at_odds_can_be_repeated_too(
    command: CommandLine, start: Start
) -> None:
    args = ending(start("ice_craving", "--absent", "pica"), "q")[2:]
    assert args[-1] == "--keep-going"
    assert check(command, *args).code == Exit.DONE


def test_a_saved_session_is_taken_up_again(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    ending(start("always tired", "--save", str(file)), "dsq")
    assert json.loads(file.read_bytes()) == {"unsure": ["fatigue"]}
    terminal = start("pale skin", "--save", str(file))
    args = ending(terminal, "q")[2:]
    assert args == ["pallor", "--unsure", "fatigue"]


def test_without_colour_nothing_is_coloured(start: Start) -> None:
    terminal = start("tetany", env={"NO_COLOR": "1"})
    styles = re.findall(r"\x1b\[([\d;]*)m", terminal.raw)
    codes = {int(code) for style in styles for code in style.split(";") if code}
    coloured = {*range(30, 39), *range(40, 49), *range(90, 108)}
    assert codes != set()
    assert codes & coloured == set()
    ending(terminal, "q")


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": None}])
def test_a_terminal_that_cannot_draw_is_refused(
    command: CommandLine, env: dict[str, str | None]
) -> None:
    terminal = Terminal(command, "explore", env=env)
    code, shown = terminal.end()
    terminal.close()
    assert code == Exit.USAGE
    assert is_one_paragraph(shown)
    assert "minsight interview" in shown


def test_without_a_terminal_it_is_refused(command: CommandLine) -> None:
    outcome = command.process("explore", "fatigue")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert is_one_paragraph(outcome.err)
    assert "needs a terminal" in outcome.err


def test_without_textual_the_install_line_is_told(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(name: str) -> object:
        return None if name == "textual" else util.find_spec(name)

    monkeypatch.setattr(command_module, "_refuse_without_terminal", lambda: None)
    monkeypatch.setattr(command_module, "find_spec", found)
    outcome = command.run("explore")
    assert outcome.code == Exit.USAGE
    assert is_one_paragraph(outcome.err)
    assert 'pip install "minsight[explore]"' in outcome.err


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("--subject", "missing.json"), "`missing.json`"),
        (("--subject", "torn.json"), "torn.json: not JSON"),
        (("--subject", "ann.json", "--save", "torn.json"), "leave one of them out"),
        (("--save", "odd.json"), "were not understood"),
        (("fatigue", "--absent", "always tired"), "keep one of them"),
        (("--age", "old"), "is not an age"),
        (("--rules", "none"), "none"),
    ],
)
def test_what_cannot_be_begun_is_refused_before_the_screen(
    command: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    reason: str,
) -> None:
    (tmp_path / "ann.json").write_text('{"present": ["fatigue"]}', encoding="utf-8")
    (tmp_path / "odd.json").write_text('{"present": ["blorp"]}', encoding="utf-8")
    (tmp_path / "torn.json").write_text('{"present": [', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_module, "_refuse_without_terminal", lambda: None)
    outcome = command.run("explore", *args)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert is_one_paragraph(outcome.err)
    assert reason in outcome.err


def test_every_example_of_the_help_runs(
    command: CommandLine, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = command.run("explore", "--help", columns=400).out
    plain = re.sub(r"\x1b\[[\d;]*m", "", out)
    lines = [line.strip() for line in plain.splitlines()]
    shown = [shlex.split(line) for line in lines if line.startswith("minsight ")]
    assert [words[:2] for words in shown] == [["minsight", "explore"]] * 2
    for words in shown:
        terminal = start(*words[2:])
        terminal.type("q")
        assert terminal.end()[0] == Exit.DONE
