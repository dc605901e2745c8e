"""Cues: words that turn what is said beside them, and how.

"No fever", "fever: denied", "maybe a fever", "my mother had a fever" and "fear of a
fever" all name a fever, and none says that the person has one. Which words a cue
governs is the matter of `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.intake.text.entry_index import Word
from minsight.intake.text.lists import lists_of
from minsight.intake.text.notation import pattern, whole_words
from minsight.intake.text.spelling import DENYING
from minsight.intake.text.words import WITHOUT
from minsight.knowledge.phrases import APOSTROPHE


class Turn(Enum):
    """What a cue does to the entries it governs."""

    PSEUDO = "pseudo"
    EXPERIENCER = "experiencer"
    PARTNER = "partner"
    CARER = "carer"
    HISTORICAL = "historical"
    RECENT = "recent"
    UNCERTAIN = "uncertain"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Cue(msgspec.Struct, frozen=True):
    """A cue in a sentence; `far` ones govern a whole list, whatever joins it.

    One that is `alone` is part of the word it denies and governs nothing else.
    """

    turn: Turn
    far: bool
    start: int
    end: int
    alone: bool = False


_SIGNS: Final = (
    (Turn.UNCERTAIN, False, re.compile(r"\?+")),
    (
        Turn.NEGATED,
        False,
        re.compile(r"-ve\b|\(\s*[-\u2212\u2013]\s*\)|:\s?[-\u2212\u2013]$"),
    ),
)


def _compiled() -> Iterator[tuple[Turn | None, bool, re.Pattern[str]]]:
    """What cues do, None for those that are ignored, how far, and what finds them."""
    lists = lists_of("context")
    for heading, terms in lists.items():
        if not heading.startswith("<"):
            category, _, scope = heading.partition(", ")
            found = whole_words(pattern(term, lists) for term in terms)
            yield _turn(category), scope.startswith("list"), found


def _turn(category: str) -> Turn | None:
    known = {"ignored": None, **{turn.value: turn for turn in Turn}}
    if category not in known:
        raise FileError(f"`{category}` is no category of cues; use {', '.join(known)}")
    return known[category]


_FIRST_PERSON: Final = re.compile(r"\b(?:i|i'm|im|i've|ive|me|myself)\b", re.IGNORECASE)
_WITHIN: Final = whole_words(WITHOUT)
_CUES: Final = (*_compiled(), *_SIGNS)
_CARING: Final = (Turn.PARTNER, Turn.CARER)
_OF_OTHERS: Final = [
    found for turn, _, found in _CUES if turn in (Turn.EXPERIENCER, *_CARING)
]


def cues_of(sentence: str) -> Iterator[Cue]:
    """The cues of a sentence; none overlaps another.

    >>> sorted(cue.turn.value for cue in cues_of("denies fever, maybe a rash"))
    ['negated', 'uncertain']
    """
    plain = sentence.replace(APOSTROPHE, "'")
    taken = bytearray(len(plain))
    for turn, far, found in _CUES:
        for match in found.finditer(plain):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                said = _who(plain, turn) if turn in _CARING else turn
                if said is not None:
                    yield Cue(said, far, start, end)
    for match in _WITHIN.finditer(plain):
        start, end = match.span()
        yield Cue(Turn.NEGATED, far=False, start=start, end=end, alone=True)


def _who(text: str, turn: Turn) -> Turn:
    """What the words of one who cares do: little, unless they speak of themselves."""
    if _FIRST_PERSON.search(text):
        return Turn.EXPERIENCER
    return Turn.PSEUDO if turn is Turn.PARTNER else Turn.CARER


def others_in(text: str) -> list[Cue]:
    """The cues of a text that speak of somebody else than the person."""
    plain = text.replace(APOSTROPHE, "'")
    if not any(found.search(plain) for found in _OF_OTHERS):
        return []  # as nearly always, and known far sooner
    return [cue for cue in cues_of(text) if cue.turn is Turn.EXPERIENCER]


def cues_beside(sentence: str, named: Sequence[Word]) -> Iterator[Cue]:
    """The cues of a sentence that are no words of what it names.

    The "no" of "no energy" is none. "Not only" is none that turns, but in "not only
    breastfed" it is a "not", since the other word is one of the name.
    """
    for cue in cues_of(sentence):
        if any(_is_of(cue, word) for word in named):
            continue
        cut = [word.start for word in named if cue.start < word.start < cue.end]
        if cue.turn is Turn.PSEUDO and cut:
            for left in cues_of(sentence[cue.start : min(cut)]):
                start, end = cue.start + left.start, cue.start + left.end
                yield msgspec.structs.replace(left, start=start, end=end)
        else:
            yield cue


def _is_of(cue: Cue, word: Word) -> bool:
    """Whether what would be a cue is a word of an entry, as in "no energy"."""
    if cue.alone:
        return False
    inside = cue.start <= word.start < cue.end
    return word.start == cue.start or (inside and word.text in DENYING)
