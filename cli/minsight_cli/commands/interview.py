"""`minsight interview`: screen by screen, as a clinician asks, to one of two ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options.common import RulesOption, load_rules
from minsight_cli.typed import on_a_terminal

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.intake.subject import Subject
    from minsight.questions.session import Session


def interview(
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep the interview in this file; if it exists, go on from it.",
            dir_okay=False,
        ),
    ] = None,
    clinician: Annotated[
        bool,
        typer.Option(
            "--clinician",
            help="Ask about signs and measurements that need a clinician too.",
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option("--full", "--all", help="At the end show everything."),
    ] = False,
    rules: RulesOption = None,
) -> None:
    """Enter one person's symptoms by answering questions.

    First who the person is and what is wrong, in free words; then warning signs, and
    what is likely and would change most. Answer `yes`, `no`, `not sure` or in your own
    words, in lists the numbers; `skip`, `back`, `why` and `stop` work at any time. It
    has two ends: when nothing likely can change the first candidates, and, if you go
    on, when no answer can.

    **Examples**

    `minsight interview`

    `minsight interview --clinician --save person.interview.json`
    """
    with load_rules(rules) as loaded:
        converse(
            loaded,
            save=save,
            clinician=clinician,
            full=full,
        )


def converse(
    rules: Rules,
    person: Subject | None = None,
    *,
    save: Path | None = None,
    clinician: bool = False,
    full: bool = False,
) -> None:
    """Lead an interview on the terminal, to its assessment.

    `person` may have an age and a sex, which are not asked then.
    """
    from minsight_cli.dialogue.conversation import Conversation
    from minsight_cli.dialogue.replies import InputEnded
    from minsight_cli.rendering.conversation import say_that_input_ended

    session = _resumed(save, rules) if save is not None and save.exists() else None
    conversation = Conversation(
        rules,
        session or _begun(rules, person, clinician=clinician),
        save=save,
        asking_back=on_a_terminal(),
    )
    try:
        conversation.lead()
    except InputEnded:
        say_that_input_ended()
    except KeyboardInterrupt:
        conversation.say_how_to_go_on()
        raise typer.Exit(Exit.INTERRUPTED) from None
    conversation.conclude(full=full)


def _begun(rules: Rules, person: Subject | None, *, clinician: bool) -> Session:
    from minsight.questions.session import Session

    return Session(
        fingerprint=rules.fingerprint,
        clinician=clinician,
        age_days=person.age_days if person is not None else None,
        sex=person.sex if person is not None else None,
    )


def _resumed(file: Path, rules: Rules) -> Session:
    from minsight.errors import SubjectError
    from minsight.files.regular import bytes_of
    from minsight.questions.session import session_from_json

    try:
        session = session_from_json(bytes_of(file))
        rules.interview(session.subject).subject(session.replies)
    except SubjectError as error:
        raise SubjectError(
            f"{file}: {error}; begin a new interview with another file"
        ) from None
    return session
