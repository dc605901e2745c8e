"""What names say of a row is what a plain loop over its columns says."""

from __future__ import annotations

import random
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsight.screening.naming import Naming, names_that_hold, told


def drawn(
    columns: Sequence[str], rows: int, *, share: float, seed: int
) -> pl.DataFrame:
    chance = random.Random(seed)
    return pl.DataFrame(
        {name: [chance.random() < share for _ in range(rows)] for name in columns},
        schema=dict.fromkeys(columns, pl.Boolean),
    )


def by_loop(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    rows = frame.iter_rows(named=True)
    return ["; ".join(name for name in columns if row[name]) for row in rows]


@settings(deadline=None, max_examples=60)
@given(
    columns=st.integers(1, 140).map(lambda n: [f"n{place}" for place in range(n)]),
    rows=st.integers(1, 40),
    share=st.sampled_from([0.0, 0.02, 0.5, 1.0]),
    seed=st.integers(0, 999),
)
def test_names_are_those_of_the_columns_that_hold(
    columns: list[str], rows: int, share: float, seed: int
) -> None:
    frame = drawn(columns, rows, share=share, seed=seed)
    found = names_that_hold(frame, columns, columns, "; ")
    assert found.to_list() == by_loop(frame, columns)


@pytest.mark.parametrize("columns", [3, 8, 64, 65])
def test_many_rows_keep_their_order(columns: int) -> None:
    names = [f"n{place}" for place in range(columns)]
    frame = drawn(names, 20_000, share=0.03, seed=1)
    found = names_that_hold(frame, names, names, "; ")
    assert found.to_list() == by_loop(frame, names)


@pytest.mark.parametrize("sizes", [(0, 0), (5, 0), (0, 5), (9, 3), (70, 70)])
def test_several_texts_are_told_of_each_row(sizes: tuple[int, int]) -> None:
    parts = [
        [f"{letter}{place}" for place in range(size)]
        for letter, size in zip("ab", sizes, strict=True)
    ]
    frame = drawn([*parts[0], *parts[1], "other"], 3_000, share=0.05, seed=2)
    namings = {
        f"text {number}": Naming(
            [pl.col(name) for name in names], names, "; ", prefix=f"byte {number} "
        )
        for number, names in enumerate(parts)
    }
    packed = [one for naming in namings.values() for one in naming.packed()]
    numbered = frame.lazy().with_row_index("row")
    found = told(numbered.select("row", *packed), namings).collect().sort("row")
    assert found.columns == ["row", *namings]
    assert found["row"].to_list() == list(range(frame.height))
    for name, columns in zip(namings, parts, strict=True):
        assert found[name].to_list() == by_loop(frame, columns)
