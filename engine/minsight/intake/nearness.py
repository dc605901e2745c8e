"""Nearness: which entries come near what was not understood, the nearest first.

Two measures are added: how near the words are in meaning, by their vectors, and how
many letters they share, which finds what is spelled in another way. What comes out is
only ever suggested.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate, islice
from typing import Final

from minsight.files.kept import keep, read_kept
from minsight.intake.shelf import Shelf
from minsight.intake.text.vectors import LENGTH, RAISED, TABLE, Packed, word_vectors
from minsight.intake.text.words import SMALL
from minsight.knowledge.phrases import AS_IT_STANDS, Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.likeness import most_alike

WORTH_COMPARING: Final = 200
"""How many phrases that are near in meaning are compared letter by letter."""
BY_BEST: Final = 3
"""Of how many of its names the nearness of an entry is the mean."""
OF_A_FRAME: Final = 2
"""How many of the ways that a frame stands for are further names of its entry."""
BY_LETTERS: Final = 0.5
"""How much letters count beside meaning."""
LACKING: Final = 0.8
"""How near the names count that an entry does not have, beside its last one."""
WORTH_SUGGESTING: Final = 0.45
"""Least nearness of what is suggested."""
NEARLY_SPELLED: Final = 70.0
"""Least similarity (0 to 100) of a spelling that may be meant."""
MOST_BEGINNING: Final = 200
"""How many phrases may share the beginning of a word that still tells something."""
_BEGINNING: Final = 5
_LETTERS: Final = (3, 4)
_REMEMBERED: Final = 4_096
MOST_NEAR: Final = 24
"""How many entries that come near are told of."""
_KIND: Final = "vectors"
STEP: Final = 250
"""How many vectors are made in one step, which takes a fraction of a second."""


class Nearness:
    """The phrases of a vocabulary by how near they come to some words."""

    def __init__(
        self, phrases: Sequence[Phrase], rows: bytes, rarity: Callable[[str], float]
    ) -> None:
        self._phrases, self._rarity = phrases, rarity
        self._known = Packed(rows, word_vectors().size)
        self._all = "".join(f" {phrase.words}\n" for phrase in phrases)
        lengths = (len(phrase.words) + 2 for phrase in phrases)
        self._starts = list(accumulate(lengths, initial=0))
        self._found: dict[str, tuple[str, ...]] = {}

    def ids(self, words: str) -> tuple[str, ...]:
        """The ids that come near normalised words, the nearest first."""
        if words not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[words] = tuple(self._ranked(words)[:MOST_NEAR])
        return self._found[words]

    def _ranked(self, words: str) -> list[str]:
        sharing = self._sharing(words)
        spelled = [] if sharing else self._spelled(words)
        letters = _Letters(words)
        by_id: dict[str, list[float]] = {}
        for place, meaning in self._worth_comparing(words, sharing):
            phrase = self._phrases[place]
            near = meaning + BY_LETTERS * letters.shared_with(phrase.words)
            by_id.setdefault(phrase.id, []).append(near)
        worth = {id_: n for id_, n in by_id.items() if max(n) >= WORTH_SUGGESTING}
        near_ids = sorted(worth, key=lambda id_: (-_mean_of_best(worth[id_]), id_))
        return list(dict.fromkeys([*spelled, *near_ids]))

    def _sharing(self, words: str) -> set[int]:
        """Where the phrases stand that have a word which begins as one of these.

        Beginnings that very many have tell nothing.
        """
        places: set[int] = set()
        for word in _told(words):
            starts = list(islice(self._begins(word[:_BEGINNING]), MOST_BEGINNING + 1))
            if len(starts) <= MOST_BEGINNING:
                places.update(bisect_right(self._starts, at) - 1 for at in starts)
        return places

    def _begins(self, letters: str) -> Iterator[int]:
        at = self._all.find(f" {letters}")
        while at >= 0:
            yield at
            at = self._all.find(f" {letters}", at + 1)

    def _spelled(self, words: str) -> list[str]:
        """The ids of phrases that are spelled nearly so, the nearest first."""
        every = [phrase.words for phrase in self._phrases]
        near = most_alike(words, every, least=NEARLY_SPELLED, most=3)
        return [self._phrases[place].id for _, place in near]

    def _worth_comparing(
        self, words: str, sharing: Collection[int]
    ) -> Iterator[tuple[int, float]]:
        """Where the phrases stand that may be meant, each with its nearness."""
        vector = word_vectors().of(words, self._rarity)
        if vector is None:
            yield from ((place, 0.0) for place in sharing)
            return
        products = self._known.raised_products(vector)
        least = sorted(products)[-WORTH_COMPARING:][0]
        near = [n for n, product in enumerate(products) if product >= least]
        for place in {*sharing, *near}:
            yield place, (products[place] - RAISED) / LENGTH**2


def _mean_of_best(near: Sequence[float]) -> float:
    """The mean of the best; what has fewer names lacks some that are a bit worse."""
    best = sorted(near, reverse=True)[:BY_BEST]
    lacking = BY_BEST - len(best)
    return (sum(best) + lacking * LACKING * best[-1]) / BY_BEST


class _Letters:
    """How many runs of letters the words of phrases share with some words."""

    def __init__(self, words: str) -> None:
        told = _told(words)
        self._own = frozenset[str]().union(*map(_runs, told))
        self._length = math.sqrt(len(self._own))
        self._shared: dict[str, int] = {}

    def shared_with(self, words: str) -> float:
        """The share, from 0 to 1."""
        many = shared = 0
        for word in _told(words):
            runs = _runs(word)
            if word not in self._shared:
                self._shared[word] = len(runs & self._own)
            shared += self._shared[word]
            many += len(runs)
        return shared / (self._length * math.sqrt(many)) if shared else 0.0


def _told(words: str) -> list[str]:
    """The words that carry meaning; all of them when none does."""
    every = words.split()
    return [word for word in every if word not in SMALL] or every


@lru_cache(maxsize=16_384)
def _runs(word: str) -> frozenset[str]:
    """The runs of letters of a word, its beginning and end among them.

    >>> sorted(_runs("itch"))
    [' it', ' itc', 'ch ', 'itc', 'itch', 'tch', 'tch ']
    """
    bounded = f" {word} "
    return frozenset(
        bounded[at : at + many]
        for many in _LETTERS
        for at in range(len(bounded) - many + 1)
    )


def three_apart(
    ids: Iterable[str], vocabulary: Vocabulary, *, taken: Collection[str] = ()
) -> list[str]:
    """The first three ids, none of which is above another, after those that are taken.

    Where fewer stand apart, those that were passed over come after them.
    """
    chosen, passed = list(taken), list[str]()
    for id_ in ids:
        if len(chosen) >= len(taken) and len(chosen) == 3:
            break
        above = vocabulary.with_ancestors(id_)
        if any(one in above or id_ in vocabulary.with_ancestors(one) for one in chosen):
            passed.append(id_)
        else:
            chosen.append(id_)
    return [*chosen, *(one for one in passed if one not in chosen)][:3]


def nearness_of(vocabulary: Vocabulary) -> Nearness:
    """What tells how near the phrases of this vocabulary come; made once."""
    return vocabulary.once(_made)


def nearness_in_steps(vocabulary: Vocabulary) -> Iterator[None]:
    """Make it piece by piece, for whoever has something else to do in between."""
    named = vocabulary.once(_Named)
    while named.made_further():
        yield
    nearness_of(vocabulary)


class _Named:
    """The names of a vocabulary's entries and their vectors, as far as made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.phrases = [
            phrase
            for phrase in vocabulary.phrase.values()
            if phrase.by in ("label", "synonym")
        ]
        self.phrases += _ways_of_frames(vocabulary)
        self.rarity = _rarity(self.phrases)
        self._rows: list[bytes] = []

    def made_further(self, step: int = STEP) -> bool:
        """Make some more vectors; says whether there were any to make."""
        many = len(self._rows)
        more = self.phrases[many : many + step]
        self._rows += [_row(phrase, self.rarity) for phrase in more]
        return bool(more)

    def rows(self) -> bytes:
        """All vectors, one after the other."""
        self.made_further(len(self.phrases))
        return b"".join(self._rows)


def _made(vocabulary: Vocabulary) -> Nearness:
    named = vocabulary.once(_Named)
    folder = vocabulary.once(Shelf).folder
    key = _key(named.phrases)
    rows = None if folder is None else read_kept(folder, key, kind=_KIND)
    if rows is None:
        rows = named.rows()
        if folder is not None:
            keep(folder, key, rows, kind=_KIND)
    return Nearness(named.phrases, rows, named.rarity)


def _ways_of_frames(vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Some of the ways to say an entry that its frames stand for, as names of it."""
    for frame in vocabulary.frames:
        lists = [vocabulary.word_lists[part] for part in frame.parts]
        longest = max(map(len, lists))
        few = min(OF_A_FRAME, longest)
        for number in range(few if frame.id else 0):
            at = number * longest // few
            each = (one[at % len(one)].removeprefix(AS_IT_STANDS) for one in lists)
            words = " ".join(each)
            yield Phrase(normalise(words), frame.id, frame.kind, "frame")


def _rarity(phrases: Sequence[Phrase]) -> Callable[[str], float]:
    """How much a word tells: more, the fewer of the phrases have it."""
    having = Counter(word for p in phrases for word in set(p.words.split()))
    return cache(lambda word: math.log(1 + len(phrases) / (1 + having[word])))


def _row(phrase: Phrase, rarity: Callable[[str], float]) -> bytes:
    table = word_vectors()
    return table.of(phrase.words, rarity) or bytes(table.size)


def _key(phrases: Iterable[Phrase]) -> str:
    """The key of these phrases with the table of this package."""
    seen = TABLE.stat()
    total = sha256(f"{seen.st_size}\0{seen.st_mtime_ns}".encode())
    total.update("\0".join(phrase.words for phrase in phrases).encode())
    return total.hexdigest()[:32]
