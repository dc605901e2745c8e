"""`minsight screen`: a file of subject records, each assessed, none lost."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options import EngineName, RulesOption, load_rules
from minsight_cli.writing import refuse_taken, written_whole

if TYPE_CHECKING:
    from minsight.rules import Engine, Rules


def screen(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="One subject record a line.")
    ],
    output: Annotated[
        Path, typer.Option(metavar="OUT.jsonl", help="Where the assessments go.")
    ],
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where lines that cannot be assessed go. [default: OUT.jsonl.rejects]",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that exist.")
    ] = False,
    engine: Annotated[
        EngineName,
        typer.Option(help="Which engine assesses; both give the same answers."),
    ] = EngineName.REFERENCE,
    rules: RulesOption = None,
) -> None:
    """Assess a file of subject records; every line ends in the results or the rejects.

    **Example**

    `minsight screen people.jsonl --output assessments.jsonl`
    """
    aside = rejects or output.with_name(output.name + ".rejects")
    if output.resolve() == aside.resolve():
        raise typer.BadParameter("results and rejects need a file each")
    for target in (output, aside):
        _refuse(target, source=file, force=force)
    with load_rules(rules) as loaded, file.open("rb") as lines, ExitStack() as stack:
        results = stack.enter_context(written_whole(output))
        rejected = stack.enter_context(written_whole(aside, keep_empty=False))
        counts = _screen(lines, results, rejected, loaded, engine.value)
    from minsight_cli.rendering.text import show_screen_summary

    show_screen_summary(counts, output=output, rejects=aside)
    if counts["rejected"]:
        raise typer.Exit(Exit.LOOK)


def _refuse(target: Path, *, source: Path, force: bool) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise typer.BadParameter(f"`{target}` is the input; write somewhere else")
    if str(target) == "-":
        raise typer.BadParameter("results go to a file of their own; name one")
    refuse_taken(target, force=force)


def _screen(
    lines: IO[bytes], results: IO[str], rejected: IO[str], rules: Rules, engine: Engine
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
            assessment = rules.assess(subject_from_json(line), engine=engine)
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
