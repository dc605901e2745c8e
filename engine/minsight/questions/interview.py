"""Interviews: the next question that can change the picture most, and when to stop.

An interview starts from what was said in free words and goes on question by question.
It is over when no answer that could still be given can change the first candidates or
their levels; `assessment.standings` promises that. Which question comes first is a
matter of use alone: it changes no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from minsight.assessment.differential import level_of
from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.assessment.next_questions import is_answered
from minsight.assessment.ranking import ranked
from minsight.assessment.standings import FIRST, Standings
from minsight.errors import SubjectError, quoted
from minsight.intake.answers import Answers, enter
from minsight.intake.facts import given_atoms
from minsight.intake.status import OF_ANSWER, in_lists
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.knowledge.vocabulary import Demographic, Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import Evaluation
from minsight.logic.bounds import Bounder
from minsight.logic.dependencies import Flow
from minsight.questions.relevance import (
    QuestionScope,
    answers_to,
    entry_of,
    section_of,
    worth_asking_of,
)
from minsight.scales import LEVELS

ReplyWord: TypeAlias = Literal["yes", "no", "unsure", "skip"]
REPLY_WORDS: Final[tuple[ReplyWord, ...]] = get_args(ReplyWord)
Reply: TypeAlias = ReplyWord | Measurement
"""An answer to a question; to a question for a value, the value."""

LOOKED_AT: Final = 15
"""Of how many promising questions the effect of a yes is worked out."""
MOST_TOGETHER: Final = 8
"""How many questions of one section are put as one list."""
FURTHER_DOWN: Final = 0.85
"""What a question loses with each place that its mineral stands further down."""
NOT_YET_THERE: Final = 0.02
GROUPS_WORTH: Final = 0.7
"""Most people belong to few risk groups; a complaint is met more often."""
TESTS_WORTH: Final = 0.3
"""Few people know results of tests, and fewer those that nobody asked for."""


class Picture(msgspec.Struct, frozen=True):
    """How things stand: the minerals in order, and the level of each."""

    order: tuple[str, ...]
    levels: Mapping[str, str]
    points: Mapping[str, int]

    @property
    def first(self) -> tuple[str, ...]:
        """The candidates that an interview is about."""
        return self.order[:FIRST]


class InterviewStep(msgspec.Struct, frozen=True):
    """Where an interview stands: what to ask next, and what else could be asked.

    `asked` is the one question, or a list of one section, the most useful first; it
    is empty when the interview is over. `remaining` are all whose answers can still
    matter, `bears_on` the minerals that the question bears on, in order of rank.
    """

    asked: tuple[str, ...]
    section: str
    remaining: tuple[str, ...]
    bears_on: tuple[str, ...]
    picture: Picture


class Interview:
    """Asks about one subject. Keeps nothing between steps: replies are handed in.

    One question is asked at a time; `together` puts those of a section as a list.

    >>> import minsight
    >>> person = minsight.Subject(present=["always tired"], age="30", sex="f")
    >>> interview = Interview(minsight.load(), person)
    >>> step = interview.step({})
    >>> step.asked[0] in step.remaining, step.picture.first[0]
    (True, 'iron')

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
    """

    def __init__(
        self,
        rules: Engine,
        subject: Subject,
        *,
        clinician: bool = False,
        together: bool = False,
    ) -> None:
        self._rules, self._clinician, self._lists = rules, clinician, together
        self._start = enter(subject, rules.vocabulary)

    @property
    def start(self) -> Answers:
        """What was said before the first question."""
        return self._start

    def step(self, replies: Mapping[str, Reply]) -> InterviewStep:
        """Where the interview stands after these replies, by question.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        answers = self._answers(replies)
        evaluation = self._evaluate(answers)
        picture = self._picture(evaluation)
        remaining = self._remaining(answers, evaluation.holds, replies)
        if not remaining:
            return InterviewStep((), "", (), (), picture)
        first = self._most_useful(remaining, answers, picture)
        section = self._section(first)
        asked = self._together(first, remaining, picture)
        minerals = {mineral for id_ in asked for mineral in self._worth[id_]}
        bears_on = tuple(sorted(minerals, key=lambda m: _place(m, picture)))
        return InterviewStep(asked, section, remaining, bears_on, picture)

    def subject(self, replies: Mapping[str, Reply]) -> Subject:
        """The subject with the replies, as `Rules.assess` takes it.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        person, vocabulary = self._start.subject, self._rules.vocabulary
        _refuse_unknown(replies, vocabulary)
        findings_first = sorted(replies, key=vocabulary.group.__contains__)
        said = [
            (id_, OF_ANSWER[reply])
            for id_ in findings_first
            if isinstance(reply := replies[id_], str) and reply in OF_ANSWER
        ]
        lists = in_lists(said, vocabulary.group)
        values = [given for given in replies.values() if isinstance(given, Measurement)]
        return replace(
            person,
            present=(*person.present, *lists["present"]),
            absent=(*person.absent, *lists["absent"]),
            unsure=(*person.unsure, *lists["unsure"]),
            groups=(*person.groups, *lists["groups"]),
            not_groups=(*person.not_groups, *lists["not_groups"]),
            measurements=(*person.measurements, *values),
        )

    def assessment(self, replies: Mapping[str, Reply]) -> Assessment:
        """What the rules say of the same answers."""
        return self._rules.assess(self.subject(replies))

    # --- what is known ----------------------------------------------------------------

    def _answers(self, replies: Mapping[str, Reply]) -> Answers:
        return enter(self.subject(replies), self._rules.vocabulary, keep_going=True)

    def _evaluate(self, answers: Answers) -> Evaluation:
        rules = self._rules
        given = given_atoms(answers, rules.program, rules.vocabulary)
        return rules.evaluate(given, engine="reference")

    def _picture(self, evaluation: Evaluation) -> Picture:
        holds = evaluation.holds
        levels = {m: level_of(m, holds) for m in self._rules.program.minerals}
        links = [
            link for link in self._rules.catalogue.links if atoms.link(link.id) in holds
        ]
        order = ranked(levels, evaluation.points, self._base_rates, links)
        return Picture(tuple(order), levels, evaluation.points)

    # --- what can still matter --------------------------------------------------------

    def _remaining(
        self, answers: Answers, holds: frozenset[Atom], replies: Mapping[str, Reply]
    ) -> tuple[str, ...]:
        """The open questions that can change the picture; none when it is settled."""
        open_ = [
            id_
            for id_ in self._questions
            if id_ not in replies
            and not is_answered(id_, answers, holds, self._rules.vocabulary)
        ]
        contenders = self._contenders(answers, open_)
        if not contenders:
            return ()
        bearing = self._flow.leading_to(self._standing_of(contenders))
        return tuple(
            id_
            for id_ in open_
            if not bearing.isdisjoint(answers_to(id_, self._search))
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

    def _contenders(self, answers: Answers, open_: Iterable[str]) -> frozenset[str]:
        rules = self._rules
        bounds = self._bounder.bounds(
            given_atoms(answers, rules.program, rules.vocabulary),
            open_=[a for id_ in open_ for a in answers_to(id_, self._search)],
        )
        standings = Standings(bounds, self._base_rates, rules.catalogue.links)
        picture = self._picture(self._evaluate(answers))
        return standings.contenders(picture.first)

    # --- which question ---------------------------------------------------------------

    def _most_useful(
        self, remaining: Iterable[str], answers: Answers, picture: Picture
    ) -> str:
        """The question of which a yes changes most, among the most promising ones."""
        promising = sorted(remaining, key=lambda id_: -self._promise(id_, picture))[
            :LOOKED_AT
        ]
        return max(
            promising,
            key=lambda id_: (
                self._promise(id_, picture) ** 0.5 * self._effect(id_, answers, picture)
            ),
        )

    def _together(
        self, first: str, remaining: Iterable[str], picture: Picture
    ) -> tuple[str, ...]:
        """The question; in lists, with the most promising others of its section.

        A value is asked alone. So is a question to which nothing of the kind is left.
        """
        if not self._lists or first in self._rules.vocabulary.measurement:
            return (first,)
        section = self._section(first)
        others = [
            id_ for id_ in remaining if id_ != first and self._section(id_) == section
        ]
        others.sort(key=lambda id_: -self._promise(id_, picture))
        return (first, *others[: MOST_TOGETHER - 1])

    def _section(self, id_: str) -> str:
        return section_of(entry_of(id_, self._rules.vocabulary))

    def _promise(self, id_: str, picture: Picture) -> float:
        """What the question is worth to the minerals, the first ones most."""
        total = sum(
            worth
            * (
                FURTHER_DOWN ** picture.order.index(mineral)
                if mineral in picture.order
                else NOT_YET_THERE
            )
            for mineral, worth in self._worth.get(id_, {}).items()
        )
        vocabulary = self._rules.vocabulary
        finding = vocabulary.finding.get(id_)
        if id_ in vocabulary.measurement or (finding and finding.kind == "lab"):
            return total * TESTS_WORTH
        return total * (GROUPS_WORTH if id_ in vocabulary.group else 1.0)

    def _effect(self, id_: str, answers: Answers, before: Picture) -> float:
        """How much a yes would change of the first candidates and their levels."""
        if id_ in self._rules.vocabulary.measurement:
            return 1.0
        yes = msgspec.structs.replace(answers, present=answers.present | {id_})
        after = self._picture(self._evaluate(yes))
        change = 3.0 if after.first[:1] != before.first[:1] else 0.0
        for mineral in {*before.first, *after.first}:
            steps = LEVELS.index(after.levels[mineral])
            steps -= LEVELS.index(before.levels[mineral])
            points = after.points[mineral] - before.points[mineral]
            moved = (mineral in before.first) != (mineral in after.first)
            change += abs(steps) + 0.1 * abs(points) + moved
        return change

    # --- made once --------------------------------------------------------------------

    @cached_property
    def _search(self) -> QuestionScope:
        rules = self._rules
        return QuestionScope(
            rules.program,
            rules.vocabulary,
            rules.catalogue,
            rules.program.minerals,
            self._clinician,
        )

    @cached_property
    def _asked(self) -> tuple[tuple[str, ...], Flow]:
        person = self._start.subject
        days = person.age_days
        # INVARIANT: the upper bound is not included; ages are whole enough for this.
        whom = Demographic(days, None if days is None else days + 1e-6, person.sex)
        asked = worth_asking_of(whom, self._search)
        return asked.ids, asked.flow

    @property
    def _questions(self) -> tuple[str, ...]:
        """The questions that can be put to the subject, in the vocabulary's order."""
        return self._asked[0]

    @property
    def _flow(self) -> Flow:
        return self._asked[1]

    @cached_property
    def _bounder(self) -> Bounder:
        return Bounder(self._rules.program)

    @cached_property
    def _base_rates(self) -> Mapping[str, int]:
        catalogue = self._rules.catalogue
        return {m: catalogue.profile[m].base_rate for m in self._rules.program.minerals}

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


def _refuse_unknown(replies: Mapping[str, Reply], vocabulary: Vocabulary) -> None:
    for id_, reply in replies.items():
        if vocabulary.entry(id_) is None and id_ not in vocabulary.measurement:
            raise SubjectError(
                f"there is a reply to {quoted(id_)}, which these rules do not ask about"
            )
        if not isinstance(reply, Measurement) and reply not in REPLY_WORDS:
            raise SubjectError(
                f"{quoted(reply)} is not a reply to {quoted(id_)}; give"
                f" {', '.join(REPLY_WORDS)} or a measurement"
            )


def _place(mineral: str, picture: Picture) -> tuple[int, str]:
    order = picture.order
    return (order.index(mineral) if mineral in order else len(order)), mineral
