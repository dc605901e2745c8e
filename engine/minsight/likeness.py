"""Likeness: how alike two spellings are, and which of many come nearest.

RapidFuzz measures it where it is installed. Where it cannot be, as in a browser, plain
Python takes the same measures: slower, with the same numbers in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from importlib import import_module
from types import ModuleType
from typing import Final

PER_CENT: Final = 100
_REMEMBERED: Final = 65_536


def most_alike(
    word: str, others: Sequence[str], *, least: float, most: int
) -> list[tuple[float, int]]:
    """The likeness, from `least` to 100, and the places of those that are most alike.

    The most alike come first, and of two that are as much alike the earlier one.

    >>> most_alike("koilonichia", ["pica", "koilonychia"], least=80, most=3)
    [(90.9090909090909, 1)]
    """
    if not rapidfuzz():
        return plain_most_alike(word, others, least=least, most=most)
    from rapidfuzz import fuzz, process  # slow to import, and seldom needed

    near = process.extract(
        word, others, scorer=fuzz.ratio, score_cutoff=least, limit=most
    )
    return [(float(score), place) for _, score, place in near]


def slips_between(word: str, other: str) -> int:
    """How many letters were left out, put in, changed or swapped with the next one.

    >>> slips_between("swaets", "sweats"), slips_between("pale", "pales")
    (1, 1)
    """
    if not rapidfuzz():
        return plain_slips_between(word, other)
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other)


def fewest_slips(
    word: str, known: Sequence[str], *, allowed: int, most: int
) -> list[tuple[int, int]]:
    """The slips, and the places of the known words that have so few, fewest first."""
    if not rapidfuzz():
        return plain_fewest_slips(word, known, allowed=allowed, most=most)
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(
        word, known, scorer=OSA.distance, score_cutoff=allowed, limit=most
    )
    return [(slips, place) for _, slips, place in near]


@lru_cache(maxsize=1)
def rapidfuzz() -> ModuleType | None:
    """The package, or None where it is not installed."""
    try:
        return import_module("rapidfuzz")
    except ModuleNotFoundError:
        return None


def plain_most_alike(
    word: str, others: Sequence[str], *, least: float, most: int
) -> list[tuple[float, int]]:
    """What `most_alike` gives, without RapidFuzz."""
    alike = _alike(word, others, least)
    return [(-lost, place) for lost, place in nsmallest(most, alike)]


def _alike(
    word: str, others: Sequence[str], least: float
) -> Iterator[tuple[float, int]]:
    """Likenesses with a minus, so that the greatest and earliest is the smallest."""
    letters, places = letters_of(word), _places(word)
    for place, other in enumerate(others):
        both = len(word) + len(other)
        lost_at_most = (1 - least / PER_CENT) * both + 1
        lost = (letters ^ letters_of(other)).bit_count()
        if lost > lost_at_most or abs(len(word) - len(other)) > lost_at_most:
            continue
        shared = _in_both(places, len(word), other)
        share = 1.0 - (both - 2 * shared) / both if both else 1.0
        if share >= least / PER_CENT and share * PER_CENT >= least:
            yield -(share * PER_CENT), place


@lru_cache(maxsize=_REMEMBERED)
def letters_of(word: str) -> int:
    """A bit for each letter that a word has; two letters may share one.

    >>> letters_of("toe") == letters_of("otto e".replace(" ", ""))
    True
    """
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _places(word: str) -> dict[str, int]:
    """Where each letter of a word stands, a bit for each place."""
    places: dict[str, int] = {}
    for at, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


def _in_both(places: dict[str, int], length: int, other: str) -> int:
    """How many letters stand in the same order in both, at the most.

    All places of the word are gone through at once, a bit each: Hyyrö's way, 2004.
    """
    whole = (1 << length) - 1
    left = whole
    for letter in other:
        met = left & places.get(letter, 0)
        left = (left + met | left - met) & whole
    return length - left.bit_count()


def plain_slips_between(word: str, other: str) -> int:
    """What `slips_between` gives, without RapidFuzz: the table, three rows of it."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for to, theirs in enumerate(other, 1):
            least = min(last[to] + 1, row[-1] + 1, last[to - 1] + (letter != theirs))
            if at > 1 < to and letter == other[to - 2] and word[at - 2] == theirs:
                least = min(least, before[to - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def plain_fewest_slips(
    word: str, known: Sequence[str], *, allowed: int, most: int
) -> list[tuple[int, int]]:
    """What `fewest_slips` gives, without RapidFuzz."""
    return nsmallest(most, _few(word, known, allowed))


def _few(word: str, known: Sequence[str], allowed: int) -> Iterator[tuple[int, int]]:
    letters = letters_of(word)
    for place, other in enumerate(known):
        if abs(len(word) - len(other)) > allowed:
            continue
        if (letters ^ letters_of(other)).bit_count() > 2 * allowed:
            continue  # a slip brings a letter and takes one at the most
        slips = plain_slips_between(word, other)
        if slips <= allowed:
            yield slips, place
