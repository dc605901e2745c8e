"""Pieces: a sentence cut where words join its parts or begin anew, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from minsight.intake.text.context import Cue, Turn, beginnings, cues_of
from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import Match
from minsight.intake.text.lists import lists_of, words_of
from minsight.intake.text.notation import pattern
from minsight.intake.text.results import Result
from minsight.intake.text.scope import Join, Piece
from minsight.intake.text.stretches import Stretch
from minsight.intake.text.words import (
    BREAKS,
    SMALL,
    TROUBLES,
    UNITS,
    WITHOUT,
    sayings_in,
    stem,
)
from minsight.knowledge.phrases import normalise

_WITH: Final = "with"
_PARTING_WITH: Final = "".join(rf"(?<!\b{word}\s)" for word in sorted(TROUBLES)) + _WITH
"""A "with" that is no part of "trouble with"."""
_SET: Final = "|".join(
    [
        *(
            rf"(?<=\b{one}\s)and\s{other}\b"
            for one, _, other in map(str.split, lists_of("words")["set pairs"])
        ),
        *(rf"{pattern(one, {})}\b" for one in lists_of("words")["no breaks"]),
    ]
)
"""The second half of "pins and needles", and "better off", which nothing parts."""
_BREAK: Final = (
    rf"\b(?!{_SET})(?:{'|'.join([*sorted(BREAKS - {_WITH}), _PARTING_WITH])})\b"
)
_JOIN: Final = re.compile(
    rf"\s*(?:[,()\[\]&+]|(?<!\d)/|/(?!\d)|\s[-\u2013\u2014]\s|{_BREAK})"
    rf"(?:\s*(?:[,()\[\]&+]|(?<!\d)/|/(?!\d)|{_BREAK}))*\s*",
    re.IGNORECASE,
)
_TELLS_WHOSE: Final = (Turn.EXPERIENCER, Turn.CARER, Turn.HYPOTHETICAL)
_TELLS_WHEN: Final = (*_TELLS_WHOSE, Turn.HISTORICAL, Turn.RECENT)
_ENDING: Final = words_of("words", "ending")
"""Those of the words that join at which a denial ends."""
_WORD: Final = re.compile(
    r"(?:\b[^\W_]['\u2019])?[^\W_]+(?:['\u2019](?:s|t|d|m|re|ve|ll)\b)?", re.IGNORECASE
)
"""A word; an apostrophe where English has none is a quotation mark."""


def pieces_of(sentence: str, values: Sequence[Stretch] = ()) -> Iterator[Piece]:
    """The pieces of a sentence, cut where words join them or one begins anew.

    A value is a statement of its own, unless words tell whose or of when it is, or turn
    it: in "no h/o bleeding Hb 58 pale" nothing but the bleeding is denied.
    """
    anew = beginnings(sentence)
    cues = tuple(cues_of(sentence)) if values else ()
    for start, end, join in _joined_stretches(sentence):
        inside = [one for one in values if start <= one.start and one.end <= end]
        round_values = _round_values(inside, start, end, cues)
        cuts = sorted({at for at in (*anew, *round_values) if start <= at < end})
        for one, other in pairwise((start, *cuts, end)):
            if sentence[one:other].strip():
                begun: Join = "stop" if one in cuts else join
                yield Piece(one, other, sentence[one:other], begun)


def _round_values(
    values: Sequence[Stretch], start: int, end: int, cues: Sequence[Cue]
) -> Iterator[int]:
    """Where a stretch is cut before and after the values in it."""
    for one in values:
        before = list(_from(cues, start, one.start))
        turned = any(one.start - cue.end <= 1 for cue in before)
        if not turned and not any(cue.turn in _TELLS_WHOSE for cue in before):
            yield one.start
        if not any(c.turn in _TELLS_WHEN for c in _from(cues, one.end, end)):
            yield one.end


def _from(cues: Iterable[Cue], start: int, end: int) -> Iterator[Cue]:
    return (cue for cue in cues if start <= cue.start < end)


def _joined_stretches(sentence: str) -> Iterator[tuple[int, int, Join]]:
    """The stretches between words that join, each with how it is joined."""
    start = 0
    join: Join = "first"
    for match in _JOIN.finditer(sentence):
        if sentence[start : match.start()].strip():
            yield start, match.start(), join
            join = _join_of(match.group())
        start = match.end()
    if sentence[start:].strip():
        yield start, len(sentence), join


def _join_of(text: str) -> Join:
    words = normalise(text).split()
    bracketed = not set("()[]").isdisjoint(text)
    if "or" in words:
        return "or"
    if "and" in words or "&" in text or ("+" in text and not bracketed):
        return "and"
    if not _ENDING.isdisjoint(words):
        return "stop"
    return "other" if words or bracketed else "comma"


def words_in(pieces: Sequence[Piece]) -> Iterator[Word]:
    """The words of a sentence that have a meaning of their own."""
    for number, piece in enumerate(pieces):
        before = ""
        for said, start, end in _said(piece):
            for word in normalise(said).split():
                plain = word.replace("'", "")
                counted, before = before.isdecimal() and plain in UNITS, plain
                if counted:
                    continue
                plain = WITHOUT.get(plain, plain)
                if plain not in SMALL and plain not in BREAKS:
                    yield Word(plain, stem(plain), number, start, end)


def _said(piece: Piece) -> Iterator[tuple[str, int, int]]:
    """The words of a piece and where they stand; those of a saying are one."""
    done = 0
    sayings = {start: (end, word) for start, end, word in sayings_in(piece.text)}
    for match in _WORD.finditer(piece.text):
        start, end = match.span()
        if start < done:
            continue
        done, said = sayings.get(start, (end, match.group()))
        yield said, piece.start + start, piece.start + done


def stated_words(
    start: int, words: Sequence[Word], results: Mapping[int, Result]
) -> Iterator[Match]:
    """The words that stand for values, each as an entry."""
    for place, word in enumerate(words):
        result = results.get(start + word.start)
        if result is not None:
            yield Match(result.phrase, (place,), word.piece, mistyped=False)
