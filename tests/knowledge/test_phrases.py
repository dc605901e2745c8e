"""Phrases: one spelling for every way to write the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.knowledge.phrases import normalise, sorted_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (" \t\n", ""),
        ("?!", ""),
        ("Night-Cramps", "night cramps"),
        ("spoon_nails", "spoon nails"),
        ("goître", "goitre"),
        ("gôitre (swelling)", "goitre swelling"),
        ("Straße", "strasse"),
        ("vitamin B\N{SUBSCRIPT ONE}\N{SUBSCRIPT TWO}", "vitamin b12"),
        ("type \N{ROMAN NUMERAL TWO}", "type ii"),
        ("\N{LATIN SMALL LIGATURE FI}ts", "fits"),
        ("can't", "can't"),
        ("can\N{RIGHT SINGLE QUOTATION MARK}t", "can't"),
        ("'itch'", "itch"),
        ("no\N{NO-BREAK SPACE}energy", "no energy"),
    ],
)
def test_words_are_brought_to_one_spelling(text: str, words: str) -> None:
    assert normalise(text) == words


@given(text=st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(text=st.text(st.characters(max_codepoint=127), max_size=60))
def test_one_foreign_letter_changes_no_other_word(text: str) -> None:
    """Plain text takes a shorter way, which must come to the same."""
    assert normalise(f"{text} \N{GREEK SMALL LETTER ALPHA}") == (
        f"{normalise(text)} \N{GREEK SMALL LETTER ALPHA}".strip()
    )


@given(text=st.text(max_size=60))
def test_what_is_normal_has_single_spaces_and_one_case(text: str) -> None:
    words = normalise(text)
    assert words == " ".join(words.split())
    assert words == words.casefold()


@given(words=st.lists(st.text("abc", min_size=1), max_size=6), data=st.data())
def test_the_order_of_words_is_gone_and_no_word_is(
    words: list[str], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(words))
    assert sorted_words(" ".join(words)) == sorted_words(" ".join(shuffled))
    assert sorted(sorted_words(" ".join(words)).split()) == sorted(words)
