"""The consoles: colour only on a terminal and without NO_COLOR, at most 100 columns."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

MOST_COLUMNS: Final = 100
_THEME: Final = Theme(
    {
        "emergency": "bold white on red",
        "same_day": "bold red",
        "soon": "bold yellow",
        "routine": "yellow",
        "none": "green",
        "mineral": "bold",
        "level": "cyan",
        "against": "magenta",
        "quiet": "dim",
    }
)


def console() -> Console:
    """Standard output."""
    return _bounded(Console(theme=_THEME, highlight=False, soft_wrap=False))


def error_console() -> Console:
    """Standard error."""
    return _bounded(Console(theme=_THEME, highlight=False, stderr=True))


def _bounded(wide: Console) -> Console:
    wide.width = min(wide.width, MOST_COLUMNS)
    return wide


def hanging(out: Console, lead: str, text: Text, *, indent: int = 0) -> None:
    """Print a lead and a text whose further lines stand under its first.

    Wrapped here rather than in a table, which would fill every line with blanks.
    """
    column = indent + len(lead) + 1
    lines = text.wrap(out, max(20, out.width - column))
    for number, line in enumerate(lines):
        margin = " " * indent + lead + " " if number == 0 else " " * column
        line.rstrip()
        out.print(Text(margin) + line, soft_wrap=True)
