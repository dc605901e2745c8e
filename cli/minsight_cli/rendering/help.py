"""The help of a command: prose wrapped, examples and options whole, to be copied."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from typer.core import TyperCommand, TyperGroup

_HEADING: Final = re.compile(r"\*\*(.+)\*\*")
_EXAMPLE: Final = re.compile(r"`([^`]+)`")
_TYPE: Final = re.compile(r" <[\w\[\]]+>$")
_TITLES: Final = {"argument": "Arguments", "option": "Options"}
_INDENT: Final = 2
_WHOLE: Final = 1_000
"""More characters than the first sentence of a help has."""
_LEADS: Final = 26
"""The most columns of an option beside its help; that of a longer one stands below."""


def show_help(command: TyperCommand | TyperGroup, context: Any) -> None:
    """Print how a command is called, what it does, and what it takes."""
    page = Page()
    usage = f"Usage: {context.command_path}"
    page.item(" ".join(context.command.collect_usage_pieces(context)), lead=usage)
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        page.blank()
        _paragraph(page, paragraph)
    for kind, title in _TITLES.items():
        taken = [p for p in command.get_params(context) if p.param_type_name == kind]
        _listed(page, title, [_without_type(p.get_help_record(context)) for p in taken])
    below = getattr(command, "commands", {})
    lines = [(name, one.get_short_help_str(_WHOLE)) for name, one in below.items()]
    _listed(page, "Commands", lines)
    if command.epilog:
        page.blank()
        page.line(command.epilog.strip())
    page.show()


def _paragraph(page: Page, text: str) -> None:
    """Prose; a title in stars; or an example in backticks, for a line of its own."""
    if title := _HEADING.fullmatch(text):
        page.heading(title[1])
    elif example := _EXAMPLE.fullmatch(text):
        page.verbatim(" " * _INDENT + " ".join(example[1].split()))
    else:
        page.line(" ".join(text.split()))


def _without_type(record: tuple[str, str] | None) -> tuple[str, str] | None:
    """Without the type of Python that Typer writes behind an argument."""
    return record and (_TYPE.sub("", record[0]), record[1])


def _listed(page: Page, title: str, records: Iterable[tuple[str, str] | None]) -> None:
    """Names and what they mean, in two columns."""
    shown = [record for record in records if record is not None]
    if not shown:
        return
    page.blank()
    page.heading(title)
    column = max((len(name) for name, _ in shown if len(name) <= _LEADS), default=0)
    for name, meaning in shown:
        lead = f"{name:{column}} "
        if len(name) > column:
            page.verbatim(" " * _INDENT + name)
            lead = " " * (column + 1)
        page.item(" ".join(meaning.split()), indent=_INDENT, lead=lead)
