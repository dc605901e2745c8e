"""Reading: the entries of the vocabulary that the words of a phrase name in parts.

"Severe itching of both legs and hair loss for two months" names two findings. An entry
is found where its words, by their stems, stand close together; the longest fit wins.
What is left over decides whether it counts. Modifiers leave a complaint what it is.
Other words do too when the entry's own words tell enough. A turning word (a denial, a
doubt, another person) forbids reading up to the end of its sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Final

import msgspec

from minsight.language import (
    BREAKS,
    GENERAL,
    MODIFIERS,
    PAST,
    SMALL,
    TURNING,
    stem,
    stems,
)
from minsight.phrases import Phrase, normalise

GAP: Final = 2
"""How many other words may stand between the words of an entry."""
LEAST_COVERED: Final = 0.5
"""The share of a piece's words that must belong to entries, modifiers left out."""
_SENTENCE: Final = re.compile(r"[.;!\n]+|\bbut\b|(?=\bwithout\b)", re.IGNORECASE)
_NO_LONGER: Final = re.compile(r"\bused to\b", re.IGNORECASE)
_PIECE: Final = re.compile(
    rf"[,/()\[\]]|\b(?:{'|'.join(sorted(BREAKS))})\b", re.IGNORECASE
)


class Part(msgspec.Struct, frozen=True):
    """An entry that a text names, and whether all words round it were understood."""

    phrase: Phrase
    whole: bool


class _Word(msgspec.Struct, frozen=True):
    text: str
    stem: str
    piece: int


class _Found(msgspec.Struct, frozen=True):
    phrase: Phrase
    places: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """The longest first, then the closest, then the first of the text."""
        spread = self.places[-1] - self.places[0]
        return -len(self.places), spread, self.places[0]


class Lexicon:
    """The phrases of a vocabulary by the stems of their words.

    `reports` are the findings that only a laboratory makes, `lasting` the groups to
    which a person belongs for good.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        *,
        reports: AbstractSet[str],
        lasting: AbstractSet[str],
    ) -> None:
        self._reports, self._lasting = reports, lasting
        self._entries: dict[tuple[str, ...], Phrase | None] = {}
        for phrase in phrases:
            own = stems(" ".join(w for w in phrase.words.split() if w not in BREAKS))
            if len(own) > 1 or " " not in phrase.words:  # "the runs" is not "run"
                self._add(own, phrase)
        spread = Counter(one for own in self._entries for one in set(own))
        self._by_stem: dict[str, list[tuple[str, ...]]] = {}
        for own in self._entries:
            rarest = min(own, key=spread.__getitem__, default=None)
            if rarest is not None:
                self._by_stem.setdefault(rarest, []).append(own)

    def _add(self, own: tuple[str, ...], phrase: Phrase) -> None:
        """Stems that mean two entries mean neither."""
        other = self._entries.setdefault(own, phrase)
        if other is not None and other.id != phrase.id:
            self._entries[own] = None

    def read(self, text: str, *, strictly: bool) -> list[Part]:
        """The entries that a text names; `strictly` takes no word left over."""
        parts: dict[str, Part] = {}
        for sentence in _SENTENCE.split(text):
            words = list(_words_of(sentence))
            turned = _NO_LONGER.search(sentence) is not None
            if not turned and TURNING.isdisjoint(word.text for word in words):
                for part in self._read_sentence(words, strictly=strictly):
                    parts.setdefault(part.phrase.id, part)
        return list(parts.values())

    def _read_sentence(self, words: list[_Word], *, strictly: bool) -> Iterator[Part]:
        found = self._best(words)
        taken = {place for entry in found for place in entry.places}
        past = any(word.text in PAST for word in words)
        for piece, members in groupby(range(len(words)), key=lambda i: words[i].piece):
            places = list(members)
            here = [entry for entry in found if words[entry.places[0]].piece == piece]
            rest = [words[i].text for i in places if i not in taken]
            unknown = [word for word in rest if not _leaves_meaning(word)]
            known = sum(len(entry.places) for entry in here)
            covered = known / (known + len(unknown)) if here else 0.0
            for entry in here:
                clear = not (rest if strictly else unknown)
                if entry.phrase.id in self._reports:  # easily taken for what was eaten
                    counts = clear and len(here) == 1
                else:
                    told = covered >= LEAST_COVERED and not strictly
                    counts = clear or (told and _tells(entry, words, places[-1]))
                if counts and (not past or entry.phrase.id in self._lasting):
                    yield Part(entry.phrase, whole=not unknown)

    def _best(self, words: list[_Word]) -> list[_Found]:
        """Entries that share no word: the longest and closest first."""
        chosen: list[_Found] = []
        taken: set[int] = set()
        for found in sorted(self._all(words), key=lambda f: f.rank):
            if taken.isdisjoint(found.places):
                chosen.append(found)
                taken.update(found.places)
        return sorted(chosen, key=lambda f: f.places[0])

    def _all(self, words: list[_Word]) -> Iterator[_Found]:
        at: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            at.setdefault(word.stem, []).append(place)
        for one, anchors in at.items():
            for own in self._by_stem.get(one, ()):
                phrase = self._entries[own]
                if phrase is not None and all(other in at for other in own):
                    for anchor in anchors:
                        places = _places(own, at, anchor)
                        if places and _close(places, own, words):
                            yield _Found(phrase, places)


def _words_of(sentence: str) -> Iterator[_Word]:
    for piece, text in enumerate(_PIECE.split(sentence)):
        for word in normalise(text).split():
            plain = word.replace("'", "")
            if plain not in SMALL:
                yield _Word(plain, stem(word), piece)


def _tells(found: _Found, words: list[_Word], last: int) -> bool:
    """Whether the entry's words mean it with unknown words beside them.

    Several words do. A single one does when the others describe it, and when it is no
    general word: a growing goitre is a goitre, a pale stool no pallor.
    """
    head = found.places[-1]
    single = len(found.places) == 1
    return not single or (head == last and words[head].stem not in GENERAL)


def _leaves_meaning(word: str) -> bool:
    return word in MODIFIERS or word in PAST or any(c.isdigit() for c in word)


def _places(
    own: Sequence[str], at: dict[str, list[int]], anchor: int
) -> tuple[int, ...] | None:
    """For each word of the entry a place of its own, as near the anchor as can be."""
    taken: list[int] = []
    for one in own:
        free = [place for place in at[one] if place not in taken]
        if not free:
            return None
        taken.append(min(free, key=lambda place: abs(place - anchor)))
    return tuple(sorted(taken))


def _close(places: tuple[int, ...], own: Sequence[str], words: list[_Word]) -> bool:
    """Whether the words stand together: in one piece, or in a row across two."""
    between = [
        place
        for place in range(places[0], places[-1])
        if place not in places and not _leaves_meaning(words[place].text)
    ]
    if words[places[0]].piece == words[places[-1]].piece:
        return len(between) <= GAP
    return not between and [words[place].stem for place in places] == list(own)
