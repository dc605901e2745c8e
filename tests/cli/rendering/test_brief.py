"""The short form: one screen, danger first, nothing lost that matters."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

import minsight
from command_line import said
from minsight.assessment.model import Assessment, Urgency
from minsight.intake.recognition import Unrecognised
from minsight_cli.rendering.brief import ONE_SCREEN, REASONS, show_assessment
from minsight_cli.rendering.phrasing import inside

MANY: Any = {
    "present": (
        "tired", "craving ice", "spoon-shaped nails", "sore tongue", "hair loss",
        "cramps", "tingling hands", "goitre", "always cold", "numb feet",
        "slow wound healing", "loss of taste",
    ),
    "groups": ("vegan", "chronic diarrhoea"),
    "age": "34",
    "sex": "f",
}  # fmt: skip


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def shown(
    assessment: Assessment,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
) -> str:
    show_assessment(assessment, rules, full=False)
    return capsys.readouterr().out


@pytest.mark.usefixtures("columns")
@pytest.mark.parametrize(
    "about",
    [
        {"present": ("tired", "craving ice"), "groups": ("vegetarian",), "age": "28"},
        {"present": ("tired",)},
        {"present": ("chest pain", "fainting")},
        {"present": ("goitre", "tired", "dry skin")},
        {},
    ],
)
def test_one_person_fits_one_screen(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str], about: dict[str, Any]
) -> None:
    text = shown(rules.assess(minsight.Subject(**about)), rules, capsys)
    assert len(text.splitlines()) <= ONE_SCREEN
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.usefixtures("columns")
def test_of_many_answers_the_reasons_give_way_and_no_candidate_does(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rules.assess(minsight.Subject(**MANY))
    text = shown(found, rules, capsys)
    ahead = [c for c in found.candidates if not rules.catalogue.level[c.level].folded]
    assert len(ahead) > 3
    for candidate in ahead:
        assert f"{candidate.rank}  {candidate.name}: " in text
    assert text.count("   for ") in {len(ahead), REASONS[-1][0]}


def test_three_reasons_at_most_and_what_speaks_against(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    subject = minsight.Subject(
        present=["ice_craving", "fatigue", "spoon_nails", "hair_loss"],
        groups=["vegetarian_diet"],
        age="28",
    )
    found = rules.assess(subject)
    iron = found.candidates[0]
    assert len([r for r in iron.reasons if r.counted]) > 3
    text = said(shown(found, rules, capsys))
    told = [reason for reason in iron.reasons if reason.because in text]
    assert 0 < len(told) <= 3
    assert "against nothing that was reported" in text


def test_what_fits_a_little_is_named_up_to_three_and_counted(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rules.assess(minsight.Subject(present=["fatigue"], age="30"))
    names = [inside(candidate.name) for candidate in found.candidates]
    assert len(names) > 3
    text = said(shown(found, rules, capsys))
    rest = f"Fits a little: {', '.join(names[:3])}; {len(names) - 3} more with --full."
    assert rest in text


def test_a_textbook_picture_is_shown_with_its_honest_words(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    present = ["fatigue", "weakness", "shortness of breath"]
    found = rules.assess(minsight.Subject(present=present, age="30"))
    text = said(shown(found, rules, capsys))
    assert "1 Iron: a few unspecific findings" in text
    assert "Each alone is unspecific" in text


def test_look_alikes_stand_under_the_candidates(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    present = ["numbness", "unsteady_gait"]
    found = rules.assess(minsight.Subject(present=present, age="50"))
    assert "too much zinc" in [one.name for one in found.look_alikes]
    assert "Looks like it: too much zinc, " in said(shown(found, rules, capsys))


def test_what_was_not_understood_stands_before_everything(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rules.assess(minsight.Subject(present=["tired", "qqqq"], age="30"))
    text = shown(found, rules, capsys)
    assert text.startswith("Not understood: qqqq")
    emergency = msgspec.structs.replace(
        found,
        urgency=Urgency("emergency", "Call.", (), judged=False),
        unrecognised=(Unrecognised("qqqq", ()),),
    )
    text = shown(emergency, rules, capsys)
    assert text.startswith("Urgency: Call.")
    assert "Not understood: qqqq" in text
    assert "Iron" not in text


@pytest.mark.usefixtures("columns")
@pytest.mark.parametrize(
    ("about", "stands"),
    [
        ({"present": ("tired",), "age": "30", "sex": "f"}, True),
        ({"present": ("tired",), "unsure": ("a fit",), "age": "30"}, False),
        ({"present": ("tired", "mole getting bigger"), "age": "30"}, False),
    ],
)
def test_the_next_step_of_a_mineral_stands_only_where_nothing_is_more_urgent(
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    about: dict[str, Any],
    stands: bool,
) -> None:
    text = shown(rules.assess(minsight.Subject(**about)), rules, capsys)
    assert ("Next step:" in text) is stands
