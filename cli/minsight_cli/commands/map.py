"""`minsight map`: a map for a foreign file, drafted from its columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight.files.taken import refuse_taken
from minsight.files.whole import written_whole
from minsight_cli.options.common import ForceOption, RulesOption, load_rules
from minsight_cli.printable import printable

if TYPE_CHECKING:
    from minsight.screening import Codebook, Draft
    from minsight.screening.sources.source import Source


def map_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table: CSV, TSV, Parquet, Excel, SPSS, Stata or SAS transport.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the map goes. [default: standard output]",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            metavar="MAP",
            help="Draft nothing; say what each column becomes by this map.",
            show_default=False,
        ),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A REDCap data dictionary or an XLSForm that says what codes mean.",
            show_default=False,
        ),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask for what only you can know.")
    ] = False,
    force: ForceOption = False,
    rules: RulesOption = None,
) -> None:
    """Draft a map that says which column of a file is which question.

    Names that the rules know are placed. What was read from the words of a question or
    from values is marked as a guess. What only you can know, such as what the codes 1
    and 2 mean, stands under `open` and is not read before you say it. Look at every
    line before you use the map; `--check` shows what each column becomes.

    **Examples**

    `minsight map survey.csv --output survey.map.yaml`

    `minsight map survey.csv --codebook dictionary.csv --ask --output coded.map.yaml`

    `minsight map survey.csv --check survey.map.yaml`
    """
    from minsight.screening import codebook_of, source_of

    if check is not None:
        _check(file, check, rules)
        return
    if output is not None:
        if output.exists() and output.samefile(file):
            raise typer.BadParameter(f"`{output}` is the table; write somewhere else")
        refuse_taken(output, force=force)
    book = codebook_of(codebook) if codebook is not None else None
    draft = _drafted(source_of(file), rules, book, ask=ask)
    if output is None:
        watched = sys.stdout.isatty()  # what goes into a file is kept as it is
        typer.echo(printable(draft.text) if watched else draft.text, nl=False)
    else:
        with written_whole(output) as written:
            written.write(draft.text)
    where = f" in {printable(str(output))}" if output else ""
    typer.echo(
        f"{len(draft.placed)} columns placed, {len(draft.guessed)} guessed,"
        f" {len(draft.asked)} open, {len(draft.unplaced)} not placed{where}",
        err=True,
    )


def _drafted(
    source: Source, rules: Path | None, book: Codebook | None, *, ask: bool
) -> Draft:
    """The draft, with what the person at the terminal said of its open columns."""
    from minsight.screening import Codebook, draft_map

    vocabulary = load_rules(rules).vocabulary
    draft = draft_map(source, vocabulary, book or Codebook())
    if not ask or not draft.questions:
        return draft
    from minsight_cli.dialogue.open_columns import said_of_open_columns

    said = said_of_open_columns(draft.questions, vocabulary)
    return draft_map(source, vocabulary, book or Codebook(), said)


def _check(file: Path, map_file: Path, rules: Path | None) -> None:
    from minsight.screening import check_map, load_map, source_of
    from minsight_cli.rendering.map_check import check_as_text

    vocabulary = load_rules(rules).vocabulary
    found = check_map(source_of(file), vocabulary, load_map(map_file, vocabulary))
    typer.echo(printable(check_as_text(found)), nl=False)
