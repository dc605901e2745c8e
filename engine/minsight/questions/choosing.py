"""Choosing: which screen comes next, and how near the first end of an interview is.

Warning signs beside the complaint come first. Then comes what likely answers would
change, for what it costs to ask: a question that is followed by others costs more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from minsight.assessment.engine import Engine
from minsight.assessment.likelihood import Likelihood, at_least_one
from minsight.assessment.population import everybody
from minsight.intake.answers import Answers
from minsight.intake.facts import given_atoms, said_atom
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.questions.outline import Outline, QuestionScreen
from minsight.questions.outlook import Forecaster, Outlook
from minsight.questions.relevance import QuestionScope

LIKELY_CHANGE: Final = 0.05
"""The share of likely completions that may change the picture at the first end."""
EXPECTED: Final = 0.2
"""What the effect of one yes counts beside what likely completions change."""
OPEN_ENDED: Final = 0.02
"""What each point of worth of an entry adds to the effect of a yes to it alone."""
NOT_SO_RARE: Final = 0.01
"""From which likelihood on an entry is put among the first of its question."""
TESTS_WORTH: Final = 0.05
"""What asking for a value counts, as nobody knows what it will be."""


class Chooser:
    """Chooses among the screens for one person; `questions` can be asked at all."""

    def __init__(
        self,
        rules: Engine,
        start: Answers,
        scope: QuestionScope,
        questions: Sequence[str],
    ) -> None:
        self._rules, self._start = rules, start
        self._scope, self._questions = scope, questions
        person = start.subject
        self._likelihood = Likelihood(rules.guide, person.age_days, person.sex)
        self._outline = Outline(
            rules.guide,
            rules.vocabulary,
            age_days=person.age_days,
            sex=person.sex,
            clinician=scope.clinician,
        )

    def can_be_so(self, id_: str, present: Collection[str]) -> bool:
        """Whether the entry is asked of the person, and can be so once `present` is."""
        measured = id_ in self._rules.vocabulary.measurement
        return self._outline.asks(id_) and (
            measured or self._likelihood.of(id_, present) > 0
        )

    def warning(
        self,
        open_: Collection[str],
        replies: Mapping[str, object],
        told: Collection[str],
    ) -> QuestionScreen | None:
        """The warning signs beside what was told, asked once and before all else."""
        for family in self._outline.warnings(told, told):
            if not replies.keys().isdisjoint(family.items):
                return None
            items = tuple(id_ for id_ in family.items if id_ in open_)
            if items:
                covers = tuple((id_,) for id_ in items)
                return QuestionScreen("warning", family.title, items, covers)
        return None

    def screens(
        self,
        answers: Answers,
        remaining: Sequence[str],
        replies: Mapping[str, object],
    ) -> tuple[Sequence[QuestionScreen], Outlook]:
        """The screens, those first that are expected to change most for their cost.

        Past the first end those that close most, for then nothing is likely to change.
        """
        outlook, likely = self._outlook(answers, remaining)
        blame = outlook.blame
        worth = {
            id_: blame[id_]
            + EXPECTED * p * (outlook.effect(id_) + OPEN_ENDED * self._weight(id_))
            for id_, p in likely.items()
        }

        settled = outlook.share_changed <= LIKELY_CHANGE

        def expected(screen: QuestionScreen) -> float:
            worths = (worth.get(id_, TESTS_WORTH) for id_ in screen.entries)
            total = len(screen.entries) if settled else sum(worths)
            return total / self._cost(screen, likely)

        told, open_ = answers.present, frozenset(remaining)
        put_first = {i: w for i, w in worth.items() if likely[i] >= NOT_SO_RARE}
        screens = self._outline.screens(open_, replies, told, put_first)
        return sorted(screens, key=expected, reverse=True), outlook

    def _cost(self, screen: QuestionScreen, likely: Mapping[str, float]) -> float:
        """How many screens it is expected to take, with those that a yes leads to."""
        lines = zip(screen.asked, screen.covers, strict=True)
        return 1.0 + sum(self._follows(name, below, likely) for name, below in lines)

    def _follows(
        self, name: str, below: Sequence[str], likely: Mapping[str, float]
    ) -> float:
        """How many screens are expected to follow one line: none, if it is an entry."""
        if below == (name,):
            return 0.0
        opened = at_least_one([likely[id_] for id_ in below])
        question = self._rules.guide.question.get(name)
        if question is None:
            return opened
        parts = [[i for i in part.items if i in below] for part in question.parts]
        more = (at_least_one([likely[i] for i in some]) for some in parts)
        return opened + sum(more)

    def minerals(self, ids: Iterable[str]) -> frozenset[str]:
        """The minerals on which the entries bear."""
        return frozenset(m for id_ in ids for m in self._worth.get(id_, {}))

    def _outlook(
        self, answers: Answers, remaining: Sequence[str]
    ) -> tuple[Outlook, Mapping[str, float]]:
        """What open answers would change, and how likely each is."""
        rules = self._rules
        open_ = [id_ for id_ in remaining if id_ not in rules.vocabulary.measurement]
        present = answers.present
        likely = {id_: self._likelihood.of(id_, present) for id_ in open_}
        given = given_atoms(answers, rules.program, rules.vocabulary)
        return self._forecaster.outlook(given, open_, likely), likely

    def _weight(self, id_: str) -> int:
        return max(self._worth.get(id_, {}).values(), default=0)

    @cached_property
    def _forecaster(self) -> Forecaster:
        vocabulary = self._rules.vocabulary
        asked = [i for i in self._questions if i not in vocabulary.measurement]
        atoms_of = {
            id_: (
                said_atom(id_, vocabulary, present=True),
                said_atom(id_, vocabulary, present=False),
            )
            for id_ in asked
        }
        above = {id_: vocabulary.with_ancestors(id_) for id_ in asked}
        return Forecaster(everybody(self._rules), atoms_of, above)

    @cached_property
    def _worth(self) -> Mapping[str, Mapping[str, int]]:
        """What each question is worth to each mineral."""
        read: dict[str, dict[str, int]] = {}
        for rule in self._rules.catalogue.rules:
            worth = STRENGTH_OF[rule.kind, rule.strength].interview
            for id_ in (*rule.reads, *rule.reads_absent):
                minerals = read.setdefault(id_, {})
                minerals[rule.mineral] = max(worth, minerals.get(rule.mineral, 0))
        return {id_: dict(self._shown(id_, read)) for id_ in self._questions}

    def _shown(
        self, id_: str, read: Mapping[str, Mapping[str, int]]
    ) -> Iterator[tuple[str, int]]:
        """For each mineral the worth of all that the answer shows, weakest first."""
        found = [
            (mineral, worth)
            for name in self._rules.vocabulary.shown_by(id_)
            for mineral, worth in read.get(name, {}).items()
        ]
        yield from sorted(found, key=lambda pair: pair[1])


def screens_to_enough(screens: Iterable[QuestionScreen], outlook: Outlook) -> int:
    """How many of the screens in turn clear up what likely completions change."""
    changed, blame, seen, count = outlook.share_changed, outlook.blame, set[str](), 0
    for screen in screens:
        if changed <= LIKELY_CHANGE:
            break
        new = screen.entries - seen
        seen |= new
        count += bool(new)
        changed -= sum(blame.get(id_, 0.0) for id_ in new)
    return count if changed <= LIKELY_CHANGE else max(count, 1)
