"""Usual order: which questions are worth most, and what a person changes of that.

Of people of one age and sex, the questions about a mineral stand in one order. What a
person has told moves few of them: those that a cluster covers and those that it makes
likelier. Only these are put in their places anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from minsight.assessment.next_questions import (
    MOST_TO_ASK_NEXT,
    Asking,
    first_questions,
    rule_worth,
    step_of,
)
from minsight.knowledge.catalogue import Rule
from minsight.knowledge.guide import Guide
from minsight.screening.results.records.bits import places_in
from minsight.screening.results.records.numbering import Numbering

Covered: TypeAlias = frozenset[tuple[str | None, int]]
"""The strongest step that each cluster has reached."""


class _Asked(NamedTuple):
    """A question as a rule asks it: by its worth, and where it stands in the rules.

    It goes where its cluster has reached `step`, unless that is None.
    """

    worth: int
    cluster: str | None
    step: int | None
    place: int


class _Ranked(NamedTuple):
    """A question in the order, best first; no two share a place."""

    may_not_apply: bool
    value: float
    place: int
    id: str
    bit: int


class UsualOrder:
    """The order of the questions of some rules for people of whom one may ask the same.

    `groups` are the bits of what is present that decides how often anything is so;
    `numberings` are those of questions and of what is raising.
    """

    def __init__(
        self,
        asking: Asking,
        rules: Iterable[Rule],
        groups: int,
        guide: Guide,
        numberings: tuple[Numbering, Numbering],
    ) -> None:
        self._asking, self._groups = asking, groups
        self._numbering, self._raising = numberings
        self._asked: dict[str, list[_Asked]] = {}
        for place, (id_, rule) in enumerate(self._all(rules)):
            step = step_of(rule) if rule.kind == "supports" else None
            self._asked.setdefault(id_, []).append(
                _Asked(rule_worth(rule), rule.cluster, step, place)
            )
        self._raised_by = {
            id_: self._raising.bits(
                one for more in guide.raised_by.get(id_, ()) for one in more.given_any
            )
            for id_ in self._asked
        }
        self._moved: dict[object, int] = {}
        self._chances: dict[tuple[str, int], float] = {}
        every = (self._ranked(id_, {}, 0) for id_ in self._asked)
        self._order = sorted(one for one in every if one is not None)

    def _all(self, rules: Iterable[Rule]) -> Iterator[tuple[str, Rule]]:
        for rule in rules:
            if rule_worth(rule):
                for id_ in rule.reads:
                    if self._asking.may_not_apply(id_) is not None:
                        yield id_, rule

    def first(self, covered: Covered, present: int, answered: int) -> tuple[str, ...]:
        """The best questions that are not answered, for somebody who told these."""
        moved = self._moved_by(covered, present)
        out = answered | moved
        best = list(self._unmoved(out))
        moved &= ~answered
        if moved:
            reached = dict(covered)
            for place in places_in(moved):
                one = self._ranked(self._numbering.ids[place], reached, present)
                if one is not None:
                    best.append(one)
            best.sort()
        return first_questions(one.id for one in best)

    def _unmoved(self, out: int) -> Iterator[_Ranked]:
        """The best of those that keep their places; as many as can be shown."""
        left = MOST_TO_ASK_NEXT
        for one in self._order:
            if not out & one.bit:
                yield one
                left -= 1
                if not left:
                    return

    def _moved_by(self, covered: Covered, present: int) -> int:
        """The questions that may stand elsewhere, as bits."""
        moved = 0
        for reached in covered:
            known = self._moved.get(reached)
            if known is None:
                known = self._moved[reached] = self._covered_by(*reached)
            moved |= known
        present &= ~self._groups
        known = self._moved.get(present)
        if known is None:
            ids = (i for i, bits in self._raised_by.items() if bits & present)
            known = self._moved[present] = self._numbering.bits(ids)
        return moved | known

    def _covered_by(self, cluster: str | None, step: int) -> int:
        return self._numbering.bits(
            id_
            for id_, asked in self._asked.items()
            if any(
                one.cluster == cluster and one.step is not None and one.step <= step
                for one in asked
            )
        )

    def _ranked(
        self, id_: str, reached: dict[str | None, int], present: int
    ) -> _Ranked | None:
        """Where a question stands; None where nothing is left to ask it for."""
        asked = [
            one
            for one in self._asked[id_]
            if one.step is None or reached.get(one.cluster, -1) < one.step
        ]
        if not asked:
            return None
        chance = self._chance(id_, present & self._raised_by[id_])
        if not chance:
            return None
        may_not = self._asking.may_not_apply(id_)
        worth = max(one.worth for one in asked)
        bit = self._numbering.bit[id_]
        return _Ranked(bool(may_not), -worth * chance, asked[0].place, id_, bit)

    def _chance(self, id_: str, raised: int) -> float:
        known = self._chances.get((id_, raised))
        if known is None:
            told = places_in(raised | self._groups)
            present = frozenset(self._raising.ids[place] for place in told)
            known = self._chances[id_, raised] = self._asking.chance(id_, present)
        return known
