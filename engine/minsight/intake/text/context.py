"""Cues: words that turn what is said beside them, and how.

"No fever", "fever: denied", "maybe a fever", "my mother had a fever" and "fear of a
fever" all name a fever, and none says that the person has one. Which words a cue
governs is the matter of `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    NARROWED = "narrowed"


class Cue(msgspec.Struct, frozen=True):
    """A cue in a sentence; `far` ones govern a whole list, whatever joins it.

    One that is `alone` is part of the word it denies, or a sign that touches it, and
    governs nothing else.
    """

    turn: Turn
    far: bool
    start: int
    end: int
    alone: bool = False


_SIGNS: Final = (
    (Turn.UNCERTAIN, False, "unless asked", re.compile(r"\?+")),
    (
        Turn.NEGATED,
        False,
        "",
        re.compile(
            r"-ve\b|\(\s*[-\u2212\u2013]\s*\)|:\s?[-\u2212\u2013]$|[\u00d8\u2205](?=\s?\w)"
        ),
    ),
)
_MINUS: Final = r"[-\u2212\u2013]"
_SIGN_BEFORE: Final = re.compile(rf"(?<!\S)(?P<sign>\+|{_MINUS})(?=[^\W\d_])")
_SIGN_AFTER: Final = re.compile(
    rf"(?<=[^\W\d_])\s?(?P<sign>\++|{_MINUS})(?=\s*(?:[,;.]|$))"
)
"""Signs of shorthand: "+cough -fever", "cough +, fever -"."""


def _compiled() -> Iterator[tuple[Turn | None, bool, str, re.Pattern[str]]]:
    """What cues do, None for those that are ignored, how far, and what finds them.

    The third is the remark that stands with them.
    """
    for heading, found in _FOUND_BY.items():
        category, scope, remark = (*heading.split(", "), "", "")[:3]
        yield _turn(category), scope == "list", remark, found


def _found_by() -> Iterator[tuple[str, re.Pattern[str]]]:
    """What finds the cues under each heading."""
    lists = lists_of("context")
    for heading, terms in lists.items():
        if not heading.startswith("<"):
            yield heading, whole_words(pattern(term, lists) for term in terms)


def _turn(category: str) -> Turn | None:
    known = {"ignored": None, **{turn.value: turn for turn in Turn}}
    if category not in known:
        raise FileError(f"`{category}` is no category of cues; use {', '.join(known)}")
    return known[category]


_FOUND_BY: Final = dict(_found_by())
_ANEW: Final = [found for name, found in _FOUND_BY.items() if name.endswith(", anew")]
_OPENING: Final = "opening"
_UNLESS: Final = {
    f"unless {name}": whole_words(
        pattern(term, lists_of("context")) for term in lists_of("context")[f"<{name}>"]
    )
    for name in ("begun", "asked")
}
_FIRST_PERSON: Final = re.compile(r"\b(?:i|i'm|im|i've|ive|me|myself)\b", re.IGNORECASE)
_WITHIN: Final = whole_words(WITHOUT)
_CUES: Final = (*_compiled(), *_SIGNS)
_CARING: Final = (Turn.PARTNER, Turn.CARER)
_OF_SOMEBODY: Final = (Turn.EXPERIENCER, Turn.CARER)
_SETTING: Final = (Turn.PSEUDO, Turn.HYPOTHETICAL, Turn.UNCERTAIN)
_OF_OTHERS: Final = re.compile(
    "|".join(
        found.pattern
        for turn, _, _, found in _CUES
        if turn in (Turn.EXPERIENCER, *_CARING)
    ),
    re.IGNORECASE,
)


def cues_of(sentence: str) -> Iterator[Cue]:
    """The cues of a sentence; none overlaps another.

    >>> sorted(cue.turn.value for cue in cues_of("denies fever, maybe a rash"))
    ['negated', 'uncertain']
    """
    plain = sentence.replace(APOSTROPHE, "'")
    taken = bytearray(len(plain))
    for turn, far, remark, found in _CUES:
        for match in found.finditer(plain):
            start, end = match.span()
            if start and remark == _OPENING:
                break
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                said = _who(plain, turn) if turn in _CARING else turn
                if remark in _UNLESS and _stands_before(_UNLESS[remark], plain, start):
                    said = Turn.PSEUDO
                if said is not None:
                    yield Cue(said, far, start, end)
    for match in (*_WITHIN.finditer(plain), *_signs(plain)):
        start, end = match.span()
        yield Cue(Turn.NEGATED, far=False, start=start, end=end, alone=True)


def _stands_before(words: re.Pattern[str], text: str, end: int) -> bool:
    """Whether one of the words stands before a cue in the same statement."""
    return words.search(text, text.rfind(",", 0, end) + 1, end) is not None


def _signs(text: str) -> Iterator[re.Match[str]]:
    """The minus signs of shorthand.

    A single one is a dash, and a row of minus signs before words is a list.
    """
    before = list(_SIGN_BEFORE.finditer(text))
    after = list(_SIGN_AFTER.finditer(text))
    if len({match["sign"] for match in before}) > 1:
        yield from (match for match in before if match["sign"] != "+")
    if len(after) > 1:
        yield from (match for match in after if match["sign"][0] != "+")


def beginnings(sentence: str) -> list[int]:
    """Where cues stand that begin a statement of their own.

    >>> beginnings("no problems except cramps")
    [12]
    """
    plain = sentence.replace(APOSTROPHE, "'")
    signs = _SIGN_BEFORE.finditer(plain) if any(_signs(plain)) else ()
    words = (match for found in _ANEW for match in found.finditer(plain))
    return sorted({match.start() for match in (*signs, *words)})


def _who(text: str, turn: Turn) -> Turn:
    """What the words of one who cares do: little, unless they speak of themselves."""
    if _FIRST_PERSON.search(text):
        return Turn.EXPERIENCER
    return Turn.PSEUDO if turn is Turn.PARTNER else Turn.CARER


def narrowing(words: str) -> list[str]:
    """The words among these that make of a thing a kind of it.

    >>> narrowing("severe pain at night")
    ['at night', 'severe']
    """
    narrow = (cue for cue in cues_of(words) if cue.turn is Turn.NARROWED)
    return sorted(words[cue.start : cue.end] for cue in narrow)


def others_in(text: str) -> list[Cue]:
    """The cues of a text that speak of somebody else than the person."""
    plain = text.replace(APOSTROPHE, "'")
    if not _OF_OTHERS.search(plain):
        return []  # as nearly always, and known far sooner
    return [cue for cue in cues_of(text) if cue.turn is Turn.EXPERIENCER]


def is_set(cue: Cue) -> bool:
    """Whether the words of a cue, taken together, name nothing: "worried about"."""
    return cue.turn in _SETTING and not cue.alone


def cues_beside(
    sentence: str, cues: Iterable[Cue], entries: Sequence[Sequence[Word]]
) -> Iterator[Cue]:
    """Those of the cues of a sentence that are no words of what it names.

    The "no" of "no energy" is none; the sister in "sister has Graves" is, for what
    else is told of her. "Not only" is none that turns, but in "not only breastfed" it
    is a "not", since the other word is one of the name.
    """
    named = [word for entry in entries for word in entry]
    for cue in cues:
        cut = [word.start for word in named if cue.start < word.start < cue.end]
        if cue.turn is Turn.PSEUDO and cut:
            for left in cues_of(sentence[cue.start : min(cut)]):
                start, end = cue.start + left.start, cue.start + left.end
                denial = msgspec.structs.replace(left, start=start, end=end)
                own = any(_is_of(denial, word) for word in named)
                if left.turn is Turn.NEGATED and not own:
                    yield denial
        elif _tells_whose(cue, entries) or not any(_is_of(cue, w) for w in named):
            yield cue


def _tells_whose(cue: Cue, entries: Iterable[Sequence[Word]]) -> bool:
    """Whether a cue speaks of somebody, and is not, as "twin" is, an entry itself."""
    return cue.turn in _OF_SOMEBODY and not any(
        cue.start <= entry[0].start and entry[-1].end <= cue.end for entry in entries
    )


def _is_of(cue: Cue, word: Word) -> bool:
    """Whether what would be a cue is a word of an entry, as in "no energy"."""
    if cue.alone or cue.turn is Turn.NARROWED:
        return False
    inside = cue.start <= word.start < cue.end
    return word.start == cue.start or (inside and word.text in DENYING)
