"""Cells: what stood in a file where people gave answers, as texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.screening.rejects import Cells
from minsight.screening.rows import ROW

NOT_GIVEN: Final = "(not given)"
"""The group of those whose cell is empty, or whose file has no such column."""
MOST_LETTERS: Final = 200
"""How much of one cell is copied."""


def cell(place: int) -> str:
    """What the column of a place is called."""
    return f"cell {place}"


def stood(rows: Series, cells: Cells, places: Collection[int]) -> DataFrame:
    """The cells of rows at some places, in the order of the rows; null if empty."""
    names = {str(place): cell(place) for place in sorted(places)}
    if not cells.frames or not names:
        return DataFrame(dict.fromkeys(names.values(), [None] * len(rows)))
    frames = [
        frame.filter(col(ROW).is_in(rows.implode())).select(
            col(ROW).cast(pl.UInt64),
            cut_cell(col(*names)),
        )
        for frame in cells.frames
    ]
    found = rows.to_frame().join(
        pl.concat(frames), on=ROW, how="left", maintain_order="left"
    )
    return found.select(*names).rename(names)


def cut_cell(value: Expr) -> Expr:
    """What is copied of a cell; null if it is empty."""
    text = value.cast(pl.String).str.strip_chars().str.slice(0, MOST_LETTERS)
    return pl.when(text != "").then(text)


def group_values(rows: Series, cells: Cells, by: Sequence[str]) -> DataFrame:
    """The value that each row has in each column to break people down by."""
    places = {name: place for place, name in cells.groups}
    found = stood(rows, cells, places.values())
    values = (
        found[cell(places[name])].cast(pl.String).fill_null(NOT_GIVEN)
        if name in places
        else pl.repeat(NOT_GIVEN, len(rows), dtype=pl.String, eager=True)
        for name in by
    )
    return DataFrame([one.alias(name) for name, one in zip(by, values, strict=True)])
