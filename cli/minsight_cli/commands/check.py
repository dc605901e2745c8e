"""`minsight check`: one person's symptoms and risk groups, assessed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from minsight_cli.exits import Exit
from minsight_cli.options import (
    EngineOption,
    RulesOption,
    chosen_engine,
    complete_group,
    complete_phrase,
    load_rules,
)

T = TypeVar("T")

if TYPE_CHECKING:
    from minsight.subject import Measurement, Subject


def check(
    phrases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SYMPTOM",
            help="What is present, in everyday words or vocabulary ids.",
            autocompletion=complete_phrase,
            show_default=False,
        ),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            help="What is not present. Repeat for more.", autocompletion=complete_phrase
        ),
    ] = None,
    unsure: Annotated[
        list[str] | None,
        typer.Option(help="What nobody is sure of.", autocompletion=complete_phrase),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="A risk group: diet, pregnancy, medicine ...",
            autocompletion=complete_group,
        ),
    ] = None,
    not_group: Annotated[
        list[str] | None,
        typer.Option(
            help="A risk group the person is not in.", autocompletion=complete_group
        ),
    ] = None,
    age: Annotated[
        str | None,
        typer.Option(help="`28`, `9mo`, `9 months`, `3y`, `12d`."),
    ] = None,
    sex: Annotated[str | None, typer.Option(help="`female` or `male`.")] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE UNIT", help="A test result: `ferritin=8 ug/L`."
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A subject record in JSON or YAML; `-` reads standard input.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the assessment record.")
    ] = False,
    show_all: Annotated[
        bool,
        typer.Option(
            "--all", help="Show the reasons of every candidate, folded ones too."
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 when some text was not understood."),
    ] = False,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going", help="Take answers that contradict each other as unknown."
        ),
    ] = False,
    engine: EngineOption = None,
    rules: RulesOption = None,
) -> None:
    """Assess one person: which deficiencies fit, why, and how soon to see someone.

    A symptom may be a word, an id, or a text with several findings, what is denied, the
    age and the sex. Without any, an interview begins; piped text is read as one.

    **Examples**

    `minsight check "always tired" "craving ice" --group vegetarian --age 28 --sex f`

    `minsight check "rash around the mouth" diarrhoea --absent fever --age 4mo`

    `minsight check --subject person.json --json`

    `echo "9-month-old boy, rash around the mouth, no fever" | minsight check`
    """
    person = _subject(
        record=subject,
        present=phrases or [],
        absent=absent or [],
        unsure=unsure or [],
        groups=group or [],
        not_groups=not_group or [],
        age=age,
        sex=sex,
        measurements=[_measurement(text) for text in measure or []],
    )
    if subject is None and person.says_nothing:
        if sys.stdin is not None and sys.stdin.isatty():
            from minsight_cli.commands.interview import converse

            with load_rules(rules) as loaded:
                converse(loaded, person, show_all=show_all)
            return
        person = replace(person, present=(_piped(),))
    with load_rules(rules) as loaded:
        assessment = loaded.assess(
            person, engine=chosen_engine(engine), keep_going=keep_going
        )
        if as_json:
            from minsight.records import assessment_json

            sys.stdout.write(assessment_json(assessment, indent=2) + "\n")
        else:
            from minsight_cli.rendering.text import show_assessment

            show_assessment(assessment, loaded, show_all=show_all)
    if strict and assessment.unrecognised:
        raise typer.Exit(Exit.LOOK)


def _subject(
    *,
    record: str | None,
    present: list[str],
    absent: list[str],
    unsure: list[str],
    groups: list[str],
    not_groups: list[str],
    age: str | None,
    sex: str | None,
    measurements: list[Measurement],
) -> Subject:
    """The person of the record, if there is one, with the options added."""
    from minsight.subject import Subject

    given = Subject(age=age, sex=sex)
    base = _read(record) if record is not None else Subject()
    return replace(
        base,
        age_days=_only_once(base.age_days, given.age_days, "--age"),
        sex=_only_once(base.sex, given.sex, "--sex"),
        present=(*base.present, *present),
        absent=(*base.absent, *absent),
        unsure=(*base.unsure, *unsure),
        groups=(*base.groups, *groups),
        not_groups=(*base.not_groups, *not_groups),
        measurements=(*base.measurements, *measurements),
    )


def _piped() -> str:
    """The text on standard input."""
    from minsight.subject import MOST_TEXT

    raw = sys.stdin.buffer.read(4 * MOST_TEXT + 1) if sys.stdin is not None else b""
    text = raw.decode("utf-8", errors="replace").strip()
    if not text:
        raise typer.BadParameter(
            "nothing was said about the person; write for example: minsight check"
            ' "always'
            ' tired" "craving ice" --group vegetarian --age 28 --sex female'
        )
    if len(text) > MOST_TEXT:
        raise typer.BadParameter(f"the text is longer than {MOST_TEXT} characters")
    return text


def _only_once(recorded: T | None, given: T | None, option: str) -> T | None:
    if recorded is not None and given is not None:
        raise typer.BadParameter(f"the record and {option} both say it; keep one")
    return recorded if given is None else given


def _read(record: str) -> Subject:
    from minsight.records import read_subject

    if record == "-":
        return read_subject(sys.stdin.buffer.read(), "standard input")
    return read_subject(Path(record).read_bytes(), record)


def _measurement(text: str) -> Measurement:
    from minsight.records import measurement_from_text

    return measurement_from_text(text)
