"""`interview` begins with whom it is about, or goes on from a file it can trust."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

import minsight
from command_line import said
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.questions.session import Session, session_json
from minsight_cli.commands.interview import _begun, _resumed, converse
from minsight_cli.dialogue.conversation import Conversation
from minsight_cli.exits import Exit
from typed import types


def kept(path: Path, session: Session) -> Path:
    path.write_text(session_json(session), encoding="utf-8")
    return path


def test_an_interview_begins_with_the_age_and_the_sex_that_are_known(
    rules: minsight.Rules,
) -> None:
    assert _begun(rules, None, clinician=True) == Session(
        fingerprint=rules.fingerprint, clinician=True
    )
    person = Subject(age="9mo", sex="f", present=["never asked about"])
    assert _begun(rules, person, clinician=False) == Session(
        fingerprint=rules.fingerprint, age_days=9 * 30.4375, sex="female"
    )


def test_a_kept_interview_is_gone_on_with(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    session = Session(
        fingerprint="older rules", told=("tired",), steps=({"fever": "no"},)
    )
    assert _resumed(kept(tmp_path / "kept.json", session), rules) == session


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": "minsight.interview/1"}',
        '{"format": "minsight.interview/1", "fingerprint": "", "steps": [{"x": "no"}]}',
        (
            '{"format": "minsight.interview/1", "fingerprint": "0", "sex": "male",'
            ' "told": ["pregnant"]}'
        ),
    ],
    ids=["empty", "list", "bare", "unknown question", "contradiction"],
)
def test_a_file_that_is_no_interview_is_refused_by_name(
    text: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "kept.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SubjectError) as caught:
        _resumed(path, rules)
    assert str(caught.value).startswith(f"{path}: ")
    assert str(caught.value).endswith("; begin a new interview with another file")


def test_a_closed_input_ends_with_the_assessment(
    rules: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    types(monkeypatch, ["always tired"])
    converse(rules, Subject(age="30", sex="f"))
    shown = said(capsys.readouterr().out)
    assert "The input ended." in shown
    assert "Ended before all was settled" in shown
    assert shown.endswith("minsight check 'always tired' --age 30 --sex female")


def test_an_interrupt_says_how_to_go_on_and_has_a_code_of_its_own(
    rules: minsight.Rules,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupted(_: Conversation) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Conversation, "lead", interrupted)
    session = Session(fingerprint=rules.fingerprint, told=("tired",))
    file = kept(tmp_path / "kept.json", session)
    with pytest.raises(typer.Exit) as stopped:
        converse(rules, save=file)
    assert stopped.value.exit_code == Exit.INTERRUPTED
    assert capsys.readouterr().out.endswith(f"\nminsight interview --save {file}\n")
