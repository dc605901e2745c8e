"""`minsight whatif`: change an answer, and see what moves and why."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight_cli.options.common import (
    JsonOption,
    RulesOption,
    complete_group,
    complete_mineral,
    complete_phrase,
    load_rules,
)
from minsight_cli.options.person import (
    AbsentOption,
    NotGroupOption,
    PhrasesArgument,
    UnsureOption,
    person_from,
)

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.intake.subject import Subject
    from minsight.whatif.changes import Change

_START = "The start"
_CHANGES = "Changes"
_QUESTIONS = "Questions to the rules, about the person after the changes"
_start = partial(typer.Option, rich_help_panel=_START)
_change = partial(typer.Option, rich_help_panel=_CHANGES)
_question = partial(typer.Option, rich_help_panel=_QUESTIONS)


def whatif(
    phrases: PhrasesArgument = None,
    absent: AbsentOption = None,
    unsure: UnsureOption = None,
    not_group: NotGroupOption = None,
    start_group: Annotated[
        list[str] | None,
        _start(
            "--start-group",
            help="A risk group of the start.",
            autocompletion=complete_group,
        ),
    ] = None,
    start_age: Annotated[
        str | None, _start("--start-age", help="The age of the start.")
    ] = None,
    start_sex: Annotated[
        str | None, _start("--start-sex", help="The sex of the start.")
    ] = None,
    start_measure: Annotated[
        list[str] | None,
        _start(
            "--start-measure",
            metavar="NAME=VALUE UNIT",
            help="A test result of the start.",
        ),
    ] = None,
    subject: Annotated[
        str | None,
        _start(
            "--subject",
            metavar="FILE",
            help="Start from a subject record; `-` reads standard input."
            " With --results, the id of a subject.",
        ),
    ] = None,
    results: Annotated[
        Path | None,
        _start(
            "--results",
            metavar="RESULTS",
            help="Start from the row of --subject in results of `screen`.",
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        _change(
            "--add",
            help="Say yes to it; replaces a no.",
            autocompletion=complete_phrase,
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        _change(
            "--remove",
            help="Take back an answer, yes or no, in whatever words it was given;"
            " also `age`, `sex` or a test.",
            autocompletion=complete_phrase,
        ),
    ] = None,
    deny: Annotated[
        list[str] | None,
        _change(
            "--deny",
            help="Say no to it; replaces a yes.",
            autocompletion=complete_phrase,
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        _change(
            "--group",
            help="Put the person into a risk group.",
            autocompletion=complete_group,
        ),
    ] = None,
    age: Annotated[str | None, _change("--age", help="Another age.")] = None,
    sex: Annotated[str | None, _change("--sex", help="Another sex.")] = None,
    measure: Annotated[
        list[str] | None,
        _change(
            "--measure",
            metavar="NAME=VALUE UNIT",
            help="A test result, or another value of it.",
        ),
    ] = None,
    scenarios: Annotated[
        Path | None,
        _change(
            "--scenarios",
            metavar="FILE",
            help="Try every scenario of a YAML file; shows a table.",
        ),
    ] = None,
    flip: Annotated[
        str | None,
        _question(
            "--flip",
            metavar="MINERAL",
            help="Which fewest changed answers move its level, or its place among the"
            " first three?",
            autocompletion=complete_mineral,
        ),
    ] = None,
    reach: Annotated[
        str | None,
        _question(
            "--reach",
            metavar="MINERAL:LEVEL",
            help="Which least sets of answers lead to this level?",
        ),
    ] = None,
    duel: Annotated[
        tuple[str, str] | None,
        _question(
            "--duel",
            metavar="ONE OTHER",
            help="What to ask to tell two minerals apart?",
        ),
    ] = None,
    bounds: Annotated[
        bool,
        _question(
            "--bounds", help="How high and low can each level and rank still go?"
        ),
    ] = False,
    sensitivity: Annotated[
        bool, _question("--sensitivity", help="What would each single answer move?")
    ] = False,
    most: Annotated[
        int | None,
        _question(
            "--most",
            min=1,
            max=6,
            metavar="N",
            help="Look at sets of up to so many changes. [default: 4; at most 6]",
        ),
    ] = None,
    as_json: JsonOption = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show what did not change, too.")
    ] = False,
    rules: RulesOption = None,
) -> None:
    """Change answers of one person, and see what moves, and why.

    The start is what `check` takes: symptoms, or a text that tells age, sex and groups
    too. As `--age`, `--sex`, `--group` and `--measure` are changes here, the start has
    `--start-age` and so on. All changes are made at once. A question is answered for
    the person after the changes, and its answer is all that is shown.

    **Examples**

    `minsight whatif "tired teenager" --add "heavy periods"`

    `minsight whatif "28-year-old woman, always tired, vegetarian" --group pregnant`

    `minsight whatif fatigue "hair loss" --start-age 28 --remove tired --deny fever`

    `minsight whatif --subject person.json --measure "ferritin=8 ug/L" --json`

    `minsight whatif --scenarios teenager.scenarios.yaml`

    `minsight whatif "28-year-old woman, always tired, craving ice" --flip iron`

    `minsight whatif --reach zinc:typical_pattern`
    """
    changes = _changes(
        add=add, remove=remove, deny=deny, group=group, age=age, sex=sex,
        measure=measure,
    )  # fmt: skip
    asks = flip is not None or reach is not None or duel is not None
    asks = asks or bounds or sensitivity
    _refuse_useless(changes, scenarios, asks=asks, most=most)
    given = person_from(
        record=subject if results is None else None,
        present=phrases,
        absent=absent,
        unsure=unsure,
        groups=start_group,
        not_groups=not_group,
        age=start_age,
        sex=start_sex,
        measurements=start_measure,
        prefix="--start-",
    )
    with load_rules(rules) as loaded:
        start = given
        if results is not None:
            start = _of_results(results, subject, given, loaded)
        if scenarios is not None:
            _try_all(scenarios, start, loaded, as_json=as_json, show_all=show_all)
        elif not asks:
            _try(changes, start, loaded, as_json=as_json, show_all=show_all)
        else:
            from minsight_cli.commands.whatif.questions import answer_questions

            answer_questions(
                loaded,
                loaded.change(start, *changes).subject,
                flip=flip,
                reach=reach,
                duel=duel,
                bounds=bounds,
                sensitivity=sensitivity,
                most=most,
                as_json=as_json,
            )


def _changes(
    *, age: str | None, sex: str | None, **texts: list[str] | None
) -> list[Change]:
    """The changes of the options, by kind."""
    from minsight.whatif.changes import CHANGE_KINDS, Change

    once = {
        kind: [text] for kind, text in (("age", age), ("sex", sex)) if text is not None
    }
    given = {**texts, **once}
    return [
        Change(kind, text) for kind in CHANGE_KINDS for text in given.get(kind) or ()
    ]


def _refuse_useless(
    changes: list[Change], scenarios: Path | None, *, asks: bool, most: int | None
) -> None:
    """No option is ignored in silence."""
    if scenarios is not None and (changes or asks):
        raise typer.BadParameter(
            "--scenarios brings its own changes and asks nothing;"
            " leave the other changes and questions away"
        )
    if most is not None and not asks:
        raise typer.BadParameter("--most belongs to a question such as --flip MINERAL")
    if scenarios is None and not changes and not asks:
        raise typer.BadParameter(
            "nothing is changed; write for example:"
            ' minsight whatif "tired teenager" --add "heavy periods"'
        )


def _of_results(
    results: Path, subject_id: str | None, given: Subject, rules: Rules
) -> Subject:
    """The subject of a row of results, which is the whole start."""
    from minsight.intake.subject import Subject

    if subject_id is None:
        raise typer.BadParameter("--results needs --subject ID, the id of one row")
    if given != Subject():
        raise typer.BadParameter(
            "the row of --results is the start; write what is different with"
            " --add, --deny and the other changes"
        )
    from minsight.screening.runs.trace import traced_subject

    return traced_subject(results, subject_id, rules)


def _try(
    changes: list[Change],
    start: Subject,
    rules: Rules,
    *,
    as_json: bool,
    show_all: bool,
) -> None:
    """Print the person before and after the changes."""
    changed = rules.change(start, *changes)
    before, after = rules.assess(start), rules.assess(changed.subject)
    if as_json:
        _print_record(rules.compare(before, after))
        return
    from minsight_cli.rendering.comparison import show_comparison
    from minsight_cli.reproducing import check_command

    show_comparison(
        before,
        after,
        changed,
        rules,
        command=check_command(changed.subject),
        show_all=show_all,
    )


def _try_all(
    file: Path, given: Subject, rules: Rules, *, as_json: bool, show_all: bool
) -> None:
    """Print a table of scenarios."""
    from minsight.intake.subject import Subject
    from minsight.whatif.scenarios import load_scenarios, outcomes

    start = None if given == Subject() else given
    scenarios = load_scenarios(file, rules.vocabulary, start=start)
    before, tried = outcomes(
        start or scenarios.start or Subject(), scenarios.scenarios, rules
    )
    if as_json:
        _print_record(tried)
        return
    from minsight_cli.rendering.comparison import show_scenarios

    show_scenarios(before, tried, rules, show_all=show_all)


def _print_record(record: object) -> None:
    import msgspec

    raw = msgspec.json.format(msgspec.json.encode(record), indent=2)
    sys.stdout.write(raw.decode() + "\n")
