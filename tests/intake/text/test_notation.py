"""Notation: how a clinician writes the words that change what is said."""

from __future__ import annotations

import pytest

from minsight.errors import FileError
from minsight.intake.text.notation import pattern, whole_words

LISTS = {"<kin>": ("mothers?", "(step)?father"), "<not>": ("not", "_n't")}


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("risks? of", "at the risk of a fever", "risk of"),
        ("risks? of", "asterisks of", None),  # whole words alone
        ("(may|might) have", "she MIGHT have", "might have"),
        ("(past)? history of", "a past history of", "past history of"),
        ("(past)? history of", "a history of", "history of"),
        ("denies (having)? (any)?", "denies any fever", "denies any"),
        ("denies (having)? (any)?", "denies fever", "denies"),
        ("(a|b (c)?)? d", "b c d", "b c d"),
        ("no (_)? (_)? history", "no known family history", "no known family history"),
        ("vaccin_", "vaccinated", "vaccinated"),
        ("vaccin_", "vaccin", None),
        ("improv*", "improv", "improv"),
        ("start* ... ago", "started some weeks ago", "started some weeks ago"),
        ("start* ... ago", "started; weeks ago", None),
        ("(9)? days ago", "12 days ago", "12 days ago"),
        ("(the|my)? <kin>", "my stepfather", "my stepfather"),
        ("<not> seen", "wasn't seen", "wasn't seen"),
        ("gone >> END", "it is gone, though", "gone"),
        ("gone >> END", "gone fishing", None),
        ("since >> (early)? childhood", "since early childhood", "since"),
        ("since >> (early)? childhood", "since monday", None),
        ("feeding << an? >> infant", "feeding an infant", "an"),
        ("feeding << an? >> infant", "seeing an infant", None),
        ("h/o", "h/o stroke", "h/o"),
        ("y.o.", "30 y.o., well", "y.o."),
    ],
)
def test_a_term_finds_what_it_says(term: str, text: str, found: str | None) -> None:
    match = whole_words([pattern(term, LISTS)]).search(text)
    assert (match and match.group().lower()) == found


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("(a|b", "has a parenthesis without the other one"),
        ("a) (b", "has a parenthesis without the other one"),
        ("my <friend>", "names `<friend>`, which is no heading"),
        ("[a-z]+", "has a sign that means nothing in a term"),
        ("Denies", "has a sign that means nothing in a term"),
    ],
)
def test_a_term_that_means_nothing_is_refused(term: str, words: str) -> None:
    with pytest.raises(FileError) as caught:
        pattern(term, LISTS)
    assert str(caught.value) == f"`{term}` {words}"
