"""Rows in columns, as wide as they need to be and no wider than the terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from minsight_cli.rendering.wrapping import widest_unit, wrapped

_GAP: Final = 2


def in_columns(
    heading: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int,
    numbers: Collection[int] = (),
) -> list[Text] | None:
    """The heading and the rows as lines; long cells are wrapped in their column.

    Cells of the columns in `numbers` stand at the right. None when so many columns of
    the terminal do not hold them with every word whole.
    """
    columns = list(zip(heading, *rows, strict=True))
    widths = _widths(columns, width - _GAP * (len(columns) - 1))
    if widths is None:
        return None
    lines = [*_row(heading, widths, numbers, "bold")]
    for row in rows:
        lines.extend(_row(row, widths, numbers))
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
    cells: Sequence[str],
    widths: Sequence[int],
    numbers: Collection[int],
    style: str = "",
) -> Iterator[Text]:
    pairs = zip(cells, widths, strict=True)
    columns = [wrapped(Text(cell), width) for cell, width in pairs]
    for parts in zip_longest(*columns, fillvalue=Text()):
        padded = (
            _padded(part.plain, width, at_right=number in numbers)
            for number, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
        yield Text((" " * _GAP).join(padded).rstrip(), style)


def _padded(text: str, width: int, *, at_right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if at_right else text + blanks
