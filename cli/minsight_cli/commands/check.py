"""`minsight check`: one person's symptoms and risk groups, assessed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight.files.taken import refuse_taken
from minsight_cli.exits import Exit
from minsight_cli.options.common import (
    EngineOption,
    ForceOption,
    JsonOption,
    KeepGoingOption,
    RulesOption,
    StrictOption,
    chosen_engine,
    load_rules,
)
from minsight_cli.options.person import (
    AbsentOption,
    AgeOption,
    GroupOption,
    MeasureOption,
    NotGroupOption,
    PhrasesArgument,
    SexOption,
    SubjectOption,
    UnsureOption,
    in_phrases,
    person_from,
    piped_text,
)
from minsight_cli.typed import on_a_terminal

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.assessment.model import Assessment
    from minsight.intake.subject import Subject
    from minsight.logic.backend import BackendName

_EXAMPLE = (
    'minsight check "always tired" "craving ice" --group vegetarian --age 28'
    " --sex female"
)


def check(
    phrases: PhrasesArgument = None,
    absent: AbsentOption = None,
    unsure: UnsureOption = None,
    group: GroupOption = None,
    not_group: NotGroupOption = None,
    age: AgeOption = None,
    sex: SexOption = None,
    measure: MeasureOption = None,
    subject: SubjectOption = None,
    as_json: JsonOption = False,
    full: Annotated[
        bool, typer.Option("--full", "--all", help="Show everything, on many lines.")
    ] = False,
    yes: Annotated[
        bool,
        typer.Option("--yes", "-y", help="Ask nothing about what was read in doubt."),
    ] = False,
    handout: Annotated[
        Path | None,
        typer.Option(
            "--handout",
            metavar="FILE.html",
            help="Write one page for a visit too: what was reported, what was found,"
            " what to ask. A browser prints it or makes a PDF of it.",
        ),
    ] = None,
    force: ForceOption = False,
    strict: StrictOption = False,
    keep_going: KeepGoingOption = False,
    engine: EngineOption = None,
    rules: RulesOption = None,
) -> None:
    """Assess one person: which deficiencies fit, why, and how soon to see someone.

    A symptom may be a word, an id, or a text with several findings, what is denied, the
    age and the sex. Without any, an interview begins; piped text is read as one.
    On a terminal, what was read with a doubt or not at all is shown first, to correct
    it; `--yes`, `--json` and pipes never ask.

    **Examples**

    `minsight check "always tired" "craving ice" --group vegetarian --age 28 --sex f`

    `minsight check "rash around the mouth" diarrhoea --absent fever --age 4mo`

    `minsight check --subject person.json --json`

    `minsight check "always tired" --age 28 --handout visit.html`

    `echo "9-month-old boy, rash around the mouth, no fever" | minsight check`
    """
    if handout is not None:
        _refuse_handout(handout, force=force)
    person = person_from(
        record=subject,
        present=phrases,
        absent=absent,
        unsure=unsure,
        groups=group,
        not_groups=not_group,
        age=age,
        sex=sex,
        measurements=measure,
    )
    if subject is None and person.says_nothing:
        if sys.stdin is not None and sys.stdin.isatty():
            from minsight_cli.commands.interview import converse

            with load_rules(rules) as loaded:
                converse(loaded, person, full=full)
            return
        person = replace(person, present=(piped_text(_EXAMPLE),))
    with load_rules(rules) as loaded:
        person = in_phrases(person, phrases, loaded.vocabulary)
        assessment = _assessed(
            loaded,
            person,
            engine=chosen_engine(engine),
            keep_going=keep_going,
            asking=not (yes or as_json or subject == "-"),
        )
        if handout is not None:
            _write_handout(handout, assessment, loaded)
        if as_json:
            from minsight.assessment.record import assessment_json

            sys.stdout.write(assessment_json(assessment, indent=2) + "\n")
        else:
            from minsight_cli.rendering.brief import show_assessment

            show_assessment(assessment, loaded, full=full)
    if strict and assessment.unrecognised:
        raise typer.Exit(Exit.LOOK)


def _assessed(
    rules: Rules,
    person: Subject,
    *,
    engine: BackendName,
    keep_going: bool,
    asking: bool,
) -> Assessment:
    """The assessment; first the person is asked, if `asking` and somebody is there."""
    if not (asking and on_a_terminal()):
        return rules.assess(person, engine=engine, keep_going=keep_going)
    from minsight_cli.dialogue.asking_back import entered

    answers = entered(rules, person, keep_going=keep_going)
    return rules.assess_answers(answers, engine=engine)


def _refuse_handout(path: Path, *, force: bool) -> None:
    """Refuse at once what could not be written at the end."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(
            f"`{path}` must end in .html; a browser prints the page or saves it as PDF"
        )
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder `{path.parent}` to write to")
    refuse_taken(path, force=force)


def _write_handout(path: Path, assessment: Assessment, rules: Rules) -> None:
    from minsight.files.whole import written_whole
    from minsight.handout.page import handout_page

    with written_whole(path) as file:
        file.write(handout_page(assessment, rules.knowledge))
