"""Pieces: where a sentence is cut, and which of its words count."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.text.pieces import pieces_of, stated_words, words_of_pieces
from minsight.intake.text.results import results, with_marks


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("fever, cough and a rash", "fever|cough|a rash"),
        ("fever/cough (dry)", "fever|cough|dry"),
        ("no fever or cough", "no fever|cough"),
        ("cough - dry", "cough|dry"),
        ("tired", "tired"),
    ],
)
def test_a_sentence_is_cut_where_its_words_are_joined(
    sentence: str, pieces: str
) -> None:
    found = [piece.text.strip(" )") for piece in pieces_of(sentence)]
    assert found == pieces.split("|")


def test_small_words_and_units_are_left_out() -> None:
    words = words_of_pieces(tuple(pieces_of("the rash, QT 520 ms")))
    assert [(word.text, word.piece) for word in words] == [
        ("rash", 0),
        ("qt", 1),
        ("520", 1),
    ]


def test_a_word_that_stands_for_a_value_is_an_entry(rules: minsight.Rules) -> None:
    text = "tired, K 2.9"
    found = {one.at.start: one for one in results(text, rules.vocabulary)}
    marked = with_marks(text, found.values(), "0")
    words = tuple(words_of_pieces(tuple(pieces_of(marked))))
    (match,) = stated_words(0, words, found)
    assert (match.phrase.id, words[match.places[0]].start) == ("potassium", 7)
