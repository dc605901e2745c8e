"""`minsight explain`: why a mineral stands where it does, and why not higher."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight.files.taken import refuse_taken
from minsight.files.whole import written_whole
from minsight_cli.exits import Exit
from minsight_cli.options.common import (
    ForceOption,
    JsonOption,
    KeepGoingOption,
    RulesOption,
    StrictOption,
    complete_mineral,
    load_rules,
    mineral_named,
)
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
    piped_text,
)

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.assessment.model import Assessment
    from minsight.explanation.model import Explanation
    from minsight.intake.subject import Subject

_EXAMPLE = 'minsight explain "craving ice" --age 28 --mineral iron'
_RESULTS = (".csv", ".tsv", ".parquet", ".jsonl", ".xlsx")
"""How the name of a file of results may end."""
DRAWN = (".svg", ".dot", ".mmd")


def explain(
    phrases: PhrasesArgument = None,
    mineral: Annotated[
        list[str] | None,
        typer.Option(
            "--mineral",
            help="Whose proof to show. Repeat for more. [default: the first candidate]",
            autocompletion=complete_mineral,
            show_default=False,
        ),
    ] = None,
    why_not: Annotated[
        list[str] | None,
        typer.Option(
            "--why-not",
            help="Show what this mineral lacks, nearest rules first. Repeat for more.",
            autocompletion=complete_mineral,
        ),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show the proof of every candidate.")
    ] = False,
    full: Annotated[
        bool,
        typer.Option("--full", help="Show every clause and every rule that is open."),
    ] = False,
    absent: AbsentOption = None,
    unsure: UnsureOption = None,
    group: GroupOption = None,
    not_group: NotGroupOption = None,
    age: AgeOption = None,
    sex: SexOption = None,
    measure: MeasureOption = None,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject",
            metavar="FILE|ID",
            help="A subject record in JSON or YAML, `-` for standard input; with a file"
            " of results, the person's id there.",
        ),
    ] = None,
    as_json: JsonOption = False,
    graph: Annotated[
        Path | None,
        typer.Option(
            "--graph",
            metavar="FILE",
            help="Draw the proofs too: `.svg`, `.dot` (Graphviz) or `.mmd` (Mermaid).",
        ),
    ] = None,
    force: ForceOption = False,
    strict: StrictOption = False,
    keep_going: KeepGoingOption = False,
    rules: RulesOption = None,
) -> None:
    """Show why a mineral stands where it does, step by step, and why not higher.

    A mineral that is asked for and is no candidate shows what it lacks. With a file of
    results and the id of a person in it, that person is explained.

    **Examples**

    `minsight explain "always tired" "craving ice" --age 28 --sex f --mineral iron`

    `minsight explain "always tired" --age 28 --why-not zinc`

    `minsight explain --subject person.json --all --json`
    """
    results = _results_in(phrases)
    if graph is not None:
        _check_graph(graph, force=force)
    with load_rules(rules) as loaded:
        if results is not None:
            if any((absent, unsure, group, not_group, age, sex, measure)):
                raise typer.BadParameter(
                    f"the answers are those of `{results}`; leave out what adds to them"
                )
            person = _person_of(results, subject, loaded)
        else:
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
                person = replace(person, present=(_piped(),))
            person = in_phrases(person, phrases, loaded.vocabulary)
        wish = _Wish(
            shown=_ids(mineral, loaded),
            doubted=_ids(why_not, loaded),
            everything=show_all or (as_json and not (mineral or why_not)),
        )
        explanation = _explained(loaded, person, wish, keep_going=keep_going)
        if as_json:
            from minsight.explanation.model import explanation_json

            sys.stdout.write(explanation_json(explanation, indent=2) + "\n")
        else:
            _print(explanation, loaded, wish, full=full, as_check=results is not None)
        if graph is not None:
            _draw(explanation, graph)
    if strict and explanation.assessment.unrecognised:
        raise typer.Exit(Exit.LOOK)


@dataclass(frozen=True)
class _Wish:
    """Whose proofs are wanted, of whom the lack, and whether of every candidate."""

    shown: Sequence[str]
    doubted: Sequence[str]
    everything: bool

    def minerals(self, assessment: Assessment) -> list[str]:
        """All minerals that are to be explained; without a wish, the first candidate.

        In an emergency no ranking is begun that nobody asked for.
        """
        candidates = [candidate.mineral for candidate in assessment.candidates]
        if self.everything:
            return [*candidates, *self.shown, *self.doubted]
        if self.shown or self.doubted:
            return [*self.shown, *self.doubted]
        return [] if assessment.urgency.level == "emergency" else candidates[:1]


def _results_in(phrases: list[str] | None) -> Path | None:
    """The file of results, when it is all that is named."""
    if phrases is None or len(phrases) != 1:
        return None
    path = Path(phrases[0])
    if path.suffix.lower() not in _RESULTS:
        return None
    if not path.is_file():
        raise typer.BadParameter(f"there is no file `{path}`")
    return path


def _person_of(results: Path, subject_id: str | None, rules: Rules) -> Subject:
    """The person with this id in a file of results."""
    from minsight.screening.runs.trace import traced_subject

    if subject_id is None:
        raise typer.BadParameter(
            f"`{results}` holds results of many people; say whose with --subject ID"
        )
    return traced_subject(results, subject_id, rules)


def _piped() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        raise typer.BadParameter(
            f"nothing was said about the person; write for example: {_EXAMPLE}"
        )
    return piped_text(_EXAMPLE)


def _ids(minerals: list[str] | None, rules: Rules) -> list[str]:
    return [mineral_named(text, rules).id for text in minerals or ()]


def _explained(
    rules: Rules, person: Subject, wish: _Wish, *, keep_going: bool
) -> Explanation:
    from minsight.explanation.explainer import Explainer

    return Explainer(rules).explain(person, wish.minerals, keep_going=keep_going)


def _print(
    explanation: Explanation, rules: Rules, wish: _Wish, *, full: bool, as_check: bool
) -> None:
    from minsight_cli.rendering.proof import show_explanation

    if as_check:
        from minsight_cli.rendering.brief import show_assessment

        show_assessment(explanation.assessment, rules, full=wish.everything)
    show_explanation(
        explanation,
        rules,
        doubted=wish.doubted,
        only_doubted=set(wish.doubted) - set(wish.shown),
        full=full,
        begun=as_check,
    )


# --- the graph ------------------------------------------------------------------------


def _check_graph(path: Path, *, force: bool) -> None:
    """Refuse at once what could not be written at the end."""
    from minsight.assessment.wording import joined

    if path.suffix.lower() not in DRAWN:
        raise typer.BadParameter(
            f"`{path}` must end in {joined(DRAWN, 'or')} to say how to draw it"
        )
    if path.suffix.lower() == ".svg" and find_spec("vl_convert") is None:
        raise typer.BadParameter(
            "drawing SVG needs an extra; install it with"
            ' `pip install "minsight[report]"`, or write `.dot` or `.mmd`'
        )
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder `{path.parent}` to write to")
    refuse_taken(path, force=force)


def _draw(explanation: Explanation, path: Path) -> None:
    from minsight.explanation import graphs

    if not explanation.proofs:
        raise typer.BadParameter(
            "there is no candidate to draw; name a mineral with --mineral"
        )
    draw = {".dot": graphs.as_dot, ".mmd": graphs.as_mermaid, ".svg": graphs.as_svg}
    with written_whole(path) as file:
        file.write(draw[path.suffix.lower()](explanation.proofs))
