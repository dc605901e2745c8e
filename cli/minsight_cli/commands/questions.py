"""The questions about the rules that `minsight whatif` answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from minsight_cli.options import mineral_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from minsight.rules import Rules
    from minsight.subject import Subject


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
    """Answer each question that was put, in this order, for the subject."""
    from minsight_cli.rendering import questions as show

    limit = {} if most is None else {"most": most}
    answers: list[tuple[str, Any, Callable[[Any, Rules], None]]] = []
    if flip is not None:
        flips = rules.flip(subject, mineral_named(flip, rules).id, **limit)
        answers.append(("flip", flips, show.show_flips))
    if reach is not None:
        mineral, level = _goal(reach, rules)
        reached = rules.reach(mineral, level, subject=subject, **limit)
        answers.append(("reach", reached, show.show_reached))
    if duel is not None:
        one, other = (mineral_named(text, rules).id for text in duel)
        answers.append(("duel", rules.duel(subject, one, other), show.show_duels))
    if bounds:
        answers.append(("bounds", rules.bounds(subject), show.show_ranges))
    if sensitivity:
        effects = rules.sensitivity(subject)
        answers.append(("sensitivity", effects, show.show_effects))
    if as_json:
        import msgspec

        found = {name: answer for name, answer, _ in answers}
        raw = msgspec.json.format(msgspec.json.encode(found), indent=2)
        sys.stdout.write(raw.decode() + "\n")
        return
    for _, answer, shown in answers:
        shown(answer, rules)


def _goal(text: str, rules: Rules) -> tuple[str, str]:
    """The mineral and the level of `iron:typical_pattern`; without one, the typical."""
    name, _, level = text.partition(":")
    level = level.strip().lower().replace(" ", "_") or "typical_pattern"
    if level in ("few", "partial", "typical", "measured"):
        level = {
            "few": "few_findings",
            "partial": "partial_pattern",
            "typical": "typical_pattern",
            "measured": "measured_low",
        }[level]
    return mineral_named(name, rules).id, level
