"""Minerals: the part of a record that tells of one candidate, by what it hangs on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import msgspec
import polars as pl
from polars import Expr, col

from minsight.assessment.differential import acted_brakes, advice_at
from minsight.assessment.next_questions import ENOUGH, covered_steps
from minsight.assessment.reasons import matched_reasons
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Fact, Rule, Test
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import LEVELS
from minsight.screening.results.records.bits import (
    PackedColumns,
    atoms_of,
    fits,
    one_holds,
    one_number,
    places_in,
)
from minsight.screening.results.records.numbering import Numbering

encode: Final = msgspec.json.encode
_YES: Final = pl.lit(value=True)
_PRESENT: Final = (atoms.observed, atoms.in_group, atoms.band)
_ABSENT: Final = (atoms.excluded, atoms.outside_group)


class MatchedRules(msgspec.Struct, frozen=True):
    """What matched rules come to: their reasons as JSON, and what these stand on.

    `shown` are the ids behind the reasons, as bits; `covered` is what
    `covered_steps` tells, in a form that can be part of a key.
    """

    reasons: bytes
    shown: int
    covered: frozenset[tuple[str | None, int]]


class Surroundings(msgspec.Struct, frozen=True):
    """What stands around the reasons, as JSON, and whether questions are asked."""

    advice: bytes
    brakes: bytes
    tail: bytes
    asks: bool


def atoms_of_mineral(compiled: KnowledgeBase, mineral: str) -> Iterator[Atom]:
    """The atoms that the part of a mineral hangs on."""
    for rule in compiled.catalogue.rules_of.get(mineral, ()):
        yield atoms.evidence(rule.id)
        yield from _atoms_behind(rule)
        yield from map(atoms.outside_group, rule.ages)
    yield from _levels(compiled, mineral)
    for fact in _facts(compiled, mineral):
        if fact.unless is not None:
            yield from map(Atom, atoms_of(fact.unless))


def _levels(compiled: KnowledgeBase, mineral: str) -> list[Atom]:
    """The atoms behind advice, brakes and whether there is anything to ask."""
    stages = range(len(compiled.catalogue.brakes) + 1)
    return [
        atoms.risk(mineral, "strong"),
        atoms.at_level(mineral, ENOUGH),
        *(atoms.reached(mineral, name, n) for n in stages for name in LEVELS[1:]),
    ]


def _facts(compiled: KnowledgeBase, mineral: str) -> list[Test | Fact]:
    profile = compiled.catalogue.profile[mineral]
    return [*profile.tests, *profile.look_alikes, *profile.foods]


def _atoms_behind(rule: Rule) -> Iterator[Atom]:
    """What a reason of the rule is made of, once it matched."""
    yield atoms.outside_age(rule.id)
    yield from (way(id_) for id_ in rule.reads for way in _PRESENT)
    yield from (way(id_) for id_ in rule.reads_absent for way in _ABSENT)
    yield from map(atoms.evidence, rule.more_specific)


class MineralParts:
    """The parts of one mineral, each rendered once for each set of what holds.

    `possible` are the atoms that can hold, each of which is a column; `measured` the
    measurements that have a column.
    """

    def __init__(
        self,
        compiled: KnowledgeBase,
        mineral: str,
        *,
        possible: Collection[Atom],
        measured: Collection[str],
        numbering: Numbering,
    ) -> None:
        self.mineral, self._compiled = mineral, compiled
        self._numbering = numbering
        self._rules = compiled.catalogue.rules_of.get(mineral, ())
        self._place = {atoms.evidence(r.id): n for n, r in enumerate(self._rules)}
        self._behind = list(_masked(self._rules, possible))
        self._levels = [a for a in _levels(compiled, mineral) if a in possible]
        self._ages = sorted({rule.ages for rule in self._rules if rule.ages})
        profile = compiled.catalogue.profile[mineral]
        self._texts = (
            [test.name for test in profile.tests],
            [fact.text for fact in profile.look_alikes],
            [fact.text for fact in profile.foods],
        )
        told = [_may_be_told(fact, measured) for fact in _facts(compiled, mineral)]
        policy = compiled.catalogue.advice
        young = [
            col("age_days") < policy.earlier_below_days,
            col("age_days") < policy.professional_below_days,
        ]
        reasons = [test for _, test in self._behind]
        ages = [_all_outside(one, possible) for one in self._ages]
        around = [*map(col, self._levels), *told, *young]
        self.packed = tuple(
            PackedColumns(own, prefix=f"{what} ")
            for what, own in (("rules", reasons), ("around", around), ("ages", ages))
        )
        self._matched: dict[tuple[int, ...], MatchedRules] = {}
        self._around: dict[tuple[int, ...], Surroundings] = {}
        self._outside: dict[tuple[int, ...], frozenset[str]] = {}
        head = {"mineral": mineral, "name": profile.name, "lack": profile.lack}
        self.head = encode(head)[:-1] + b',"rank":'
        self.level = [
            b',"level":'
            + encode(name)
            + b',"sentence":'
            + encode(compiled.catalogue.level[name].sentence)
            + b',"points":'
            for name in LEVELS
        ]

    def matched(self, key: tuple[int, ...]) -> MatchedRules:
        """What the rules come to that matched; `key` are their numbers."""
        known = self._matched.get(key)
        if known is None:
            known = self._matched[key] = self._of_rules(one_number(key))
        return known

    def _of_rules(self, bits: int) -> MatchedRules:
        holds = frozenset(self._behind[place][0] for place in places_in(bits))
        matched = sorted(self._place[atom] for atom in holds & self._place.keys())
        rules = [self._rules[place] for place in matched]
        reasons = matched_reasons(rules, holds)
        told = b"".join(
            b',"%s":%s' % (name, encode([r for r in reasons if r.says == says]))
            for name, says in (
                (b"reasons", "for"),
                (b"against", "against"),
                (b"context", "context"),
            )
        )
        ids = (id_ for reason in reasons for id_ in reason.matched)
        covered = covered_steps(rules, holds)
        return MatchedRules(told, self._numbering.bits(ids), frozenset(covered.items()))

    def around(
        self, level: int, key: tuple[int, ...], age: float | None
    ) -> Surroundings:
        """What stands around the reasons of somebody of this level and age."""
        whole = (level, *key)
        known = self._around.get(whole)
        if known is None:
            known = self._around[whole] = self._of_levels(level, one_number(key), age)
        return known

    def _of_levels(self, level: int, bits: int, age: float | None) -> Surroundings:
        catalogue, mineral = self._compiled.catalogue, self.mineral
        first = len(self._levels)
        places = list(places_in(bits))
        holds = frozenset(self._levels[place] for place in places if place < first)
        told = {place - first for place in places}
        advice = advice_at(catalogue, age, mineral, holds, level=LEVELS[level])
        after = 0
        listed: list[list[str]] = []
        for texts in self._texts:
            listed.append([one for n, one in enumerate(texts, after) if n in told])
            after += len(texts)
        tests, look_alikes, foods = map(encode, listed)
        return Surroundings(
            b',"advice":' + encode(advice),
            b',"brakes":' + encode(list(acted_brakes(catalogue, mineral, holds))),
            b',"tests":%s,"look_alikes":%s,"foods":%s}' % (tests, look_alikes, foods),
            atoms.at_level(mineral, ENOUGH) not in holds,
        )

    def outside(self, key: tuple[int, ...]) -> frozenset[str]:
        """The rules that are for people of other ages."""
        known = self._outside.get(key)
        if known is None:
            ages = {self._ages[place] for place in places_in(one_number(key))}
            ids = (rule.id for rule in self._rules if rule.ages in ages)
            known = self._outside[key] = frozenset(ids)
        return known

    def forget(self) -> None:
        """Keep nothing that was rendered."""
        self._matched.clear()
        self._around.clear()

    @property
    def remembered(self) -> int:
        """How many parts are kept."""
        return len(self._matched) + len(self._around)


def _masked(
    rules: Sequence[Rule], possible: Collection[Atom]
) -> Iterator[tuple[Atom, Expr]]:
    """The atoms behind reasons, each where a rule matched that it is behind.

    What stands behind no matched rule changes nothing, and would make keys differ.
    """
    readers: dict[Atom, list[Atom]] = {}
    for rule in rules:
        own = atoms.evidence(rule.id)
        if own in possible:
            for atom in (own, *_atoms_behind(rule)):
                if atom in possible:
                    readers.setdefault(atom, []).append(own)
    for atom, matched in readers.items():
        test = col(atom)
        yield atom, test if atom in matched else test & one_holds(map(col, matched))


def _may_be_told(fact: Fact | Test, measured: Collection[str]) -> Expr:
    told = _YES if fact.unless is None else ~fits(fact.unless)
    measures = fact.measures if isinstance(fact, Test) else ()
    known = [col(name).is_not_null() for name in measures if name in measured]
    return told & ~one_holds(known)


def _all_outside(ages: Sequence[str], possible: Collection[Atom]) -> Expr:
    """Whether somebody is known to be of none of these ages."""
    groups = [atoms.outside_group(age) for age in ages]
    if any(group not in possible for group in groups):
        return pl.lit(value=False)
    return pl.all_horizontal(groups)
