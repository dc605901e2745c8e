"""Spelling: words that are others with a typing mistake, and not their opposites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsight.intake.text.lists import words_of
from minsight.likeness import fewest_slips, slips_between

SLIPS_FROM_LETTERS: Final = ((8, 2), (3, 1), (0, 0))
"""How many slips a word may hold, from so many letters on, beside words that fit."""
ALONE_FROM_LETTERS: Final = 6
"""From so many letters on a word may hold a slip whatever stands beside it."""
DENYING: Final = words_of("spelling", "denying")
"""Single words that deny, without their apostrophes."""
_BEGINNINGS: Final = words_of("spelling", "beginnings")
_REAL: Final = words_of("spelling", "real")


def denials(words: str) -> list[str]:
    """The denying words among these, however the apostrophe was typed.

    >>> denials("won't wake up"), denials("free of pain, not tired")
    (['wont'], ['free', 'not'])
    """
    return [word for word in words.replace("'", "").split() if word in DENYING]


def is_slip(word: str, other: str) -> bool:
    """Whether one word is the other with a typing mistake, and not its opposite.

    >>> is_slip("koilonichia", "koilonychia"), is_slip("regular", "irregular")
    (True, False)
    >>> is_slip("hypoglycaemia", "hyperglycaemia"), is_slip("less", "more")
    (False, False)
    """
    if word == other:
        return True
    if any(letter.isdigit() for letter in word + other):
        return False  # another number is another thing
    if word in _REAL:
        return False
    return (
        word[0] == other[0]
        and _beginning(word) == _beginning(other)
        and slips_between(word, other) <= _allowed(min(len(word), len(other)))
    )


def corrected(word: str, known: Sequence[str]) -> str | None:
    """The one known word that this one is a slip of; None when that is doubtful."""
    if len(word) < ALONE_FROM_LETTERS or any(letter.isdigit() for letter in word):
        return None
    near = fewest_slips(word, known, allowed=_allowed(len(word)), most=6)
    fitting = [
        (slips, known[place])
        for slips, place in near
        if len(known[place]) >= ALONE_FROM_LETTERS and is_slip(word, known[place])
    ]
    best = [other for slips, other in fitting if slips == fitting[0][0]]
    return best[0] if len(best) == 1 else None


def _allowed(letters: int) -> int:
    return next(slips for least, slips in SLIPS_FROM_LETTERS if letters >= least)


def _beginning(word: str) -> str:
    """The part of a word that decides what it says, such as `hypo` and `hyper`."""
    return next((part for part in _BEGINNINGS if word.startswith(part)), "")
