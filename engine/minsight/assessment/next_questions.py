"""What to ask next: the unanswered questions that bear most on a mineral.

They are ordered by what a yes is worth and how likely it is; what cannot be so of the
person is not asked.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from minsight.assessment.likelihood import Likelihood
from minsight.intake.answers import Answers
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Rule
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import STRENGTHS

_MOST_QUESTIONS: Final = 3
ENOUGH: Final = "typical_pattern"


def missing_questions(
    compiled: KnowledgeBase, answers: Answers, holds: frozenset[Atom], mineral: str
) -> tuple[str, ...]:
    """Up to three ids of findings and groups worth asking about, best first.

    Worth asking is what nobody answered, what fits the age and sex of the subject, what
    a lay person can answer, and what a stronger finding of its cluster does not cover.
    Where only a test could lead further, there is nothing to ask.
    """
    if atoms.at_level(mineral, ENOUGH) in holds:
        return ()
    rules = compiled.catalogue.rules_of[mineral]
    covered = _covered(rules, holds)
    ranked: dict[str, int] = {}
    for rule in rules:
        worth = STRENGTH_OF[rule.kind, rule.strength].missing
        if worth == 0 or _outside_ages(rule, holds):
            continue
        if rule.kind == "supports" and covered.get(rule.cluster, -1) >= _step(rule):
            continue
        for id_ in rule.reads:
            if ranked.get(id_, 0) < worth and _askable(
                id_, answers, holds, compiled.vocabulary
            ):
                ranked[id_] = worth
    person = answers.subject
    likelihood = Likelihood(compiled.guide, person.age_days, person.sex)
    likely = {id_: likelihood.of(id_, answers.present) for id_ in ranked}
    order = sorted(
        filter(likely.get, ranked),
        key=lambda id_: (
            _may_not_apply(id_, answers, compiled.vocabulary),
            -ranked[id_] * likely[id_],
        ),
    )
    return tuple(order[:_MOST_QUESTIONS])


def answered_share(
    compiled: KnowledgeBase, answers: Answers, holds: frozenset[Atom], mineral: str
) -> tuple[int, int]:
    """How many questions that bear on the mineral were answered, out of how many."""
    vocabulary = compiled.vocabulary
    bearing = {
        id_
        for rule in compiled.catalogue.rules_of[mineral]
        if rule.kind in ("supports", "risk")
        for id_ in rule.reads
        if _fits(id_, answers, vocabulary)
    }
    answered = [id_ for id_ in bearing if is_answered(id_, answers, holds, vocabulary)]
    return len(answered), len(bearing)


def _covered(rules: tuple[Rule, ...], holds: frozenset[Atom]) -> dict[str | None, int]:
    """The strongest step that each cluster has reached."""
    best: dict[str | None, int] = {}
    for rule in rules:
        if rule.kind == "supports" and atoms.evidence(rule.id) in holds:
            best[rule.cluster] = max(best.get(rule.cluster, -1), _step(rule))
    return best


def _step(rule: Rule) -> int:
    return STRENGTHS.index(rule.strength)


def _outside_ages(rule: Rule, holds: frozenset[Atom]) -> bool:
    return bool(rule.ages) and all(atoms.outside_group(a) in holds for a in rule.ages)


def _askable(
    id_: str, answers: Answers, holds: frozenset[Atom], vocabulary: Vocabulary
) -> bool:
    finding = vocabulary.finding.get(id_)
    if finding is not None and (finding.told_only or not finding.lay):
        return False
    return _fits(id_, answers, vocabulary) and not is_answered(
        id_, answers, holds, vocabulary
    )


def _fits(id_: str, answers: Answers, vocabulary: Vocabulary) -> bool:
    """Whether the question can be put to a subject of this age and sex."""
    entry = vocabulary.entry(id_)
    if entry is None or getattr(entry, "derived", False):
        return False
    return entry.asked_of.may_be(answers.subject.age_days, answers.subject.sex)


def _may_not_apply(id_: str, answers: Answers, vocabulary: Vocabulary) -> bool:
    """Whether the question is for some ages or one sex, and those are unknown."""
    entry = vocabulary.entry(id_)
    if entry is None:
        return True
    whom, subject = entry.asked_of, answers.subject
    by_age = whom.from_days is not None or whom.below_days is not None
    return (by_age and subject.age_days is None) or (
        whom.sex is not None and subject.sex is None
    )


def is_answered(
    id_: str, answers: Answers, holds: frozenset[Atom], vocabulary: Vocabulary
) -> bool:
    """Whether yes, no or not sure was said to it, itself or through the taxonomy."""
    if id_ in answers.unsure or not answers.absent.isdisjoint(
        vocabulary.with_ancestors(id_)
    ):
        return True
    if any(value.measurement == id_ for value in answers.values):
        return True
    return not holds.isdisjoint(_answers_to(id_))


@lru_cache(maxsize=4096)
def _answers_to(id_: str) -> frozenset[Atom]:
    ways = (atoms.observed, atoms.excluded, atoms.in_group, atoms.outside_group)
    return frozenset(way(id_) for way in ways)
