"""Pieces: a sentence cut where its words are joined, and the words of each piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import Match
from minsight.intake.text.results import Result
from minsight.intake.text.scope import Join, Piece
from minsight.intake.text.words import BREAKS, SMALL, UNITS, WITHOUT, stem
from minsight.knowledge.phrases import normalise

_JOIN: Final = re.compile(
    rf"\s*(?:[,/()\[\]&+]|\s[-\u2013\u2014]\s|\b(?:{'|'.join(sorted(BREAKS))})\b)"
    rf"(?:\s*(?:[,/()\[\]&+]|\b(?:{'|'.join(sorted(BREAKS))})\b))*\s*",
    re.IGNORECASE,
)
_WORD: Final = re.compile(
    r"(?:\b[^\W_]['\u2019])?[^\W_]+(?:['\u2019](?:s|t|d|m|re|ve|ll)\b)?", re.IGNORECASE
)
"""A word; an apostrophe where English has none is a quotation mark."""


def pieces_of(sentence: str) -> Iterator[Piece]:
    """A sentence cut at commas, signs and small words that join."""
    start = 0
    join: Join = "first"
    for match in _JOIN.finditer(sentence):
        if sentence[start : match.start()].strip():
            yield Piece(start, match.start(), sentence[start : match.start()], join)
            join = _join_of(match.group())
        start = match.end()
    if sentence[start:].strip():
        yield Piece(start, len(sentence), sentence[start:], join)


def _join_of(text: str) -> Join:
    words = normalise(text).split()
    if "or" in words:
        return "or"
    if "and" in words or "&" in text or "+" in text:
        return "and"
    return "other" if words or not set("()[]").isdisjoint(text) else "comma"


def words_of_pieces(pieces: Sequence[Piece]) -> Iterator[Word]:
    """The words of the pieces that mean something, with their stems."""
    for number, piece in enumerate(pieces):
        before = ""
        for match in _WORD.finditer(piece.text):
            for word in normalise(match.group()).split():
                plain = word.replace("'", "")
                counted, before = before.isdecimal() and plain in UNITS, plain
                if counted:
                    continue
                plain = WITHOUT.get(plain, plain)
                if plain not in SMALL:
                    start = piece.start + match.start()
                    end = piece.start + match.end()
                    yield Word(plain, stem(plain), number, start, end)


def stated_words(
    start: int, words: Sequence[Word], results: Mapping[int, Result]
) -> Iterator[Match]:
    """The words that stand for values, each as an entry."""
    for place, word in enumerate(words):
        result = results.get(start + word.start)
        if result is not None:
            yield Match(result.phrase, (place,), word.piece, mistyped=False)
