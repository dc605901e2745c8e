"""`minsight screen`: files of many people, each assessed, none lost."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minsight_cli.commands.screen.spark import screen_on_spark
from minsight_cli.exits import Exit
from minsight_cli.options.common import RulesOption, load_rules
from minsight_cli.writing import refuse_taken

if TYPE_CHECKING:
    from minsight.screening import Found
    from minsight.screening.pipeline import Screened
    from minsight.screening.runs.manifest import Manifest, Options
    from minsight.screening.runs.run import Order, Runner


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
            help="In the report, show counts of fewer persons as `<N`, for privacy.",
        ),
    ] = 0,
    wide: Annotated[
        bool,
        typer.Option("--wide", help="A row for each person, all minerals beside it."),
    ] = False,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Take answers that contradict each other as unknown.",
        ),
    ] = False,
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
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that exist.")
    ] = False,
    engine: Annotated[
        Way | None,
        typer.Option(
            help="All give the same answers: columnar is fastest, reference and forward"
            " are referees, spark is for clusters. "
            " [default: columnar; reference for full assessments]",
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
    """
    aside = rejects or f"{output}.rejects"
    if engine is Way.SPARK:
        _refuse_for_spark(report=report, wide=wide, fail_fast=fail_fast, resume=resume)
        screen_on_spark(
            files,
            output,
            aside,
            rules=rules,
            mapping=mapping,
            keep_going=keep_going,
            master=master,
            force=force,
        )
        return
    from minsight.screening.runs.run import Order, Runner

    with load_rules(rules) as loaded:
        order = Order(
            found=_found(files),
            output=Path(output),
            rejects=Path(aside),
            report=report,
            map=mapping,
            rules_folder=rules,
            options=_options(
                Path(output),
                engine,
                wide=wide,
                keep_going=keep_going,
                smallest=smallest,
            ),
            fail_fast=fail_fast,
        )
        _refuse_sharing(order)
        manifest = _carry_out(Runner(order, loaded, watch=_watch), resume, force)
    if manifest.has_problems:
        raise typer.Exit(Exit.LOOK)


def _refuse_for_spark(**options: object) -> None:
    given = [name.replace("_", "-") for name, value in options.items() if value]
    if given:
        raise typer.BadParameter(
            f"`--{given[0]}` is not for `--engine spark`, which writes long tables and"
            " goes on from nowhere"
        )


def _carry_out(runner: Runner, resume: bool, force: bool) -> Manifest:
    from minsight_cli.rendering.screening import show_finished, show_run

    finished = runner.finished() if resume else None
    if finished is not None:
        show_finished(finished, runner.order)
        return finished
    if runner.parts.exists and not (resume or force):
        raise typer.BadParameter(
            f"an earlier run did not come to the end of `{runner.order.output}`; go on"
            " with `--resume`, or start anew with `--force`"
        )
    going_on = resume and runner.parts.is_publishing
    for target in runner.order.targets:
        refuse_taken(target, force=force or going_on)
    run = runner.run(resume=resume)
    show_run(run, runner.order, runner.rules)
    return run.manifest


def _found(files: Iterable[str]) -> Found:
    from minsight.screening import find_sources

    return find_sources(
        files, stdin=sys.stdin.buffer if sys.stdin is not None else None
    )


def _options(
    output: Path, way: Way | None, *, wide: bool, keep_going: bool, smallest: int
) -> Options:
    from minsight.screening.runs.manifest import Options
    from minsight.screening.runs.run import RECORDS
    from minsight.screening.sinks import ending_of

    full = output.suffix.lower() in RECORDS and ending_of(output) is None
    if full and wide:
        raise typer.BadParameter("`--wide` is for tables; a record holds everything")
    if full and way is Way.COLUMNAR:
        raise typer.BadParameter(
            "full assessments are made one by one; omit `--engine`, or name another"
        )
    chosen: Any = way or (Way.REFERENCE if full else Way.COLUMNAR)
    return Options(chosen.value, keep_going, wide, full, smallest)


def _refuse_sharing(order: Order) -> None:
    """Every file that is read or written needs a name of its own."""
    inputs = [source.path for source in order.found.sources]
    if order.map is not None:
        inputs.append(order.map)
    taken: dict[Path, Path] = {}
    for target in order.targets:
        if str(target) == "-":
            raise typer.BadParameter("results go to a file of their own; name one")
        if _is_one_of(target, inputs):
            raise typer.BadParameter(f"`{target}` is the input; write somewhere else")
        if target.resolve() in taken:
            raise typer.BadParameter(
                f"`{target}` would be written twice; results, rejects, report and"
                " manifest need a file each"
            )
        taken[target.resolve()] = target


def _is_one_of(target: Path, files: Iterable[Path]) -> bool:
    return target.exists() and any(
        one.exists() and target.samefile(one) for one in files
    )


def _watch(name: str, batches: Iterator[Screened]) -> Iterator[Screened]:
    from minsight_cli.rendering.progress import rows_with_progress

    return rows_with_progress(name, batches)
