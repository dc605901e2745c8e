"""`minsight check` asks about what it read in doubt, in a terminal the test drives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

import minsight
from command_line import CommandLine, said
from minsight_cli.exits import Exit
from suggested import second
from terminal import Terminal

Open: TypeAlias = Callable[..., Terminal]
DOUBT = "zonky hair; no fever"


@pytest.fixture
def opened(command: CommandLine) -> Iterator[Open]:
    """`minsight check` in a terminal; ended when the test is over."""
    started: list[Terminal] = []

    def begin(*args: str) -> Terminal:
        started.append(Terminal(command, "check", *args))
        return started[-1]

    yield begin
    for terminal in started:
        terminal.close()


def test_what_is_put_right_is_assessed(opened: Open, rules: minsight.Rules) -> None:
    label = rules.vocabulary.label(second(rules, "zonky hair"))
    terminal = opened(DOUBT)
    shown = terminal.ask()
    assert "1 not: Fever (no fever)" in shown
    assert "2 Not understood: zonky hair; did you mean" in shown
    assert f"4 {label}" in shown
    assert "set aside (no fever)" in terminal.ask("-1")
    assert f"2 {label} (zonky hair, as you said)" in terminal.ask("4")
    code, shown = terminal.end("")
    assert code == Exit.DONE
    assert "Not understood" not in shown
    assert f"{label} (zonky hair, as you said)" in said(shown)


def test_an_empty_line_goes_on_as_if_nobody_had_asked(
    opened: Open, command: CommandLine
) -> None:
    terminal = opened(DOUBT)
    terminal.ask()
    code, shown = terminal.end("")
    assert code == Exit.DONE
    assert shown.strip() == command.run("check", DOUBT).out.strip()


def test_the_end_of_the_input_goes_on_too(opened: Open, command: CommandLine) -> None:
    terminal = opened(DOUBT)
    terminal.ask()
    terminal.type("\x04")
    code, shown = terminal.end()
    assert code == Exit.DONE
    assert shown.strip() == command.run("check", DOUBT).out.strip()


def test_an_interrupt_ends_it_without_an_assessment(opened: Open) -> None:
    terminal = opened(DOUBT)
    terminal.ask()
    code, shown = terminal.interrupt()
    assert code == Exit.INTERRUPTED
    assert "Urgency" not in shown


def test_an_emergency_is_told_before_the_question(opened: Open) -> None:
    shown = opened("he has a seizure; a zonk").ask()
    assert shown.index("Urgency:") < shown.index("Not understood:")


@pytest.mark.parametrize(
    "args",
    [
        ("always tired",),
        (DOUBT, "--yes"),
        (DOUBT, "-y"),
        (DOUBT, "--json"),
    ],
)
def test_where_nothing_is_in_doubt_or_nobody_wants_it_nothing_is_asked(
    args: tuple[str, ...], opened: Open, command: CommandLine
) -> None:
    code, shown = opened(*args).end()
    assert code == Exit.DONE
    assert shown.strip() == command.run("check", *args).out.strip()


def test_a_record_is_asked_about_as_words_are(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    file.write_text('{"present": ["zonky hair"]}', encoding="utf-8")
    assert "Not understood: zonky hair" in opened("--subject", str(file)).ask()
