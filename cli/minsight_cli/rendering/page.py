"""A page of text: composed line by line, printed at once.

Colour appears only on a terminal and without NO_COLOR; a line has at most 100 columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from minsight_cli.printable import printable

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.tree import Tree

MOST_COLUMNS: Final = 100
FEWEST_COLUMNS: Final = 20
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


class Page:
    """Lines for standard output, wrapped to its width as they are added."""

    def __init__(self) -> None:
        self._console = console()
        self._lines: list[Text] = []

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append(Text())

    def line(self, text: Text | str, style: str = "") -> None:
        """Add a text from the left margin."""
        self._add(
            Text(text, style) if isinstance(text, str) else text, lead="", indent=0
        )

    def heading(self, text: str, *, indent: int = 0) -> None:
        """Add a bold line."""
        self._add(Text(text, "bold"), lead="", indent=indent)

    def item(self, text: Text | str, *, indent: int = 0, lead: str = "-") -> None:
        """Add a lead and a text whose further lines stand under its first."""
        self._add(
            Text(text) if isinstance(text, str) else text, lead=lead, indent=indent
        )

    def verbatim(self, text: str) -> None:
        """Add a line that is not wrapped, so that it can be copied."""
        self._lines.append(Text(printable(text)))

    def table(self, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add rows in columns; cells that are too long are wrapped in theirs."""
        from rich.table import Table  # few commands print one

        # Tables use the style "none", which is that of an urgency in our theme.
        unthemed = Console(width=self._console.width)
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for name in heading:
            table.add_column(name)
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self._drawn(unthemed.render_lines(table, pad=False))

    def tree(self, tree: Tree) -> None:
        """Add a tree; its labels are wrapped under their own branch."""
        self._drawn(self._console.render_lines(tree, pad=False))

    def _drawn(self, lines: Iterable[Iterable[Segment]]) -> None:
        for segments in lines:
            line = Text.assemble(*((s.text, s.style or "") for s in segments))
            line.rstrip()
            self._lines.append(line)

    def show(self) -> None:
        """Print all lines."""
        self._console.print(Text("\n").join(self._lines), soft_wrap=True)

    def _add(self, text: Text, *, lead: str, indent: int) -> None:
        text.plain = printable(text.plain)
        margin = " " * indent + (f"{lead} " if lead else "")
        wrapped = text.wrap(
            self._console, max(FEWEST_COLUMNS, self._console.width - len(margin))
        )
        for number, line in enumerate(wrapped):
            line.rstrip()
            self._lines.append(
                Text(margin if number == 0 else " " * len(margin)) + line
            )


def console(*, stderr: bool = False) -> Console:
    """Standard output or standard error, bounded in width."""
    wide = Console(theme=_THEME, highlight=False, stderr=stderr)
    wide.width = min(wide.width, MOST_COLUMNS)
    return wide
