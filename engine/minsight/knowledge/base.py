"""The compiled rules: what the cache keeps and an assessment needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import inf

import msgspec

from minsight.ages import parse_age
from minsight.knowledge.catalogue import Catalogue
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Group, Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program


class KnowledgeBase(msgspec.Struct, frozen=True, dict=True):
    """The rules, ready for use and for the cache.

    `written_guide` is the guide as JSON: who assesses one person never reads it.
    """

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue
    written_guide: msgspec.Raw = msgspec.Raw(b"{}")

    @cached_property
    def guide(self) -> Guide:
        """How interviews and forms ask the people of these rules."""
        return msgspec.json.decode(self.written_guide, type=Guide)

    @cached_property
    def left_open(self) -> Mapping[Atom, frozenset[Atom]]:
        """What an age that is not known may be: either side of each boundary.

        Each with the answers that rule it out: whoever is a toddler has no age below
        12 months, and whoever is no infant neither.
        """
        spans, sides = list(self._spans), dict[Atom, set[Atom]]()
        for age in self.program.ages:
            days = parse_age(age)
            below, above = atoms.age_below(age), atoms.age_from(age)
            sides[below] = {a for a, start, _ in spans if start >= days}
            sides[above] = {a for a, _, end in spans if end <= days}
        return {side: frozenset(unless) for side, unless in sides.items()}

    @property
    def _spans(self) -> Iterator[tuple[Atom, float, float]]:
        """The answers that bound an age, each with the days that it leaves."""
        for group in self.vocabulary.groups:
            start, end = _span(group)
            for above in self.vocabulary.with_ancestors(group.id):
                yield atoms.in_group(group.id), *_span(self.vocabulary.group[above])
            if group.derived and group.holds_for.sex is None:
                if start == 0:
                    yield atoms.outside_group(group.id), end, inf
                elif end == inf:
                    yield atoms.outside_group(group.id), 0.0, start


def _span(group: Group) -> tuple[float, float]:
    """From which day to which the group is possible."""
    whom = group.holds_for
    return whom.from_days or 0.0, inf if whom.below_days is None else whom.below_days
