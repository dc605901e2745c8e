"""`minsight explore`: answers and candidates side by side, tried out live."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight_cli.options.common import RulesOption, load_rules
from minsight_cli.options.person import (
    AbsentOption,
    AgeOption,
    GroupOption,
    MeasureOption,
    NotGroupOption,
    PhrasesArgument,
    SexOption,
    UnsureOption,
    in_phrases,
    person_from,
)

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.intake.subject import Subject


def explore(
    phrases: PhrasesArgument = None,
    absent: AbsentOption = None,
    unsure: UnsureOption = None,
    group: GroupOption = None,
    not_group: NotGroupOption = None,
    age: AgeOption = None,
    sex: SexOption = None,
    measure: MeasureOption = None,
    subject: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Begin with the subject record of this file."
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the key `s` saves; if it exists, go on from it.",
            dir_okay=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Try answers out: candidates and reasons change as you answer.

    Answers stand on the left, what fits and why on the right. Keys answer, undo and
    redo, keep and compare snapshots, save, and give the command line that says the same
    again; `?` lists them. It needs a terminal, and `pip install "minsight[explore]"`.

    **Examples**

    `minsight explore`

    `minsight explore "always tired" --age 28 --sex f --save ann.json`
    """
    _refuse_without_terminal()
    if find_spec("textual") is None:
        raise typer.BadParameter(
            "explore draws its screen with Textual, which is not installed; install it"
            ' with `pip install "minsight[explore]"`'
        )
    person = person_from(
        record=_record(subject, save),
        present=phrases,
        absent=absent,
        unsure=unsure,
        groups=group,
        not_groups=not_group,
        age=age,
        sex=sex,
        measurements=measure,
    )
    with load_rules(rules) as loaded:
        _run(loaded, in_phrases(person, phrases, loaded.vocabulary), save)


def _run(rules: Rules, person: Subject, save: Path | None) -> None:
    from minsight_cli.tui.app import Explore
    from minsight_cli.tui.files import command_line
    from minsight_cli.tui.state import state_of

    begun = state_of(person, rules.vocabulary)
    if save is not None and save.exists() and begun.unrecognised:
        texts = ", ".join(one.text for one in begun.unrecognised)
        raise typer.BadParameter(
            f"`{save}` holds texts that were not understood and that saving would lose:"
            f" {texts[:200]}; begin with --subject {save} and save elsewhere"
        )
    app = Explore(rules, begun, save=save)
    app.run()
    if not app.bench.state.says_nothing:
        typer.echo("The same again:")
        typer.echo(command_line(app.bench.state, rules.vocabulary))
    if app.broken is not None:
        raise app.broken


def _record(subject: Path | None, save: Path | None) -> str | None:
    """The file to begin with, if any."""
    going_on = save is not None and save.exists()
    if subject is not None and going_on and subject != save:
        raise typer.BadParameter(
            f"`{save}` exists, so the session would go on from it and not from"
            f" `{subject}`; leave one of them out"
        )
    chosen = save if going_on else subject
    return None if chosen is None else str(chosen)


def _refuse_without_terminal() -> None:
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise typer.BadParameter(
            "explore needs a terminal for input and output; in a pipe or script use"
            " `minsight check`"
        )
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        raise typer.BadParameter(
            "explore needs a terminal that can move its cursor, and TERM says that this"
            " one cannot; use `minsight interview`"
        )
