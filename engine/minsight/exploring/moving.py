"""Moving: what each single answer would change, and what tells two candidates apart."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from minsight.errors import SubjectError
from minsight.exploring.crowd import Standing
from minsight.exploring.hypotheses import Hypotheses, Switch
from minsight.exploring.reaching import refuse_unknown
from minsight.ruleset import Ruleset
from minsight.scales import LEVELS, URGENCIES
from minsight.settling import FIRST
from minsight.subject import Subject


class Move(msgspec.Struct, frozen=True):
    """How one mineral moves: ranks are 0 where it is no candidate."""

    mineral: str
    was_level: str
    level: str
    was_rank: int
    rank: int
    points: int
    """How many points more, or fewer."""

    @property
    def levels(self) -> int:
        """How many levels higher, or lower."""
        return LEVELS.index(self.level) - LEVELS.index(self.was_level)


class Effect(msgspec.Struct, frozen=True):
    """What one changed answer does to all minerals, those that it moves most first."""

    change: Switch
    moves: tuple[Move, ...]
    was_urgency: str
    urgency: str


class Duel(msgspec.Struct, frozen=True):
    """What the answers to one question do to two minerals.

    `yes` and `no` are nothing where the answer cannot be given. `apart` is how far the
    distance between the two would differ: by levels first, then by points.
    """

    id: str
    yes: tuple[Move, Move] | None
    no: tuple[Move, Move] | None
    apart: tuple[int, int]


class Duels(msgspec.Struct, frozen=True):
    """The open questions that separate two minerals, the best first."""

    one: str
    other: str
    questions: tuple[Duel, ...]


def sensitivity(rules: Ruleset, subject: Subject) -> tuple[Effect, ...]:
    """What every single changed answer would do, strongest first.

    Effects are ordered by urgency, by the most levels that a mineral moves, by places
    among the first three, then by points. Changes that do nothing are left out.

    Raises:
        SubjectError: when the answers contradict each other.
    """
    hypotheses = Hypotheses(rules, subject)
    before = hypotheses.standing
    effects = (
        Effect(change, moves, before.urgency, after.urgency)
        for change, after in _singles(hypotheses)
        if (moves := _moves(before, after)) or before.urgency != after.urgency
    )
    return tuple(sorted(effects, key=_strength))


def duel(rules: Ruleset, subject: Subject, one: str, other: str) -> Duels:
    """The open questions whose answers move two minerals apart or together.

    Raises:
        SubjectError: when the answers contradict each other, or a mineral is not one
            that the rules know.
    """
    refuse_unknown(rules, [one, other])
    if one == other:
        raise SubjectError(f"`{one}` cannot be told from itself; name two minerals")
    hypotheses = Hypotheses(rules, subject)
    before = hypotheses.standing
    found: dict[str, dict[str, tuple[Move, Move]]] = {}
    for change, after in _singles(hypotheses):
        if change.was == "unknown":
            pair = (_move(one, before, after), _move(other, before, after))
            found.setdefault(change.id, {})[change.to] = pair
    duels = (
        Duel(id_, answers.get("yes"), answers.get("no"), _apart(answers))
        for id_, answers in found.items()
    )
    telling = (one for one in duels if one.apart != (0, 0))
    ordered = sorted(telling, key=lambda d: (-d.apart[0], -d.apart[1], d.id))
    return Duels(one, other, tuple(ordered))


def _singles(hypotheses: Hypotheses) -> Iterator[tuple[Switch, Standing]]:
    """Every change that can be made alone, and how things stand after it."""
    possible = [n for n in range(len(hypotheses.changes)) if hypotheses.allows(1 << n)]
    after = hypotheses.standings([1 << n for n in possible])
    for n, standing in zip(possible, after, strict=True):
        yield hypotheses.changes[n], standing


def _moves(before: Standing, after: Standing) -> tuple[Move, ...]:
    moves = (_move(mineral, before, after) for mineral in before.levels)
    moved = (m for m in moves if m.levels or m.points or m.rank != m.was_rank)
    return tuple(sorted(moved, key=lambda m: (-abs(m.levels), -abs(m.points), m.rank)))


def _move(mineral: str, before: Standing, after: Standing) -> Move:
    return Move(
        mineral,
        before.levels[mineral],
        after.levels[mineral],
        before.rank(mineral) or 0,
        after.rank(mineral) or 0,
        after.points[mineral] - before.points[mineral],
    )


def _strength(effect: Effect) -> tuple[int, int, int, int, str, str]:
    """Less for stronger effects."""
    urgency = URGENCIES.index(effect.urgency) - URGENCIES.index(effect.was_urgency)
    levels = max((abs(m.levels) for m in effect.moves), default=0)
    places = sum(
        (0 < m.rank <= FIRST) != (0 < m.was_rank <= FIRST) for m in effect.moves
    )
    points = max((abs(m.points) for m in effect.moves), default=0)
    change = effect.change
    return -abs(urgency), -levels, -places, -points, change.id, change.to


def _apart(answers: dict[str, tuple[Move, Move]]) -> tuple[int, int]:
    levels = [one.levels - other.levels for one, other in answers.values()]
    points = [one.points - other.points for one, other in answers.values()]
    return max(map(abs, levels)), max(map(abs, points))
