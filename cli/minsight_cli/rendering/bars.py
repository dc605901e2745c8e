"""Bars on both sides of a zero line, of plain characters."""

from __future__ import annotations

from typing import Final

from minsight_cli.printable import can_be_shown

_LABEL: Final = 34
HALF: Final = 12
"""How many columns a bar has on each side of the zero line."""


def bar(label: str, number: int, widest: int, note: str) -> str:
    """One line: the label, the bar, the number, and a note.

    `widest` is the number whose bar takes all the room; only zero has no bar.
    """
    block, line = _characters()
    length = round(abs(number) / widest * HALF) or min(1, abs(number))
    left = block * length if number < 0 else ""
    right = block * length if number > 0 else ""
    return (
        f" {_shortened(label):<{_LABEL}} {left:>{HALF}}{line}{right:<{HALF}}"
        f"{number:+d} {note}"
    ).rstrip()


def _characters() -> tuple[str, str]:
    """The character of bars and that of the zero line, as the terminal knows them."""
    return ("█", "│") if can_be_shown("█│") else ("#", "|")


def _shortened(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 3].rstrip() + "..."
