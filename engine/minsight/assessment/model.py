"""The assessment of one subject: frozen, complete, ready for records and for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from minsight.intake.recognition import Recognised, Unrecognised

_SCHEMA: Final = "minsight.assessment/1"


class RulesIdentity(msgspec.Struct, frozen=True):
    """Which rules were used."""

    version: str
    fingerprint: str


class Reason(msgspec.Struct, frozen=True):
    """One matched rule.

    `matched` are the ids of its condition that hold, `matched_absent` those that it
    wants absent and that are; `strength` is what it counted at,
    after its ages were judged; `counted` is false when a stronger finding of the same
    cluster stands for it, or when it is only shown.
    """

    rule: str
    says: str
    kind: str
    matched: tuple[str, ...]
    matched_absent: tuple[str, ...]
    strength: str
    cluster: str | None
    counted: bool
    because: str
    grade: str
    sources: tuple[str, ...]
    points_to: str | None = None
    out_of_age: bool = False


class ActedBrake(msgspec.Struct, frozen=True):
    """A brake that lowered the level, from one level to another."""

    id: str
    sentence: str
    from_level: str
    to_level: str


class Candidate(msgspec.Struct, frozen=True):
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
    look_alikes: tuple[str, ...]
    foods: tuple[str, ...] = ()


class UrgencyReason(msgspec.Struct, frozen=True):
    """A red flag or an urgent combination that was met."""

    flag: str
    level: str
    message: str
    grade: str
    sources: tuple[str, ...]


class Urgency(msgspec.Struct, frozen=True):
    """How soon the person should be seen, and why.

    It is not `judged` where some of what was entered was not understood, as a warning
    sign may be among that, and where something would make it more urgent that is not
    known: `at_some_age` are the warning signs that some age would add, `if_so` those
    that what is unsure would, if it is so. `sentence` never says then that there is
    none.
    """

    level: str
    sentence: str
    reasons: tuple[UrgencyReason, ...]
    judged: bool = True
    at_some_age: tuple[UrgencyReason, ...] = ()
    if_so: tuple[UrgencyReason, ...] = ()

    @property
    def left_open(self) -> Iterator[tuple[str, UrgencyReason]]:
        """The warning signs that may be added, and when."""
        yield from (("At some ages", reason) for reason in self.at_some_age)
        yield from (("If it is so", reason) for reason in self.if_so)


class LookAlikeMet(msgspec.Struct, frozen=True):
    """A state that fits the answers and that a listed lack can be taken for."""

    id: str
    name: str
    beside: tuple[str, ...]
    text: str
    tell: str | None
    grade: str
    sources: tuple[str, ...]


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers of one subject point to.

    `candidates` hold every mineral above `no_pattern`, by level, points, base rate and
    name; `look_alikes` what else fits, most fitting first; `age_days` and `sex` are
    those that were assessed. Whatever was said is in `recognised` or in `unrecognised`.
    """

    schema: str = _SCHEMA
    subject_id: str
    age_days: float | None = None
    sex: str | None = None
    rules: RulesIdentity
    urgency: Urgency
    candidates: tuple[Candidate, ...]
    look_alikes: tuple[LookAlikeMet, ...] = ()
    recognised: tuple[Recognised, ...]
    unrecognised: tuple[Unrecognised, ...]
    notes: tuple[str, ...]
    footer: str
