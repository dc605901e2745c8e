"""Mistakes an author can make in the rules of `small_rules`, and what each is told."""

from __future__ import annotations

from typing import Final, NamedTuple

FINDINGS: Final = "vocabulary/findings.yaml"
GROUPS: Final = "vocabulary/risk_groups.yaml"
CLUSTERS: Final = "vocabulary/clusters.yaml"
MEASUREMENTS: Final = "vocabulary/measurements.yaml"
SOURCES: Final = "vocabulary/sources.yaml"
LEVELS: Final = "levels.yaml"
URGENCY: Final = "urgency.yaml"
NETWORK: Final = "network.yaml"
PICTURES: Final = "pictures.yaml"
ALUM: Final = "alum/rules.yaml"
OCHRE: Final = "ochre/rules.yaml"
ALUM_PROFILE: Final = "alum/profile.yaml"
OCHRE_PROFILE: Final = "ochre/profile.yaml"


class Edit(NamedTuple):
    """In this file, this text (which stands there once) becomes that one."""

    file: str
    old: str
    new: str


class Mistake(NamedTuple):
    """One edit, where its issue must stand, and the words it must hold.

    `at` is a text on the line of the issue, on no other line of the edited file. `says`
    are words of the message, `fix` of what to do.
    """

    law: str
    edit: Edit
    at: str
    says: tuple[str, ...]
    fix: str
