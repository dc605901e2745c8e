"""Phrases: words that mean one entry of the vocabulary, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, TypeAlias

import msgspec

PhraseKind: TypeAlias = Literal["finding", "group", "measurement"]
AS_IT_STANDS: Final = "="
"""Before a word of a list that is meant in this form only, and not by its stem."""
APOSTROPHE: Final = "\u2019"
"""The typographic apostrophe, which word processors put in."""

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Phrase(msgspec.Struct, frozen=True):
    """Words that mean one entry of the vocabulary; `words` are normalised."""

    words: str
    id: str
    kind: PhraseKind
    by: str


class PhraseFrame(msgspec.Struct, frozen=True):
    """A way to say an entry: one of the words of each list, near each other.

    `parts` names lists of the vocabulary. The parts of one that is `spread` may stand
    in several items of a list, as in "only rice, chips and cola". One without an `id`
    says what words do not mean: "lung cancer" is neither of two entries.
    """

    id: str
    kind: PhraseKind
    parts: tuple[str, ...]
    spread: bool = False


def normalise(text: str) -> str:
    """The words of a text: lower case, accents and punctuation gone, single spaces.

    >>> normalise("  Goître,  (SWELLING at the front!) ")
    'goitre swelling at the front'
    """
    if text.isascii():
        plain = text.lower()
    else:
        # Marks go first, as to put many of them in order takes long.
        bare = _without_marks(text.replace(APOSTROPHE, "'").casefold())
        bare = _without_marks(unicodedata.normalize("NFKD", bare))
        plain = bare.casefold()  # decomposing brings capitals back
    return " ".join(_WORD.findall(plain))


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c))


def sorted_words(words: str) -> str:
    """The words in alphabetical order, so that their order in a text does not matter.

    >>> sorted_words("tired always")
    'always tired'
    """
    return " ".join(sorted(words.split()))
