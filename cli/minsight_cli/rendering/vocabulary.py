"""Entries of the vocabulary as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from minsight.knowledge.vocabulary import Finding, Group
from minsight_cli.rendering.page import Page


def show_entries(entries: Sequence[Finding | Group]) -> None:
    """Print each entry: its id, its label, and other words for it."""
    column = max(len(entry.id) for entry in entries) + 1
    page = Page()
    for entry in entries:
        text = Text(entry.label, "bold")
        if isinstance(entry, Group):
            text.append(f": {entry.definition.rstrip('.')}", "not bold")
        if entry.synonyms:
            text.append("; " + ", ".join(entry.synonyms), "not bold")
        if isinstance(entry, Finding) and entry.hpo:
            text.append(f" {entry.hpo}", "not bold dim")
        page.item(text, lead=f"{entry.id:{column}}")
    page.show()
