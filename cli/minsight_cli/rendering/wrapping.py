"""Where lines of text may end: at blanks, and never inside what one may want to copy.

A word is never broken, however narrow the terminal: it may be a path, an id or an
address. What stands in backticks is one word, with the blanks that are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.text import Text

_UNIT: Final = re.compile(r"(?:(?<!\w)`[^`\n]+`(?!\w)|\S)+")


def wrapped(text: Text, width: int) -> list[Text]:
    """The text as lines of at most so many columns; longer are words alone in a line.

    >>> [line.plain for line in wrapped(Text("Kept in `my file`, all."), 11)]
    ['Kept in', '`my file`,', 'all.']
    """
    lines = list[Text]()
    for line in text.split("\n", allow_blank=True):
        lines.extend(line.divide(_breaks(line.plain, width)))
    for line in lines:
        line.rstrip()
    return lines


def widest_unit(text: str) -> int:
    """How many columns the widest part needs that is not broken."""
    return max((cell_len(unit[0]) for unit in _UNIT.finditer(text)), default=0)


def _breaks(line: str, width: int) -> Iterator[int]:
    """The places where a new line begins, each at the start of a unit."""
    begun, filled = 0, False
    for unit in _UNIT.finditer(line):
        if filled and cell_len(line[begun : unit.end()]) > width:
            begun = unit.start()
            yield begun
        filled = True
