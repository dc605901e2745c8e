"""`minsight map`: a map for a foreign file, drafted from its columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from minsight.files.taken import refuse_taken
from minsight.files.whole import written_whole
from minsight_cli.options.common import ForceOption, RulesOption, load_rules
from minsight_cli.printable import printable


def map_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table: CSV, TSV, Parquet, Excel or SAS transport.",
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
    force: ForceOption = False,
    rules: RulesOption = None,
) -> None:
    """Draft a map that says which column of a file is which question.

    Names that the rules know are placed, those that come near are marked as guesses,
    and the others are listed as comments. Look at every line before you use it.

    **Example**

    `minsight map survey.csv --output survey.map.yaml`
    """
    from minsight.screening import draft_map, source_of

    if output is not None:
        if output.exists() and output.samefile(file):
            raise typer.BadParameter(f"`{output}` is the table; write somewhere else")
        refuse_taken(output, force=force)
    draft = draft_map(source_of(file), load_rules(rules).vocabulary)
    if output is None:
        watched = sys.stdout.isatty()  # what goes into a file is kept as it is
        typer.echo(printable(draft.text) if watched else draft.text, nl=False)
    else:
        with written_whole(output) as written:
            written.write(draft.text)
    where = f" in {printable(str(output))}" if output else ""
    typer.echo(
        f"{len(draft.placed)} columns placed, {len(draft.guessed)} guessed,"
        f" {len(draft.unplaced)} not placed{where}",
        err=True,
    )
