"""Naming: which of many yes-or-no columns hold in each row, as one text.

Few combinations occur among many rows, so the text of each is made once: the columns
become the bits of a few whole numbers, and only their distinct values are put in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add
from typing import Final

import polars as pl

BITS: Final = 62
"""How many columns one signed number of 64 bits holds with room to spare."""


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
    keys = frame.select(_packed(columns))
    distinct = keys.unique()
    texts = [separator.join(_named(row, names)) for row in distinct.iter_rows()]
    told = distinct.with_columns(pl.Series("text", texts, dtype=pl.String))
    return keys.join(told, on=keys.columns, how="left", maintain_order="left")["text"]


def _packed(columns: Sequence[str]) -> Iterator[pl.Expr]:
    for start in range(0, len(columns), BITS):
        bits = (
            pl.col(name).cast(pl.Int64) * (1 << place)
            for place, name in enumerate(columns[start : start + BITS])
        )
        yield reduce(add, bits).alias(f"bits_{start}")


def _named(numbers: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    for number, start in zip(numbers, range(0, len(names), BITS), strict=True):
        left = number
        while left:
            yield names[start + (left & -left).bit_length() - 1]
            left &= left - 1
