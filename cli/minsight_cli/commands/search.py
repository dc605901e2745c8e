"""`minsight symptoms` and `minsight groups`: the words the rules understand."""

from __future__ import annotations

from typing import Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options.common import RulesOption, load_rules
from minsight_cli.printable import printable

_Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="WORD", help="Show only what fits these words."),
]


def symptoms(words: _Words = None, rules: RulesOption = None) -> None:
    """Search the symptoms, signs and test results that can be entered.

    **Example**

    `minsight symptoms nails`
    """
    _search("finding", " ".join(words or []), rules)


def groups(words: _Words = None, rules: RulesOption = None) -> None:
    """Search the risk groups: diets, medicines, life stages, illnesses, places.

    **Example**

    `minsight groups breastfed`
    """
    _search("group", " ".join(words or []), rules)


def _search(kind: str, words: str, rules: RulesOption) -> None:
    from minsight.intake.recognition import search
    from minsight_cli.rendering.vocabulary import show_entries

    vocabulary = load_rules(rules).vocabulary
    entries = vocabulary.finding if kind == "finding" else vocabulary.group
    ids = search(words, vocabulary, kind=kind)
    if not ids:
        shown = printable(words[:80])
        typer.echo(f"nothing fits `{shown}`; try one word of it", err=True)
        raise typer.Exit(Exit.LOOK)
    show_entries([entries[id_] for id_ in ids])
