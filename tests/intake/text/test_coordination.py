"""Coordination: what a piece of a list leaves out, because its neighbour says it."""

from __future__ import annotations

from typing import Final

import pytest

from minsight.intake.text.coordination import shared
from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import Lexicon, Match
from minsight.intake.text.scope import Join, Piece
from minsight.intake.text.words import stem
from minsight.knowledge.phrases import Phrase

LEXICON: Final = Lexicon(
    Phrase(words, words.replace(" ", "_"), "finding", "label")
    for words in (
        "loss of taste",
        "loss of smell",
        "perioral dermatitis",
        "perianal dermatitis",
        "back pain",
        "hip pain",
        "no energy",
        "no appetite",
        "itch",
    )
)


def shares(*parts: tuple[Join, str]) -> list[tuple[str, str]]:
    """The entries that pieces share, each with the words of its own."""
    pieces, words, start = list[Piece](), list[Word](), 0
    for number, (join, text) in enumerate(parts):
        pieces.append(Piece(start, start + len(text), text, join))
        for one in text.split():
            words.append(Word(one, stem(one), number, start, start + len(one)))
            start += len(one) + 1
    found = list[Match]()
    for number, (_, text) in enumerate(parts):
        own = [place for place, word in enumerate(words) if word.piece == number]
        for named in LEXICON.entries(text, [words[place] for place in own]):
            places = tuple(own[place] for place in named.places)
            found.append(Match(named.phrase, places, number, named.mistyped))
    return [
        (one.phrase.id, " ".join(words[place].text for place in one.places))
        for one in shared(pieces, words, found, LEXICON)
    ]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        # the first words of the entry before
        ((("first", "loss of taste"), ("and", "smell")), [("loss_of_smell", "smell")]),
        ((("first", "loss of taste"), ("or", "smell")), [("loss_of_smell", "smell")]),
        # the last word of the list
        (
            (("first", "perioral"), ("and", "perianal dermatitis")),
            [("perioral_dermatitis", "perioral")],
        ),
        ((("first", "back"), ("or", "hip pain")), [("back_pain", "back")]),
        # nothing is left out
        ((("first", "loss of taste"), ("and", "itch")), []),
        ((("first", "itch"), ("and", "back pain")), []),
        # no list
        ((("first", "loss of taste"), ("other", "smell")), []),
        ((("first", "loss of taste"), ("comma", "smell")), []),
        ((("first", "back"), ("comma", "hip pain")), []),
        # no entry with the words of the neighbour
        ((("first", "loss of taste"), ("and", "elephants")), []),
        ((("first", "loss of taste"), ("and", "the")), []),
    ],
)
def test_a_piece_that_names_nothing_alone_takes_what_its_neighbour_says(
    parts: tuple[tuple[Join, str], ...], found: list[tuple[str, str]]
) -> None:
    assert shares(*parts) == found


def test_a_comma_is_held_together_by_the_end_of_its_list() -> None:
    parts: tuple[tuple[Join, str], ...] = (
        ("first", "loss of taste"), ("comma", "smell"), ("and", "itch"),
    )  # fmt: skip
    assert shares(*parts) == [("loss_of_smell", "smell")]


@pytest.mark.parametrize(("join", "carried"), [("or", True), ("and", False)])
def test_only_an_or_carries_a_denial_that_is_part_of_a_name(
    join: Join, carried: bool
) -> None:
    found = shares(("first", "no energy"), (join, "appetite"))
    assert found == ([("no_appetite", "appetite")] if carried else [])
