"""What to ask next: the unanswered questions that bear most on a mineral.

They are ordered by what a yes is worth and how likely it is; what cannot be so of the
person is not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Final

from minsight.assessment.likelihood import Likelihood
from minsight.intake.answers import Answers
from minsight.intake.subject import Subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Rule
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import STRENGTHS

MOST_TO_ASK_NEXT: Final = 3
ENOUGH: Final = "typical_pattern"
_FIRST_TWO: Final = itemgetter(0, 1)


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
    vocabulary = compiled.vocabulary
    return first_questions(
        one
        for one in Asking(compiled, answers.subject).by_worth(
            rules,
            covered=covered_steps(rules, holds),
            outside=frozenset(r.id for r in rules if _outside_ages(r, holds)),
            present=answers.present,
        )
        if not is_answered(one, answers, holds, vocabulary)
    )


def first_questions(order: Iterable[str]) -> tuple[str, ...]:
    """Those of the questions, best first, that an assessment shows."""
    return tuple(islice(order, MOST_TO_ASK_NEXT))


class Asking:
    """What may be asked of a person, and of all who are of the same age and sex."""

    def __init__(self, compiled: KnowledgeBase, person: Subject) -> None:
        self._person, self._vocabulary = person, compiled.vocabulary
        self._likelihood = Likelihood(compiled.guide, person.age_days, person.sex)
        self._open: dict[str, bool | None] = {}

    def by_worth(
        self,
        rules: Iterable[Rule],
        *,
        covered: Mapping[str | None, int],
        outside: Collection[str],
        present: Collection[str],
    ) -> tuple[str, ...]:
        """All ids of the rules that are worth asking about, best first.

        Answered or not: an answer takes a question out and changes nothing of the
        others. `covered` has the strongest step that each cluster has reached,
        `outside` the rules that are for other ages, `present` what is said to be there.
        """
        worth_of: dict[str, int] = {}
        for rule in rules:
            worth = rule_worth(rule)
            if worth == 0 or rule.id in outside:
                continue
            reached = covered.get(rule.cluster, -1)
            if rule.kind == "supports" and reached >= step_of(rule):
                continue
            for id_ in rule.reads:
                asked = self.may_not_apply(id_) is not None
                if asked and worth_of.get(id_, 0) < worth:
                    worth_of[id_] = worth
        found = [
            (self.may_not_apply(id_), -worth * chance, id_)
            for id_, worth in worth_of.items()
            if (chance := self.chance(id_, present))
        ]
        found.sort(key=_FIRST_TWO)
        return tuple(id_ for _, _, id_ in found)

    def chance(self, id_: str, present: Collection[str]) -> float:
        """How likely a yes is, once all that is `present` was said."""
        return self._likelihood.of(id_, present)

    def may_not_apply(self, id_: str) -> bool | None:
        """Whether it is for others than the person may be; None if not to be asked."""
        if id_ not in self._open:
            askable = _askable(id_, self._person, self._vocabulary)
            self._open[id_] = (
                _may_not_apply(id_, self._person, self._vocabulary) if askable else None
            )
        return self._open[id_]


def answered_share(
    compiled: KnowledgeBase, answers: Answers, holds: frozenset[Atom], mineral: str
) -> tuple[int, int]:
    """How many questions that bear on the mineral were answered, out of how many."""
    vocabulary = compiled.vocabulary
    bearing = bearing_questions(compiled, mineral, answers.subject)
    answered = [id_ for id_ in bearing if is_answered(id_, answers, holds, vocabulary)]
    return len(answered), len(bearing)


def bearing_questions(
    compiled: KnowledgeBase, mineral: str, person: Subject
) -> frozenset[str]:
    """The ids that bear on the mineral and that can be asked of this person."""
    return frozenset(
        id_
        for rule in compiled.catalogue.rules_of[mineral]
        if rule.kind in ("supports", "risk")
        for id_ in rule.reads
        if _fits(id_, person, compiled.vocabulary)
    )


def covered_steps(
    rules: Iterable[Rule], holds: frozenset[Atom]
) -> dict[str | None, int]:
    """The strongest step that each cluster has reached."""
    best: dict[str | None, int] = {}
    for rule in rules:
        if rule.kind == "supports" and atoms.evidence(rule.id) in holds:
            best[rule.cluster] = max(best.get(rule.cluster, -1), step_of(rule))
    return best


def step_of(rule: Rule) -> int:
    """The step of a rule about a finding, as it is written."""
    return STRENGTHS.index(rule.strength)


def rule_worth(rule: Rule) -> int:
    """What an answer is worth to a rule; 0 where nothing is asked for its sake."""
    return STRENGTH_OF[rule.kind, rule.strength].missing


def _outside_ages(rule: Rule, holds: frozenset[Atom]) -> bool:
    return bool(rule.ages) and all(atoms.outside_group(a) in holds for a in rule.ages)


def _askable(id_: str, person: Subject, vocabulary: Vocabulary) -> bool:
    finding = vocabulary.finding.get(id_)
    if finding is not None and (finding.told_only or not finding.lay):
        return False
    return _fits(id_, person, vocabulary)


def _fits(id_: str, person: Subject, vocabulary: Vocabulary) -> bool:
    """Whether the question can be put to a subject of this age and sex."""
    entry = vocabulary.entry(id_)
    if entry is None or getattr(entry, "derived", False):
        return False
    return entry.asked_of.may_be(person.age_days, person.sex)


def _may_not_apply(id_: str, person: Subject, vocabulary: Vocabulary) -> bool:
    """Whether the question is for some ages or one sex, and those are unknown."""
    entry = vocabulary.entry(id_)
    if entry is None:
        return True
    whom = entry.asked_of
    by_age = whom.from_days is not None or whom.below_days is not None
    return (by_age and person.age_days is None) or (
        whom.sex is not None and person.sex is None
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
    return not holds.isdisjoint(atoms_answering(id_))


@lru_cache(maxsize=4096)
def atoms_answering(id_: str) -> frozenset[Atom]:
    """The atoms of which any says that yes or no was said to it."""
    ways = (atoms.observed, atoms.excluded, atoms.in_group, atoms.outside_group)
    return frozenset(way(id_) for way in ways)
