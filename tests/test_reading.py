"""Reading phrases in parts: modifiers change nothing, turning words forbid."""

from __future__ import annotations

import pytest

import minsight
from minsight.recognition import recognise


def meant(rules: minsight.Rules, text: str, answer: str = "present") -> set[str]:
    found = recognise(text, rules.vocabulary, answer=answer).recognised
    return {match.id for match in found if match.answer == answer}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("severe chronic fatigue", {"fatigue"}),
        ("cramps in both calves for three weeks", {"muscle_cramps"}),
        ("fever and cough", {"fever", "cough"}),
        (
            "hair loss, brittle nails and dry skin",
            {"hair_loss", "brittle_nails", "dry_skin"},
        ),
        ("an enormous goitre", {"goitre"}),
        ("takes hydrochlorothiazide 25 mg daily", {"thiazide_diuretic"}),
        ("history of gastric bypass", {"bariatric_surgery"}),
        ("diarrhea", {"diarrhea"}),
        ("diarrhoeas", {"diarrhea"}),
        ("swollen ankles without chest pain", {"edema"}),
    ],
)
def test_what_is_named_is_found(
    rules: minsight.Rules, text: str, ids: set[str]
) -> None:
    assert meant(rules, text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "mother has goitre",
        "no sign of a goitre at all",
        "family history of tetany",
        "possible seizure at school",
        "fear of weight loss",
        "history of tetany",
        "pale stools",
        "running more",
        "used to be vegan",
        "low potassium diet",
        "denies fever, cough or headache",
    ],
)
def test_what_is_turned_into_something_else_is_not(
    rules: minsight.Rules, text: str
) -> None:
    assert meant(rules, text) == set()


def test_an_absence_is_taken_only_as_it_was_said(rules: minsight.Rules) -> None:
    """No severe headache is not no headache."""
    assert meant(rules, "headache or fever", "absent") == {"headache", "fever"}
    assert meant(rules, "severe headache", "absent") == set()


def test_words_that_were_not_understood_are_told(rules: minsight.Rules) -> None:
    subject = minsight.Subject(present=["an enormous goitre"])
    (match,) = rules.assess(subject).recognised
    assert match.by == "part"
    assert any("Read only in part" in note for note in rules.assess(subject).notes)
