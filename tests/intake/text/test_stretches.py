"""Stretches: whatever was told of a text, its words are covered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.intake.text.stretches import Stretch, covering
from minsight.intake.text.words import SMALL
from minsight.knowledge.phrases import normalise
from texts import JOINING

WORDS = ("fever", "and", "but", "the", "denies", "severe", "x\u0301y", "don't", "2")


@st.composite
def told_texts(draw: st.DrawFn) -> tuple[str, list[Stretch]]:
    """A text and stretches of it, which may meet and cut words in two."""
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
    marks = st.sampled_from([" ", ", ", ". ", "-", "'"])
    text = "".join(word + draw(marks) for word in draw(words))
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place).map(sorted), max_size=4))
    return text, [Stretch(start, end) for start, end in pairs if start < end]


@given(drawn=told_texts())
def test_every_word_is_covered_or_joins_what_is(
    drawn: tuple[str, list[Stretch]],
) -> None:
    text, told = drawn
    found = covering(text, told)
    told_now = [*found.wider.values(), *found.idle]
    covered = {word for one in told_now for word in normalise(one.of(text)).split()}
    assert set(normalise(text).split()) - covered <= SMALL | set(JOINING)


@given(drawn=told_texts())
def test_a_stretch_becomes_wider_and_none_is_lost(
    drawn: tuple[str, list[Stretch]],
) -> None:
    text, told = drawn
    found = covering(text, told)
    assert found.wider.keys() == set(told)
    assert all(wider.holds(one) for one, wider in found.wider.items())
    assert covering(text, found.wider.values()).idle == found.idle


@pytest.mark.parametrize(
    ("text", "told", "now"),
    [
        ("fever and cough", ["fever", "cough"], ["fever", "cough"]),
        ("the fever and the", ["fever"], ["fever and the"]),
        ("on-and-off fever", ["off fever"], ["on-and-off fever"]),
        ("fever, severe-cough", ["fever", "cough"], ["fever", "severe-cough"]),
        ("fever, severe cough", ["fever", "cough"], ["fever, severe", "cough"]),
        ("feverish", ["fever"], ["feverish"]),
    ],
)
def test_words_between_belong_to_what_they_stand_by(
    text: str, told: list[str], now: list[str]
) -> None:
    stretches = [Stretch(text.index(one), text.index(one) + len(one)) for one in told]
    found = covering(text, stretches)
    assert [found.wider[one].of(text) for one in stretches] == now
    assert found.idle == ()


def test_words_that_turn_nothing_are_apart() -> None:
    text = "fever. Denies"
    assert covering(text, [Stretch(0, 5)]).idle == (Stretch(7, 13),)
