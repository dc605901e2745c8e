"""Options that several commands share, and what completes them in a shell."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.knowledge.catalogue import Profile
    from minsight.logic.backend import BackendName


class EngineName(str, Enum):
    """The engines that assess one person."""

    FORWARD = "forward"
    REFERENCE = "reference"


def complete_phrase(incomplete: str) -> Iterator[tuple[str, str]]:
    """Findings and groups that the typed beginning may mean, as id and label."""
    yield from _complete(incomplete, ("finding", "group"))


def complete_group(incomplete: str) -> Iterator[tuple[str, str]]:
    yield from _complete(incomplete, ("group",))


def complete_people(incomplete: str) -> Iterator[tuple[str, str]]:
    """Groups as above, and the life stages, which have no other words."""
    from minsight import load

    yield from complete_group(incomplete)
    for group in load().vocabulary.groups:
        if group.category == "life_stage" and group.id.startswith(incomplete):
            yield group.id, group.label


def complete_mineral(incomplete: str) -> Iterator[tuple[str, str]]:
    from minsight import load

    for profile in load().catalogue.profiles:
        if profile.id.startswith(incomplete.lower()):
            yield profile.id, profile.name


def _complete(incomplete: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from minsight import load
    from minsight.knowledge.phrases import normalise

    vocabulary = load().vocabulary
    typed = normalise(incomplete.replace("_", " "))
    ids = dict.fromkeys(
        phrase.id
        for phrase in vocabulary.phrases
        if phrase.kind in kinds and phrase.words.startswith(typed)
    )
    for id_ in ids:
        yield id_, vocabulary.label(id_)


RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="Use the rules of this folder."),
]
EngineOption = Annotated[
    EngineName | None,
    typer.Option(
        "--engine",
        help="Which engine assesses; both give the same answers."
        " [default: forward where it can run, else reference]",
        show_default=False,
    ),
]


JsonOption = Annotated[
    bool, typer.Option("--json", help="Print a record instead of text.")
]
StrictOption = Annotated[
    bool,
    typer.Option("--strict", help="Exit with 1 when some text was not understood."),
]
KeepGoingOption = Annotated[
    bool,
    typer.Option(
        "--keep-going", help="Take answers that contradict each other as unknown."
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files that exist.")]


def load_rules(folder: Path | None) -> Rules:
    from minsight import load

    return load(folder)


def mineral_named(text: str, rules: Rules) -> Profile:
    """The profile of the mineral with this id, name or symbol."""
    from minsight.knowledge.mineral_names import mineral_names

    asked = text.strip().lower()
    mineral = mineral_names(rules.catalogue.profiles).get(asked)
    if mineral is None:
        from minsight.errors import did_you_mean

        hint = did_you_mean(asked, rules.profiles) or "`minsight learn` lists them"
        raise typer.BadParameter(f"unknown mineral `{text[:40]}`; {hint}")
    return rules.profiles[mineral]


def forward_can_run() -> bool:
    """Whether durable-rules is installed (it supports Python up to 3.12)."""
    return find_spec("durable_rules_engine") is not None


def chosen_engine(engine: EngineName | None) -> BackendName:
    if engine is not None:
        return engine.value
    return "forward" if forward_can_run() else "reference"
