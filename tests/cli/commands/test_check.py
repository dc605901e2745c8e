"""`check` called as a function: what it prints, and when it asks to be looked at."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import minsight
from command_line import CommandLine
from minsight.handout.page import handout_page
from minsight_cli.commands import interview
from minsight_cli.commands.check import check
from minsight_cli.exits import Exit
from minsight_cli.options.common import EngineName

REFERENCE = EngineName.REFERENCE


class Keyboard(io.StringIO):
    """An input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def test_the_record_is_that_of_the_library(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    check(["always tired"], absent=["fever"], age="28", as_json=True, engine=REFERENCE)
    record = json.loads(capsys.readouterr().out)
    assert record["rules"]["fingerprint"] == rules.fingerprint
    assert {(one["id"], one["answer"]) for one in record["recognised"]} == {
        ("fatigue", "present"),
        ("fever", "absent"),
    }


@pytest.mark.parametrize(("phrase", "code"), [("tired", None), ("qqqq", Exit.LOOK)])
def test_strict_asks_to_look_where_something_was_not_understood(
    phrase: str, code: Exit | None, capsys: pytest.CaptureFixture[str]
) -> None:
    check([phrase], engine=REFERENCE)
    if code is None:
        check([phrase], strict=True, engine=REFERENCE)
    else:
        with pytest.raises(typer.Exit) as stopped:
            check([phrase], strict=True, engine=REFERENCE)
        assert stopped.value.exit_code == code
    assert capsys.readouterr().out.count("Urgency: ") == 2


def test_contradictions_are_refused_unless_it_may_go_on() -> None:
    with pytest.raises(minsight.SubjectError, match="keep one of them"):
        check(["fever"], absent=["fever"], engine=REFERENCE)
    check(["fever"], absent=["fever"], keep_going=True, engine=REFERENCE)


def test_without_words_at_a_keyboard_an_interview_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[tuple[Any, bool]] = []

    def converse(rules: object, person: Any, *, full: bool) -> None:
        assert isinstance(rules, minsight.Rules)
        begun.append((person.age_days, full))

    monkeypatch.setattr(interview, "converse", converse)
    monkeypatch.setattr(sys, "stdin", Keyboard())
    check(age="10d", full=True)
    assert begun == [(10.0, True)]


def test_a_text_that_is_piped_is_what_is_present(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"tired, no fever"))
    monkeypatch.setattr(sys, "stdin", piped)
    check(as_json=True, engine=REFERENCE)
    record = json.loads(capsys.readouterr().out)
    assert {one["id"] for one in record["recognised"]} == {"fatigue", "fever"}


def test_a_handout_is_the_page_of_the_library(
    command: CommandLine, rules: minsight.Rules, tmp_path: Path
) -> None:
    visit = tmp_path / "visit.html"
    asked = ("check", "craving ice", "--handout", str(visit))
    assert command.run(*asked).code == Exit.DONE
    assessment = rules.assess(minsight.Subject(present=["craving ice"]))
    expected = handout_page(assessment, rules.knowledge)
    assert visit.read_text(encoding="utf-8") == expected
    assert command.run(*asked).code == Exit.USAGE
    assert command.run(*asked, "--force").code == Exit.DONE


@pytest.mark.parametrize("name", ["visit.pdf", "visit", "nowhere/visit.html"])
def test_a_handout_that_cannot_be_written_is_refused_at_once(
    name: str, command: CommandLine, tmp_path: Path
) -> None:
    run = command.run("check", "craving ice", "--handout", str(tmp_path / name))
    assert (run.code, run.out) == (Exit.USAGE, "")
