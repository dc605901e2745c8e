"""Reaching: the least evidence that brings a mineral to a level.

Only what is open is answered, with yes or with no; nothing that was said is taken back.
A set of answers is told when it is enough and nothing less of it is. Each one was
evaluated, and there is no other up to the bound.
"""

from __future__ import annotations

from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.errors import SubjectError, did_you_mean, quoted
from minsight.intake.subject import Subject
from minsight.logic import atoms
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Hypotheses, Switch
from minsight.whatif.minimal_sets import MinimalSets, completed, goal_of
from minsight.whatif.patterns import Pattern, patterns_of
from minsight.whatif.scored import refuse_unscored

MOST_CHANGES: Final = 4
"""How many changes are looked at, unless one says otherwise."""
MOST_LISTED: Final = 1_000


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """All least sets of answers after which the mineral is at the level or above.

    `now` is its level before. `patterns` hold every set; `sets` list the first of them
    one by one. `count` is how many there are with up to `most` answers; when `complete`
    is false there may be others.
    """

    schema: str = "minsight.reach/1"
    fingerprint: str
    mineral: str
    level: str
    now: str
    most: int
    count: int
    complete: bool
    patterns: tuple[Pattern, ...]
    sets: tuple[tuple[Switch, ...], ...]

    @property
    def already(self) -> bool:
        """Whether nothing more is needed."""
        return self.count == 1 and self.sets == ((),)


def reach(
    rules: Engine,
    mineral: str,
    level: str,
    *,
    subject: Subject | None = None,
    most: int = MOST_CHANGES,
) -> Reach:
    """The least answers that bring the mineral to the level, from the subject's on.

    Raises:
        SubjectError: when no such mineral is scored, when there is no such level above
            the lowest, or when what was said of the subject contradicts itself.
    """
    refuse_unscored(mineral, rules)
    if level not in LEVELS[1:]:
        advice = (
            did_you_mean(level, LEVELS[1:]) or f"use one of {', '.join(LEVELS[1:])}"
        )
        raise SubjectError(f"{quoted(level)} is not a level to reach; {advice}")
    atom = atoms.at_level(mineral, level)
    hypotheses = Hypotheses(rules, subject or Subject(), said_stays=True)
    usable = hypotheses.additions
    sets = MinimalSets(hypotheses, most=most, usable=usable).to_hold(atom)
    goal = goal_of(hypotheses, atom, holds=True)
    enough = completed(hypotheses, goal, sets, most=most, usable=usable)
    return Reach(
        fingerprint=rules.fingerprint,
        mineral=mineral,
        level=level,
        now=hypotheses.standing.levels[mineral],
        most=most,
        count=len(enough.sets),
        complete=enough.searched == most,
        patterns=patterns_of(enough.sets, hypotheses),
        sets=tuple(map(hypotheses.told, enough.sets[:MOST_LISTED])),
    )
