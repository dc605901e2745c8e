"""Dialogs over the screen: a line to type, a text to read, a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from minsight.errors import MinsightError
from minsight_cli.printable import printable
from minsight_cli.rendering.phrasing import as_sentence


class Dialog(ModalScreen[str | None]):
    """A box over the screen that escape closes without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", show=False)
    ]

    leaving = False
    """Whether it asks about the end of the session."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def action_close(self) -> None:
        self.dismiss(None)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)

    def box(self) -> Vertical:
        box = Vertical(classes="box")
        box.border_title = self._title
        return box


class LineDialog(Dialog):
    """One line, which `take` accepts or refuses with an error that is then shown."""

    def __init__(
        self, title: str, hint: str, take: Callable[[str], None], *, value: str = ""
    ) -> None:
        super().__init__(title)
        self._hint, self._take, self._value = hint, take, value

    def compose(self) -> ComposeResult:
        with self.box():
            yield Static(self._hint, markup=False)
            yield Input(self._value, compact=True)
            yield Static(id="refused", markup=False)
            yield Static("Enter takes it, escape leaves it.", classes="quiet")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            self._take(event.value)
        except (MinsightError, OSError) as error:
            self.query_one("#refused", Static).update(printable(sentence(error)))
        else:
            self.dismiss(event.value)


class ReadingDialog(Dialog):
    """A text to read; `answers` are keys that close it with an answer: b, s or q."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False) for key in "bsq"
    ]

    def __init__(
        self, title: str, text: str, *, answers: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(title)
        self._text, self._answers = text, answers

    def compose(self) -> ComposeResult:
        keys = [f"{key} {means}" for key, means in self._answers]
        with self.box():
            with VerticalScroll():
                yield Static(self._text, markup=False)
            yield Static("  ".join([*keys, "escape closes"]), classes="quiet")

    def action_press(self, key: str) -> None:
        if key in dict(self._answers):
            self.dismiss(key)
        elif key == "q":
            self.dismiss(None)


class Copying(Dialog):
    """A text that can be selected and copied."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", show=False, priority=True)
    ]

    def __init__(self, title: str, hint: str, text: str) -> None:
        super().__init__(title)
        self._hint, self._text = hint, text

    def compose(self) -> ComposeResult:
        with self.box():
            yield Static(self._hint, markup=False)
            yield TextArea(self._text, read_only=True, compact=True)
            yield Static("c copies it  escape closes", classes="quiet")

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.notify("Copied, if the terminal allows it.")


class ChoiceDialog(Dialog):
    """One of several texts."""

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        super().__init__(title)
        self._texts = texts

    def compose(self) -> ComposeResult:
        with self.box():
            options = [Option(text, id=str(n)) for n, text in enumerate(self._texts)]
            yield OptionList(*options, markup=False, compact=True)
            yield Static("Enter takes it, escape leaves it.", classes="quiet")

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = len(self._texts) - 1

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._texts[event.option_index])


def sentence(error: Exception) -> str:
    """An error as a sentence on the screen."""
    if isinstance(error, OSError):
        text = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    else:
        text = str(error)
    return as_sentence(text)
