"""Dueling: the open questions that tell two minerals apart best.

Each question is answered with yes and with no, each answer alone, and all people are
evaluated together. A question separates by the distance between the two leads: the lead
is by how many steps of level, and then by how many points, the one mineral is ahead of
the other.
"""

from __future__ import annotations

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import Standing
from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Subject
from minsight.scales import LEVELS, Status
from minsight.whatif.hypotheses import Hypotheses, members
from minsight.whatif.scored import refuse_unscored


class DuelStanding(msgspec.Struct, frozen=True):
    """How the two stand after one answer; `ahead` is the one that stands first.

    `ahead` is None when neither is a candidate.
    """

    level_of_one: str
    level_of_other: str
    points_of_one: int
    points_of_other: int
    ahead: str | None

    @property
    def lead(self) -> tuple[int, int]:
        """By how many steps and by how many points the one is ahead."""
        steps = LEVELS.index(self.level_of_one) - LEVELS.index(self.level_of_other)
        return steps, self.points_of_one - self.points_of_other


class DuelQuestion(msgspec.Struct, frozen=True):
    """An open question; a side is None where no rule reads it or it cannot be said."""

    id: str
    yes: DuelStanding | None
    no: DuelStanding | None


class Duel(msgspec.Struct, frozen=True, kw_only=True):
    """The questions that separate two minerals, best first.

    First those whose answers decide which is ahead; then by the steps between the two
    leads, then by the points between them; equals in the order of the vocabulary.
    `undecided` is how many open questions move neither.
    """

    schema: str = "minsight.duel/1"
    fingerprint: str
    one: str
    other: str
    now: DuelStanding
    questions: tuple[DuelQuestion, ...]
    undecided: int


def duel(rules: Engine, subject: Subject, one: str, other: str) -> Duel:
    """Which open questions separate the two minerals best.

    Raises:
        SubjectError: when a mineral is not scored, or when what was said of the subject
            contradicts itself.
    """
    for mineral in (one, other):
        refuse_unscored(mineral, rules)
    if one == other:
        raise SubjectError(
            f"{quoted(one)} cannot be told from itself; name two minerals"
        )
    hypotheses = Hypotheses(rules, subject, said_stays=True)
    single = [1 << n for n in members(hypotheses.additions)]
    allowed = [changes for changes in single if hypotheses.allows(changes)]
    now, *after = (
        _side(standing, one, other) for standing in hypotheses.standings([0, *allowed])
    )
    answers: dict[str, dict[Status, DuelStanding]] = {}
    for changes, side in zip(allowed, after, strict=True):
        change = hypotheses.made(changes)[0]
        answers.setdefault(change.id, {})[change.to] = side
    questions = [
        DuelQuestion(id_, sides.get("observed"), sides.get("excluded"))
        for id_, sides in answers.items()
    ]
    moving = [q for q in questions if any(s not in (None, now) for s in (q.yes, q.no))]
    moving.sort(key=lambda question: _worth(question, now), reverse=True)
    return Duel(
        fingerprint=rules.fingerprint,
        one=one,
        other=other,
        now=now,
        questions=tuple(moving),
        undecided=len(questions) - len(moving),
    )


def _side(standing: Standing, one: str, other: str) -> DuelStanding:
    ahead = [mineral for mineral in standing.order if mineral in (one, other)]
    return DuelStanding(
        standing.levels[one],
        standing.levels[other],
        standing.points[one],
        standing.points[other],
        ahead[0] if ahead else None,
    )


def _worth(question: DuelQuestion, now: DuelStanding) -> tuple[bool, int, int]:
    """A side that cannot be, or of which nothing is read, leaves things as they are."""
    yes, no = question.yes or now, question.no or now
    steps, points = (abs(a - b) for a, b in zip(yes.lead, no.lead, strict=True))
    return yes.ahead != no.ahead, steps, points
