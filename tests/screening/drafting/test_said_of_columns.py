"""What a person says of an open column settles it, or is told to say nothing."""

from __future__ import annotations

import pytest

import minsight
from minsight.screening.drafting.said_of_columns import (
    OpenQuestion,
    settled,
    why_not_said,
)
from minsight.screening.drafting.seen import Guess

CODES = OpenQuestion("q1", "it holds 1 and 2", "1, 2", Guess("answer", "pica"))
UNIT = OpenQuestion("hb", "which unit", "12", Guess("measurement", "haemoglobin"))


@pytest.mark.parametrize(
    ("question", "words", "role", "target"),
    [
        (CODES, "yes=1 no=2", "answer", "pica"),
        (CODES, "tiredness, yes=1, no=2", "answer", "fatigue"),
        (CODES, "female=2 male=1", "sex", ""),
        (CODES, "Words", "text", ""),
        (CODES, " ignore ", "ignored", ""),
        (UNIT, "g/dL", "measurement", "haemoglobin"),
    ],
)
def test_what_is_said_settles_a_column(
    question: OpenQuestion,
    words: str,
    role: str,
    target: str,
    rules: minsight.Rules,
) -> None:
    guess = settled(question, words, rules.vocabulary)
    assert guess is not None
    assert (guess.role, guess.target, guess.asked) == (role, target, "")
    assert why_not_said(question, words, rules.vocabulary) == ""


def test_values_are_kept_by_what_they_mean(rules: minsight.Rules) -> None:
    guess = settled(CODES, "yes=1,3 no=2 unknown=9", rules.vocabulary)
    assert guess is not None
    assert guess.meant == {
        "observed": ("1", "3"), "excluded": ("2",), "unknown": ("9",),
    }  # fmt: skip


@pytest.mark.parametrize("words", ["hats", "stones", "tiredness and hair loss"])
def test_what_says_nothing_is_told(words: str, rules: minsight.Rules) -> None:
    assert settled(CODES, words, rules.vocabulary) is None
    assert "names no finding" in why_not_said(CODES, words, rules.vocabulary)
