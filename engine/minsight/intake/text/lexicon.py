"""The lexicon: which entries of the vocabulary the words of a sentence name.

An entry is found where its words, by their stems, stand close together; the longest fit
wins. A frame is found where each of its lists gives words that do. What the words round
an entry say about it is the matter of `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import msgspec

from minsight.intake.text.entry_index import (
    EntryParts,
    FrameIndex,
    PhraseIndex,
    Word,
    WordSpan,
    as_it_stands,
)
from minsight.intake.text.spelling import DENYING, corrected, denials
from minsight.intake.text.vectors import word_vectors
from minsight.intake.text.words import (
    BREAKS,
    PARTICLES,
    TROUBLES,
    leaves_meaning,
    stem,
    stem_each,
)
from minsight.knowledge.phrases import Phrase, PhraseFrame, normalise

GAP: Final = 2
"""How many other words may stand between the words of an entry."""
BY_FRAME: Final = "frame"
"""How a phrase came about that a frame put together."""


class Match(msgspec.Struct, frozen=True):
    """An entry and the places of its words among the words of the sentence."""

    phrase: Phrase
    places: tuple[int, ...]
    piece: int
    mistyped: bool
    as_written: bool = False

    @property
    def rank(self) -> tuple[int, bool, int, int, bool]:
        """The longest first, denials last, then the closest, the first, as written."""
        spread = self.places[-1] - self.places[0]
        denies = bool(denials(self.phrase.words))
        return -len(self.places), denies, spread, self.places[0], not self.as_written


_TOO: Final = " too "
_RELATIVE: Final = re.compile(r"^\W*(?:that|which|who)\b[^.;]*$", re.IGNORECASE)
"""Stands before words that say more of what was named last."""


class Lexicon:
    """The phrases of a vocabulary by the stems of their words, and its frames."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        frames: Iterable[PhraseFrame] = (),
        lists: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._phrases = PhraseIndex(phrases)
        self._frames = FrameIndex(frames, lists or {})
        self._meant: dict[str, str] = {}

    def entries(self, text: str, words: Sequence[Word]) -> list[Match]:
        """The entries that the words of a text name, none sharing a word, in order."""
        meant = [self._as_meant(word) for word in words]
        chosen: list[Match] = []
        taken: set[int] = set()
        everything = list(self._all(text, words, meant))
        plain = [found for found in everything if not denials(found.phrase.words)]
        for found in sorted(everything, key=lambda f: f.rank):
            if found.phrase.by == BY_FRAME and _denies_itself(found, plain):
                continue
            if taken.isdisjoint(found.places):
                chosen.append(found)
                taken.update(found.places)
        named = (found for found in chosen if found.phrase.id)
        return sorted(named, key=lambda f: f.places[0])

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._phrases.words | self._frames.words)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem_each(self._words).values())

    def _as_meant(self, word: Word) -> str:
        """The stem of a word, or of the known word that it is a slip of.

        A word of English is no slip: who swears does not sweat.
        """
        if word.stem in self._stems or leaves_meaning(word.text):
            return word.stem
        if word.text not in self._meant:
            known = corrected(word.text, self._words)
            slip = known is not None and not word_vectors().is_word(word.text)
            self._meant[word.text] = stem(known) if known and slip else word.stem
        return self._meant[word.text]

    def _all(
        self, text: str, words: Sequence[Word], meant: Sequence[str]
    ) -> Iterator[Match]:
        plain = f" {normalise(text)} "
        at = self._frames.lists_in(plain, words, meant)
        for place, one in enumerate(meant):
            at.setdefault(one, []).append((place,))
        for anchor, own, entries in self._named_by(at):
            entry = _meaning([e for e in entries if _stands(e, own, plain)], plain)
            if entry is not None:
                for near in at[anchor]:
                    spans = _spans(own, at, near, words)
                    if spans and _close(spans, entry, words, meant, text):
                        yield _match(entry, spans, words, meant, plain)

    def _named_by(
        self, at: Mapping[str, object]
    ) -> Iterator[tuple[str, EntryParts, Sequence[Phrase | PhraseFrame]]]:
        """The entries all of whose parts are there, in order, each with its anchor.

        Phrases come before frames. Stems may mean two entries: then only the words as
        they stand tell.
        """
        there = at.keys()
        found: dict[EntryParts, list[tuple[int, str, Phrase | PhraseFrame]]] = {}
        for index in (self._phrases, self._frames):
            named: dict[EntryParts, list[tuple[int, str, Phrase | PhraseFrame]]] = {}
            for one in at:
                for number, own, parts, entry in index.of(one):
                    if parts <= there:
                        named.setdefault(own, []).append((number, one, entry))
            found.update(sorted(named.items(), key=lambda pair: pair[1][0][0]))
        for own, near in found.items():
            yield near[0][1], own, [entry for _, _, entry in near]


def _stands(entry: Phrase | PhraseFrame, own: EntryParts, plain: str) -> bool:
    """Whether small words that an entry means something by are in the text.

    Who takes many pills did not take too many.
    """
    if isinstance(entry, PhraseFrame):
        return True
    needed = _TOO if _TOO in f" {entry.words} " else ""
    return needed in plain and as_it_stands(entry, own) in plain


def _denies_itself(found: Match, plain: Iterable[Match]) -> bool:
    """Whether the denying word of an entry turns words that name it without.

    "Never chicken skin" is no chicken skin, though skin that is never smooth may be.
    What stands right behind the denying word is denied: not the gasping of one who
    "cannot speak for gasping".
    """
    own = set(found.places)
    turned = set(_behind_denials(found))
    return bool(turned) and any(
        one.phrase.id == found.phrase.id
        and own.issuperset(one.places)
        and not turned.isdisjoint(one.places)
        for one in plain
    )


def _behind_denials(found: Match) -> Iterator[int]:
    """The places of an entry's words that stand right behind its denying words."""
    said = found.phrase.words.split()
    denying = denials(found.phrase.words)
    if not denying or len(said) != len(found.places):
        yield from found.places if denying else ()
        return
    for place, word in zip(found.places[1:], said, strict=False):
        if word.replace("'", "") in denying:
            yield place


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
    plain: str,
) -> Match:
    places = tuple(sorted(place for span in spans for place in span))
    as_written = isinstance(entry, Phrase) and f" {entry.words} " in plain
    if isinstance(entry, PhraseFrame):
        said = " ".join(words[place].text for place in places)
        entry = Phrase(said, entry.id, entry.kind, BY_FRAME)
    slip = any(meant[place] != words[place].stem for place in places)
    return Match(entry, places, words[places[0]].piece, slip, as_written)


def _of_one(places: Sequence[int], words: Sequence[Word], text: str) -> bool:
    """Whether each piece after the first says something of the one before it."""
    return all(
        words[one].piece == words[other].piece
        or _RELATIVE.match(text[words[one].end : words[other].start])
        for one, other in pairwise(places)
    )


def _is_phrasal(entry: Phrase) -> bool:
    """Whether an entry is a verb with a particle, which no word parts from it.

    What is taken dry out of a box is not dried out.
    """
    _, *rest = entry.words.split()
    return len(rest) == 1 and rest[0] in PARTICLES


def _close(
    spans: Sequence[WordSpan],
    entry: Phrase | PhraseFrame,
    words: Sequence[Word],
    meant: Sequence[str],
    text: str,
) -> bool:
    """Whether the words stand together in the text.

    They do in one piece, and in a row across two when the entry is made of two, as
    "hands and feet" is, or is so long that this is not chance.

    An entry with a denying word of its own must stand in a row: "no fever, low energy"
    is not "no energy". "Spots that do not fade" stand in a row.
    """
    places = sorted(place for span in spans for place in span)
    between = [
        place
        for place in range(places[0], places[-1])
        if place not in places and not leaves_meaning(words[place].text)
    ]
    one_piece = words[places[0]].piece == words[places[-1]].piece
    denies = any(meant[place] in DENYING for place in places)
    if denies and any(
        words[place].text in TROUBLES
        for place in range(places[0], places[-1])
        if place not in places
    ):
        return False  # "no problem with my periods" is not "no periods"
    if isinstance(entry, PhraseFrame):
        if denies or any(meant[place] in DENYING for place in between):
            return (
                denies and not between and (one_piece or _of_one(places, words, text))
            )
        return (one_piece or entry.spread) and len(between) <= GAP * (len(spans) - 1)
    if one_piece and not denies:
        return len(between) <= (0 if _is_phrasal(entry) else GAP)
    in_row = not between and [*spans] == sorted(spans)
    made_of_two = not BREAKS.isdisjoint(entry.words.split())
    parted = denies and not _of_one(places, words, text)  # "not ill, feeding well"
    long = len(spans) > GAP and not parted
    return in_row and (one_piece or made_of_two or long)
