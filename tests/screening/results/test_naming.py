"""What names say of a row is what a plain loop over its columns says."""

from __future__ import annotations

import random
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.results.naming import Naming
from random_laws import examples


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


def told(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    naming = Naming([pl.col(name) for name in columns], columns, "; ", prefix="key ")
    keys = frame.select(naming.packed())
    assert keys.columns == naming.keys
    return naming.text(keys if keys.width else frame.select("other")).to_list()


@examples(60)
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
    assert told(frame, columns) == by_loop(frame, columns)


@pytest.mark.parametrize("columns", [1, 3, 8, 9, 64, 65, 72, 73, 128, 129])
def test_many_rows_keep_their_order(columns: int) -> None:
    names = [f"n{place}" for place in range(columns)]
    frame = drawn(names, 20_000, share=0.03, seed=1)
    assert told(frame, names) == by_loop(frame, names)


@pytest.mark.parametrize("columns", [0, 1, 9, 65])
def test_of_no_rows_nothing_is_told(columns: int) -> None:
    names = [f"n{place}" for place in range(columns)]
    frame = drawn([*names, "other"], 0, share=0.5, seed=1)
    assert told(frame, names) == []


def test_without_columns_each_row_has_an_empty_text() -> None:
    assert told(pl.DataFrame({"other": [1, 2, 3]}), []) == ["", "", ""]


def test_names_in_several_keys_stand_in_order() -> None:
    names = [f"n{place}" for place in range(130)]
    frame = pl.DataFrame(
        {
            name: [place in (0, 61, 62, 64, 129), False]
            for place, name in enumerate(names)
        }
    )
    assert told(frame, names) == ["n0; n61; n62; n64; n129", ""]
