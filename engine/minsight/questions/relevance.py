"""Choosing: which questions are worth asking of some people about some minerals.

What a question can do is read off the program. It is asked when an answer to it can
change the level of a chosen mineral, make an urgent rule of it match, or raise a red
flag, given the people and what else can be asked of them; so what only a context, a
note or a weak risk factor reads is not asked. Red flags are asked about whatever the
minerals, save those that are told only; urgent rules of other minerals are not fed.

A question is left out when all it could say is said by another: a specific finding that
only its parent carries, a general one whose own answer nothing reads, a test result in
words where its number is asked. Groups that follow from age and sex are not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeAlias

import msgspec

from minsight.ages import parse_age
from minsight.knowledge.catalogue import Catalogue, Rule
from minsight.knowledge.vocabulary import (
    Demographic,
    Finding,
    Group,
    MeasurementKind,
    Vocabulary,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.dependencies import Flow
from minsight.logic.program import Clause, Program
from minsight.scales import URGENCIES

Entry: TypeAlias = Finding | Group | MeasurementKind

LABORATORY: Final = "laboratory"
"""The category of test results in words."""
MEASURED: Final = "measured"
"""The category of measurements, which have none in the vocabulary."""
HEADINGS: Final = {
    "general": "General",
    "skin_hair_nails": "Skin, hair and nails",
    "mouth": "Mouth",
    "eye": "Eyes",
    "ear": "Ears",
    "neuro": "Nerves and movement",
    "mental": "Mood and thinking",
    "muscle": "Muscles",
    "bone_teeth": "Bones and teeth",
    "gi": "Stomach and bowels",
    "cardio": "Heart and breathing",
    "endocrine": "Thyroid and hormones",
    "blood": "Blood",
    "growth_development": "Growth and development",
    "immune": "Infections",
    "reproductive": "Periods, fertility and birth",
    LABORATORY: "Test results that were told",
    "age_sex": "Stage of life",
    "pregnancy_lactation": "Pregnancy and breastfeeding",
    "physiology": "Periods, birth, sport and recovery",
    "birth": "The person's own birth",
    "infant_feeding": "Feeding of infants and toddlers",
    "diet": "Food and drink",
    "disease": "Illnesses",
    "surgery": "Operations",
    "drug": "Medicines and supplements",
    "substance": "Alcohol and other substances",
    "exposure": "Work, sport and surroundings",
    "geography": "Where the person lives",
    MEASURED: "Measured values",
}
"""The heading of each category; another one is headed by its own name."""


class QuestionScope(msgspec.Struct, frozen=True):
    """What is looked for: which minerals, and whether a clinician answers."""

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue
    minerals: tuple[str, ...]
    clinician: bool

    @property
    def rules(self) -> tuple[Rule, ...]:
        chosen = frozenset(self.minerals)
        return tuple(r for r in self.catalogue.rules if r.mineral in chosen)


class Asked(msgspec.Struct, frozen=True):
    """What is asked of people of some ages and sex, and what can follow from it."""

    whom: Demographic
    ids: tuple[str, ...]
    flow: Flow


def worth_asking_of(whom: Demographic, search: QuestionScope) -> Asked:
    """What is worth asking of these people, and what can follow from their answers."""
    open_ = [id_ for id_ in askable(search) if _can_be_put(id_, whom, search)]
    flow = flow_from(open_, whom, search)
    bearing = flow.leading_to(_targets(search))
    worth = [id_ for id_ in open_ if not bearing.isdisjoint(answers_to(id_, search))]
    kept = tuple(_without_repeats(worth, flow, bearing, whom, search))
    fewer = flow_from(kept, whom, search, clauses=flow.live)
    return Asked(whom, kept, fewer)


def askable(search: QuestionScope, *, or_told: bool = False) -> Iterator[str]:
    """The ids that the person who answers can be asked about, in file order.

    With `or_told` also what is never asked and can only be told.
    """
    for finding in search.vocabulary.findings:
        can_tell = finding.lay or search.clinician
        if can_tell and (or_told or not finding.told_only):
            yield finding.id
    follow = _following(search.program)
    for group in search.vocabulary.groups:
        if not group.derived and not (
            group.category == "age_sex" and group.id in follow
        ):
            yield group.id
    if search.clinician:
        yield from (measured.id for measured in search.vocabulary.measurements)


def _following(program: Program) -> frozenset[str]:
    """The groups into which a clause can put somebody."""
    heads = (clause.head for clause in program.clauses)
    return frozenset(atoms.named_by(heads, "group"))


def _can_be_put(id_: str, whom: Demographic, search: QuestionScope) -> bool:
    return asked_of(id_, search.vocabulary).shared_with(whom) is not None


def asked_of(id_: str, vocabulary: Vocabulary) -> Demographic:
    """To whom the question is put."""
    entry = entry_of(id_, vocabulary)
    return Demographic() if isinstance(entry, MeasurementKind) else entry.asked_of


def entry_of(id_: str, vocabulary: Vocabulary) -> Entry:
    for entries in (vocabulary.finding, vocabulary.group):
        if id_ in entries:
            return entries[id_]
    return vocabulary.measurement[id_]


def flow_from(
    ids: Iterable[str],
    whom: Demographic,
    search: QuestionScope,
    *,
    clauses: Iterable[Clause] | None = None,
) -> Flow:
    """What can follow from answers about the ids.

    `clauses` are all of the program, unless those are given that can fire from more.
    """
    said = chain.from_iterable(answers_to(id_, search) for id_ in ids)
    every = search.program.clauses if clauses is None else clauses
    return Flow(every, [*_age_and_sex(whom, search.program), *said])


def _age_and_sex(whom: Demographic, program: Program) -> Iterator[Atom]:
    """What can be true of the ages and sexes of these people."""
    for age in program.ages:
        days = parse_age(age)
        if whom.below_days is None or days < whom.below_days:
            yield atoms.age_from(age)
        if (whom.from_days or 0.0) < days:
            yield atoms.age_below(age)
    for sex in ("female", "male"):
        if whom.sex in (None, sex):
            yield atoms.of_sex(sex)


def answers_to(id_: str, search: QuestionScope) -> tuple[Atom, ...]:
    """What answers to the question can say.

    A value beside which another is read says what that one says.
    """
    if id_ in search.vocabulary.finding:
        return atoms.observed(id_), atoms.excluded(id_)
    if id_ in search.vocabulary.group:
        return atoms.in_group(id_), atoms.outside_group(id_)
    moved = {
        m.id
        for m in search.vocabulary.measurements
        if m.id == id_ or (m.adjusted is not None and m.adjusted.by == id_)
    }
    return tuple(
        say(cutoff.measurement, cutoff.value)
        for cutoff in search.program.cutoffs
        if cutoff.measurement in moved
        for say in (atoms.value_below, atoms.value_from)
    )


def _targets(search: QuestionScope) -> Iterator[Atom]:
    """What a question must be able to change to be worth asking."""
    for mineral in search.minerals:
        for level in search.catalogue.levels:
            yield atoms.level(mineral, level.id)
            yield atoms.at_level(mineral, level.id)
    for flag in search.catalogue.flags:
        if not flag.told_only:
            yield atoms.flag(flag.id)
    for rule in search.rules:
        if rule.urgency != URGENCIES[0]:
            yield atoms.evidence(rule.id)


def _without_repeats(
    ids: Sequence[str],
    flow: Flow,
    bearing: frozenset[Atom],
    whom: Demographic,
    search: QuestionScope,
) -> list[str]:
    """The questions without those that only repeat the answer to another."""
    targets = frozenset(_targets(search))
    kept = dict.fromkeys(ids)
    told = _Told(ids, search)
    for id_ in ids:
        if id_ in search.vocabulary.measurement:
            continue
        if not _is_told_by_number(id_, kept, bearing, search.vocabulary):
            mine = asked_of(id_, search.vocabulary).shared_with(whom)
            start = [atom for atom in answers_to(id_, search) if atom in bearing]
            others = told.by_others(id_, mine)
            if not _only_repeats(start, flow, bearing, told=others, targets=targets):
                continue
        del kept[id_]
        told.forget(id_)
    return list(kept)


class _Told:
    """What the questions tell, by the people to whom all of them are put."""

    def __init__(self, ids: Iterable[str], search: QuestionScope) -> None:
        self._says = {id_: answers_to(id_, search) for id_ in ids}
        self._whom = {id_: asked_of(id_, search.vocabulary) for id_ in ids}
        self._counted: dict[Demographic, Counter[Atom]] = {}

    def by_others(self, id_: str, mine: Demographic | None) -> Callable[[Atom], bool]:
        """Whether another question tells an atom of all who are asked this one."""
        if mine is None:
            return lambda _: False
        counted, own = self._of(mine), Counter(self._says[id_])
        return lambda atom: counted[atom] > own[atom]

    def forget(self, id_: str) -> None:
        """The question is asked no more."""
        for whom, counted in self._counted.items():
            if self._is_put(id_, whom):
                counted.subtract(self._says[id_])
        del self._says[id_]

    def _of(self, whom: Demographic) -> Counter[Atom]:
        if whom not in self._counted:
            put = (says for i, says in self._says.items() if self._is_put(i, whom))
            self._counted[whom] = Counter(chain.from_iterable(put))
        return self._counted[whom]

    def _is_put(self, id_: str, whom: Demographic) -> bool:
        return self._whom[id_].shared_with(whom) == whom


def _is_told_by_number(
    id_: str, kept: Iterable[str], bearing: frozenset[Atom], vocabulary: Vocabulary
) -> bool:
    """Whether it is a result in words for which a number is asked."""
    finding = vocabulary.finding.get(id_)
    if (
        finding is None
        or finding.category != LABORATORY
        or atoms.excluded(id_) in bearing
    ):
        return False
    numbers = (vocabulary.measurement.get(other) for other in kept)
    return any(number is not None and id_ in number.implies for number in numbers)


def _only_repeats(
    start: Iterable[Atom],
    flow: Flow,
    bearing: frozenset[Atom],
    *,
    told: Callable[[Atom], bool],
    targets: frozenset[Atom],
) -> bool:
    """Whether all that follows from the atoms follows from what is told elsewhere."""
    waiting, seen = list(start), set(start)
    while waiting:
        atom = waiting.pop()
        if atom in targets:
            return False
        for clause in flow.readers(atom):
            if clause.head not in bearing:
                continue
            if clause.body != (atom,):
                return False
            if clause.head not in seen and not told(clause.head):
                seen.add(clause.head)
                waiting.append(clause.head)
    return True


def kind_of(entry: Entry) -> str:
    """Whether it is a finding, a group or a measurement."""
    match entry:
        case Finding():
            return "finding"
        case Group():
            return "group"
        case MeasurementKind():
            return "measurement"


def section_of(entry: Entry) -> str:
    """The heading under which a question about the entry stands."""
    category = MEASURED if isinstance(entry, MeasurementKind) else entry.category
    return HEADINGS.get(category, category.replace("_", " ").capitalize())
