"""Headings: what the columns of a table are called, and where its rows begin."""

from __future__ import annotations

from typing import Final

import msgspec


class TableLayout(msgspec.Struct, frozen=True):
    """What a person says of how a file is laid out; None where that is to be seen.

    `title_rows` stand above the names of the columns, which take `header_rows`.
    """

    separator: str | None = None
    sheet: str | None = None
    title_rows: int | None = None
    header_rows: int | None = None


AS_SEEN: Final = TableLayout()
"""Nobody said anything: the first rows show it."""


class Heading(msgspec.Struct, frozen=True):
    """The names of the columns of a table, and what they ask in words of its program.

    `labels` are as many as the names, or none; a label is empty where the name is all
    that there is. `told` says what stood above the rows, if it was not one line.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...] = ()
    told: str = ""

    def label(self, index: int) -> str:
        """What the column asks, or nothing beyond its name."""
        return self.labels[index] if self.labels else ""
