"""What asking back shows: what was read as a numbered list, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from rich.text import Text

from minsight.assessment.model import Assessment
from minsight.intake.recognition import Recognised, Unrecognised
from minsight.knowledge.vocabulary import Vocabulary
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import as_sentence
from minsight_cli.rendering.text import echo

_MOST_SHOWN: Final = 200


class Listed(msgspec.Struct, frozen=True):
    """A line with a number: what was or was not read of the text in one place.

    With an `id`, it is what the unread words may mean.
    """

    place: int
    what: Recognised | Unrecognised
    id: str | None = None


class ReadingScreen:
    """Writes to standard output."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def listed(self, lines: Sequence[Listed], problem: str = "") -> None:
        """Show what was read and what was not, and what can be done about it."""
        page = Page()
        if any(isinstance(line.what, Recognised) for line in lines):
            page.line(Text("This is how it was read:", "bold"))
        width = len(str(len(lines)))
        for number, line in enumerate(lines, start=1):
            text = self._line(line)
            indent = 2 if line.id is None else 6
            page.item(text, indent=indent, lead=f"{number:>{width}}")
        if problem:
            page.line(as_sentence(problem), "soon")
        page.line(_how_to(lines), "quiet")
        page.show()

    def _line(self, line: Listed) -> Text:
        if line.id is not None:
            return Text(self._vocabulary.label(line.id))
        if isinstance(line.what, Recognised):
            return Text(echo(line.what, self._vocabulary))
        told = Text("Not understood: ", "bold")
        told.append(line.what.text[:_MOST_SHOWN], "not bold")
        if line.what.because:
            told.append(f" ({line.what.because})", "not bold")
        if line.what.suggestions:
            told.append("; did you mean", "not bold")
        return told

    def urgent(self, assessment: Assessment) -> None:
        """Say how soon the person should be seen, before anything is asked."""
        page = Page()
        urgency = assessment.urgency
        page.line(Text("Urgency: ", "bold").append(urgency.sentence, urgency.level))
        for reason in urgency.reasons:
            page.item(reason.message, indent=2)
        page.blank()
        page.show()

    def refuse(self, message: str) -> None:
        page = Page()
        page.line(as_sentence(message))
        page.show()

    def ended(self) -> None:
        """Put what follows on a line of its own, as nobody typed an end of line."""
        page = Page()
        page.blank()
        page.show()


def _how_to(lines: Sequence[Listed]) -> str:
    """What can be typed, with numbers that stand above."""
    read = left = offer = 0  # the first of each; 0 for none
    for number, line in enumerate(lines, start=1):
        if isinstance(line.what, Recognised):
            read = read or number
        elif line.id is None:
            left = left or number
        else:
            offer = offer or number
    ways = ["Enter goes on"]
    if offer:
        ways.append(f"`{offer}` takes that suggestion")
    if left:
        ways.append(f"`{left}: other words` says what is meant")
    if read or left:
        ways.append(f"`-{read or left}` strikes what is wrong")
    return "; ".join([*ways, "back takes a correction back"]) + "."
