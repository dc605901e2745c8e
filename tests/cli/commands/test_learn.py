"""`learn` and its quiz: what goes together, and how to get the same cases again."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

import minsight
from command_line import said
from minsight.cases import published
from minsight_cli.commands.learn import CASES, _command, _lessons, ask, learn
from typed import types


@pytest.mark.parametrize(
    ("mineral", "folder", "cases", "line"),
    [
        (None, None, CASES, "minsight learn --quiz --seed 7"),
        ("iron", None, 9, "minsight learn iron --quiz --cases 9 --seed 7"),
        (
            None,
            Path("my rules"),
            CASES,
            "minsight learn --quiz --seed 7 --rules 'my rules'",
        ),
    ],
)
def test_the_same_cases_come_by_a_command_line(
    mineral: str | None, folder: Path | None, cases: int, line: str
) -> None:
    assert _command(mineral, folder=folder, cases=cases, seed=7) == line


def test_a_folder_without_cases_has_none_to_learn_from(
    rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "lesson_cases", lambda _: ())
    with pytest.raises(typer.BadParameter, match="no cases to learn from"):
        _lessons(rules, None, folder=None, count=1, seed=1)
    with pytest.raises(typer.BadParameter, match="there is no case about iron; "):
        _lessons(rules, "iron", folder=None, count=1, seed=1)


def test_a_quiz_ends_with_what_was_missed_and_the_command(
    rules: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    types(monkeypatch, ["skip"])
    ask(rules, "iron", folder=None, cases=2, seed=7)
    shown = said(capsys.readouterr().out)
    assert "The input ended. 0 of 1 right; 1 case left." in shown
    assert shown.endswith("minsight learn iron --quiz --cases 2 --seed 7")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"quiz": True, "rules_too": True}, "--rules-too shows a profile"),
        ({"cases": 3}, "--cases and --seed belong to --quiz"),
        ({"seed": 0}, "--cases and --seed belong to --quiz"),
        ({"mineral": "irn"}, "did you mean `iron`?"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: dict[str, object], told: str
) -> None:
    with pytest.raises(typer.BadParameter, match=told.replace("?", r"\?")):
        learn(**options)  # type: ignore[arg-type]
