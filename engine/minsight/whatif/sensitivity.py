"""Sensitivity: what each single change of an answer moves.

Every change that `hypotheses` knows is made alone, all people are evaluated together,
and each is compared with the person as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import Standing
from minsight.assessment.standings import FIRST
from minsight.intake.subject import Subject
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Hypotheses, Switch


class Move(msgspec.Struct, frozen=True):
    """What a change does to one mineral; a rank of None is that of no candidate."""

    mineral: str
    level: str
    level_after: str
    rank: int | None
    rank_after: int | None
    points: int
    points_after: int

    @property
    def steps(self) -> int:
        """By how many steps the level rises."""
        return LEVELS.index(self.level_after) - LEVELS.index(self.level)

    @property
    def gain(self) -> int:
        """By how much the points rise."""
        return self.points_after - self.points

    @property
    def places(self) -> int:
        """By how many places it rises, where all behind the first count as one."""
        return _place(self.rank) - _place(self.rank_after)


class ChangeEffect(msgspec.Struct, frozen=True):
    """One change and all that it moves, minerals in the order of the program."""

    change: Switch
    moves: tuple[Move, ...]
    urgency: str
    urgency_after: str

    def move_of(self, mineral: str) -> Move | None:
        """What it does to one mineral, if anything."""
        return next((move for move in self.moves if move.mineral == mineral), None)


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """Every single change that moves a level, a rank, points or the urgency.

    Sorted by the sum of the steps that levels move, up or down; then by the places won
    or lost among the first candidates; then by the points; equals in the order of the
    vocabulary. `first` are the first candidates as things stand; `without_effect` is
    how many changes move nothing, `refused` how many contradict what was said.
    """

    schema: str = "minsight.sensitivity/1"
    fingerprint: str
    first: tuple[str, ...]
    effects: tuple[ChangeEffect, ...]
    without_effect: int
    refused: int


def sensitivity(rules: Engine, subject: Subject) -> Sensitivity:
    """What each single change moves, the greatest effects first.

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
    """
    hypotheses = Hypotheses(rules, subject)
    single = [1 << n for n in range(len(hypotheses.changes))]
    allowed = [change for change in single if hypotheses.allows(change)]
    before, *after = hypotheses.standings([0, *allowed])
    effects = [
        ChangeEffect(
            hypotheses.told(change)[0],
            tuple(moves(before, standing)),
            before.urgency,
            standing.urgency,
        )
        for change, standing in zip(allowed, after, strict=True)
        if standing != before
    ]
    return Sensitivity(
        fingerprint=rules.fingerprint,
        first=before.order[:FIRST],
        effects=tuple(sorted(effects, key=_weight, reverse=True)),
        without_effect=len(allowed) - len(effects),
        refused=len(single) - len(allowed),
    )


def moves(before: Standing, after: Standing) -> Iterator[Move]:
    """The minerals of which level, rank or points differ."""
    for mineral, level in before.levels.items():
        move = Move(
            mineral,
            level,
            after.levels[mineral],
            before.rank(mineral),
            after.rank(mineral),
            before.points[mineral],
            after.points[mineral],
        )
        if move.steps or move.gain or move.rank != move.rank_after:
            yield move


def _weight(effect: ChangeEffect) -> tuple[int, int, int]:
    return (
        sum(abs(move.steps) for move in effect.moves),
        sum(abs(move.places) for move in effect.moves),
        sum(abs(move.gain) for move in effect.moves),
    )


def _place(rank: int | None) -> int:
    return FIRST + 1 if rank is None else min(rank, FIRST + 1)
