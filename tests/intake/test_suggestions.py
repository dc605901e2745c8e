"""What a text that was not understood may mean, for a person to choose."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import recognise
from minsight.intake.suggestions import SUGGESTIONS, near_ids, suggestions
from minsight.knowledge.phrases import normalise


@pytest.mark.parametrize("text", ["muscles of jelly", "thumping heart beats", "qwerty"])
def test_there_are_three_at_most_and_each_is_a_label(
    text: str, rules: minsight.Rules
) -> None:
    found = suggestions((), text, rules.vocabulary)
    vocabulary = rules.vocabulary
    ids = (*vocabulary.finding, *vocabulary.group)
    assert len(found) == len(set(found)) <= SUGGESTIONS
    assert set(found) <= set(map(vocabulary.label, ids))


def test_without_words_nothing_comes_near(rules: minsight.Rules) -> None:
    assert near_ids("", rules.vocabulary) == ()


def test_what_cannot_be_so_of_whom_it_is_told_is_left_out(
    rules: minsight.Rules,
) -> None:
    """Of a man, nothing that only a woman can have."""
    vocabulary = rules.vocabulary
    text = "flooding every month"
    ids = near_ids(normalise(text), vocabulary)
    of_women = {
        vocabulary.label(id_)
        for id_ in ids
        if (entry := vocabulary.entry(id_)) is not None
        and entry.holds_for.sex == "female"
    }
    assert of_women
    told = recognise("a man of 60", vocabulary).mentions
    assert of_women.isdisjoint(suggestions((), text, vocabulary, told=told))
