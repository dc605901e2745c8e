"""`minsight learn`: one mineral's profile, the list of them, or a quiz on cases."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options.common import (
    RulesOption,
    complete_mineral,
    load_rules,
    mineral_named,
)

if TYPE_CHECKING:
    from pathlib import Path

    from minsight.api import Rules
    from minsight.cases.lessons import Lesson

CASES = 5
SEEDS = 10_000


def learn(
    mineral: Annotated[
        str | None,
        typer.Argument(
            help="Which mineral; without one, all are listed, or asked about.",
            autocompletion=complete_mineral,
            show_default=False,
        ),
    ] = None,
    rules_too: Annotated[
        bool,
        typer.Option("--rules-too", help="Show every rule of the mineral as well."),
    ] = False,
    quiz: Annotated[
        bool,
        typer.Option(
            "--quiz",
            help="Get cases without their answer: ask, name the mineral, see why.",
        ),
    ] = False,
    cases: Annotated[
        int | None,
        typer.Option(
            "--cases",
            metavar="N",
            min=1,
            max=50,
            help=f"How many cases a quiz has. [default: {CASES}]",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            help="Which cases: the same number gives the same ones, as in a class.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Learn about a mineral: its work, foods, intake by life stage, signs of a lack.

    With `--quiz`, learn from published and made-up people. Most of them lack the
    mineral that is given; of the others it could be thought.

    **Examples**

    `minsight learn iron`

    `minsight learn zinc --rules-too`

    `minsight learn iron --quiz`

    `minsight learn --quiz --cases 10 --seed 7`
    """
    from minsight_cli.rendering.profile import show_profile, show_profiles

    if quiz and rules_too:
        raise typer.BadParameter("--rules-too shows a profile; leave out --quiz")
    if not quiz and (cases is not None or seed is not None):
        raise typer.BadParameter("--cases and --seed belong to --quiz")
    loaded = load_rules(rules)
    profile = mineral_named(mineral, loaded) if mineral is not None else None
    if quiz:
        chosen = random.randrange(SEEDS) if seed is None else seed  # noqa: S311
        ask(
            loaded,
            profile.id if profile is not None else None,
            folder=rules,
            cases=cases or CASES,
            seed=chosen,
        )
    elif profile is None:
        show_profiles(loaded.catalogue.profiles)
    else:
        show_profile(profile, loaded, with_rules=rules_too)


def ask(
    rules: Rules, mineral: str | None, *, folder: Path | None, cases: int, seed: int
) -> None:
    """Lead a quiz on the terminal, to what was missed."""
    from minsight_cli.dialogue.quiz import Quiz
    from minsight_cli.dialogue.replies import InputEnded
    from minsight_cli.rendering.conversation import say_that_input_ended

    quiz = Quiz(rules, _lessons(rules, mineral, folder=folder, count=cases, seed=seed))
    again = _command(mineral, folder=folder, cases=cases, seed=seed)
    try:
        quiz.lead()
    except InputEnded:
        say_that_input_ended()
    except KeyboardInterrupt:
        quiz.conclude(again)
        raise typer.Exit(Exit.INTERRUPTED) from None
    quiz.conclude(again)


def _lessons(
    rules: Rules, mineral: str | None, *, folder: Path | None, count: int, seed: int
) -> tuple[Lesson, ...]:
    from minsight.cases.lessons import chosen_lessons
    from minsight.cases.published import lesson_cases
    from minsight.compiler.bundle import rules_folder

    cases = lesson_cases(folder or rules_folder())
    lessons = chosen_lessons(rules, cases, count=count, seed=seed, mineral=mineral)
    if not lessons and mineral:
        name = rules.profiles[mineral].name.lower()
        raise typer.BadParameter(
            f"there is no case about {name}; `minsight learn --quiz` takes those of"
            " every mineral"
        )
    if not lessons:
        raise typer.BadParameter("the rule folder has no cases to learn from")
    return lessons


def _command(mineral: str | None, *, folder: Path | None, cases: int, seed: int) -> str:
    """The command line of the same cases."""
    import shlex

    words = ["minsight", "learn", *([mineral] if mineral else []), "--quiz"]
    words += [] if cases == CASES else ["--cases", str(cases)]
    words += ["--seed", str(seed)]
    words += [] if folder is None else ["--rules", str(folder)]
    return shlex.join(words)
