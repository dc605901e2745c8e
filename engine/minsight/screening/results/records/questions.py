"""Questions: what is worth asking about a candidate, in an order that many share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import reduce
from operator import or_

import msgspec

from minsight.assessment.next_questions import (
    Asking,
    bearing_questions,
)
from minsight.intake.subject import Subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.vocabulary import Demographic
from minsight.screening.results.records.numbering import Numbering
from minsight.screening.results.records.usual_order import Covered, UsualOrder


class Whom(msgspec.Struct, frozen=True, eq=False):
    """People of whom the same may be asked: one of them stands for all."""

    person: Subject
    asking: Asking


class Questions:
    """What is worth asking, worked out once for all of whom it is the same."""

    def __init__(self, compiled: KnowledgeBase, numbering: Numbering) -> None:
        self._compiled, self._numbering = compiled, numbering
        bounds = sorted(set(_bounds(compiled)))
        self._bounds = bounds
        self._whom: dict[tuple[int, str | None], Whom] = {}
        guide = compiled.guide
        groups = [band.group for band in guide.bands if band.group is not None]
        given = [id_ for one in guide.more_often for id_ in one.given_any]
        self.raising = Numbering([*groups, *given])
        """What makes some answers likelier, once it is present."""
        always = self._groups = self.raising.bits(groups)
        self._raising = {
            mineral: always | self._raising_any_of(mineral)
            for mineral in compiled.program.minerals
        }
        self._usual: dict[tuple[object, ...], UsualOrder] = {}
        self._texts: dict[tuple[str, ...], bytes] = {}
        self._bearing: dict[tuple[str, Whom], tuple[int, int]] = {}

    def _raising_any_of(self, mineral: str) -> int:
        raised_by = self._compiled.guide.raised_by
        rules = self._compiled.catalogue.rules_of.get(mineral, ())
        sets = (
            self.raising.bits(one.given_any)
            for rule in rules
            for id_ in rule.reads
            for one in raised_by.get(id_, ())
        )
        return reduce(or_, sets, 0)

    def whom(self, age_days: float | None, sex: str | None) -> Whom:
        """Those of whom the same may be asked as of this person."""
        span = -1 if age_days is None else bisect_right(self._bounds, age_days)
        known = self._whom.get((span, sex))
        if known is None:
            person = Subject(age_days=age_days, sex=sex)
            known = Whom(person, Asking(self._compiled, person))
            self._whom[span, sex] = known
        return known

    def missing(
        self,
        mineral: str,
        covered: Covered,
        outside: frozenset[str],
        *,
        whom: Whom,
        present: int,
        answered: int,
    ) -> bytes:
        """The questions to ask next as JSON; `present` are bits of what is raising."""
        present &= self._raising[mineral]
        key = (mineral, outside, whom, present & self._groups)
        usual = self._usual.get(key)
        if usual is None:
            usual = self._usual[key] = self._usual_order(*key)
        first = usual.first(covered, present, answered)
        text = self._texts.get(first)
        if text is None:
            text = self._texts[first] = b',"missing":' + msgspec.json.encode(first)
        return text

    def _usual_order(
        self, mineral: str, outside: frozenset[str], whom: Whom, groups: int
    ) -> UsualOrder:
        rules = self._compiled.catalogue.rules_of[mineral]
        return UsualOrder(
            whom.asking,
            [rule for rule in rules if rule.id not in outside],
            groups,
            self._compiled.guide,
            (self._numbering, self.raising),
        )

    def answered_share(
        self, mineral: str, whom: Whom, answered: int
    ) -> tuple[int, int]:
        """How many questions that bear on the mineral were answered, of how many."""
        known = self._bearing.get((mineral, whom))
        if known is None:
            ids = bearing_questions(self._compiled, mineral, whom.person)
            known = self._bearing[mineral, whom] = (
                self._numbering.bits(ids),
                len(ids),
            )
        bits, count = known
        return (answered & bits).bit_count(), count

    @property
    def remembered(self) -> int:
        """How many orders are kept."""
        return len(self._usual)

    def forget(self) -> None:
        """Keep no order."""
        self._usual.clear()


def _bounds(compiled: KnowledgeBase) -> Iterator[float]:
    """The ages, in days, at which what may be asked changes."""
    vocabulary = compiled.vocabulary
    whom: list[Demographic] = [
        *(finding.asked_of for finding in vocabulary.findings),
        *(group.asked_of for group in vocabulary.groups),
        *(band.whom for band in compiled.guide.bands),
    ]
    for one in whom:
        yield from (
            days for days in (one.from_days, one.below_days) if days is not None
        )
