"""Rows in columns, as wide as they need to be and no wider than the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from minsight_cli.rendering.wrapping import widest_unit, wrapped

_GAP: Final = 2


def in_columns(
    heading: Sequence[str], rows: Sequence[Sequence[str]], *, width: int
) -> list[Text] | None:
    """The heading and the rows as lines; long cells are wrapped in their column.

    None when so many columns of the terminal do not hold them with every word whole.
    """
    columns = list(zip(heading, *rows, strict=True))
    widths = _widths(columns, width - _GAP * (len(columns) - 1))
    if widths is None:
        return None
    lines = [*_row(heading, widths, "bold")]
    for row in rows:
        lines.extend(_row(row, widths))
    return lines


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """What each column gets of the room: the widest give way, down to their words."""
    widths = [max(map(cell_len, column)) for column in columns]
    least = [max(map(widest_unit, column)) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [n for n in range(len(widths)) if widths[n] > least[n]]
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _row(
    cells: Sequence[str], widths: Sequence[int], style: str = ""
) -> Iterator[Text]:
    pairs = zip(cells, widths, strict=True)
    columns = [wrapped(Text(cell), width) for cell, width in pairs]
    for parts in zip_longest(*columns, fillvalue=Text()):
        padded = (
            part.plain + " " * (width + _GAP - cell_len(part.plain))
            for part, width in zip(parts, widths, strict=True)
        )
        yield Text("".join(padded).rstrip(), style)
