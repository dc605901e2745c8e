"""What says that all is well is understood, and nothing else passes for it."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import NOTHING_WRONG, recognise
from minsight.intake.text.neutral import is_neutral


@pytest.mark.parametrize(
    "text",
    [
        "fine", "Feeling fine.", "I feel ok otherwise", "all good now", "n/a", "none",
        "no other problems", "nothing to report", "she is well in herself",
        "no complaints",
        "been well for years", "all tests were normal", "just a routine check-up",
        "still eating normally",
        "baby is happy", "no symptoms, fine",
    ],
)  # fmt: skip
def test_all_is_well(text: str) -> None:
    assert is_neutral(text)


@pytest.mark.parametrize(
    "text",
    [
        "fine hair", "no fever", "not fine", "well water", "no energy",
        "normal ferritin",
        "tired", "", "feeling unwell", "no feeling in my legs", "nothing helps",
        "not eating normally", "good at first, then a rash", "no idea", "never well",
    ],
)  # fmt: skip
def test_anything_else_is_not(text: str) -> None:
    assert not is_neutral(text)


def test_it_is_told_as_understood_and_changes_nothing(rules: minsight.Rules) -> None:
    meaning = recognise("tired, feel fine otherwise", rules.vocabulary)
    assert [(m.id, m.text) for m in meaning.recognised] == [
        ("fatigue", "tired"),
        (NOTHING_WRONG, "feel fine otherwise"),
    ]
    assert meaning.unrecognised == ()
    calm = rules.assess(minsight.Subject(present=["fine, no problems"]))
    assert (calm.urgency.judged, calm.candidates) == (True, ())
