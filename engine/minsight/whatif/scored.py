"""What questions about the rules may be asked about: minerals that have levels."""

from __future__ import annotations

from minsight.assessment.engine import Engine
from minsight.errors import SubjectError, did_you_mean, quoted


def refuse_unscored(mineral: str, rules: Engine) -> None:
    """Raise unless the rules score the mineral.

    Raises:
        SubjectError: naming the mineral that was meant, or saying why it has no level.
    """
    if mineral in rules.program.minerals:
        return
    profile = rules.profiles.get(mineral)
    if profile is not None:
        because = (profile.not_scored_because or "no rules are written for it").rstrip(
            "."
        )
        raise SubjectError(
            f"`{mineral}` has no level: {because[:1].lower()}{because[1:]}"
        )
    advice = did_you_mean(mineral, rules.program.minerals) or (
        f"use one of {', '.join(rules.program.minerals)}"
    )
    raise SubjectError(f"unknown mineral {quoted(mineral)}; {advice}")
