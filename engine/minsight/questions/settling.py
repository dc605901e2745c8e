"""Settling: how things stand for one person, and which entries can still matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from minsight.assessment.differential import level_of
from minsight.assessment.engine import Engine
from minsight.assessment.ranking import ranked
from minsight.assessment.standings import FIRST, Standings
from minsight.intake.answers import Answers
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Demographic
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import Evaluation
from minsight.logic.bounds import Bounder
from minsight.questions.relevance import (
    Asked,
    QuestionScope,
    answers_to,
    worth_asking_of,
)
from minsight.scales import LEVELS


class Picture(msgspec.Struct, frozen=True):
    """How things stand: the minerals in order, and the level of each."""

    order: tuple[str, ...]
    levels: Mapping[str, str]
    points: Mapping[str, int]

    @property
    def first(self) -> tuple[str, ...]:
        """The candidates that an interview is about."""
        return self.order[:FIRST]


class Settling:
    """Tells what can still change the first candidates of people like this one."""

    def __init__(self, rules: Engine, person: Subject, scope: QuestionScope) -> None:
        self._rules, self._scope = rules, scope
        self._person = person
        self._bounder = Bounder(rules.program)
        self._bearing: dict[frozenset[str], frozenset[Atom]] = {}

    @property
    def questions(self) -> tuple[str, ...]:
        """The entries that can be asked of the person, in the vocabulary's order."""
        return self._asked.ids

    def evaluate(self, answers: Answers) -> Evaluation:
        """What holds after these answers."""
        return self._rules.evaluate(self.given(answers), engine="reference")

    def given(self, answers: Answers) -> frozenset[Atom]:
        """What the answers say, as atoms."""
        return given_atoms(answers, self._rules.program, self._rules.vocabulary)

    def picture(self, evaluation: Evaluation) -> Picture:
        """How things stand then."""
        holds = evaluation.holds
        levels = {m: level_of(m, holds) for m in self._rules.program.minerals}
        links = [
            link for link in self._rules.catalogue.links if atoms.link(link.id) in holds
        ]
        order = ranked(levels, evaluation.points, self._base_rates, links)
        return Picture(tuple(order), levels, evaluation.points)

    def remaining(
        self, answers: Answers, open_: Sequence[str], picture: Picture
    ) -> tuple[str, ...]:
        """The open entries that can change the picture; none when it is settled."""
        contenders = self._contenders(answers, open_, picture)
        if not contenders:
            return ()
        bearing = self._bearing.get(contenders)
        if bearing is None:  # they stay the same over many screens
            bearing = self._asked.flow.leading_to(self._standing_of(contenders))
            self._bearing = {contenders: bearing}
        return tuple(
            id_ for id_ in open_ if not bearing.isdisjoint(answers_to(id_, self._scope))
        )

    def _standing_of(self, contenders: frozenset[str]) -> Iterator[Atom]:
        """All that the place of these minerals hangs on: level, points and links."""
        for mineral in contenders:
            yield from (atoms.level(mineral, level) for level in LEVELS)
        for point_sum in self._rules.program.point_sums:
            if point_sum.mineral in contenders:
                yield from (atom for atom, _ in point_sum.entries)
        for link in self._rules.catalogue.links:
            if link.first is not None and not contenders.isdisjoint(
                (link.first, *link.others)
            ):
                yield atoms.link(link.id)

    def _contenders(
        self, answers: Answers, open_: Iterable[str], picture: Picture
    ) -> frozenset[str]:
        bounds = self._bounder.bounds(
            self.given(answers),
            open_=[a for id_ in open_ for a in answers_to(id_, self._scope)],
        )
        links = self._rules.catalogue.links
        standings = Standings(bounds, self._base_rates, links)
        return standings.contenders(picture.first)

    @cached_property
    def _asked(self) -> Asked:
        days = self._person.age_days
        # INVARIANT: the upper bound is not included; ages are whole enough for this.
        below = None if days is None else days + 1e-6
        whom = Demographic(days, below, self._person.sex)
        return worth_asking_of(whom, self._scope)

    @cached_property
    def _base_rates(self) -> Mapping[str, int]:
        catalogue = self._rules.catalogue
        return {m: catalogue.profile[m].base_rate for m in self._rules.program.minerals}
