"""Spelling: a slip of the finger is seen, and an opposite never taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.intake.text.spelling import corrected, is_slip

KNOWN = ("koilonychia", "constipation", "fatigue", "fever", "hypothyroid", "nails")


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("fever", "fever", True),
        ("no", "no", True),
        ("b12", "b12", True),
        # one letter other, gone, more, or two exchanged
        ("fevar", "fever", True),
        ("fevr", "fever", True),
        ("feever", "fever", True),
        ("feevr", "fever", True),
        # how many slips a word may hold
        ("no", "nor", False),
        ("tea", "teas", True),
        ("fatgiu", "fatigue", False),
        ("koilonichea", "koilonychia", True),
        ("coilonichea", "koilonychia", False),
        ("koylonichea", "koilonychia", False),
        # what is another word
        ("regular", "irregular", False),
        ("hypoglycaemia", "hyperglycaemia", False),
        ("microcytosis", "macrocytosis", False),
        ("underweight", "overweight", False),
        ("b12", "b13", False),
        ("b12", "b1", False),
        ("itch", "fever", False),
    ],
)
def test_a_slip_is_a_letter_or_two_and_never_the_first(
    word: str, other: str, slip: bool
) -> None:
    assert is_slip(word, other) == slip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("fatigeu", "fatigue"),
        ("constipaton", "constipation"),
        ("koilonichia", "koilonychia"),
        ("fatigue", "fatigue"),
        ("nials", None),
        ("fevers", None),
        ("hyperthyroid", None),
        ("fatigu3", None),
        ("xyzzyxyzzy", None),
    ],
)
def test_a_long_word_is_corrected_whatever_stands_beside_it(
    word: str, meant: str | None
) -> None:
    """Of a short word, one letter is too much: "nials" may be anything."""
    assert corrected(word, KNOWN) == meant


@pytest.mark.parametrize("known", [["loosing", "lousing"], ["lousing", "loosing"]])
def test_a_word_between_two_is_neither(known: Sequence[str]) -> None:
    assert corrected("loesing", known) is None


def test_the_nearest_of_several_is_meant() -> None:
    assert corrected("cramping", ["crampings", "cramping"]) == "cramping"


WORDS = st.text("abcz1", min_size=1, max_size=9)


@given(one=WORDS, other=WORDS)
def test_a_slip_goes_both_ways(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    assert is_slip(one, one)


@given(word=WORDS, known=st.lists(WORDS, max_size=5, unique=True))
def test_what_is_corrected_is_a_known_word_that_the_word_is_a_slip_of(
    word: str, known: list[str]
) -> None:
    meant = corrected(word, known)
    assert meant is None or (meant in known and is_slip(word, meant))
