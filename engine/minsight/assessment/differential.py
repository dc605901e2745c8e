"""From atoms that hold to an assessment: ranks, reasons, brakes, advice, notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

import msgspec

from minsight.assessment.model import (
    ActedBrake,
    Assessment,
    Candidate,
    LookAlikeMet,
    RulesIdentity,
    Urgency,
    UrgencyReason,
)
from minsight.assessment.next_questions import answered_share, missing_questions
from minsight.assessment.ranking import ranked
from minsight.assessment.reasons import matched_reasons
from minsight.intake.answers import Answers
from minsight.intake.facts import said_atom
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Catalogue, Fact, LookAlike, may_be_told
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import Evaluation
from minsight.scales import LEVELS, URGENCIES, Doubt

ANSWERED: Final = "Answered so far"
IDLE: Final = "Understood, but it changed nothing here"
"""How the notes begin that change with nearly every answer."""


def assemble(
    compiled: KnowledgeBase,
    answers: Answers,
    evaluation: Evaluation,
    *,
    more: LeftOpen,
    version: str,
) -> Assessment:
    """The assessment of a subject, given what a backend derived for them.

    `more` is what it derives if what is not known may be so (`left_open`).
    """
    identity = RulesIdentity(version, compiled.program.fingerprint)
    candidates = _ranked(compiled, answers, evaluation)
    return Assessment(
        subject_id=answers.subject.subject_id,
        age_days=answers.subject.age_days,
        sex=answers.subject.sex,
        rules=identity,
        urgency=urgency_of(
            compiled.catalogue,
            evaluation.holds,
            more,
            unread=bool(answers.unrecognised),
        ),
        candidates=candidates,
        look_alikes=tuple(_look_alikes(compiled.catalogue, candidates, evaluation)),
        recognised=answers.recognised,
        unrecognised=answers.unrecognised,
        notes=tuple(_notes(compiled, answers, evaluation, candidates)),
        footer=compiled.catalogue.footer,
    )


def level_of(mineral: str, holds: frozenset[Atom]) -> str:
    """The one level of a mineral."""
    return next(name for name in LEVELS if atoms.level(mineral, name) in holds)


def _ranked(
    compiled: KnowledgeBase, answers: Answers, evaluation: Evaluation
) -> tuple[Candidate, ...]:
    """Every mineral above `no_pattern`, in order."""
    catalogue, holds = compiled.catalogue, evaluation.holds
    levels = {m: level_of(m, holds) for m in compiled.program.minerals}
    base_rates = {m: catalogue.profile[m].base_rate for m in levels}
    links = [link for link in catalogue.links if atoms.link(link.id) in holds]
    order = ranked(levels, evaluation.points, base_rates, links)
    return tuple(
        _candidate(
            compiled, answers, evaluation, mineral, level=levels[mineral], rank=rank
        )
        for rank, mineral in enumerate(order, start=1)
    )


def _candidate(
    compiled: KnowledgeBase,
    answers: Answers,
    evaluation: Evaluation,
    mineral: str,
    *,
    level: str,
    rank: int,
) -> Candidate:
    catalogue, holds = compiled.catalogue, evaluation.holds
    profile = catalogue.profile[mineral]
    reasons = matched_reasons(catalogue.rules_of[mineral], holds)
    measured = {value.measurement for value in answers.values}
    return Candidate(
        mineral=mineral,
        name=profile.name,
        lack=profile.lack,
        rank=rank,
        level=level,
        sentence=catalogue.level[level].sentence,
        points=evaluation.points[mineral],
        advice=advice_at(
            catalogue, answers.subject.age_days, mineral, holds, level=level
        ),
        reasons=tuple(reason for reason in reasons if reason.says == "for"),
        against=tuple(reason for reason in reasons if reason.says == "against"),
        context=tuple(reason for reason in reasons if reason.says == "context"),
        brakes=tuple(acted_brakes(catalogue, mineral, holds)),
        missing=missing_questions(compiled, answers, holds, mineral),
        tests=tuple(
            test.name
            for test in profile.tests
            if may_be_told(test, holds) and measured.isdisjoint(test.measures)
        ),
        look_alikes=_fitting(profile.look_alikes, holds),
        foods=_fitting(profile.foods, holds),
    )


def _fitting(facts: Iterable[Fact], holds: frozenset[Atom]) -> tuple[str, ...]:
    return tuple(fact.text for fact in facts if may_be_told(fact, holds))


def _look_alikes(
    catalogue: Catalogue, candidates: Iterable[Candidate], evaluation: Evaluation
) -> Iterable[LookAlikeMet]:
    """What else fits beside the candidates, by how much of it was reported."""
    listed, holds = {c.mineral for c in candidates}, evaluation.holds
    fitting = [
        one
        for one in catalogue.look_alikes
        if not listed.isdisjoint(one.beside) and one.when.holds(holds)
    ]
    for one in sorted(fitting, key=lambda one: -one.when.met(holds)):
        yield look_alike_met(one)


def look_alike_met(one: LookAlike) -> LookAlikeMet:
    """A look-alike as an assessment tells it."""
    return LookAlikeMet(
        one.id, one.name, one.beside, one.text, one.tell, one.grade, one.sources
    )


def acted_brakes(
    catalogue: Catalogue, mineral: str, holds: frozenset[Atom]
) -> Iterable[ActedBrake]:
    """The brakes that moved the level, in their order."""
    before = _highest(mineral, holds, stage=0)
    for stage, brake in enumerate(catalogue.brakes, start=1):
        after = _highest(mineral, holds, stage=stage)
        if after != before:
            yield ActedBrake(brake.id, brake.text, before, after)
        before = after


def _highest(mineral: str, holds: frozenset[Atom], *, stage: int) -> str:
    return next(
        (
            name
            for name in LEVELS[:0:-1]
            if atoms.reached(mineral, name, stage) in holds
        ),
        LEVELS[0],
    )


def advice_at(
    catalogue: Catalogue,
    age: float | None,
    mineral: str,
    holds: frozenset[Atom],
    *,
    level: str,
) -> str:
    """The step of advice: earlier for young children, a professional for infants."""
    policy, entry = catalogue.advice, catalogue.level[level]
    strong = atoms.risk(mineral, "strong") in holds
    step = entry.advice_with_strong_risk if strong else entry.advice
    if age is not None and age < policy.earlier_below_days:
        step = min(step + 1, len(policy.steps) - 1)
    from_here = LEVELS.index(level) >= LEVELS.index(policy.professional_from)
    if age is not None and age < policy.professional_below_days and from_here:
        step = max(step, policy.professional_step)
    return policy.steps[step]


_SIDES: Final = (atoms.age_below, atoms.age_from)
"""Of each boundary a known age gives one."""


class LeftOpen(msgspec.Struct, frozen=True):
    """What would hold if more were known: at some age, if what is unsure were so."""

    at_some_age: frozenset[Atom] = frozenset()
    if_so: frozenset[Atom] = frozenset()


def left_open(
    compiled: KnowledgeBase,
    answers: Answers,
    given: frozenset[Atom],
    evaluate: Callable[[frozenset[Atom]], Evaluation],
) -> LeftOpen:
    """What holds if the age may be any, and if what is unsure is there.

    `given` are the atoms that the answers give. Nothing where the age is known, or
    nothing is unsure. Both sides of each boundary of age are given at once: warning
    signs ask for nothing to be unknown, so each that holds then holds at some age,
    unless one were to ask for two ages.
    """
    vocabulary = compiled.vocabulary
    unsure = (said_atom(id_, vocabulary, present=True) for id_ in answers.in_doubt)
    doubted = given.union(unsure)
    any_age, at_all = (_at_any_age(compiled, one) for one in (given, doubted))
    return LeftOpen(
        frozenset() if any_age == given else evaluate(any_age).holds,
        frozenset() if doubted == given else evaluate(at_all).holds,
    )


def _at_any_age(compiled: KnowledgeBase, given: frozenset[Atom]) -> frozenset[Atom]:
    known = (f(age) for age in compiled.program.ages[:1] for f in _SIDES)
    if not given.isdisjoint(known):
        return given
    left = compiled.left_open
    return given.union(s for s, unless in left.items() if given.isdisjoint(unless))


def urgency_of(
    catalogue: Catalogue, holds: frozenset[Atom], more: LeftOpen, *, unread: bool
) -> Urgency:
    """The highest urgency, and every reason for any, most urgent first."""
    level = _highest_urgency(holds)
    least = URGENCIES.index(level)
    at_some_age, if_so = (
        tuple(
            reason
            for reason in _urgency_reasons(catalogue, new)
            if URGENCIES.index(reason.level) > least
        )
        for new in (more.at_some_age - holds, more.if_so - more.at_some_age - holds)
    )
    doubts: dict[Doubt, object] = {
        "unread": unread, "no_age": at_some_age, "unsure": if_so,
    }  # fmt: skip
    doubt = next((name for name, there in doubts.items() if there), None)
    return Urgency(
        level,
        catalogue.urgency_sentence(level, doubt),
        tuple(_urgency_reasons(catalogue, holds)),
        doubt is None,
        at_some_age,
        if_so,
    )


def _urgency_reasons(
    catalogue: Catalogue, holds: frozenset[Atom]
) -> list[UrgencyReason]:
    """The warning signs that hold, most urgent first."""
    met = sorted(catalogue.warnings[atom] for atom in holds & catalogue.warnings.keys())
    return [
        UrgencyReason(one.id, one.level, one.text, one.grade, one.sources)
        for _, one in met
    ]


def _highest_urgency(holds: frozenset[Atom]) -> str:
    return next(name for name in reversed(URGENCIES) if _is_urgency(name, holds))


def _is_urgency(name: str, holds: frozenset[Atom]) -> bool:
    return name == URGENCIES[0] or atoms.urgency(name) in holds


def _notes(
    compiled: KnowledgeBase,
    answers: Answers,
    evaluation: Evaluation,
    candidates: tuple[Candidate, ...],
) -> Iterable[str]:
    yield from answers.notes
    for link in compiled.catalogue.links:
        if atoms.link(link.id) in evaluation.holds:
            yield link.text
    yield from idle_note(_idle(compiled, answers, evaluation.holds, candidates))
    if candidates:
        mineral, name = candidates[0].mineral, candidates[0].name
        share = answered_share(compiled, answers, evaluation.holds, mineral)
        yield from answered_note(name, *share)


def idle_note(idle: Collection[str]) -> Iterator[str]:
    """What is said of answers that stand behind nothing, if there are any."""
    if idle:
        yield f"{IDLE}: {', '.join(idle)}."


def answered_note(name: str, answered: int, asked: int) -> Iterator[str]:
    """What is said where few questions about the first candidate were answered."""
    if 2 * answered < asked:
        yield (
            f"{ANSWERED}: {answered} of the {asked} questions that bear on"
            f" {name[:1].lower()}{name[1:]}. What was not said is unknown, not absent."
        )


def _idle(
    compiled: KnowledgeBase,
    answers: Answers,
    holds: frozenset[Atom],
    candidates: tuple[Candidate, ...],
) -> list[str]:
    """What was understood as present or measured and stands behind nothing shown."""
    vocabulary = compiled.vocabulary
    shown = {
        id_
        for candidate in candidates
        for reason in (*candidate.reasons, *candidate.against, *candidate.context)
        for id_ in reason.matched
    }
    shown |= {
        id_
        for flag in compiled.catalogue.flags
        if atoms.flag(flag.id) in holds
        for id_ in flag.reads
    }
    beside = {m.adjusted.by for m in vocabulary.measurements if m.adjusted}
    return [
        match.text
        for match in answers.recognised
        if match.status == "observed"
        and match.kind != "person"
        and match.id not in beside
        and shown.isdisjoint(vocabulary.shown_by(match.id))
    ]
