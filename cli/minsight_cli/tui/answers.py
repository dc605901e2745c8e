"""The left side: a search box, and the answers under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from minsight_cli.tui.look import SCROLLBAR
from minsight_cli.tui.rows import Row, row_in_columns, under_headings


class AnswerList(OptionList):
    """Findings, groups and measurements with their marks, under headings."""

    # The application is called, not sent a message: a key that follows at once must
    # find the answer given.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "app.next_reply", "toggle", show=False),
        Binding("d", "app.reply('unsure')", "don't know", show=False),
        Binding("backspace,delete", "app.reply('unknown')", "unknown", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="answers", markup=False, compact=True)
        self._rows: tuple[Row, ...] = ()

    @property
    def chosen(self) -> str | None:
        """The id of the highlighted entry."""
        option = self.highlighted_option
        return None if option is None else id_of_option(option)

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows; the highlight stays where it was, as far as it can."""
        self._rows = tuple(rows)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        option, place = self.highlighted_option, self.highlighted
        known = None if option is None else option.id
        top = self.scroll_offset.y
        columns = self.size.width - SCROLLBAR
        self.clear_options()
        self.add_options(_options(self._rows, columns))
        self.highlighted = self._place_of(known, place)
        if known is not None:
            self.scroll_to(y=top, animate=False, immediate=True)
            self.scroll_to_highlight()

    def _place_of(self, known: str | None, place: int | None) -> int | None:
        """Where the entry is now; else the nearest one to its place."""
        options = self.options
        entries = [i for i, option in enumerate(options) if not option.disabled]
        for number in entries:
            if options[number].id == known:
                return number
        return min(entries, key=lambda i: abs(i - (place or 0)), default=None)


def _options(rows: Sequence[Row], columns: int) -> Iterable[Option]:
    for heading, under in under_headings(rows).items():
        yield Option(f"-- {heading} --", disabled=True)
        for row in under:
            yield Option(row_in_columns(row, columns), id=f"{row.heading}/{row.id}")


def id_of_option(option: Option) -> str:
    """The id of the entry that an option stands for."""
    return (option.id or "").rpartition("/")[2]


class SearchBox(Input):
    """Where words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", "list", show=False),
        Binding("escape", "leave", "leave", show=False),
    ]

    class Left(Message):
        """The search is over; `emptied` when its words are to go."""

        def __init__(self, *, emptied: bool) -> None:
            super().__init__()
            self.emptied = emptied

    def action_to_list(self) -> None:
        self.post_message(self.Left(emptied=False))

    def action_leave(self) -> None:
        self.post_message(self.Left(emptied=True))


class AnswersPanel(Vertical):
    """The search box, what its words mean, and the list."""

    def compose(self) -> ComposeResult:
        yield SearchBox(id="search", placeholder="/ to search", compact=True)
        yield Static(id="meaning", markup=False)
        yield AnswerList()

    def on_mount(self) -> None:
        self.border_title = "Answers"
