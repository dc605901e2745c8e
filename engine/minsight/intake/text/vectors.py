"""Vectors: what words mean as rows of small numbers, near each other where words are.

The table was made from a language model by `tests/support/write_vectors.py`. Its first
line says how many pieces of words it has and how long a row is; the second are the
pieces, and then come the rows, one signed byte for each number.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import mul
from typing import Final

from minsight.errors import FileError
from minsight.intake.text.lists import DATA

TABLE: Final = DATA / "vectors.bin"
HEADER: Final = b"minsight-vectors-1"
LENGTH: Final = 400.0
"""How long every vector is made, so that most of its numbers fit in a signed byte."""
LETTERS_OF_A_PIECE: Final = 1.8
"""How many letters the pieces of a word have at the least, one with another."""
_FORMS: Final = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", "")),
    *(("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e")),
)
"""Endings of a word's forms, and what the word has instead."""
_MOST: Final = 127
_SLOT: Final = 3
"""Bytes for one product of two vectors."""
RAISED: Final = 1 << 22
"""By how much products are raised, so that none is negative."""
_SHIFT: Final = bytes((number + 128) % 256 for number in range(256))
"""Signed bytes as unsigned ones that are larger by 128."""


class WordVectors:
    """Rows of numbers for words and, where a word is not known, for its pieces."""

    def __init__(self, pieces: Sequence[str], rows: bytes) -> None:
        self.size = len(rows) // len(pieces)
        self._numbers = memoryview(rows).cast("b")
        self._at = {piece: place for place, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))

    def of(
        self, words: str, weight: Callable[[str], float] = lambda _: 1
    ) -> bytes | None:
        """The vector of normalised words, or None when none of them has one.

        Each word counts by its weight.
        """
        told = [(word, at) for word in words.split() for at in self._known(word)]
        if not told:
            return None
        rows = [self._row(at) for _, at in told]
        heavy = [weight(word) for word, _ in told]
        total = [sum(map(mul, numbers, heavy)) for numbers in zip(*rows, strict=True)]
        length = math.hypot(*total)
        if not length:
            return None
        scaled = (round(number * LENGTH / length) for number in total)
        return array("b", (max(-_MOST, min(_MOST, n)) for n in scaled)).tobytes()

    def is_word(self, word: str) -> bool:
        """Whether a word, or the word it is a form of, is one of English.

        >>> [word_vectors().is_word(word) for word in ("swears", "swaers")]
        [True, False]
        """
        return word in self._at or any(
            word.endswith(ending) and word.removesuffix(ending) + put in self._at
            for ending, put in _FORMS
        )

    def _row(self, place: int) -> memoryview:
        return self._numbers[place * self.size : (place + 1) * self.size]

    def _known(self, word: str) -> list[int]:
        """The pieces of a word; none of one that falls into crumbs, as a slip does."""
        pieces = list(self._pieces(word))
        return pieces if len(word) >= LETTERS_OF_A_PIECE * len(pieces) else []

    def _pieces(self, word: str) -> Iterator[int]:
        """The longest pieces of a word from its beginning on, as far as it has any."""
        start, before = 0, ""
        while start < len(word):
            for end in range(min(len(word), start + self._longest), start, -1):
                place = self._at.get(before + word[start:end])
                if place is not None:
                    yield place
                    break
            else:
                return
            start, before = end, "##"


@cache
def word_vectors() -> WordVectors:
    """The vectors that come with the package.

    Raises:
        FileError: when the table is not whole.
    """
    header, _, rest = TABLE.read_bytes().partition(b"\n")
    pieces, _, rows = rest.partition(b"\n")
    kind, _, size = header.partition(b" ")
    names = pieces.decode().split()
    if kind != HEADER or size != f"{len(names)} {len(rows) // len(names)}".encode():
        raise FileError(f"`{TABLE}` is not whole; install the package anew")
    return WordVectors(names, rows)


class Packed:
    """Many vectors, of which all products with one more are had at once.

    Each column stands in one large whole number, a slot of bytes for each vector. A few
    products and sums of such numbers are all that Python has to do, which makes them
    as fast as a library for matrices would, without its start.
    """

    def __init__(self, rows: bytes, size: int) -> None:
        self._many = len(rows) // size
        shifted = rows.translate(_SHIFT)
        self._columns = [self._spread(shifted[at::size]) for at in range(size)]
        self._ones = self._spread(b"\1" * self._many)

    def raised_products(self, vector: bytes) -> array[int]:
        """The product with each of the vectors, in their order, and `RAISED` more.

        >>> found = Packed(bytes([1, 2, 255, 3]), 2).raised_products(bytes([5, 1]))
        >>> [product - RAISED for product in found]
        [7, -2]
        """
        numbers = memoryview(vector).cast("b")
        total = (RAISED - 128 * sum(numbers)) * self._ones
        for number, column in zip(numbers, self._columns, strict=True):
            total += number * column
        return self._gathered(total.to_bytes(_SLOT * self._many, "little"))

    def _spread(self, column: bytes) -> int:
        slots = bytearray(_SLOT * self._many)
        slots[::_SLOT] = column
        return int.from_bytes(slots, "little")

    def _gathered(self, slots: bytes) -> array[int]:
        wide = bytearray(4 * self._many)
        for place in range(_SLOT):
            wide[place::4] = slots[place::_SLOT]
        found = array("I", bytes(wide))
        if sys.byteorder == "big":
            found.byteswap()
        return found
