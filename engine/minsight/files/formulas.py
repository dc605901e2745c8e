"""Formulas: cells that a spreadsheet would run instead of showing them."""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""How such a cell begins; the last four are full-width."""
FORMULA: Final = f"^'*[{_STARTS}]"
"""INVARIANT: with apostrophes in front it fits still, so no two texts become one."""
_FORMULA: Final = re.compile(FORMULA)


def as_text(cell: str) -> str:
    """The cell with an apostrophe before it if it would be run.

    Take one apostrophe away where the pattern fits, and the text is as it was.

    >>> as_text("=1+1"), as_text("a-1"), as_text("'=1")
    ("'=1+1", 'a-1', "''=1")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
