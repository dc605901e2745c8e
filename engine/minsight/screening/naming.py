"""Naming: which of many yes-or-no columns hold in each row, as one text.

Eight columns become the bits of a byte, and eight bytes a whole number. Few different
numbers occur among many rows, so only those are put in words, byte by byte: what each
of the 256 values of a byte says is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import add
from typing import Final

import polars as pl
from polars import DataFrame, Expr, LazyFrame, Series, col

BITS: Final = 8
"""How many columns are the bits of one byte."""
_BYTES: Final = 8
"""How many bytes are one whole number."""


class Naming:
    """Names for some Boolean columns; `prefix` sets its bytes apart from others.

    >>> naming = Naming([col("a"), col("b")], ["first", "second"], "; ", prefix="p")
    >>> frame = DataFrame({"a": [True, False], "b": [True, False]})
    >>> bytes_ = frame.select(naming.packed())
    >>> bytes_.to_dict(as_series=False), bytes_.select(naming.text()).to_series()[0]
    ({'p0': [3, 0]}, 'first; second')
    """

    def __init__(
        self,
        columns: Sequence[Expr],
        names: Sequence[str],
        separator: str,
        *,
        prefix: str,
    ) -> None:
        self._columns, self._names, self._separator = columns, names, separator
        self.bytes = [f"{prefix}{n}" for n in range(-(-len(columns) // BITS))]

    def packed(self) -> Iterator[Expr]:
        """The bytes of each row."""
        for place, name in enumerate(self.bytes):
            columns = self._columns[place * BITS : (place + 1) * BITS]
            bits = (_bit(column, place) for place, column in enumerate(columns))
            yield reduce(add, bits).alias(name)

    def text(self) -> Expr:
        """The names that the bytes of each row stand for."""
        if not self.bytes:
            return pl.lit("")
        said = [
            pl.lit(texts).gather(col(name).cast(pl.UInt32))
            for name, texts in zip(self.bytes, self._texts, strict=True)
        ]
        return pl.concat_str(said).str.strip_suffix(self._separator)

    @cached_property
    def _texts(self) -> list[Series]:
        """For each byte, the text of all its values; a separator ends every name."""
        return [
            Series(list(self._all_of(self._names[start : start + BITS])))
            for start in range(0, len(self._names), BITS)
        ]

    def _all_of(self, names: Sequence[str]) -> Iterator[str]:
        for number in range(1 << len(names)):
            held = (name for bit, name in enumerate(names) if number >> bit & 1)
            yield "".join(name + self._separator for name in held)


def numbers(bytes_: Sequence[str]) -> Iterator[Expr]:
    """Whole numbers of 64 bits which are equal where all the bytes are."""
    for start in range(0, len(bytes_), _BYTES):
        parts = (
            col(name).cast(pl.UInt64) * (1 << BITS * place)
            for place, name in enumerate(bytes_[start : start + _BYTES])
        )
        yield reduce(add, parts).alias(f"number {start // _BYTES}")


def _unpacked(bytes_: Sequence[str]) -> Iterator[Expr]:
    """The bytes that the numbers were made of."""
    for place, name in enumerate(bytes_):
        number = col(f"number {place // _BYTES}")
        byte = number // (1 << BITS * (place % _BYTES)) % (1 << BITS)
        yield byte.cast(pl.UInt8).alias(name)


def names_that_hold(
    frame: DataFrame, columns: Sequence[str], names: Sequence[str], separator: str
) -> Series:
    """For each row, the names of the Boolean columns that are true, in their order.

    >>> frame = DataFrame({"a": [True, False], "b": [True, False]})
    >>> names_that_hold(frame, ["a", "b"], ["first", "second"], "; ").to_list()
    ['first; second', '']
    """
    if not columns or frame.is_empty():
        return pl.repeat("", frame.height, dtype=pl.String, eager=True)
    naming = Naming([col(name) for name in columns], names, separator, prefix="byte ")
    keyed = frame.select(naming.packed()).select(numbers(naming.bytes))
    texts = _in_words(keyed.lazy(), {"text": naming}).collect()
    keys = keyed.columns
    return keyed.join(texts, on=keys, how="left", maintain_order="left")["text"]


def told(rows: LazyFrame, namings: Mapping[str, Naming]) -> LazyFrame:
    """The rows, which have the bytes of all namings, with the text of each instead.

    What the texts are called is told by the keys. The rows come in any order.
    """
    bytes_ = [name for naming in namings.values() for name in naming.bytes]
    if not bytes_:
        return rows.with_columns(pl.lit("").alias(name) for name in namings)
    keys = [key.meta.output_name() for key in numbers(bytes_)]
    keyed = rows.with_columns(numbers(bytes_)).drop(bytes_)
    texts = _in_words(keyed.select(keys), namings)
    return keyed.join(texts, on=keys, how="left").drop(keys)


def _in_words(keys: LazyFrame, namings: Mapping[str, Naming]) -> LazyFrame:
    """The numbers, each once, with the texts that they stand for."""
    bytes_ = [name for naming in namings.values() for name in naming.bytes]
    texts = [naming.text().alias(name) for name, naming in namings.items()]
    return (
        keys.unique().with_columns(_unpacked(bytes_)).with_columns(texts).drop(bytes_)
    )


def _bit(column: Expr, place: int) -> Expr:
    """The bit where the column holds; faster than casting the column."""
    one, none = pl.lit(1 << place, pl.UInt8), pl.lit(0, pl.UInt8)
    return pl.when(column).then(one).otherwise(none)
