"""Mentions: what is told of others is left over, and told so."""

from __future__ import annotations

from minsight.intake.text.mentions import Mention, TextReading, Unread
from minsight.intake.text.stretches import Stretch
from minsight.knowledge.phrases import Phrase


def mention(words: str, start: int) -> Mention:
    phrase = Phrase(words, words, "finding", "id")
    at = Stretch(start, start + len(words))
    return Mention(phrase, "observed", "words", at, start)


def test_what_stands_in_the_stretches_of_others_is_left_over() -> None:
    fever, cough = mention("fever", 0), mention("cough", 20)
    before = Unread(Stretch(8, 12))
    told = TextReading((fever, cough), (before,)).without([Stretch(15, 30)])
    assert told.parts == (fever,)
    assert told.left[0] == before
    assert (told.left[1].at, told.left[1].about) == (cough.at, (cough.phrase,))
    assert told.left[1].because == "said of somebody else"


def test_without_others_nothing_changes() -> None:
    told = TextReading((mention("fever", 0),), ())
    assert told.without([]) == told
