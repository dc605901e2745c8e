"""Questions to the rules about one person: what would move, how far, by which answers.

`minsight whatif` asks them; the library has each as a method of `Rules`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from minsight_cli.options.common import mineral_named

if TYPE_CHECKING:
    from msgspec import Struct

    from minsight.api import Rules
    from minsight.intake.subject import Subject

_MOST = 4
"""How many changes are looked at, unless one says otherwise."""
MOST_ASKED = 6
"""More would keep everybody waiting."""


def answer_questions(
    rules: Rules,
    subject: Subject,
    *,
    flip: str | None = None,
    reach: str | None = None,
    duel: tuple[str, str] | None = None,
    bounds: bool = False,
    sensitivity: bool = False,
    most: int | None = None,
    as_json: bool = False,
) -> None:
    """Print the answers to all that is asked; as one JSON object, by question.

    Raises:
        typer.BadParameter: when a mineral, a level or a number is not understood.
        SubjectError: when what was said of the subject contradicts itself.
    """
    if most is None:
        most = _MOST
    elif most > MOST_ASKED:
        raise typer.BadParameter(
            f"--most {most} is more than can be looked through; use up to {MOST_ASKED}"
        )
    answers: dict[str, Struct] = {}
    if flip is not None:
        answers["flip"] = rules.flip(subject, mineral_named(flip, rules).id, most=most)
    if reach is not None:
        mineral, level = _mineral_and_level(reach, rules)
        answers["reach"] = rules.reach(mineral, level, subject=subject, most=most)
    if duel is not None:
        one, other = (mineral_named(name, rules).id for name in duel)
        answers["duel"] = rules.duel(subject, one, other)
    if bounds:
        answers["bounds"] = rules.bounds(subject)
    if sensitivity:
        answers["sensitivity"] = rules.sensitivity(subject)
    if as_json:
        import msgspec

        record = msgspec.json.format(msgspec.json.encode(answers), indent=2)
        sys.stdout.write(record.decode() + "\n")
    else:
        from minsight_cli.rendering.questions import show_answers

        show_answers(rules, subject, list(answers.values()))


def _mineral_and_level(text: str, rules: Rules) -> tuple[str, str]:
    """The two halves of `zinc:typical_pattern`; the level also in everyday spelling."""
    from minsight.errors import did_you_mean
    from minsight.scales import LEVELS

    name, colon, asked = text.partition(":")
    if not colon:
        raise typer.BadParameter(
            f"`{text[:60]}` names no level; write for example"
            f" --reach {name.strip()[:20] or 'zinc'}:typical_pattern"
        )
    mineral = mineral_named(name, rules).id
    wanted = "_".join(asked.lower().replace("-", " ").replace("_", " ").split())
    level = next((one for one in LEVELS[1:] if wanted in _names_of(one)), None)
    if level is None:
        advice = did_you_mean(wanted, LEVELS[1:]) or f"use {', '.join(LEVELS[1:])}"
        raise typer.BadParameter(
            f"`{asked.strip()[:40]}` is not a level that can be reached; {advice}"
        )
    return mineral, level


def _names_of(level: str) -> Iterator[str]:
    """The id and its first word: `typical`."""
    yield level
    yield level.partition("_")[0]
