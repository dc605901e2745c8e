"""Medicines: names that nobody listed, by how they end, and names that hold several.

The international nonproprietary names of medicines of one kind end alike: whatever ends
in `pril` is an ACE inhibitor. Such a word is read as its ending, which is a phrase of
the vocabulary; a word of the vocabulary keeps its own meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from minsight.intake.text.stretches import Stretch
from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary

LEAST_BEFORE: Final = 2
"""So many letters stand before the ending at least: "April" is no medicine."""
_WORD: Final = re.compile(r"[^\W\d_]{5,}")


class Unlisted(msgspec.Struct, frozen=True):
    """A word that nobody listed: where it stands, its ending, and what that means."""

    at: Stretch
    ending: str
    means: str


class _Endings(msgspec.Struct, frozen=True):
    """The phrases of endings, the longest first, and all endings for a quick look."""

    phrases: tuple[Phrase, ...]
    every: tuple[str, ...]


def named_by_ending(text: str, vocabulary: Vocabulary) -> Iterator[Unlisted]:
    """The words of a text that name a medicine by their ending alone, in order."""
    endings = vocabulary.once(_endings)
    for match in _WORD.finditer(text):
        word = normalise(match.group())
        singular = word.removesuffix("s")
        if not singular.endswith(endings.every):
            continue
        ending = next(one for one in endings.phrases if singular.endswith(one.words))
        long_enough = len(singular) - len(ending.words) >= LEAST_BEFORE
        known = vocabulary.once(_known_words)
        if long_enough and word not in known and singular not in known:
            yield Unlisted(Stretch(*match.span()), ending.words, ending.id)


def groups_of(product: Phrase, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The groups of the medicines that a product holds, in the order of its file."""
    return tuple(
        phrase.id
        for phrase in vocabulary.phrases
        if phrase.by == "product" and phrase.words == product.words
    )


def _endings(vocabulary: Vocabulary) -> _Endings:
    found = [phrase for phrase in vocabulary.phrases if phrase.by == "ending"]
    found.sort(key=lambda phrase: (-len(phrase.words), phrase.words))
    return _Endings(tuple(found), tuple(phrase.words for phrase in found))


def _known_words(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(word for words in vocabulary.phrase for word in words.split())
