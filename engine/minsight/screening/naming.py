"""Naming: which of many yes-or-no columns hold in each row, as one text.

The columns are cut into groups of a few. Those of a group become the bits of one small
number, and a table of all its values has the text of each: putting rows in words is
then looking up and joining, and no row is seen by Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import add
from typing import Final

import polars as pl

BITS: Final = 10
"""How many columns make a group; its table has two to that power of texts."""


def names_that_hold(
    frame: pl.DataFrame, columns: Sequence[str], names: Sequence[str], separator: str
) -> pl.Series:
    """For each row, the names of the Boolean columns that are true, in their order.

    >>> frame = pl.DataFrame({"a": [True, False], "b": [True, False]})
    >>> names_that_hold(frame, ["a", "b"], ["first", "second"], "; ").to_list()
    ['first; second', '']
    """
    if not columns or frame.is_empty():
        return pl.repeat("", frame.height, dtype=pl.String, eager=True)
    packed = frame.select(_packed(columns))
    pieces = [
        _texts(tuple(names[start : start + BITS]), separator).gather(number)
        for start, number in zip(range(0, len(names), BITS), packed, strict=True)
        if number.max()
    ]
    if not pieces:
        return pl.repeat("", frame.height, dtype=pl.String, eager=True)
    text = pieces[0] if len(pieces) == 1 else _joined(pieces)
    return text.str.strip_suffix(separator)


def _joined(pieces: Sequence[pl.Series]) -> pl.Series:
    numbered = [piece.alias(str(place)) for place, piece in enumerate(pieces)]
    return pl.DataFrame(numbered).select(pl.concat_str(pl.all())).to_series()


def _packed(columns: Sequence[str]) -> Iterator[pl.Expr]:
    """The groups of columns as numbers, the first column the lowest bit."""
    for start in range(0, len(columns), BITS):
        bits = (
            pl.col(name).cast(pl.UInt16) * pl.lit(1 << place, pl.UInt16)
            for place, name in enumerate(columns[start : start + BITS])
        )
        yield reduce(add, bits).alias(str(start))


@lru_cache(maxsize=1_000)
def _texts(names: tuple[str, ...], separator: str) -> pl.Series:
    """The text of every value of a group; each name has the separator after it."""
    texts = [""]
    for name in names:
        texts += [f"{text}{name}{separator}" for text in texts]
    return pl.Series(texts, dtype=pl.String)
