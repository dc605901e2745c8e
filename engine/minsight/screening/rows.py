"""Rows: those of a file as they stand, before anything is understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import polars as pl

from minsight.screening.rejects import Reject

ROW: Final = "row"
"""The column of the row number; the others are named by their place, `0`, `1`, ..."""
END: Final = "\x02"
"""The mark of the end of a record, which no text has."""


class Raw(msgspec.Struct, frozen=True):
    """Some rows of a file with their numbers, and those that could not be cut apart.

    INVARIANT: `rows` is the height of `frame` plus the number of rejected rows.
    """

    frame: pl.DataFrame
    rejects: tuple[Reject, ...]
    rows: int


def joined_rows(raws: Sequence[Raw]) -> Raw:
    """Raw frames of one schema, in their order, as one."""
    return Raw(
        pl.concat([raw.frame for raw in raws], rechunk=True),
        tuple(reject for raw in raws for reject in raw.rejects),
        sum(raw.rows for raw in raws),
    )
