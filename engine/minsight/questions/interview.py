"""Interviews: asked as a clinician asks, with two ends that are both said.

An interview starts from what was said in free words and goes on screen by screen:
warning signs beside the complaint, then what is likely and would change most. The first
end is reached when nothing likely can change the first candidates; at the second no
answer that could still be given can: `assessment.standings` promises that. Which
question comes first is a matter of use alone: it changes no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.assessment.next_questions import is_answered
from minsight.intake.answers import Answers, enter
from minsight.intake.subject import Subject
from minsight.logic.atoms import Atom
from minsight.questions.choosing import Chooser, screens_to_enough
from minsight.questions.outline import ReplyWord, ScreenKind
from minsight.questions.relevance import QuestionScope
from minsight.questions.replies import (
    Replies,
    Reply,
    all_so,
    meant_by_replies,
    with_replies,
)
from minsight.questions.settling import Picture, Settling


class InterviewStep(msgspec.Struct, frozen=True):
    """Where an interview stands: what to ask next, and what else could be asked.

    `asked` are the names of what is put at once: entries, or questions and parts of the
    guide; it is empty at the second end. `remaining` are all entries whose answers can
    still matter, `bears_on` the minerals that the screen bears on, in order of rank.
    At the first end `enough` is true, and `could_change` are the entries of which one
    yes alone would still change the first candidates; before it, `to_enough` is about
    how many screens are left.
    """

    kind: ScreenKind
    title: str
    asked: tuple[str, ...]
    covers: frozenset[str]
    remaining: tuple[str, ...]
    bears_on: tuple[str, ...]
    picture: Picture
    enough: bool
    to_enough: int
    could_change: tuple[str, ...]


class Interview:
    """Asks about one subject. Keeps nothing between steps: replies are handed in.

    >>> import minsight
    >>> person = minsight.Subject(present=["always tired"], age="30", sex="f")
    >>> interview = Interview(minsight.load(), person)
    >>> step = interview.step({})
    >>> step.kind, step.enough, step.picture.first[0]
    ('warning', False, 'iron')

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
    """

    def __init__(
        self, rules: Engine, subject: Subject, *, clinician: bool = False
    ) -> None:
        self._rules = rules
        self._start = enter(subject, rules.vocabulary)
        minerals = rules.program.minerals
        self._scope = QuestionScope(
            rules.program, rules.vocabulary, rules.catalogue, minerals, clinician
        )
        self._settling = Settling(rules, self._start.subject, self._scope)
        self._entered: tuple[tuple[tuple[str, Reply], ...], Answers] | None = None

    @property
    def start(self) -> Answers:
        """What was said before the first question."""
        return self._start

    @property
    def can_be_asked(self) -> tuple[str, ...]:
        """All entries that the person can be asked about, in the vocabulary's order."""
        return self._settling.questions

    def step(self, replies: Replies) -> InterviewStep:
        """Where the interview stands after these replies, by name.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        meant = self.meant(replies)
        answers = self._answers(meant)
        evaluation = self._settling.evaluate(answers)
        picture = self._settling.picture(evaluation)
        open_ = self._open(answers, evaluation.holds, meant)
        changing = set(self._settling.remaining(answers, open_, picture))
        changing |= self._withdrawing(replies, meant, open_, picture)
        remaining = tuple(id_ for id_ in open_ if id_ in changing)
        warning = self._chooser.warning(open_, replies, answers.present)
        if not remaining and warning is None:
            return _ended(picture)
        screens, outlook = self._chooser.screens(answers, remaining, replies)
        screen = warning or screens[0]
        left = screens_to_enough(screens, outlook) + (warning is not None)
        minerals = self._chooser.minerals(screen.entries)
        return InterviewStep(
            kind=screen.kind,
            title=screen.title,
            asked=screen.asked,
            covers=screen.entries,
            remaining=remaining,
            bears_on=tuple(sorted(minerals, key=lambda m: _place(m, picture))),
            picture=picture,
            enough=left == 0,
            to_enough=left,
            could_change=outlook.could_change(),
        )

    def meant(self, replies: Replies) -> Replies:
        """The replies by entry: with what a no to a question denies or affirms.

        What was said to be so stays so, whatever question about it was denied.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        return meant_by_replies(
            replies,
            self._rules,
            asked=self._settling.questions,
            held=lambda said: self._settling.evaluate(self._answers(said)).holds,
            told=self._start.present,
        )

    def ticked(
        self, replies: Replies, asked: Iterable[str], chosen: Mapping[str, ReplyWord]
    ) -> Mapping[str, ReplyWord]:
        """The replies to a list of which some lines were ticked; the others are no.

        But for those that follow from a ticked one: a list makes no contradiction.
        """
        meant = self.meant({**replies, **chosen})
        holds = self._settling.evaluate(self._answers(meant)).holds
        so = all_so(holds, self._rules.vocabulary)
        return {n: chosen.get(n) or ("yes" if n in so else "no") for n in asked}

    def answers(self, replies: Replies) -> Answers:
        """What the person with the replies says, in ids.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        return self._answers(self.meant(replies))

    def subject(self, replies: Replies) -> Subject:
        """The subject with the replies, as `Rules.assess` takes it.

        Raises:
            SubjectError: when a reply is to no question of the rules, or is none.
        """
        return self._with(self.meant(replies))

    def assessment(self, replies: Replies) -> Assessment:
        """What the rules say of the same answers."""
        return self._rules.assess(self.subject(replies))

    def _with(self, meant: Replies) -> Subject:
        return with_replies(self._start.subject, meant, self._rules.vocabulary)

    def _answers(self, meant: Replies) -> Answers:
        said = tuple(meant.items())
        if self._entered is None or self._entered[0] != said:
            subject, vocabulary = self._with(meant), self._rules.vocabulary
            self._entered = said, enter(subject, vocabulary, keep_going=True)
        return self._entered[1]

    def _open(
        self, answers: Answers, holds: frozenset[Atom], meant: Replies
    ) -> tuple[str, ...]:
        """The entries that nobody answered and that can be so of this person."""
        return tuple(
            id_
            for id_ in self._settling.questions
            if id_ not in meant
            and not is_answered(id_, answers, holds, self._rules.vocabulary)
            and self._chooser.can_be_so(id_, answers.present)
        )

    def _withdrawing(
        self, replies: Replies, meant: Replies, open_: Sequence[str], picture: Picture
    ) -> frozenset[str]:
        """The open entries that can change the picture by what they take back.

        A no to a question may affirm something, which ends once an entry of the
        question that it left open is so. All that can end so is taken as not said: if
        that leaves the picture as it is and nothing to ask, no part of it matters.
        """
        guide = self._rules.guide
        affirming = [
            guide.question[name]
            for name, reply in replies.items()
            if reply == "no" and name in guide.question
        ]
        ending = [
            (id_, question)
            for question in affirming
            for id_ in question.affirms
            if id_ not in replies and not set(open_).isdisjoint(question.items)
        ]
        ends = {id_ for id_, _ in ending if meant.get(id_) == "yes"}
        if not ends:
            return frozenset()
        without = {id_: reply for id_, reply in meant.items() if id_ not in ends}
        answers = self._answers(without)
        evaluation = self._settling.evaluate(answers)
        then = self._settling.picture(evaluation)
        left = self._open(answers, evaluation.holds, without)
        same = (then.first, then.levels) == (picture.first, picture.levels)
        if same and not self._settling.remaining(answers, left, then):
            return frozenset()
        return frozenset(i for _, question in ending for i in question.items) & {*open_}

    @cached_property
    def _chooser(self) -> Chooser:
        questions = self._settling.questions
        return Chooser(self._rules, self._start, self._scope, questions)


def _ended(picture: Picture) -> InterviewStep:
    """Nothing is left to ask."""
    return InterviewStep(
        kind="list",
        title="",
        asked=(),
        covers=frozenset(),
        remaining=(),
        bears_on=(),
        picture=picture,
        enough=True,
        to_enough=0,
        could_change=(),
    )


def _place(mineral: str, picture: Picture) -> tuple[int, str]:
    order = picture.order
    return (order.index(mineral) if mineral in order else len(order)), mineral
