"""Comparing: two assessments side by side, and what came, went and moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, TypeVar

import msgspec

from minsight.assessment.model import (
    ActedBrake,
    Assessment,
    Candidate,
    Reason,
    RulesIdentity,
    UrgencyReason,
)
from minsight.scales import LEVELS

_SCHEMA: Final = "minsight.comparison/1"
_T = TypeVar("_T")


class Pair(msgspec.Struct, Generic[_T], frozen=True):
    """One thing before and after."""

    before: _T
    after: _T


class Moves(msgspec.Struct, Generic[_T], frozen=True):
    """What came, what went, and what is there both times but not the same."""

    came: tuple[_T, ...] = ()
    went: tuple[_T, ...] = ()
    changed: tuple[Pair[_T], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.came or self.went or self.changed)


class CandidateStanding(msgspec.Struct, frozen=True):
    """Where a candidate stands in one assessment."""

    rank: int
    level: str
    sentence: str
    points: int
    advice: str


class MineralMoves(msgspec.Struct, frozen=True):
    """One mineral before and after.

    A standing is None where the mineral is not a candidate. `reasons` hold those for,
    those against and the context.
    """

    mineral: str
    name: str
    before: CandidateStanding | None
    after: CandidateStanding | None
    reasons: Moves[Reason]
    brakes: Moves[ActedBrake]

    @property
    def has_moved(self) -> bool:
        """Whether anything at all is different."""
        same = self.before == self.after
        return not (same and self.reasons.is_empty and self.brakes.is_empty)

    @property
    def has_moved_by_itself(self) -> bool:
        """Whether more is different than its place among the others."""
        ours = [
            None if one is None else msgspec.structs.replace(one, rank=0)
            for one in (self.before, self.after)
        ]
        rest = self.reasons.is_empty and self.brakes.is_empty
        return ours[0] != ours[1] or not rest

    @property
    def direction(self) -> str:
        """`new`, `gone`, `up`, `down` or `same`: by level, and then by points."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        before, after = (
            (LEVELS.index(one.level), one.points) for one in (self.before, self.after)
        )
        return "same" if before == after else "up" if before < after else "down"


class UrgencyMoves(msgspec.Struct, frozen=True):
    """The urgency before and after, as level and sentence, and its reasons."""

    level: Pair[str]
    sentence: Pair[str]
    reasons: Moves[UrgencyReason]

    @property
    def has_moved(self) -> bool:
        return self.level.before != self.level.after or not self.reasons.is_empty


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What is different between two assessments.

    `minerals` are the candidates of either: in their order after, then those that are
    gone. `notes` are the remarks of the assessments.
    """

    schema: str = _SCHEMA
    rules: Pair[RulesIdentity]
    urgency: UrgencyMoves
    minerals: tuple[MineralMoves, ...]
    notes: Moves[str]

    @property
    def moved(self) -> tuple[MineralMoves, ...]:
        """The minerals of which anything is different."""
        return tuple(one for one in self.minerals if one.has_moved)

    @property
    def is_empty(self) -> bool:
        """Whether urgency and candidates are the same, with the same reasons."""
        return not (self.urgency.has_moved or self.moved)


def compare(before: Assessment, after: Assessment) -> Comparison:
    """What came, went and moved between two assessments.

    Comparing the other way round gives the same with both sides exchanged.
    """
    return Comparison(
        rules=Pair(before.rules, after.rules),
        urgency=UrgencyMoves(
            Pair(before.urgency.level, after.urgency.level),
            Pair(before.urgency.sentence, after.urgency.sentence),
            _moves(before.urgency.reasons, after.urgency.reasons, "flag"),
        ),
        minerals=tuple(_minerals(before.candidates, after.candidates)),
        notes=_moves(before.notes, after.notes, None),
    )


def _minerals(
    before: Iterable[Candidate], after: Iterable[Candidate]
) -> Iterable[MineralMoves]:
    ours = {candidate.mineral: candidate for candidate in before}
    theirs = {candidate.mineral: candidate for candidate in after}
    for mineral in {**theirs, **ours}:
        yield _mineral(ours.get(mineral), theirs.get(mineral))


def _mineral(before: Candidate | None, after: Candidate | None) -> MineralMoves:
    either = after or before
    assert either is not None, "a mineral of neither"
    return MineralMoves(
        mineral=either.mineral,
        name=either.name,
        before=_standing(before),
        after=_standing(after),
        reasons=_moves(_reasons(before), _reasons(after), "rule"),
        brakes=_moves(
            () if before is None else before.brakes,
            () if after is None else after.brakes,
            "id",
        ),
    )


def _standing(one: Candidate | None) -> CandidateStanding | None:
    if one is None:
        return None
    return CandidateStanding(one.rank, one.level, one.sentence, one.points, one.advice)


def _reasons(one: Candidate | None) -> tuple[Reason, ...]:
    return () if one is None else (*one.reasons, *one.against, *one.context)


def _moves(before: Iterable[_T], after: Iterable[_T], key: str | None) -> Moves[_T]:
    """By the attribute `key`, or by the thing itself; in the order after, or before."""

    def by_key(things: Iterable[_T]) -> dict[object, _T]:
        return {getattr(one, key) if key else one: one for one in things}

    ours, theirs = by_key(before), by_key(after)
    return Moves(
        came=tuple(one for name, one in theirs.items() if name not in ours),
        went=tuple(one for name, one in ours.items() if name not in theirs),
        changed=tuple(
            Pair(ours[name], one)
            for name, one in theirs.items()
            if name in ours and ours[name] != one
        ),
    )
