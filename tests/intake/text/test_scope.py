"""Scopes: what a cue says of each entry of its sentence, and where it is not sure."""

from __future__ import annotations

from typing import Final

import pytest

from minsight.intake.text.context import Turn, cues_of
from minsight.intake.text.scope import Join, Piece, Span, rulings

NAMED: Final = ("fever", "rash", "itch", "cough")
"""The entries of these sentences, a word each."""
SURE, DOUBTFUL = True, False
DENIED: Final = (Turn.NEGATED, SURE)
PERHAPS_DENIED: Final = (Turn.NEGATED, DOUBTFUL)


def ruled(*parts: tuple[Join, str]) -> dict[str, tuple[Turn, bool]]:
    """What is said of each entry, in a sentence of pieces and how they are joined."""
    pieces, spans, start = list[Piece](), list[Span](), 0
    for number, (join, text) in enumerate(parts):
        pieces.append(Piece(start, start + len(text), text, join))
        for name in NAMED:
            at = text.find(name)
            if at >= 0:
                spans.append(Span(start + at, start + at + len(name), number))
        start += len(text) + 1
    spans.sort(key=lambda span: span.start)
    sentence = " ".join(text for _, text in parts)
    names = [sentence[span.start : span.end] for span in spans]
    found = rulings(pieces, spans, cues_of(sentence))
    return {names[one.entry]: (one.turn, one.sure) for one in found}


@pytest.mark.parametrize("text", ["no fever", "fever absent", "fever: no"])
def test_a_cue_governs_its_own_piece_on_either_side(text: str) -> None:
    assert ruled(("first", text)) == {"fever": DENIED}


def test_what_a_sentence_says_plainly_is_ruled_by_nothing() -> None:
    assert ruled(("first", "fever"), ("and", "rash")) == {}
    assert ruled(("first", "not only fever"), ("other", "rash")) == {}


def test_an_or_carries_a_denial_on() -> None:
    assert ruled(("first", "no fever"), ("or", "rash")) == {
        "fever": DENIED, "rash": DENIED,
    }  # fmt: skip


def test_an_or_at_the_end_holds_a_whole_list_together() -> None:
    found = ruled(("first", "no fever"), ("comma", "rash"), ("or", "itch"))
    assert found == {"fever": DENIED, "rash": DENIED, "itch": DENIED}


@pytest.mark.parametrize("join", ["comma", "and"])
def test_a_list_that_could_be_read_both_ways_is_doubtful(join: Join) -> None:
    assert ruled(("first", "no fever"), (join, "rash")) == {
        "fever": DENIED, "rash": PERHAPS_DENIED,
    }  # fmt: skip


def test_a_far_cue_takes_the_whole_list() -> None:
    found = ruled(("first", "denies fever"), ("comma", "rash"), ("and", "itch"))
    assert found == {"fever": DENIED, "rash": DENIED, "itch": DENIED}


@pytest.mark.parametrize("text", ["has rash", "she has rash", "reports rash"])
def test_a_new_statement_is_out_of_reach(text: str) -> None:
    for first in ("no fever", "denies fever"):
        assert ruled(("first", first), ("comma", text)) == {"fever": DENIED}


def test_each_piece_speaks_for_itself_where_the_cue_is_said_again() -> None:
    found = ruled(("first", "no fever"), ("comma", "rash"), ("comma", "no itch"))
    assert found == {"fever": DENIED, "itch": DENIED}


def test_a_cue_in_the_middle_of_a_list_is_of_its_piece_alone() -> None:
    found = ruled(("first", "cough"), ("comma", "no fever"), ("comma", "rash"))
    assert found == {"fever": DENIED}


def test_a_cue_at_the_end_of_a_list_governs_it_where_the_verb_says_so() -> None:
    assert ruled(("first", "fever"), ("and", "rash are absent")) == {
        "fever": DENIED, "rash": DENIED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("join", "of_the_first"), [("or", DENIED), ("and", PERHAPS_DENIED), ("comma", None)]
)
def test_a_cue_at_the_end_reaches_back_as_the_list_is_joined(
    join: Join, of_the_first: tuple[Turn, bool] | None
) -> None:
    found = ruled(("first", "fever"), (join, "rash absent"))
    assert (found["rash"], found.get("fever")) == (DENIED, of_the_first)


def test_an_answer_to_a_question_is_of_that_question_alone() -> None:
    found = ruled(("first", "fever"), ("comma", "rash: no"), ("comma", "itch"))
    assert found == {"rash": DENIED}


def test_a_cue_with_nothing_beside_it_leads_into_the_next_piece() -> None:
    assert ruled(("first", "denies"), ("other", "fever")) == {"fever": DENIED}


def test_two_cues_say_two_things() -> None:
    found = ruled(("first", "no fever"), ("other", "maybe rash"))
    assert found == {"fever": DENIED, "rash": (Turn.UNCERTAIN, SURE)}


def test_a_family_is_everybody_that_is_listed() -> None:
    found = ruled(("first", "family history of fever"), ("comma", "rash"))
    assert found == {
        "fever": (Turn.EXPERIENCER, SURE),
        "rash": (Turn.EXPERIENCER, SURE),
    }


def test_what_somebody_else_had_goes_on_over_the_time_of_it() -> None:
    other = (Turn.EXPERIENCER, SURE)
    assert ruled(("first", "my mother had fever"), ("stop", "rash")) == {
        "fever": other,
        "rash": other,
    }
    assert ruled(("first", "my mother had fever"), ("stop", "I have a rash")) == {
        "fever": other
    }


def test_an_entry_among_the_words_of_a_cue_is_ruled_with_what_stands_before() -> None:
    past = (Turn.HISTORICAL, SURE)
    assert ruled(("first", "cough as a child")) == {"cough": past}


def test_without_entries_a_cue_rules_nothing() -> None:
    assert ruled(("first", "no idea")) == {}
    assert list(rulings([], [], [])) == []
