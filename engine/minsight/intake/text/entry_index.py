"""Indexes of phrases and frames: which of them a text may name, by one of its words.

A command reads a line or two of text and ends, so an index costs as little as can be:
the phrases stand by their longest word, and stems are made of those that are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import msgspec

from minsight.intake.text.spelling import DENYING
from minsight.intake.text.words import (
    BREAKS,
    OF_SAYINGS,
    SAYS_LITTLE_DENIED,
    SMALL,
    in_single_words,
    is_vague,
    leaves_meaning,
    stem,
    stem_each,
    stems,
)
from minsight.knowledge.phrases import AS_IT_STANDS, Phrase, PhraseFrame

EntryParts: TypeAlias = tuple[str, ...]
"""The stems of a phrase, or the names of the lists of a frame."""
Numbered: TypeAlias = tuple[int, EntryParts, frozenset[str], Phrase | PhraseFrame]
"""An entry with its parts, in order and as a set, and its number.

Of two that fit as well the first wins.
"""
WordSpan: TypeAlias = tuple[int, ...]
"""The places of the words of one part, in a row."""
_Item: TypeAlias = tuple[str, tuple[str, ...], str]
"""The list it is of, the words after the first, and what must stand in the text."""
_LEFT_OUT: Final = SMALL | BREAKS


class Word(msgspec.Struct, frozen=True):
    """A word of a sentence: its stem, its piece, and where it stands in the text."""

    text: str
    stem: str
    piece: int
    start: int
    end: int


def as_it_stands(phrase: Phrase, own: EntryParts) -> str:
    """What must stand in a text, where small words leave one: "the runs" is no run."""
    return f" {phrase.words} " if len(own) == 1 and " " in phrase.words else ""


class PhraseIndex:
    """Phrases by the stem of their longest word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[tuple[int, Phrase]]] = {}
        for number, phrase in enumerate(phrases):
            words = _plain(phrase.words)
            if not OF_SAYINGS.isdisjoint(words):
                words = _plain(in_single_words(phrase.words))
            longest = max(words, key=len)
            if longest in _LEFT_OUT:
                weighty = (word for word in words if word not in _LEFT_OUT)
                longest = max(weighty, key=len, default="")
            self._by_word.setdefault(longest, []).append((number, phrase))
        self._found: dict[str, tuple[Numbered, ...]] = {}

    def of(self, one: str) -> Sequence[Numbered]:
        """The phrases whose longest word has this stem, each with all of its stems."""
        if one not in self._found:
            words = self._forms.get(one, ())
            pairs = (pair for word in words for pair in self._by_word[word])
            parts = ((n, _parts(phrase), phrase) for n, phrase in pairs)
            self._found[one] = tuple(
                (n, own, frozenset(own), phrase) for n, own, phrase in parts if own
            )
        return self._found[one]

    @property
    def words(self) -> set[str]:
        every = (phrase for named in self._by_word.values() for _, phrase in named)
        return {word for phrase in every for word in _plain(phrase.words)}

    @cached_property
    def _forms(self) -> Mapping[str, list[str]]:
        return _by_stem(self._by_word)


class _Begun(msgspec.Struct, frozen=True):
    """What lists give that begins with one stem, in order and each once.

    The names of the lists that give it alone; those of which a phrase must stand in the
    text, with the phrase; and by the stem that follows, those that give more words.
    """

    alone: dict[str, None]
    as_they_stand: dict[tuple[str, str], None]
    followed_by: dict[str, dict[tuple[str, tuple[str, ...]], None]]


class FrameIndex:
    """Frames by the rarest of their lists, and lists by the first of their words.

    An item of which small words leave a single one, such as "on the go", says more than
    that word: it is found as it stands only. So is a word that is marked so.
    """

    def __init__(
        self, frames: Iterable[PhraseFrame], lists: Mapping[str, Iterable[str]]
    ) -> None:
        self._begun: dict[str, list[_Item]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                marked = phrase.startswith(AS_IT_STANDS)
                words = phrase.removeprefix(AS_IT_STANDS).split()
                first, *rest = [word for word in words if word not in SMALL] or [""]
                stands = not rest and (marked or len(words) > 1)
                as_it_stands = f" {' '.join(words)} " if stands else ""
                item = (name, tuple(rest), as_it_stands)
                self._begun.setdefault(first, []).append(item)
        each = tuple(frames)
        spread = Counter(part for frame in each for part in frame.parts)
        self._by_rarest: dict[str, list[Numbered]] = {}
        for number, frame in enumerate(each):
            rarest = min(frame.parts, key=spread.__getitem__)
            numbered = (number, frame.parts, frozenset(frame.parts), frame)
            self._by_rarest.setdefault(rarest, []).append(numbered)
        self._members: dict[str, _Begun] = {}

    def of(self, part: str) -> Sequence[Numbered]:
        """The frames whose rarest list this is, each with all of its lists."""
        return self._by_rarest.get(part, ())

    def lists_in(
        self, text: str, words: Sequence[Word], meant: Sequence[str]
    ) -> dict[str, list[WordSpan]]:
        """The places of what each list gives in a text, in a row and in one piece."""
        plain = text.replace("'", "")
        found: dict[str, list[WordSpan]] = {}
        for place, one in enumerate(meant):
            begun = self._beginning(one)
            for name in begun.alone:
                found.setdefault(name, []).append((place,))
            for name, phrase in begun.as_they_stand:
                if phrase in plain:
                    found.setdefault(name, []).append((place,))
            follows = meant[place + 1] if place + 1 < len(meant) else ""
            for name, rest in begun.followed_by.get(follows, ()):
                last = place + len(rest)
                if (
                    tuple(meant[place + 1 : last + 1]) == rest
                    and words[last].piece == words[place].piece
                ):
                    found.setdefault(name, []).append(tuple(range(place, last + 1)))
        return found

    @property
    def words(self) -> set[str]:
        later = (rest for begun in self._begun.values() for _, rest, _ in begun)
        return self._begun.keys() | {word for rest in later for word in rest}

    def _beginning(self, one: str) -> _Begun:
        """The items that begin with this stem."""
        if one not in self._members:
            begun = _Begun({}, {}, {})
            for word in self._forms.get(one, ()):
                for name, rest, as_it_stands in self._begun[word]:
                    if rest:
                        own = tuple(map(stem, rest))
                        begun.followed_by.setdefault(own[0], {})[name, own] = None
                    elif as_it_stands:
                        begun.as_they_stand[name, as_it_stands] = None
                    else:
                        begun.alone[name] = None
            self._members[one] = begun
        return self._members[one]

    @cached_property
    def _forms(self) -> Mapping[str, list[str]]:
        return _by_stem(self._begun)


def _plain(words: str) -> list[str]:
    return words.replace("'", "").split()


def _by_stem(words: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, one in stem_each(words).items():
        found.setdefault(one, []).append(word)
    return found


def _parts(phrase: Phrase) -> EntryParts:
    """The stems of a phrase; none where they would mean less than it does."""
    words = [word for word in _plain(phrase.words) if word not in BREAKS]
    own = stems(" ".join(words))
    if all(map(leaves_meaning, words)):
        return ()
    if len(own) == 1 and len(words) == 1 and is_vague(words[0]):
        return ()
    left = [word for word in words if word not in DENYING and word not in SMALL]
    if len(left) < len(words) and SAYS_LITTLE_DENIED.issuperset(left):
        return ()
    return own
