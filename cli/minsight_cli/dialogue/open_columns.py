"""Open columns: asks, one after the other, for what only a person knows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import typer

from minsight_cli.printable import printable

if TYPE_CHECKING:
    from minsight.knowledge.vocabulary import Vocabulary
    from minsight.screening import OpenQuestion

_HOW: Final = (
    "Write what it asks for (`tiredness`), what its values mean (`yes=1 no=2`,"
    " `female=2 male=1`), a unit (`g/dL`), `words` for free words, `ignore`, or nothing"
    " to leave it open."
)


def said_of_open_columns(
    questions: Sequence[OpenQuestion], vocabulary: Vocabulary
) -> Mapping[str, str]:
    """What was said of each column; columns that were left open are not there.

    Standard input that ends leaves the rest open.
    """
    from minsight.screening import why_not_said

    typer.echo(_HOW, err=True)
    said: dict[str, str] = {}
    for one in questions:
        typer.echo(printable(f"\n{one.column}: {one.asked}? ({one.shown})"), err=True)
        while True:
            try:
                words = typer.prompt("", default="", show_default=False, err=True)
            except typer.Abort:
                return said
            why = why_not_said(one, words, vocabulary) if words.strip() else ""
            if not why:
                break
            typer.echo(printable(why), err=True)
        if words.strip():
            said[one.column] = words
    return said
