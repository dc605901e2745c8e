"""Cells come back beside their rows, and a group of nobody's name is none given."""

from __future__ import annotations

import polars as pl

from minsight.screening.rejects import Cells
from minsight.screening.results.cells import (
    MOST_LETTERS,
    NOT_GIVEN,
    group_values,
    stood,
)

ROWS = pl.Series("row", [1, 3, 4], dtype=pl.UInt64)
CELLS = Cells(
    (
        pl.DataFrame(
            {"row": [1, 2], "2": [" North ", "South"]},
            schema_overrides={"2": pl.Enum([" North ", "South"])},
        ),
        pl.DataFrame({"row": [4, 3], "2": [" ", "x" * 300]}),
    ),
    groups=((2, "village"),),
)


def test_cells_stand_in_the_order_of_the_rows_without_blanks_and_cut() -> None:
    found = stood(ROWS, CELLS, {2}).to_series().to_list()
    assert found == ["North", "x" * MOST_LETTERS, None]


def test_an_empty_cell_and_a_column_that_is_not_there_are_not_given() -> None:
    found = group_values(ROWS, CELLS, ["village", "district"])
    assert found["village"].to_list() == ["North", "x" * MOST_LETTERS, NOT_GIVEN]
    assert found["district"].to_list() == [NOT_GIVEN] * 3


def test_without_frames_nothing_stood() -> None:
    assert stood(ROWS, Cells(), {2}).to_series().to_list() == [None] * 3
    assert group_values(ROWS, Cells(), []).width == 0
