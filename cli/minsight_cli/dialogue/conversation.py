"""A conversation on a terminal: what is asked, what is understood, what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from minsight.ages import parse_age
from minsight.api import Rules
from minsight.errors import SubjectError
from minsight.files.whole import written_whole
from minsight.intake.answers import enter
from minsight.intake.corrections import is_sure
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.subject import Subject
from minsight.questions.interview import Interview, InterviewStep
from minsight.questions.outline import ReplyWord
from minsight.questions.replies import REPLY_WORDS, is_question
from minsight.questions.session import ReplyValue, Session, session_json
from minsight.questions.voice import voice_for
from minsight.scales import URGENCIES
from minsight_cli.dialogue.asking_back import (
    AskingBack,
    TextPart,
    TextParts,
    is_pressing,
    problem_of,
    read_texts,
)
from minsight_cli.dialogue.given import (
    NUMBERS,
    chosen_lines,
    corrected_by,
    named_in,
    put_right,
    value_of,
)
from minsight_cli.dialogue.replies import (
    Stopped,
    WentBack,
    command_in,
    leading,
    next_line,
)
from minsight_cli.rendering.conversation import Screen, TalkEnd
from minsight_cli.reproducing import check_command

_WHICH: Final = "Which of them? Give their numbers, as in `1 3`, or name them."
_YES_NO: Final = frozenset({"yes", "no"})
_REPLIES: Final[Mapping[str, ReplyWord]] = {word: word for word in REPLY_WORDS}
_Replies: TypeAlias = dict[str, ReplyWord | ReplyValue]


class Conversation:
    """One interview on standard input and output.

    Every reply is kept in `save`, if that is a file, before the next question. With
    `asking_back`, words that were read in doubt or not at all can be put right.
    """

    def __init__(
        self,
        rules: Rules,
        session: Session,
        *,
        save: Path | None = None,
        asking_back: bool = False,
    ) -> None:
        self._rules, self._save = rules, save
        self._asking_back = asking_back
        self._session = session
        self._screen = Screen(rules)
        self._urgency: str = URGENCIES[0]
        self._end: TalkEnd = "stopped"
        self._past: set[TalkEnd] = set()
        self._led: tuple[tuple[Subject, bool], Interview] | None = None

    # --- the course of it -------------------------------------------------------------

    def lead(self) -> None:
        """Ask until nothing can change, or until the person stops."""
        begun = self._session.told or self._session.steps
        if begun:
            self._screen.resumed(len(self._session.steps), self._session.fingerprint)
            self._warn()
        else:
            self._screen.introduction(clinician=self._session.clinician)
        try:
            if not begun:
                self._ask_who()
                self._hear(
                    "What is wrong? In your own words, several at once if you like"
                )
                self._hear(
                    "Anything to know about the person: pregnancy, feeding or diet,"
                    " medicines, illnesses, operations",
                )
            self._ask_questions()
        except Stopped:
            pass

    def conclude(self, *, full: bool) -> None:
        """The assessment of all that was said, and the command that repeats it."""
        subject = self._interview().subject(self._session.replies)
        if subject.says_nothing:
            self._screen.nothing_was_said()
            return
        self._screen.ended(self._end)
        assessment = self._rules.assess(subject)
        self._screen.assessment(assessment, full=full)
        self._screen.command(check_command(subject))

    def say_how_to_go_on(self) -> None:
        """What was said so far is in the file, or in a command line."""
        subject = self._interview().subject(self._session.replies)
        self._screen.interrupted(
            self._save, None if subject.says_nothing else check_command(subject)
        )

    # --- who it is and what is wrong --------------------------------------------------

    def _ask_who(self) -> None:
        if self._session.age_days is None:
            self._until_accepted(
                "How old is the person? (`28`, `9mo`, `12d`; Enter if unknown)",
                self._take_age,
            )
        if self._session.sex is None:
            self._until_accepted("Female or male? (Enter if unknown)", self._take_sex)

    def _take_age(self, text: str) -> None:
        try:
            self._change(age_days=parse_age(text))
        except ValueError as error:
            raise SubjectError(str(error)) from None

    def _take_sex(self, text: str) -> None:
        self._change(sex=Subject(sex=text).sex)

    def _until_accepted(self, question: str, take: Callable[[str], None]) -> None:
        self._screen.ask(question)
        while True:
            text = self._read_here()
            if not text or command_in(text) in ("skip", "unsure"):
                return
            try:
                take(text)
            except SubjectError as error:
                self._screen.refuse(str(error))
            else:
                return

    def _hear(self, question: str) -> None:
        """Free words, line by line, until an empty one."""
        self._screen.ask(f"{question}. (An empty line goes on.)")
        while text := self._read_here():
            if command_in(text) in ("no", "skip"):
                return
            self._take_words(text)

    def _take_words(self, text: str) -> bool:
        """Words are taken when they do not contradict other words.

        What was replied before gives way: whoever speaks may correct a list.
        """
        part = TextPart("present", text, recognise(text, self._rules.vocabulary))
        self._take_back([part.meaning])
        told = msgspec.structs.replace(self._session, told=(*self._session.told, text))
        try:
            interview = self._rules.interview(told.subject)
            enter(interview.subject(told.replies), self._rules.vocabulary)
        except SubjectError as error:
            self._screen.refuse(str(error))
            return False
        if self._asking_back and not is_sure(part.meaning):
            return self._put_right(part, told)
        self._screen.understood(part.meaning)
        return self._keep_words(part, told)

    def _take_back(self, meanings: Iterable[Meaning]) -> None:
        """Replies that do not fit what is said now count no more.

        Whether or not the words are taken in the end: what they are about is asked
        again then, and nothing is denied in the meantime.
        """
        session, back = corrected_by(self._session, meanings, self._rules.vocabulary)
        if back:
            self._screen.corrected(back)
            self._keep(session)

    def _keep_words(self, part: TextPart, told: Session) -> bool:
        """Keep words as they were said; gives whether any of them was understood.

        What was not understood may be a warning sign, and stays told to the end.
        """
        self._keep(told)
        self._warn()
        return bool(part.meaning.recognised)

    # --- asking back ------------------------------------------------------------------

    def _put_right(self, part: TextPart, told: Session) -> bool:
        """Ask about words in doubt; what was said until they stop is kept."""
        vocabulary = self._rules.vocabulary
        self._warn(told)  # before anything is asked
        asking = AskingBack(vocabulary, (part,), problem=self._problem)
        kept = False
        try:
            asking.ask(self._read_line)
        finally:
            if asking.parts == (part,):
                kept = self._keep_words(part, told)
            elif asking.problem:
                self._screen.refuse(asking.problem)
            else:
                self._take_back(part.meaning for part in asking.parts)
                self._keep(put_right(self._session, asking.parts, vocabulary))
                self._warn()
                kept = True
        return kept

    def _problem(self, now: TextParts) -> str:
        """What contradicts the words, but for replies that they correct."""
        vocabulary = self._rules.vocabulary
        meanings = (part.meaning for part in now)
        session, _ = corrected_by(self._session, meanings, vocabulary)
        person = self._interview().subject(session.replies)
        before = read_texts(person, vocabulary)
        return problem_of(person, (*before, *now), vocabulary)

    # --- questions --------------------------------------------------------------------

    def _ask_questions(self) -> None:
        while not self._ends_with_an_emergency():
            step = self._interview().step(self._session.replies)
            if not step.asked:
                self._end = "proven"
                return
            if step.enough and not self._goes_past("enough", step):
                return
            try:
                answer = self._answer_to(step)
            except WentBack:
                self._go_back()
                continue
            if answer:
                self._change(steps=(*self._session.steps, answer))
                self._warn()

    def _ends_with_an_emergency(self) -> bool:
        """After an emergency nothing more is asked, unless they ask for it."""
        return self._urgency == URGENCIES[-1] and not self._goes_past("emergency")

    def _goes_past(self, end: TalkEnd, step: InterviewStep | None = None) -> bool:
        """Whether they go on where the interview could end; each end is told once."""
        if end not in self._past:
            self._end = end
            self._screen.could_end(end, step)
            if command_in(self._read_here()) != "yes":
                return False
            self._past.add(end)
            self._end = "stopped"
        return True

    def _answer_to(self, step: InterviewStep) -> _Replies:
        """What was replied to a screen; empty when words were told instead."""
        voice = voice_for(self._interview().start.subject.age_days)
        number = len(self._session.steps) + 1
        is_value = step.kind == "value"
        self._screen.question(step, number=number, voice=voice)
        while True:
            text = self._read()
            said = command_in(text)
            if said == "why":
                self._screen.why(step)
            elif not text or said == "help" or (is_value and said in _YES_NO):
                self._screen.help(step)
            elif said == "yes" and len(step.asked) > 1:
                self._screen.ask(_WHICH)
            elif said in _REPLIES:
                return dict.fromkeys(step.asked, _REPLIES[said])
            elif (answer := self._other_answer(text, step)) is not None:
                return answer

    def _other_answer(self, text: str, step: InterviewStep) -> _Replies | None:
        """Numbers of a list, a value, or words; None when it was none of these."""
        if NUMBERS.fullmatch(text) and len(step.asked) > 1:
            return self._chosen(text, step.asked)
        if step.kind == "value":
            return self._value(text, step.asked[0])
        if not re.search(r"[^\W\d_]", text):
            self._screen.help(step)
            return None
        return self._words(text, step)

    def _words(self, text: str, step: InterviewStep) -> _Replies | None:
        """Words that name lines of a list, open a question, or tell something else.

        They may stand behind a yes or no, as in "no, but my nails break".
        """
        lead, words = leading(text)
        reply = _REPLIES.get(lead)
        named = named_in(words, step.asked, self._rules)
        if reply == "yes" and len(step.asked) > 1 and not named:
            self._screen.ask(_WHICH)
            return None
        taken = self._take_words(words)
        guide = self._rules.guide
        answer: _Replies = {n: "yes" for n in named if is_question(n, guide)}
        if reply is not None:
            answer |= {n: reply for n in step.asked if n not in named}
            return answer
        return answer if taken else None

    def _chosen(self, text: str, asked: tuple[str, ...]) -> _Replies | None:
        """The lines with these numbers; the others of the list count as no.

        But for those that follow from a line with a number, which are then so too.
        """
        try:
            chosen = chosen_lines(text, asked)
        except SubjectError as error:
            self._screen.refuse(str(error))
            return None
        return {**self._interview().ticked(self._session.replies, asked, chosen)}

    def _value(self, text: str, id_: str) -> _Replies | None:
        try:
            return {id_: value_of(text, id_, self._rules.vocabulary)}
        except SubjectError as error:
            self._screen.refuse(str(error))
            return None

    def _go_back(self) -> None:
        if self._session.steps:
            self._change(steps=self._session.steps[:-1])
        elif self._session.told:
            self._screen.forgotten(self._session.told[-1])
            self._change(told=self._session.told[:-1])
        else:
            self._screen.refuse("nothing has been said yet that could be taken back")

    # --- in and out -------------------------------------------------------------------

    def _read(self) -> str:
        """One line from the person; raises `WentBack` when they ask for that."""
        text = self._read_line()
        if command_in(text) == "back":
            raise WentBack
        return text

    def _read_line(self) -> str:
        text = next_line()
        if command_in(text) == "stop":
            raise Stopped
        return text

    def _read_here(self) -> str:
        """A line, where there is no question yet to go back to."""
        while command_in(text := self._read_line()) == "back":
            self._go_back()
        return text

    def _interview(self) -> Interview:
        """The interview about the person as they were described so far."""
        session = self._session
        person = (session.subject, session.clinician)
        if self._led is None or self._led[0] != person:
            led = self._rules.interview(person[0], clinician=person[1])
            self._led = (person, led)
        return self._led[1]

    def _warn(self, told: Session | None = None) -> None:
        """Say at once when what was said, or is being told, makes it urgent."""
        if told is None:
            person = self._interview().subject(self._session.replies)
        else:
            person = self._rules.interview(told.subject).subject(told.replies)
        assessment = self._rules.assess(person, keep_going=True)
        level = assessment.urgency.level
        more = URGENCIES.index(level) > URGENCIES.index(self._urgency)
        if more and is_pressing(assessment):
            self._screen.urgent(assessment)
        self._urgency = level

    def _change(self, **fields: object) -> None:
        self._keep(msgspec.structs.replace(self._session, **fields))

    def _keep(self, session: Session) -> None:
        self._session = session
        if self._save is not None:
            with written_whole(self._save, private=True) as file:
                file.write(session_json(self._session))
