"""What `whatif` prints when it is asked something."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import typer

import minsight
from command_line import said, too_wide
from minsight.intake.subject import Subject
from minsight_cli.commands.whatif.questions import answer_questions

WOMAN: Final = Subject(
    present=["always tired", "craving ice"], groups=["vegetarian"], age="28", sex="f"
)
QUESTIONS: Final[dict[str, Any]] = {
    "flip": "iron",
    "reach": "zinc:typical_pattern",
    "duel": ("iron", "zinc"),
    "bounds": True,
    "sensitivity": True,
}
BANNED: Final = ("you have", "likely", "probab", "diagnosed", "risk of ", "possib")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("subject", [Subject(), WOMAN], ids=["nobody", "a woman"])
def test_an_answer_fits_the_terminal_and_claims_nothing(
    rules: minsight.Rules,
    subject: Subject,
    name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer_questions(rules, subject, **{name: QUESTIONS[name]})
    out = capsys.readouterr().out
    assert too_wide(out) == []
    assert not [word for word in BANNED if word in out.lower()]
    assert "Education and decision support only." in out
    assert "\x1b" not in out
    assert "_" not in out.replace(rules.fingerprint, "")


def test_all_questions_are_one_record(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_questions(rules, WOMAN, **QUESTIONS, as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert list(record) == list(QUESTIONS)
    assert record["reach"]["schema"] == "minsight.reach/1"
    assert {answer["fingerprint"] for answer in record.values()} == {rules.fingerprint}


@pytest.mark.usefixtures("narrow")
def test_bars_stand_on_both_sides_of_one_zero_line(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_questions(rules, WOMAN, sensitivity=True)
    lines = [li for li in capsys.readouterr().out.splitlines() if "│" in li]
    assert len({line.index("│") for line in lines}) == 1
    assert any("█│" in line for line in lines)
    for line in lines:
        left, right = line.split("│")
        number = int(right.replace("█", " ").split()[0])
        assert ("█" in left) == (number < 0)
        assert ("█" in right) == (number > 0)


@pytest.mark.usefixtures("narrow")
def test_a_long_list_is_written_once_under_a_letter(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_questions(rules, Subject(), reach="zinc:typical")
    out = capsys.readouterr().out
    assert out.count("one of list A") == 2
    listed = said(out.partition("List A:")[2])
    assert "Coeliac disease" in listed
    assert said(out).count("Inflammatory bowel disease") == 1


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"flip": "irn"}, "did you mean `iron`?"),
        ({"reach": "zinc"}, "--reach zinc:typical_pattern"),
        ({"reach": "zinc:typicl_pattern"}, "did you mean `typical_pattern`?"),
        ({"reach": "zinc:"}, "is not a level"),
        ({"duel": ("iron", "gold")}, "unknown mineral `gold`"),
        ({"bounds": True, "most": 50}, "--most 50"),
    ],
)
def test_what_is_not_understood_is_refused_with_advice(
    rules: minsight.Rules, asked: dict[str, Any], named: str
) -> None:
    with pytest.raises(typer.BadParameter) as refusal:
        answer_questions(rules, WOMAN, **asked)
    assert named in refusal.value.message


@pytest.mark.usefixtures("narrow")
def test_an_urgency_and_what_was_not_understood_come_first(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_questions(rules, Subject(present=["seizures", "blorp"]), flip="magnesium")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Urgency: Call emergency services")
    assert any(line.startswith("Not understood: blorp") for line in lines)
