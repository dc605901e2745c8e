"""Scales: the ordinal ones, weakest first, the two steps on them, and the status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias, get_args

Strength: TypeAlias = Literal[
    "nonspecific", "supportive", "characteristic", "pathognomonic_like"
]
Weight: TypeAlias = Literal["weak", "moderate", "strong"]
EffectName: TypeAlias = Literal["weak", "moderate", "strong", "very_strong"]
LevelName: TypeAlias = Literal[
    "no_pattern", "few_findings", "partial_pattern", "typical_pattern", "measured_low"
]
UrgencyName: TypeAlias = Literal["none", "routine", "soon", "same_day", "emergency"]
Status: TypeAlias = Literal["observed", "excluded", "unsure", "unknown"]
"""What was said of a finding or group: that it is there, that it is not, neither, or
nothing at all. In words of records and replies: `minsight.intake.status`."""
STRENGTHS: Final[tuple[Strength, ...]] = get_args(Strength)
WEIGHTS: Final[tuple[Weight, ...]] = get_args(Weight)
EFFECTS: Final[tuple[EffectName, ...]] = get_args(EffectName)
LEVELS: Final[tuple[LevelName, ...]] = get_args(LevelName)
URGENCIES: Final[tuple[UrgencyName, ...]] = get_args(UrgencyName)
CALM: Final = URGENCIES[:2]
"""Those that let a person wait, which nothing that was not understood allows."""
NOT_JUDGED: Final = "not_judged"
TOLD_URGENCIES: Final = (*CALM, NOT_JUDGED, *URGENCIES[len(CALM) :])
"""What can be told of how soon a person should be seen, the most urgent last."""


Doubt: TypeAlias = Literal["unread", "no_age", "unsure", "any"]
"""Why an urgency is not judged: not all was understood, or it turns on an age that is
not known; of many people, one or the other."""


def told_urgency(urgency: str, *, judged: bool) -> str:
    """The urgency as it may be told; a calm one only if it was judged.

    >>> told_urgency("none", judged=False), told_urgency("soon", judged=False)
    ('not_judged', 'soon')
    """
    return urgency if judged or urgency not in CALM else NOT_JUDGED


def at_or_below(scale: Sequence[str], value: str | None) -> Sequence[str]:
    """The steps of the scale up to `value`, weakest first; none for no value.

    >>> at_or_below(WEIGHTS, "moderate")
    ('weak', 'moderate')
    """
    return scale[: scale.index(value) + 1] if value is not None else ()


def one_lower(scale: Sequence[str], value: str | None) -> str | None:
    """The step below `value`; the lowest step stays where it is.

    >>> one_lower(STRENGTHS, "characteristic"), one_lower(STRENGTHS, "nonspecific")
    ('supportive', 'nonspecific')
    """
    return None if value is None else scale[max(0, scale.index(value) - 1)]
