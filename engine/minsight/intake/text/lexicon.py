"""The lexicon: which entries of the vocabulary the words of a sentence name.

An entry is found where its words, by their stems, stand close together; the longest fit
wins. What the words round it say about it is the matter of `scope`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

import msgspec

from minsight.intake.text.spelling import DENYING, corrected, denials
from minsight.intake.text.words import BREAKS, is_vague, leaves_meaning, stem, stems
from minsight.knowledge.phrases import Phrase, normalise

GAP: Final = 2
"""How many other words may stand between the words of an entry."""
MOST_SHARING: Final = 200
"""How many phrases are worth comparing when something was not understood."""


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
    """The phrases of a vocabulary by the stems of their words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._entries: dict[tuple[str, ...], tuple[Phrase, ...]] = {}
        for phrase in self._phrases:
            words = [word for word in phrase.words.split() if word not in BREAKS]
            own = stems(" ".join(words))
            if all(map(leaves_meaning, words)) or (len(own) == 1 and len(words) > 1):
                continue  # "the runs" is not "run"
            if len(own) == 1 and is_vague(words[0]):
                continue
            self._add(own, phrase)
        self._spread = Counter(one for own in self._entries for one in set(own))
        self._by_rarest: dict[str, list[tuple[str, ...]]] = {}
        for own in self._entries:
            rarest = min(own, key=self._spread.__getitem__, default=None)
            if rarest is not None:
                self._by_rarest.setdefault(rarest, []).append(own)
        self._meant: dict[str, str] = {}

    def _add(self, own: tuple[str, ...], phrase: Phrase) -> None:
        """Stems may mean two entries: then only the words as they stand tell."""
        self._entries[own] = (*self._entries.get(own, ()), phrase)

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
        return sorted(chosen, key=lambda f: f.places[0])

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
        for own, phrases in self._entries.items():
            for one in dict.fromkeys(own):
                holders.setdefault(one, []).extend(phrases)
        return holders

    @cached_property
    def _words(self) -> list[str]:
        return sorted({word for p in self._phrases for word in p.words.split()})

    def _as_meant(self, word: Word) -> str:
        """The stem of a word, or of the known word that it is a slip of."""
        if word.stem in self._spread or leaves_meaning(word.text):
            return word.stem
        if word.text not in self._meant:
            known = corrected(word.text, self._words)
            self._meant[word.text] = stem(known) if known else word.stem
        return self._meant[word.text]

    def _meaning(self, own: tuple[str, ...], plain: str) -> Phrase | None:
        """The one entry of these stems, or the one whose own words are in the text."""
        phrases = self._entries[own]
        if len({phrase.id for phrase in phrases}) > 1:
            phrases = tuple(p for p in phrases if f" {p.words} " in plain)
        ids = {phrase.id for phrase in phrases}
        return phrases[0] if len(ids) == 1 else None

    def _all(
        self, plain: str, words: Sequence[Word], meant: Sequence[str]
    ) -> Iterator[Match]:
        at: dict[str, list[int]] = {}
        for place, one in enumerate(meant):
            at.setdefault(one, []).append(place)
        for one, anchors in at.items():
            for own in self._by_rarest.get(one, ()):
                if not all(other in at for other in own):
                    continue
                phrase = self._meaning(own, plain)
                if phrase is not None:
                    for anchor in anchors:
                        places = _places(own, at, anchor, words)
                        if places and _close(places, phrase, own, words, meant):
                            slip = any(meant[i] != words[i].stem for i in places)
                            yield Match(phrase, places, words[places[0]].piece, slip)


def _places(
    own: Sequence[str], at: dict[str, list[int]], anchor: int, words: Sequence[Word]
) -> tuple[int, ...] | None:
    """For each word of the entry a place of its own, as near the anchor as can be.

    First in its own piece: the second "low" of "zinc low, iron low" is that of iron.
    """

    def far(place: int) -> tuple[bool, int]:
        return words[place].piece != words[anchor].piece, abs(place - anchor)

    taken: list[int] = []
    for one in own:
        free = [place for place in at[one] if place not in taken]
        if not free:
            return None
        taken.append(min(free, key=far))
    return tuple(sorted(taken))


def _close(
    places: tuple[int, ...],
    phrase: Phrase,
    own: Sequence[str],
    words: Sequence[Word],
    meant: Sequence[str],
) -> bool:
    """Whether the words stand together.

    They do in one piece, and in a row across two when the phrase is made of two, as
    "hands and feet" is, or is so long that this is not chance.

    An entry with a denying word of its own must stand in a row: "no fever, low energy"
    is not "no energy".
    """
    between = [
        place
        for place in range(places[0], places[-1])
        if place not in places and not leaves_meaning(words[place].text)
    ]
    in_row = not between and [meant[place] for place in places] == list(own)
    one_piece = words[places[0]].piece == words[places[-1]].piece
    if one_piece and DENYING.isdisjoint(own):
        return len(between) <= GAP
    made_of_two = not BREAKS.isdisjoint(phrase.words.split())
    return in_row and (one_piece or made_of_two or len(own) > GAP)
