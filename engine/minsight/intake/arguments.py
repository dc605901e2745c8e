"""Arguments: texts as a shell hands them over, of which some are words of one phrase.

`check hair loss` means one thing, `check tired dizzy` two. Words in a row are one text
unless each of them says something by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from minsight.intake.recognition import recognise
from minsight.knowledge.vocabulary import Vocabulary


def in_phrases_of(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The texts, with single words put together that were not quoted as one."""
    return tuple(_joined(texts, vocabulary))


def _joined(texts: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    for single, group in groupby(texts, key=_is_a_word):
        row = list(group)
        if not single or all(_says_something(word, vocabulary) for word in row):
            yield from row
        else:
            yield " ".join(row)


def _is_a_word(text: str) -> bool:
    return len(text.split()) == 1


def _says_something(word: str, vocabulary: Vocabulary) -> bool:
    meaning = recognise(word, vocabulary)
    named = any(match.kind != "person" for match in meaning.recognised)
    return named and not meaning.unrecognised
