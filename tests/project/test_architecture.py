"""The page of the architecture is true: its rooms, its drawings and its four walks."""

from __future__ import annotations

import doctest
import inspect
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import pytest

import architecture
import minsight
from command_line import CommandLine
from dotted import DOTTED, found_at
from places import SMALL_RULES

WALKS: Final = dict(
    re.findall(
        r"^## (A [\w -]+): from .*?\n(.*?)(?=^## |\Z)",
        architecture.PAGE.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)
FORWARD_ALONE: Final = "minsight.backends.forward."
"""A firing with a trace: durable-rules cannot run on every Python."""


def test_the_page_is_up_to_date() -> None:
    """`make golden` writes it."""
    assert architecture.as_page() == architecture.PAGE.read_text(encoding="utf-8")


def test_the_example_of_a_drawing_is_as_shown() -> None:
    assert doctest.testmod(architecture).failed == 0


@pytest.mark.parametrize("package", ["minsight", "minsight.screening", "minsight_cli"])
def test_every_room_says_what_it_is(package: str) -> None:
    rows = architecture.table(package).splitlines()[2:]
    assert len(rows) >= 5
    assert [row for row in rows if not re.search(r"\| \S.+\. \|$", row)] == []


# --- the walks ------------------------------------------------------------------------


@contextmanager
def calls() -> Iterator[set[CodeType]]:
    """The code that runs meanwhile, in this thread and those that begin."""
    seen: set[CodeType] = set()

    def remember(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    threading.setprofile(remember)
    sys.setprofile(remember)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def code_of(dotted: str) -> CodeType:
    """The code of a function, of a method or of a property."""
    found: Any = found_at(dotted)
    found = getattr(found, "func", None) or getattr(found, "fget", None) or found
    code: CodeType = inspect.unwrap(found).__code__
    return code


def phrase(command: CommandLine, _: Path) -> None:
    said = "no high temperature but always tired"
    asked = ("check", said, "--age", "28", "--engine", "reference")
    assert command.run(*asked, *RULES).code == 0


def survey_row(command: CommandLine, folder: Path) -> None:
    survey = folder / "survey.csv"
    survey.write_text("age_years,tiredness,fever\n28,yes,no\n", encoding="utf-8")
    results = str(folder / "results.csv")
    assert command.run("screen", str(survey), "--output", results, *RULES).code == 0


def rule(_: CommandLine, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        with minsight.load(SMALL_RULES) as rules:
            subject = minsight.Subject(present=("grey_nails",))
            assert rules.assess(subject).candidates


def what_if(command: CommandLine, _: Path) -> None:
    asked = ("whatif", "always tired", "--age", "28", "--flip", "alum")
    assert command.run(*asked, *RULES).code == 0


RULES: Final = ("--rules", str(SMALL_RULES))
TAKEN: Final[dict[str, Callable[[CommandLine, Path], None]]] = {
    "A phrase": phrase,
    "A survey row": survey_row,
    "A rule": rule,
    "A what-if": what_if,
}


def test_each_walk_is_taken() -> None:
    assert WALKS.keys() == TAKEN.keys()


@pytest.mark.parametrize("walk", TAKEN)
def test_every_step_of_a_walk_is_taken(
    walk: str, command: CommandLine, tmp_path: Path
) -> None:
    steps = DOTTED.findall(WALKS[walk])
    assert len(steps) >= 8
    with calls() as taken:
        TAKEN[walk](command, tmp_path)
    assert [
        step
        for step in steps
        if not step.startswith(FORWARD_ALONE) and code_of(step) not in taken
    ] == []
