"""The lexicon: which entries of the vocabulary the words of a sentence name.

An entry is found where its words, by their stems, stand close together; the longest fit
wins. A frame is found where each of its lists gives words that do. What the words round
an entry say about it is the matter of `scope`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import msgspec

from minsight.intake.text.spelling import DENYING, corrected, denials
from minsight.intake.text.words import BREAKS, is_vague, leaves_meaning, stem, stems
from minsight.knowledge.phrases import Phrase, PhraseFrame, normalise

GAP: Final = 2
"""How many other words may stand between the words of an entry."""
BY_FRAME: Final = "frame"
"""How a phrase came about that a frame put together."""
MOST_SHARING: Final = 200
"""How many phrases are worth comparing when something was not understood."""


EntryParts: TypeAlias = tuple[str, ...]
"""Stems, and names of lists."""
WordSpan: TypeAlias = tuple[int, ...]
"""The places of the words of one part, in a row."""


class Word(msgspec.Struct, frozen=True):
    """A word of a sentence: its stem, its piece, and where it stands in the text."""

    text: str
    stem: str
    piece: int
    start: int
    end: int


class Match(msgspec.Struct, frozen=True):
    """An entry and the places of its words among the words of the sentence."""

    phrase: Phrase
    places: tuple[int, ...]
    piece: int
    mistyped: bool

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """The longest first, denials last, then the closest, then the first."""
        spread = self.places[-1] - self.places[0]
        denies = bool(denials(self.phrase.words))
        return -len(self.places), denies, spread, self.places[0]


class Lexicon:
    """The phrases of a vocabulary by the stems of their words, and its frames.

    `_entries` holds what is named by stems and lists, in any order.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        frames: Iterable[PhraseFrame] = (),
        lists: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._phrases = tuple(phrases)
        self._lists = _Lists(lists or {})
        self._entries: dict[EntryParts, tuple[Phrase | PhraseFrame, ...]] = {}
        for phrase in self._phrases:
            words = [word for word in phrase.words.split() if word not in BREAKS]
            own = stems(" ".join(words))
            if all(map(leaves_meaning, words)) or (len(own) == 1 and len(words) > 1):
                continue  # "the runs" is not "run"
            if len(own) == 1 and is_vague(words[0]):
                continue
            self._add(own, phrase)
        for frame in frames:
            self._add(frame.parts, frame)
        self._spread = Counter(one for own in self._entries for one in set(own))
        self._by_rarest: dict[str, list[EntryParts]] = {}
        for own in self._entries:
            rarest = min(own, key=self._spread.__getitem__, default=None)
            if rarest is not None:
                self._by_rarest.setdefault(rarest, []).append(own)
        self._meant: dict[str, str] = {}

    def _add(self, own: EntryParts, entry: Phrase | PhraseFrame) -> None:
        """Stems may mean two entries: then only the words as they stand tell."""
        self._entries[own] = (*self._entries.get(own, ()), entry)

    def entries(self, text: str, words: Sequence[Word]) -> list[Match]:
        """The entries that the words of a text name, none sharing a word, in order."""
        meant = [self._as_meant(word) for word in words]
        chosen: list[Match] = []
        taken: set[int] = set()
        everything = self._all(f" {normalise(text)} ", words, meant)
        for found in sorted(everything, key=lambda f: f.rank):
            if taken.isdisjoint(found.places):
                chosen.append(found)
                taken.update(found.places)
        named = (found for found in chosen if found.phrase.id)
        return sorted(named, key=lambda f: f.places[0])

    def sharing(self, own: Iterable[str]) -> list[Phrase]:
        """Phrases that have one of these stems; those of rare stems come first."""
        found: dict[Phrase, None] = {}
        for one in sorted(set(own), key=lambda s: (self._spread.get(s, 0), s)):
            if len(found) < MOST_SHARING:
                found.update(dict.fromkeys(self._holders.get(one, ())))
        return list(found)

    @cached_property
    def _holders(self) -> dict[str, list[Phrase]]:
        holders: dict[str, list[Phrase]] = {}
        for own, entries in self._entries.items():
            phrases = [entry for entry in entries if isinstance(entry, Phrase)]
            for one in dict.fromkeys(own):
                holders.setdefault(one, []).extend(phrases)
        return holders

    @cached_property
    def _words(self) -> list[str]:
        of_phrases = {word for p in self._phrases for word in p.words.split()}
        return sorted(of_phrases | self._lists.words)

    def _as_meant(self, word: Word) -> str:
        """The stem of a word, or of the known word that it is a slip of."""
        if (
            word.stem in self._spread
            or word.stem in self._lists.stems
            or leaves_meaning(word.text)
        ):
            return word.stem
        if word.text not in self._meant:
            known = corrected(word.text, self._words)
            self._meant[word.text] = stem(known) if known else word.stem
        return self._meant[word.text]

    def _all(
        self, plain: str, words: Sequence[Word], meant: Sequence[str]
    ) -> Iterator[Match]:
        at = self._lists.found_in(words, meant)
        for place, one in enumerate(meant):
            at.setdefault(one, []).append((place,))
        for one, anchors in at.items():
            for own in self._by_rarest.get(one, ()):
                if not all(other in at for other in own):
                    continue
                entry = _meaning(self._entries[own], plain)
                if entry is not None:
                    for anchor in anchors:
                        spans = _spans(own, at, anchor, words)
                        if spans and _close(spans, entry, words, meant):
                            yield _match(entry, spans, words, meant)


class _Lists:
    """Lists of words and phrases by the stems they begin with."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.words = {w for some in lists.values() for one in some for w in one.split()}
        self.stems: set[str] = set()
        self._begun: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name, phrases in lists.items():
            for own in dict.fromkeys(map(stems, phrases)):
                if own:
                    self.stems.update(own)
                    self._begun.setdefault(own[0], []).append((name, own[1:]))

    def found_in(
        self, words: Sequence[Word], meant: Sequence[str]
    ) -> dict[str, list[WordSpan]]:
        """The places of what each list gives, in a row and in one piece."""
        found: dict[str, list[WordSpan]] = {}
        for place, one in enumerate(meant):
            for name, rest in self._begun.get(one, ()):
                end = place + 1 + len(rest)
                if (
                    tuple(meant[place + 1 : end]) == rest
                    and words[end - 1].piece == words[place].piece
                ):
                    found.setdefault(name, []).append(tuple(range(place, end)))
        return found


def _meaning(
    entries: Sequence[Phrase | PhraseFrame], plain: str
) -> Phrase | PhraseFrame | None:
    """The one entry of these stems, or the one whose own words are in the text."""
    if len({entry.id for entry in entries}) > 1:
        entries = [
            entry
            for entry in entries
            if isinstance(entry, Phrase) and f" {entry.words} " in plain
        ]
    ids = {entry.id for entry in entries}
    return entries[0] if len(ids) == 1 else None


def _spans(
    own: EntryParts,
    at: Mapping[str, Sequence[WordSpan]],
    anchor: WordSpan,
    words: Sequence[Word],
) -> list[WordSpan] | None:
    """For each part of the entry words of its own, as near the anchor as can be.

    First in its own piece: the second "low" of "zinc low, iron low" is that of iron.
    Of two that are as near the longer.
    """
    taken: set[int] = set()
    spans: list[WordSpan] = []
    for one in own:
        free = [span for span in at[one] if taken.isdisjoint(span)]
        if not free:
            return None
        best = min(free, key=lambda span: _far(span, anchor, words))
        spans.append(best)
        taken.update(best)
    return spans


def _far(
    span: WordSpan, anchor: WordSpan, words: Sequence[Word]
) -> tuple[bool, int, int]:
    first, last = span[0], anchor[0]
    elsewhere = words[first].piece != words[last].piece
    return elsewhere, abs(first - last), -len(span)


def _match(
    entry: Phrase | PhraseFrame,
    spans: Sequence[WordSpan],
    words: Sequence[Word],
    meant: Sequence[str],
) -> Match:
    places = tuple(sorted(place for span in spans for place in span))
    if isinstance(entry, PhraseFrame):
        said = " ".join(words[place].text for place in places)
        entry = Phrase(said, entry.id, entry.kind, BY_FRAME)
    slip = any(meant[place] != words[place].stem for place in places)
    return Match(entry, places, words[places[0]].piece, slip)


def _close(
    spans: Sequence[WordSpan],
    entry: Phrase | PhraseFrame,
    words: Sequence[Word],
    meant: Sequence[str],
) -> bool:
    """Whether the words stand together.

    They do in one piece, and in a row across two when the entry is made of two, as
    "hands and feet" is, or is so long that this is not chance.

    An entry with a denying word of its own must stand in a row: "no fever, low energy"
    is not "no energy".
    """
    places = sorted(place for span in spans for place in span)
    between = [
        place
        for place in range(places[0], places[-1])
        if place not in places and not leaves_meaning(words[place].text)
    ]
    one_piece = words[places[0]].piece == words[places[-1]].piece
    denies = any(meant[place] in DENYING for place in places)
    if isinstance(entry, PhraseFrame):
        if denies:
            return one_piece and not between
        return (one_piece or entry.spread) and len(between) <= GAP
    if one_piece and not denies:
        return len(between) <= GAP
    in_row = not between and [*spans] == sorted(spans)
    made_of_two = not BREAKS.isdisjoint(entry.words.split())
    return in_row and (one_piece or made_of_two or len(spans) > GAP)
