"""Likeness: plain Python gives the numbers of RapidFuzz, in its order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import likeness

WORDS = st.text("abcdeéñ -'9", max_size=12)
LISTS = st.lists(WORDS, max_size=30)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if RapidFuzz were not installed."""
    monkeypatch.setattr(likeness, "rapidfuzz", lambda: None)


@given(WORDS, LISTS, st.sampled_from([0, 50, 70, 80, 88, 100]), st.integers(1, 8))
def test_the_most_alike_are_those_of_rapidfuzz(
    word: str, others: list[str], least: float, most: int
) -> None:
    assert likeness.plain_most_alike(
        word, others, least=least, most=most
    ) == likeness.most_alike(word, others, least=least, most=most)


@given(WORDS, LISTS, st.integers(0, 3))
def test_the_fewest_slips_are_those_of_rapidfuzz(
    word: str, known: list[str], allowed: int
) -> None:
    assert likeness.plain_fewest_slips(
        word, known, allowed=allowed, most=6
    ) == likeness.fewest_slips(word, known, allowed=allowed, most=6)
    for other in known:
        assert likeness.plain_slips_between(word, other) == likeness.slips_between(
            word, other
        )


def mistyped(word: str, chance: random.Random) -> str:
    """The word with two neighbours swapped and one letter left out."""
    at = chance.randrange(len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    gone = chance.randrange(len(swapped))
    return swapped[:gone] + swapped[gone + 1 :]


def test_slips_of_the_vocabulary_are_seen_alike(rules: minsight.Rules) -> None:
    chance = random.Random(20)
    phrases = sorted(rules.vocabulary.phrase)
    for phrase in chance.sample(phrases, 40):
        if len(phrase) > 2:
            typed = mistyped(phrase, chance)
            for least in (70.0, 88.0):
                assert likeness.plain_most_alike(
                    typed, phrases, least=least, most=8
                ) == likeness.most_alike(typed, phrases, least=least, most=8)


@pytest.mark.usefixtures("without")
def test_an_error_proposes_the_same_word_without_rapidfuzz() -> None:
    from minsight.errors import did_you_mean

    assert did_you_mean("koilonichia", ["pica", "koilonychia"]) == (
        "did you mean `koilonychia`?"
    )


def test_rapidfuzz_is_missing_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(likeness, "import_module", missing)
    assert likeness.rapidfuzz.__wrapped__() is None
