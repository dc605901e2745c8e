"""From atoms that hold to an assessment: ranks, reasons, brakes, advice, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from minsight import atoms
from minsight.asking import answered_share, missing_questions
from minsight.assessment import (
    ActedBrake,
    Assessment,
    Candidate,
    Reason,
    RulesIdentity,
    Urgency,
    UrgencyReason,
)
from minsight.atoms import Atom
from minsight.catalogue import Catalogue, Rule
from minsight.compiled import Compiled
from minsight.entry import Answers
from minsight.program import Clause
from minsight.scales import LEVELS, STRENGTHS, URGENCIES, one_lower
from minsight.vocabulary import Vocabulary

_KIND_ORDER = ("measured", "combination", "supports", "risk", "context", "against")
_STRENGTH_ORDER = (
    "low", "brake", "note", "very_strong", "pathognomonic_like", "strong",
    "characteristic", "moderate", "supportive", "weak", "nonspecific",
    "raises", "lowers",
)  # fmt: skip


class Evaluation(msgspec.Struct, frozen=True):
    """What a backend found: the atoms that hold, the points, and the firings."""

    holds: frozenset[Atom]
    points: Mapping[str, int]
    trace: tuple[Clause, ...] = ()


def assemble(
    compiled: Compiled, answers: Answers, evaluation: Evaluation, *, version: str
) -> Assessment:
    """The assessment of a subject, given what a backend derived for them."""
    identity = RulesIdentity(version, compiled.program.fingerprint)
    candidates = _ranked(compiled, answers, evaluation)
    return Assessment(
        subject_id=answers.subject.subject_id,
        rules=identity,
        urgency=_urgency(compiled.catalogue, evaluation.holds),
        candidates=candidates,
        recognised=answers.recognised,
        unrecognised=answers.unrecognised,
        notes=tuple(_notes(compiled, answers, evaluation, candidates)),
        footer=compiled.catalogue.footer,
    )


def level_of(mineral: str, holds: frozenset[Atom]) -> str:
    """The one level of a mineral."""
    return next(name for name in LEVELS if atoms.level(mineral, name) in holds)


def _ranked(
    compiled: Compiled, answers: Answers, evaluation: Evaluation
) -> tuple[Candidate, ...]:
    """Every mineral above `no_pattern`: by level, points, base rate, name."""
    profiles = compiled.catalogue.profile
    levels = {m: level_of(m, evaluation.holds) for m in compiled.program.minerals}
    order = sorted(
        (m for m, level in levels.items() if level != LEVELS[0]),
        key=lambda m: (
            -LEVELS.index(levels[m]),
            -evaluation.points[m],
            profiles[m].base_rate,
            m,
        ),
    )
    return tuple(
        _candidate(
            compiled, answers, evaluation, mineral, level=levels[mineral], rank=rank
        )
        for rank, mineral in enumerate(order, start=1)
    )


def _candidate(
    compiled: Compiled,
    answers: Answers,
    evaluation: Evaluation,
    mineral: str,
    *,
    level: str,
    rank: int,
) -> Candidate:
    catalogue, holds = compiled.catalogue, evaluation.holds
    profile = catalogue.profile[mineral]
    reasons = _reasons(catalogue.rules_of[mineral], holds)
    return Candidate(
        mineral=mineral,
        name=profile.name,
        lack=profile.lack,
        rank=rank,
        level=level,
        sentence=catalogue.level[level].sentence,
        points=evaluation.points[mineral],
        advice=_advice(catalogue, answers, mineral, holds, level=level),
        reasons=tuple(reason for reason in reasons if reason.says == "for"),
        against=tuple(reason for reason in reasons if reason.says == "against"),
        context=tuple(reason for reason in reasons if reason.says == "context"),
        brakes=tuple(_acted_brakes(catalogue, mineral, holds)),
        missing=missing_questions(compiled, answers, holds, mineral),
        tests=tuple(test.name for test in profile.tests),
    )


def _reasons(rules: Iterable[Rule], holds: frozenset[Atom]) -> list[Reason]:
    """The matched rules, strongest first within each kind."""
    matched = [rule for rule in rules if atoms.evidence(rule.id) in holds]
    leaders = _leaders(matched, holds)
    reasons = [_reason(rule, holds, leaders) for rule in matched]
    return sorted(
        reasons,
        key=lambda r: (
            _KIND_ORDER.index(r.kind),
            _STRENGTH_ORDER.index(r.strength),
            not r.counted,
        ),
    )


def _reason(rule: Rule, holds: frozenset[Atom], leaders: Iterable[str]) -> Reason:
    return Reason(
        rule=rule.id,
        says=rule.says,
        kind=rule.kind,
        matched=tuple(id_ for id_ in rule.reads if _said(id_, holds)),
        strength=_strength(rule, holds),
        cluster=rule.cluster,
        counted=_counts(rule, leaders),
        because=rule.because,
        grade=rule.grade,
        sources=rule.sources,
        points_to=rule.points_to,
        out_of_age=atoms.outside_age(rule.id) in holds,
    )


def _said(id_: str, holds: frozenset[Atom]) -> bool:
    ways = (
        atoms.observed,
        atoms.in_group,
        atoms.band,
        atoms.excluded,
        atoms.outside_group,
    )
    return any(way(id_) in holds for way in ways)


def _strength(rule: Rule, holds: frozenset[Atom]) -> str:
    if rule.kind == "supports" and atoms.outside_age(rule.id) in holds:
        return str(one_lower(STRENGTHS, rule.strength))
    return rule.strength


def _leaders(matched: Iterable[Rule], holds: frozenset[Atom]) -> set[str]:
    """The finding rule that stands for each cluster: the strongest, then the first."""
    best: dict[str | None, Rule] = {}
    for rule in matched:
        if rule.kind == "supports":
            leader = best.setdefault(rule.cluster, rule)
            ours, theirs = (
                STRENGTHS.index(_strength(r, holds)) for r in (rule, leader)
            )
            if ours > theirs:
                best[rule.cluster] = rule
    return {rule.id for rule in best.values()}


def _counts(rule: Rule, leaders: Iterable[str]) -> bool:
    match rule.kind:
        case "supports":
            return rule.id in leaders
        case "risk" | "combination":
            return rule.strength != "weak"
        case "against":
            return rule.strength == "brake"
        case _:
            return rule.kind == "measured"


def _acted_brakes(
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


def _advice(
    catalogue: Catalogue,
    answers: Answers,
    mineral: str,
    holds: frozenset[Atom],
    *,
    level: str,
) -> str:
    """The step of advice: earlier for young children, a professional for infants."""
    policy, entry = catalogue.advice, catalogue.level[level]
    strong = atoms.risk(mineral, "strong") in holds
    step = entry.advice_with_strong_risk if strong else entry.advice
    age = answers.subject.age_days
    if age is not None and age < policy.earlier_below_days:
        step = min(step + 1, len(policy.steps) - 1)
    from_here = LEVELS.index(level) >= LEVELS.index(policy.professional_from)
    if age is not None and age < policy.professional_below_days and from_here:
        step = max(step, policy.professional_step)
    return policy.steps[step]


def _urgency(catalogue: Catalogue, holds: frozenset[Atom]) -> Urgency:
    level = next(name for name in reversed(URGENCIES) if _is_urgency(name, holds))
    reasons = [
        UrgencyReason(notice.id, notice.text, notice.grade, notice.sources)
        for notice in catalogue.flags
        if atoms.flag(notice.id) in holds
    ]
    reasons += [
        UrgencyReason(rule.id, rule.because, rule.grade, rule.sources)
        for rule in catalogue.rules
        if atoms.flag(rule.id) in holds
    ]
    return Urgency(level, catalogue.urgencies[level], tuple(reasons))


def _is_urgency(name: str, holds: frozenset[Atom]) -> bool:
    return name == URGENCIES[0] or atoms.urgency(name) in holds


def _notes(
    compiled: Compiled,
    answers: Answers,
    evaluation: Evaluation,
    candidates: tuple[Candidate, ...],
) -> Iterable[str]:
    for notice in compiled.catalogue.links:
        if atoms.link(notice.id) in evaluation.holds:
            yield notice.text
    neutral = _neutral(compiled, answers)
    if neutral:
        yield f"Understood, but no rule reads it: {', '.join(neutral)}."
    if not candidates:
        return
    mineral = candidates[0].mineral
    answered, asked = answered_share(compiled, answers, evaluation.holds, mineral)
    if 2 * answered < asked:
        yield (
            f"{answered} of {asked} questions that bear on {candidates[0].name.lower()}"
            " were answered. What was not said is unknown, not absent."
        )


def _neutral(compiled: Compiled, answers: Answers) -> list[str]:
    """What was understood and bears on nothing here, in the words of the person."""
    read = compiled.program.inputs
    vocabulary = compiled.vocabulary
    return [
        match.text
        for match in answers.recognised
        if match.kind in ("finding", "group")
        and not read.intersection(_atoms_of(match.id, vocabulary))
    ]


def _atoms_of(id_: str, vocabulary: Vocabulary) -> tuple[Atom, ...]:
    if id_ in vocabulary.finding:
        return atoms.observed(id_), atoms.excluded(id_)
    return atoms.in_group(id_), atoms.outside_group(id_)
