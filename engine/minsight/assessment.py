"""The assessment of one subject: frozen, complete, ready for records and for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from minsight.entry import Recognised, Unrecognised

SCHEMA: Final = "minsight.assessment/1"


@dataclass(frozen=True, slots=True)
class RulesIdentity:
    """Which rules were used."""

    version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One matched rule.

    `matched` are the ids of its condition that hold; `strength` is what it counted at,
    after its ages were judged; `counted` is false when a stronger finding of the same
    cluster stands for it, or when it is only shown.
    """

    rule: str
    says: str
    kind: str
    matched: tuple[str, ...]
    strength: str
    cluster: str | None
    counted: bool
    because: str
    grade: str
    sources: tuple[str, ...]
    points_to: str | None = None
    out_of_age: bool = False


@dataclass(frozen=True, slots=True)
class ActedBrake:
    """A brake that lowered the level, from one level to another."""

    id: str
    sentence: str
    from_level: str
    to_level: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mineral whose lack fits the answers in some measure."""

    mineral: str
    name: str
    lack: str
    rank: int
    level: str
    sentence: str
    points: int
    advice: str
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
    context: tuple[Reason, ...]
    brakes: tuple[ActedBrake, ...]
    missing: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrgencyReason:
    """A red flag or an urgent combination that was met."""

    flag: str
    message: str
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon the person should be seen, and why."""

    level: str
    sentence: str
    reasons: tuple[UrgencyReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the answers of one subject point to.

    `candidates` hold every mineral above `no_pattern`, by level, points, base rate and
    name. Whatever was said is in `recognised` or in `unrecognised`.
    """

    schema: str = SCHEMA
    subject_id: str
    rules: RulesIdentity
    urgency: Urgency
    candidates: tuple[Candidate, ...]
    recognised: tuple[Recognised, ...]
    unrecognised: tuple[Unrecognised, ...]
    notes: tuple[str, ...]
    footer: str
