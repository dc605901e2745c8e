"""Naming: which of many yes-or-no columns hold in each row, as one text.

Eight columns become the bits of a byte, and eight bytes a key, which is one number. Few
different keys occur among many rows, so only those are put in words, byte by byte: what
each of the 256 values of a byte says is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add
from typing import Final, TypeVar

import polars as pl
from polars import DataFrame, Expr, Series, col

_BITS: Final = 8
"""How many columns are the bits of one byte."""
_BYTES: Final = 8
"""How many bytes are one key."""
_Item = TypeVar("_Item")


class Naming:
    """Names for some Boolean columns; `prefix` sets its keys apart from others.

    >>> naming = Naming([col("a"), col("b")], ["first", "second"], "; ", prefix="key ")
    >>> frame = DataFrame({"a": [True, False], "b": [True, True]})
    >>> naming.text(frame.select(naming.packed())).to_list()
    ['first; second', 'second']
    """

    def __init__(
        self,
        columns: Sequence[Expr],
        names: Sequence[str],
        separator: str,
        *,
        prefix: str,
    ) -> None:
        self._separator = separator
        parts = list(zip(_cut(columns, _BITS), _cut(names, _BITS), strict=True))
        bytes_ = [_Byte(own, said, separator) for own, said in parts]
        keys = list(_cut(bytes_, _BYTES))
        self._keys = [
            _Key(f"{prefix}{n}", own, separator, is_whole=len(keys) == 1)
            for n, own in enumerate(keys)
        ]

    @property
    def keys(self) -> list[str]:
        """The names of the columns that tell what holds in a row."""
        return [key.name for key in self._keys]

    def packed(self) -> Iterator[Expr]:
        """Those columns, made of the Boolean ones."""
        return (key.packed() for key in self._keys)

    def text(self, rows: DataFrame) -> Series:
        """The names that hold in each of the rows, which have the keys."""
        parts = [key.in_words(rows[key.name]) for key in self._keys]
        match parts:
            case []:
                return pl.repeat("", rows.height, dtype=pl.String, eager=True)
            case [whole]:
                return whole
        joined = pl.concat_str(parts, separator=self._separator, ignore_nulls=True)
        return pl.select(joined).to_series()


class _Byte:
    """Up to eight columns, and what each value of their bits says."""

    def __init__(
        self, columns: Sequence[Expr], names: Sequence[str], separator: str
    ) -> None:
        self._columns = columns
        self.says = Series(list(_all_of(names, separator)), dtype=pl.String)

    def packed(self) -> Expr:
        return reduce(add, map(_bit, self._columns, range(_BITS)))


class _Key:
    """Up to eight bytes as one number.

    Where no name holds, a whole text is empty, and a part of one is null.
    """

    def __init__(
        self, name: str, bytes_: Sequence[_Byte], separator: str, *, is_whole: bool
    ) -> None:
        self.name = name
        self._bytes = bytes_
        first = bytes_[0].says
        self._first = first.fill_null("") if is_whole else first
        said = pl.concat_str(
            (
                pl.lit(byte.says).gather(self._byte(place).cast(pl.UInt32))
                for place, byte in enumerate(bytes_)
            ),
            separator=separator,
            ignore_nulls=True,
        )
        self._words = said if is_whole else pl.when(said != "").then(said)

    def packed(self) -> Expr:
        first, *others = (byte.packed() for byte in self._bytes)
        if others:
            first = first.cast(pl.UInt64)
        shifted = (
            byte.cast(pl.UInt64) * (1 << _BITS * place)
            for place, byte in enumerate(others, start=1)
        )
        return reduce(add, shifted, first).alias(self.name)

    def in_words(self, keys: Series) -> Series:
        """What each of the keys says."""
        if len(self._bytes) == 1:
            return self._first.gather(keys.cast(pl.UInt32))
        different = keys.unique().to_frame()
        words = different.select(self.name, self._words.alias("text"))
        one_each = keys.to_frame().join(
            words, on=self.name, how="left", maintain_order="left"
        )
        return one_each["text"]

    def _byte(self, place: int) -> Expr:
        return col(self.name) // (1 << _BITS * place) % (1 << _BITS)


def _cut(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _all_of(names: Sequence[str], separator: str) -> Iterator[str | None]:
    """What each number says whose bits stand for the names; 0 says nothing."""
    yield None
    for number in range(1, 1 << len(names)):
        held = (name for bit, name in enumerate(names) if number >> bit & 1)
        yield separator.join(held)


def _bit(column: Expr, place: int) -> Expr:
    """The bit where the column holds; faster than casting the column."""
    one, none = pl.lit(1 << place, pl.UInt8), pl.lit(0, pl.UInt8)
    return pl.when(column).then(one).otherwise(none)
