"""`minsight screen`: files of many people, each assessed, none lost."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from minsight_cli.commands.screen.spark import screen_on_spark
from minsight_cli.exits import Exit
from minsight_cli.options.common import (
    ForceOption,
    KeepGoingOption,
    RulesOption,
    load_rules,
)


class Way(str, Enum):
    """How people are assessed: all at once in columns, or one by one."""

    COLUMNAR = "columnar"
    REFERENCE = "reference"
    FORWARD = "forward"
    SPARK = "spark"


def screen(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Tables or records: CSV, TSV, Parquet, Excel, SAS transport, JSONL,"
            " FHIR, phenopackets; folders and patterns too, `-` for standard input.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            metavar="OUT",
            help="Where the results go: a row for each person and candidate in OUT.csv,"
            " .tsv, .parquet or .xlsx, a RiskAssessment a person in .fhir.json or"
            " .fhir.ndjson, a full assessment a line in .jsonl.",
        ),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map",
            metavar="MAP.yaml",
            help="Which column is which question; `minsight map` drafts it.",
        ),
    ] = None,
    words: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="What phrases mean that were not understood: a list that"
            " `--unread-words` wrote, filled in.",
        ),
    ] = None,
    unread_words: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Write each phrase that was not understood once, the most frequent"
            " first, with what it may mean, to fill in.",
        ),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where rows that cannot be assessed go. [default: OUT.rejects]",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help="Write a page with charts and tables of the whole run.",
        ),
    ] = None,
    smallest: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="In the report, show counts of fewer persons as `<N`, and list no"
            " phrase met less often, for privacy.",
        ),
    ] = 0,
    no_urgent_list: Annotated[
        bool,
        typer.Option(
            "--no-urgent-list",
            help="List nobody: without it, whom to see first stands in OUT.urgent.csv"
            " and in the report, with the reason and the cells it came from.",
        ),
    ] = False,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="In the report, break people down by this column of the files, such as"
            " a village; may be given more than once.",
        ),
    ] = None,
    wide: Annotated[
        bool,
        typer.Option("--wide", help="A row for each person, all minerals beside it."),
    ] = False,
    keep_going: KeepGoingOption = False,
    fail_fast: Annotated[
        bool,
        typer.Option("--fail-fast", help="Stop at the first row that is rejected."),
    ] = False,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on with a run that was interrupted, file by file."
        ),
    ] = False,
    force: ForceOption = False,
    engine: Annotated[
        Way | None,
        typer.Option(
            help="All give the same answers: columnar is fastest, reference and forward"
            " are referees, spark is for clusters. "
            " [default: columnar]",
            show_default=False,
        ),
    ] = None,
    master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="With `--engine spark`: the cluster. [default: local[*]]",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Assess many people; every row ends in the results or in the rejects.

    A manifest stands beside the results; `minsight verify` checks it, and `minsight
    explain OUT --subject ID` shows the reasoning for one row.

    **Examples**

    `minsight screen people.jsonl --output assessments.jsonl`

    `minsight screen survey.csv --map clinic.map.yaml --output results.parquet`

    `minsight screen survey.csv --output results.csv --report survey.html`

    `minsight screen survey.csv --output first.csv --unread-words words.csv`

    `minsight screen survey.csv --output better.csv --words words.csv`
    """
    aside = rejects or f"{output}.rejects"
    if engine is Way.SPARK:
        _refuse_for_spark(
            by=by,
            report=report,
            wide=wide,
            fail_fast=fail_fast,
            resume=resume,
            unread_words=unread_words,
        )
        screen_on_spark(
            files,
            output,
            aside,
            rules=rules,
            mapping=mapping,
            words=words,
            keep_going=keep_going,
            master=master,
            force=force,
        )
        return
    if by and report is None:
        raise typer.BadParameter(
            "`--by` breaks a report down; name a page for it with `--report FILE.html`"
        )
    from minsight_cli.rendering.progress import rows_with_progress
    from minsight_cli.rendering.screening import show_run

    with load_rules(rules) as loaded:
        run = loaded.screen(
            files,
            output,
            map=mapping,
            words=words,
            unread_words=unread_words,
            rejects=aside,
            report=report,
            engine=engine.value if engine is not None else None,
            wide=wide,
            smallest=smallest,
            urgent_list=not no_urgent_list,
            by=by or (),
            keep_going=keep_going,
            fail_fast=fail_fast,
            resume=resume,
            force=force,
            stdin=sys.stdin.buffer if sys.stdin is not None else None,
            watch=rows_with_progress,
        )
        show_run(run, loaded)
    if run.manifest.has_problems:
        raise typer.Exit(Exit.LOOK)


def _refuse_for_spark(**options: object) -> None:
    given = [name.replace("_", "-") for name, value in options.items() if value]
    if given:
        raise typer.BadParameter(
            f"`--{given[0]}` is not for `--engine spark`, which writes long tables and"
            " goes on from nowhere"
        )
