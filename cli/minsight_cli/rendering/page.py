"""A page of text: composed line by line, printed at once.

Colour appears only on a terminal and without NO_COLOR. A line has at most 100 columns,
but for what is never broken: `wrapping` says what that is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Span, Text
from rich.theme import Theme

from minsight_cli.printable import NOT_SHOWN, printable
from minsight_cli.rendering.columns import in_columns
from minsight_cli.rendering.tree import Tree, drawn
from minsight_cli.rendering.wrapping import wrapped

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
        self._console = terminal()
        self._lines: list[Text] = []

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append(Text())

    def line(self, text: Text | str, style: str = "") -> None:
        """Add a text from the left margin."""
        self._add(Text(text, style) if isinstance(text, str) else text, "", "")

    def heading(self, text: str, *, indent: int = 0) -> None:
        """Add a bold line."""
        self._add(Text(text, "bold"), " " * indent, " " * indent)

    def item(self, text: Text | str, *, indent: int = 0, lead: str = "-") -> None:
        """Add a lead and a text whose further lines stand under its first."""
        margin = " " * indent + (f"{lead} " if lead else "")
        text = Text(text) if isinstance(text, str) else text
        self._add(text, margin, " " * cell_len(margin))

    def verbatim(self, text: str) -> None:
        """Add a line that is not wrapped, so that it can be copied."""
        self._lines.append(Text(printable(text)))

    def table(
        self,
        heading: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        numbers: Collection[int] = (),
    ) -> None:
        """Add rows in columns; where these have no room, each row as a paragraph.

        The columns in `numbers` stand at the right.
        """
        cells = [[printable(cell) for cell in row] for row in rows]
        width = self._console.width
        lines = in_columns(heading, cells, width=width, numbers=numbers)
        if lines is None:
            self._paragraphs(heading, cells)
        else:
            self._lines.extend(lines)

    def _paragraphs(
        self, heading: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        for first, *others in rows:
            self.heading(first)
            for name, cell in zip(heading[1:], others, strict=True):
                if cell:
                    self.item(cell, indent=2, lead=f"{name}:" if name else "")

    def tree(self, tree: Tree) -> None:
        """Add a tree; its labels are wrapped under their own branch."""
        for margin, further, label in drawn(tree):
            self._add(label, margin, further)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def show(self) -> None:
        """Print all lines."""
        self._console.print(Text("\n").join(self._lines), soft_wrap=True)

    def _add(self, text: Text, margin: str, further: str) -> None:
        """Add a text with a margin before its first line and one before the others."""
        text = _printable(text)
        room = max(FEWEST_COLUMNS, self._console.width - cell_len(margin))
        for number, line in enumerate(wrapped(text, room)):
            whole = Text(further if number else margin) + line
            whole.rstrip()
            self._lines.append(whole)


def _printable(text: Text) -> Text:
    """The text with all of it visible, in its styles."""
    if NOT_SHOWN.search(text.plain) is None:
        return text
    shown = Text(style=text.style)
    for part in text.divide(range(1, len(text))):
        visible = printable(part.plain)
        spans = [Span(0, len(visible), span.style) for span in part.spans]
        shown.append_text(Text(visible, spans=spans))
    return shown


def terminal(*, stderr: bool = False) -> Console:
    """Standard output or standard error, bounded in width."""
    wide = Console(theme=_THEME, highlight=False, stderr=stderr)
    wide.width = min(wide.width, MOST_COLUMNS)
    return wide
