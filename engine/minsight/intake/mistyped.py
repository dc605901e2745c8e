"""Mistyped: the one phrase of the vocabulary that a text is, but for slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minsight.intake.text.spelling import ALONE_FROM_LETTERS, denials, is_slip
from minsight.knowledge.phrases import Phrase, sorted_words
from minsight.knowledge.vocabulary import Vocabulary
from minsight.likeness import most_alike

CLOSE: Final = 88.0
"""Least similarity (0 to 100) of a spelling that is taken as meant."""
MARGIN: Final = 4.0
"""By how much the best spelling must beat the best one of another entry."""
MOST_WORDS_WHOLE: Final = 10
"""A longer text is not a misspelt phrase."""


def mistyped(words: str, vocabulary: Vocabulary) -> tuple[Phrase, float, str] | None:
    """The one phrase that differs by typing mistakes or word order only."""
    if not words or words.count(" ") >= MOST_WORDS_WHOLE:
        return None
    near = list(_nearest(words, vocabulary))
    return near[0] if near and _beats_others(near) else None


def _spelled(vocabulary: Vocabulary) -> dict[int, tuple[tuple[str, ...], ...]]:
    """The phrases of each number of words, as said and with their words in order."""
    return {
        n: tuple(zip(*pairs, strict=True)) for n, pairs in vocabulary.spellings.items()
    }


def _nearest(words: str, vocabulary: Vocabulary) -> Iterator[tuple[Phrase, float, str]]:
    denied = sorted(denials(words))
    spelled = vocabulary.once(_spelled)
    as_said, in_order = spelled.get(words.count(" ") + 1, ((), ()))
    for by, ours, theirs in (
        ("spelling", words, as_said),
        ("order", sorted_words(words), in_order),
    ):
        matches = most_alike(ours, theirs, least=CLOSE, most=8)
        near = [(as_said[place], score) for score, place in matches]
        fitting = [
            (phrase, score)
            for phrase, score in near
            if sorted(denials(phrase)) == denied and _is_mistyped(words, phrase)
        ]
        if fitting:
            yield from ((vocabulary.phrase[one], score, by) for one, score in fitting)
            return


def _is_mistyped(words: str, phrase: str) -> bool:
    """Whether the words are those of the phrase, each with a slip at the most.

    A short word alone may be another one: "pain" is no slip of a medicine.
    """
    ours, theirs = sorted(words.split()), sorted(phrase.split())
    if len(ours) == 1 and min(len(words), len(phrase)) < ALONE_FROM_LETTERS:
        return False
    return len(ours) == len(theirs) and all(map(is_slip, ours, theirs))


def _beats_others(near: Sequence[tuple[Phrase, float, str]]) -> bool:
    best, similarity, _ = near[0]
    others = [other for phrase, other, _ in near if phrase.id != best.id]
    return not others or similarity - max(others) >= MARGIN
