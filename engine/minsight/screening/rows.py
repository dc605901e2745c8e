"""Rows: those of a file as they stand, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import polars as pl

from minsight.errors import quoted
from minsight.screening.rejects import Reject

ROW: Final = "row"
"""The column of the row number; the others are named by their place, `0`, `1`, ..."""
END: Final = "\x02"
"""The mark of the end of a record, which no text has."""
_MOST_BYTES: Final = 40
"""How many bytes of a cell that is no text are shown."""


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


def single_values(raw: Raw, header: Sequence[str], *, file: str) -> Raw:
    """The rows with a single value in each cell; a list, a record or a span is a text.

    The text of a list is its values, with commas between. Bytes are the text that they
    are in UTF-8; where they are none, the row is rejected.
    """
    single, wrong = _single(raw.frame)
    if not wrong:
        return msgspec.structs.replace(raw, frame=single)
    rejects = [
        Reject(file, row, header[int(name)], shown, f"{quoted(shown)} is no UTF-8 text")
        for name, cells in wrong.items()
        for row, shown in _shown(raw.frame[ROW], cells)
    ]
    rejects.sort(key=lambda one: one.row or 0)
    good = ~single[ROW].is_in([one.row for one in rejects])
    return Raw(single.filter(good), (*raw.rejects, *rejects), raw.rows)


def texts_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every cell as text, and none where bytes are no text."""
    return _single(frame)[0].cast(pl.String)


def _single(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """The frame in single values, and the columns of bytes that are not all text."""
    wrong: dict[str, pl.Series] = {}
    texts: list[pl.Series] = []
    for cells in frame:
        if cells.dtype == pl.Binary:
            text = [_utf8(value) for value in cells]
            texts.append(pl.Series(cells.name, text, pl.String))
            if texts[-1].null_count() > cells.null_count():
                wrong[cells.name] = cells
        elif cells.dtype.is_nested() or cells.dtype in (pl.Duration, pl.Object):
            text = [None if value is None else _one(value) for value in cells.to_list()]
            texts.append(pl.Series(cells.name, text, pl.String))
    return frame.with_columns(texts), wrong


def _one(value: object) -> str | None:
    """A list of plain values as they would be written in one cell; others as they are.

    An empty list says nothing.

    >>> _one(["fatigue", "ice craving"]), _one([]), _one([{"a": 1}])
    ('fatigue, ice craving', None, "[{'a': 1}]")
    """
    if not isinstance(value, list) or not all(map(_is_plain, value)):
        return str(value)
    return ", ".join(str(one) for one in value if one is not None) or None


def _is_plain(value: object) -> bool:
    return not isinstance(value, (list, dict, bytes))


def _shown(rows: pl.Series, cells: pl.Series) -> Iterator[tuple[int, str]]:
    """The row of each cell that is no text, and how it begins."""
    for row, value in zip(rows, cells, strict=True):
        if value is not None and _utf8(value) is None:
            yield row, repr(value[:_MOST_BYTES])


def _utf8(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return None
