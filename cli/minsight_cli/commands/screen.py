"""`minsight screen`: files of many people, each assessed, none lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from minsight_cli.commands.screen_tables import screen_tables
from minsight_cli.exits import Exit
from minsight_cli.options import EngineName, RulesOption, load_rules
from minsight_cli.writing import refuse_taken, written_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from minsight.assessment import Assessment
    from minsight.subject import Subject

    Assess: TypeAlias = Callable[[Subject], Assessment]


_OF_RECORDS = ("", ".json", ".jsonl", ".ndjson")
"""Endings of results that are full assessments."""
_OF_TABLES = (".csv", ".tsv", ".tab", ".parquet", ".xlsx", ".xls", ".ods", ".xpt")


def screen(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Tables or records: CSV, TSV, Parquet, Excel, SAS transport, JSONL,"
            " FHIR, phenopackets; folders and patterns too, `-` for standard input.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            metavar="OUT",
            help="Where the results go: OUT.csv or OUT.parquet with a row for each"
            " person and candidate, OUT.jsonl with a full assessment a line.",
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
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where rows that cannot be assessed go. [default: OUT.rejects]",
            show_default=False,
        ),
    ] = None,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Take answers that contradict each other as unknown.",
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that exist.")
    ] = False,
    engine: Annotated[
        EngineName | None,
        typer.Option(
            help="Which engine gives full assessments; tables are assessed in columns."
            " [default: reference]",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Assess many people; every row ends in the results or in the rejects.

    **Examples**

    `minsight screen people.jsonl --output assessments.jsonl`

    `minsight screen survey.csv --map clinic.map.yaml --output results.parquet`
    """
    aside = rejects or output.with_name(output.name + ".rejects")
    if output.resolve() == aside.resolve():
        raise typer.BadParameter("results and rejects need a file each")
    for target in (output, aside):
        _refuse(target, sources=files, force=force)
    if output.suffix.lower() in _OF_RECORDS:
        _refuse_tables(files, mapping)
        chosen = engine or EngineName.REFERENCE
        with load_rules(rules) as loaded:
            assess = partial(loaded.assess, engine=chosen.value, keep_going=keep_going)
            _screen_records(files[0], output, aside, assess)
    elif engine is not None:
        raise typer.BadParameter(
            "tables are assessed in columns, with the same answers; omit `--engine`"
        )
    else:
        screen_tables(
            files, output, aside, rules=rules, mapping=mapping, keep_going=keep_going
        )


def _refuse_tables(files: Sequence[Path], mapping: Path | None) -> None:
    """Full assessments are made of what a record says in words."""
    tables = [file for file in files if file.suffix.lower() in _OF_TABLES]
    if len(files) != 1 or mapping is not None or tables:
        raise typer.BadParameter(
            "full assessments are written of one file of subject records; name"
            " `OUT.csv` or `OUT.parquet` for tables and several files"
        )


def _screen_records(file: Path, output: Path, aside: Path, assess: Assess) -> None:
    with file.open("rb") as lines, ExitStack() as stack:
        results = stack.enter_context(written_whole(output))
        rejected = stack.enter_context(written_whole(aside, keep_empty=False))
        counts = _screen(lines, results, rejected, assess)
    from minsight_cli.rendering.text import show_screen_summary

    show_screen_summary(counts, output=output, rejects=aside)
    if counts["rejected"]:
        raise typer.Exit(Exit.LOOK)


def _refuse(target: Path, *, sources: Iterable[Path], force: bool) -> None:
    if target.exists() and any(s.exists() and target.samefile(s) for s in sources):
        raise typer.BadParameter(f"`{target}` is the input; write somewhere else")
    if str(target) == "-":
        raise typer.BadParameter("results go to a file of their own; name one")
    refuse_taken(target, force=force)


def _screen(
    lines: IO[bytes], results: IO[str], rejected: IO[str], assess: Assess
) -> Counter[str]:
    from minsight.errors import SubjectError
    from minsight.records import assessment_json, reject_json, subject_from_json
    from minsight_cli.rendering.progress import lines_with_progress

    counts: Counter[str] = Counter()
    for number, line in enumerate(lines_with_progress(lines), start=1):
        if not line.strip():
            counts["empty"] += 1
            continue
        try:
            assessment = assess(subject_from_json(line))
        except SubjectError as error:
            counts["rejected"] += 1
            rejected.write(reject_json(number, line, str(error)) + "\n")
            continue
        counts["assessed"] += 1
        counts[f"urgency {assessment.urgency.level}"] += 1
        for level in {candidate.level for candidate in assessment.candidates[:1]}:
            counts[f"highest {level}"] += 1
        results.write(assessment_json(assessment) + "\n")
    return counts
