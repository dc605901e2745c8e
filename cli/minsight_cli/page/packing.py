"""Packing: bytes as text that stands in a page, seven bits in each letter.

Letters that a page or a copy of it may change (a zero, the ends of lines, the sign that
opens a tag) stand as their code and 256 more. Whoever reads it takes the lowest seven
bits of each letter. Against base64 this saves a seventh, and it is plain UTF-8 still.
"""

from __future__ import annotations

import gzip
from typing import Final

_BYTES, _LETTERS = 7, 8
_MOVED: Final = {code: 256 + code for code in (0, 10, 13, 26, ord("<"))}
_ALL: Final = range(256)


def in_letters(data: bytes) -> str:
    """The bytes as text, the last seven filled up with zeros.

    >>> in_letters(b"mineral")
    '6Z-f+IBl'
    """
    whole = data + bytes(-len(data) % _BYTES)
    many = len(whole) // _BYTES
    letters = bytearray(_LETTERS * many)
    for at in range(_LETTERS):
        letters[at::_LETTERS] = _letters_at(whole, at, many)
    return letters.decode("latin-1").translate(_MOVED)


def _letters_at(whole: bytes, at: int, many: int) -> bytes:
    """The letter at one place of every eight: the end of a byte, and the next begun."""
    high = whole[at - 1 :: _BYTES].translate(_table(7 - at, left=True)) if at else b""
    low = whole[at::_BYTES].translate(_table(at + 1)) if at < _BYTES else b""
    both = int.from_bytes(high, "little") | int.from_bytes(low, "little")
    return both.to_bytes(many, "little")


def _table(bits: int, *, left: bool = False) -> bytes:
    shifted = (code << bits if left else code >> bits for code in _ALL)
    return bytes(code & 127 for code in shifted)


def from_letters(text: str, length: int) -> bytes:
    """What was packed; the page does the same in a few lines of its own."""
    bits = "".join(f"{ord(letter) & 127:07b}" for letter in text)
    return int(bits or "0", 2).to_bytes(len(bits) // 8, "big")[:length]


def element(name: str, data: bytes) -> str:
    """A part of a page: its data compressed and packed, which no browser runs."""
    small = gzip.compress(data, 9, mtime=0)
    return (
        f'<script type="text/plain" id="part-{name}" data-bytes="{len(small)}">'
        f"{in_letters(small)}</script>"
    )
