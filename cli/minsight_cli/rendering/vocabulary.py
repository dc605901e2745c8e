"""Entries of the vocabulary as text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from minsight.vocabulary import Finding, Group
from minsight_cli.rendering.page import console


def show_entries(entries: Iterable[Finding | Group]) -> None:
    """Print each entry: its id, its label, and other words for it."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("id", no_wrap=True)
    table.add_column("meaning and other words", overflow="fold")
    for entry in entries:
        text = Text(entry.label, style="bold")
        if entry.synonyms:
            text.append("; " + ", ".join(entry.synonyms), style="not bold")
        table.add_row(Text(entry.id), text)
    console().print(table)
