"""What is given at a question: numbers of lines, values, words put right."""

from __future__ import annotations

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.recognition import recognise
from minsight.questions.session import ReplyValue, Session
from minsight_cli.dialogue.asking_back import TextPart
from minsight_cli.dialogue.given import NUMBERS, chosen_lines, put_right, value_of

LINES = ("fatigue", "fever", "pica")


@pytest.mark.parametrize("text", ["1", "1 3?", "2, and 3", " 1;2 "])
def test_numbers_are_told_from_words(text: str) -> None:
    assert NUMBERS.fullmatch(text)
    assert not NUMBERS.fullmatch(f"{text} times a day")


def test_numbers_choose_lines() -> None:
    assert chosen_lines("2, and 3?", LINES) == {"fever": "yes", "pica": "unsure"}
    with pytest.raises(SubjectError, match="there is no number 4; choose from 1 to 3"):
        chosen_lines("1 4", LINES)


def test_a_bare_number_is_in_the_unit_of_the_question(rules: minsight.Rules) -> None:
    unit = rules.vocabulary.measurement["ferritin"].unit
    assert value_of("12", "ferritin", rules.vocabulary) == ReplyValue(12.0, unit)
    with pytest.raises(SubjectError):
        value_of("12 bananas", "ferritin", rules.vocabulary)


def test_what_was_put_right_counts_as_asked_and_the_rest_stays_told(
    rules: minsight.Rules,
) -> None:
    texts = ("no fever", "zonky hair")
    parts = [
        TextPart("present", text, recognise(text, rules.vocabulary)) for text in texts
    ]
    session = put_right(Session(fingerprint=""), tuple(parts), rules.vocabulary)
    assert session.steps == ({"fever": "no"},)
    assert session.told == ("zonky hair",)
