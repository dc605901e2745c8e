"""Prepared queries say of each table what they would say of it alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from minsight.backends.prepared import Prepared


def doubled(table: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    yield table.select(pl.col("a") * 2)
    yield table.filter(pl.col("a") > 1).select(pl.len())


def test_one_table_after_another_is_asked() -> None:
    prepared = Prepared(doubled)
    for numbers in ([1, 2, 3], [], [5]):
        table = pl.DataFrame({"a": numbers}, schema={"a": pl.Int64})
        twice, many = prepared.of(table)
        assert twice["a"].to_list() == [2 * number for number in numbers]
        assert many.item() == sum(number > 1 for number in numbers)


def test_a_table_of_another_schema_is_asked_the_same() -> None:
    prepared = Prepared(doubled)
    assert prepared.of(pl.DataFrame({"a": [1]}))[0].schema["a"] == pl.Int64
    assert prepared.of(pl.DataFrame({"a": [1.5]}))[0]["a"].to_list() == [3.0]
    assert prepared.of(pl.DataFrame({"b": ["x"], "a": [1]}))[0].columns == ["a"]


def test_a_query_that_fails_does_not_spoil_the_next() -> None:
    prepared = Prepared(lambda table: [table.select(pl.col("a").str.to_integer())])
    with pytest.raises(pl.exceptions.ComputeError):
        prepared.of(pl.DataFrame({"a": ["x"]}))
    assert prepared.of(pl.DataFrame({"a": ["7"]}))[0]["a"].to_list() == [7]


def test_tables_of_several_threads_are_not_mixed_up() -> None:
    prepared = Prepared(lambda table: [table.select(pl.col("a").sum())])

    def asked(number: int) -> int:
        return int(prepared.of(pl.DataFrame({"a": [number] * 100}))[0].item())

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(asked, range(200)))
    assert found == [100 * number for number in range(200)]
