"""Pieces: where a sentence is cut, how its parts hang together, and its words."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.text.pieces import pieces_of, stated_words, words_in
from minsight.intake.text.results import results, with_marks


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("fever, cough or rash", ["first fever", "comma cough", "or rash"]),
        ("tired because of cramps", ["first tired", "stop of cramps"]),
        ("no fever (or cough)", ["first no fever", "or cough"]),
        ("fine except cramps", ["first fine", "stop except cramps"]),
        ("fine, except for cramps", ["first fine", "stop except for cramps"]),
        (
            "cough that no syrup helps",
            ["first cough", "stop that", "stop no syrup helps"],
        ),
        ("trouble with my memory", ["first trouble with my memory"]),
        ("tired with cramps", ["first tired", "other cramps"]),
        ("pins and needles", ["first pins and needles"]),
        ("pins and ribs", ["first pins", "and ribs"]),
        ("cough (+), rash (-)", ["first cough", "other rash", "other -"]),
        ("", []),
    ],
)
def test_a_sentence_is_cut_where_words_join_or_begin_anew(
    sentence: str, pieces: list[str]
) -> None:
    found = [f"{p.join} {p.text.strip()}" for p in pieces_of(sentence)]
    assert found == pieces


def test_words_of_a_saying_are_one_word_where_it_stands() -> None:
    sentence = "sleeps next to nothing"
    first, second = words_in(list(pieces_of(sentence)))
    assert (first.text, second.text) == ("sleeps", "barely")
    assert sentence[second.start : second.end] == "next to nothing"


def test_words_that_join_are_none_where_they_part_nothing() -> None:
    pieces = list(pieces_of("trouble with pins and needles"))
    assert [word.text for word in words_in(pieces)] == ["trouble", "pins", "needles"]


def test_small_words_and_units_are_left_out() -> None:
    words = words_in(tuple(pieces_of("the rash, QT 520 ms")))
    assert [(word.text, word.piece) for word in words] == [
        ("rash", 0),
        ("qt", 1),
        ("520", 1),
    ]


def test_a_word_that_stands_for_a_value_is_an_entry(rules: minsight.Rules) -> None:
    text = "tired, K 2.9"
    found = {one.at.start: one for one in results(text, rules.vocabulary)}
    marked = with_marks(text, found.values(), "0")
    words = tuple(words_in(tuple(pieces_of(marked))))
    (match,) = stated_words(0, words, found)
    assert (match.phrase.id, words[match.places[0]].start) == ("potassium", 7)
