"""Map check: what each column of a file becomes, a line a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsight.screening import Becomes, MapCheck


def check_as_text(found: MapCheck) -> str:
    """The lines for the columns, for what cannot be read, and for the rest."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: MapCheck) -> Iterator[str]:
    yield f"The first {found.rows} row{'' if found.rows == 1 else 's'}:"
    for one in found.columns:
        yield f"  {_column(one)}"
        if one.unread:
            values = ", ".join(f"`{value}`" for value in one.unread)
            yield f"    Not understood, and would reject the row: {values}"
    if found.notices:
        yield ""
        yield from found.notices


def _column(one: Becomes) -> str:
    counts = ", ".join(f"{count} {what}" for what, count in one.counts)
    return f"{one.column}: {one.what} ({counts})"
