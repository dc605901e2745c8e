"""Bits: yes-or-no columns packed into few numbers, which are keys and sets in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import add, or_
from typing import Final

import polars as pl
from polars import Expr

from minsight.knowledge.catalogue import Fit

_BYTE: Final = 8
_WORD: Final = 64
_SPARE: Final = pl.lit(0, pl.UInt8)
NO_BITS: Final = (pl.col("row") * 0).cast(pl.UInt64).alias("nothing")
"""A column of zeros; without one, a table of which nothing is asked has no rows."""


class PackedColumns:
    """Yes-or-no columns as numbers of 64 bits; `prefix` sets their names apart.

    >>> packed = PackedColumns([pl.col("a"), pl.col("b")], prefix="key ")
    >>> table = pl.DataFrame({"a": [True, False, None], "b": [True, True, False]})
    >>> table.select(packed.exprs).rows()
    [(3,), (2,), (0,)]
    """

    def __init__(self, columns: Sequence[Expr], *, prefix: str) -> None:
        words = [columns[n : n + _WORD] for n in range(0, len(columns), _WORD)]
        self.names = [f"{prefix}{number}" for number in range(len(words))]
        self.exprs = [
            _word(own).alias(name) for own, name in zip(words, self.names, strict=True)
        ]


def packed_bytes(columns: Sequence[Expr], *, prefix: str) -> list[Expr]:
    """The columns as numbers of eight bits."""
    return [
        _byte(columns[start : start + _BYTE]).alias(f"{prefix}{start // _BYTE}")
        for start in range(0, len(columns), _BYTE)
    ]


def one_number(words: Iterable[int]) -> int:
    """Numbers of 64 bits as one, the first one lowest.

    >>> one_number([1, 2]) == 1 + (2 << 64)
    True
    """
    whole = 0
    for place, word in enumerate(words):
        whole |= word << _WORD * place
    return whole


def places_in(number: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first.

    >>> list(places_in(0b1010))
    [1, 3]
    """
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def fits(fit: Fit) -> Expr:
    """Whether it holds, as `Fit.holds`; each of its atoms is a column."""
    if not fit.of:
        return pl.lit(value=False)
    if fit.least == 1:
        return reduce(or_, map(_part, fit.of))
    return met(fit) >= fit.least


def met(fit: Fit) -> Expr:
    """How many of its parts hold, as `Fit.met`."""
    return reduce(add, (_one_where(_part(part)) for part in fit.of), _SPARE)


def atoms_of(fit: Fit) -> Iterator[str]:
    """The atoms that it reads."""
    for part in fit.of:
        if isinstance(part, Fit):
            yield from atoms_of(part)
        else:
            yield part


def one_holds(tests: Iterable[Expr]) -> Expr:
    """Whether one of them holds; no, when there is none."""
    return reduce(or_, tests, pl.lit(value=False))


def _part(part: str | Fit) -> Expr:
    return fits(part) if isinstance(part, Fit) else pl.col(part)


def _one_where(test: Expr) -> Expr:
    return pl.when(test).then(pl.lit(1, pl.UInt8)).otherwise(_SPARE)


def _word(columns: Sequence[Expr]) -> Expr:
    bytes_ = [columns[n : n + _BYTE] for n in range(0, len(columns), _BYTE)]
    shifted = (
        _byte(own).cast(pl.UInt64) * (1 << _BYTE * place)
        for place, own in enumerate(bytes_)
    )
    return reduce(add, shifted)


def _byte(columns: Sequence[Expr]) -> Expr:
    """The bits of up to eight columns; faster than casting each of them."""
    bits = (
        pl.when(column).then(pl.lit(1 << place, pl.UInt8)).otherwise(_SPARE)
        for place, column in enumerate(columns)
    )
    return reduce(add, bits)
