"""A quiz on a terminal: case by case, what is asked, what is named, what was missed."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Final

from minsight.api import Rules
from minsight.cases.lessons import Lesson, LessonQuestion, Verdict, summary, verdict
from minsight.intake.recognition import recognise
from minsight.knowledge.mineral_names import mineral_names
from minsight_cli.dialogue.replies import Stopped, command_in, next_line
from minsight_cli.rendering.lesson import LessonScreen

_NUMBERS: Final = re.compile(r"\s*\d{1,2}(?:[\s,;]+(?:and\s+)?\d{1,2})*\s*")
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;+&/]|\band\b)\s*")
_LACK: Final = re.compile(
    r"\s+(?:lack|deficiency)$|^(?:(?:lack|deficiency)\s+of|low)\s+"
)


class Quiz:
    """Lessons on standard input and output, one after the other."""

    def __init__(self, rules: Rules, lessons: Sequence[Lesson]) -> None:
        self._rules, self._lessons = rules, lessons
        self._screen = LessonScreen(rules)
        self._minerals = mineral_names(rules.catalogue.profiles)
        self._verdicts: list[Verdict] = []

    def lead(self) -> None:
        """Put every case, until the last or until the learner stops.

        Raises:
            InputEnded: when nobody answers any more.
        """
        self._screen.introduction(len(self._lessons))
        try:
            for number, lesson in enumerate(self._lessons, start=1):
                if number > 1:
                    self._pause()
                self._screen.case(lesson, number=number, of=len(self._lessons))
                self._verdicts.append(self._tried(lesson))
        except Stopped:
            pass

    def conclude(self, again: str) -> None:
        """What was missed over all cases, and the command for the same ones."""
        self._screen.summary(summary(self._verdicts), of=len(self._lessons))
        self._screen.again(again)

    def _pause(self) -> None:
        """Leave the answer on the screen until it was read, where somebody reads."""
        if sys.stdin.isatty():
            self._screen.pause()
            if command_in(next_line()) == "stop":
                raise Stopped

    def _tried(self, lesson: Lesson) -> Verdict:
        """Answer what is asked until a mineral is named, then explain."""
        asked: dict[str, LessonQuestion] = {}
        while True:
            text = next_line()
            said = command_in(text)
            if said == "stop":
                raise Stopped
            named = self._named(text, said)
            if named is not None or said == "skip":
                found = verdict(lesson, asked=asked, named=named)
                self._screen.revealed(lesson, found)
                return found
            questions = self._asked(text, lesson)
            asked |= {question.id: question for question in questions}
            if questions:
                self._screen.answers(questions, lesson)
            elif said == "list":
                self._screen.questions(lesson, without=asked)
            else:
                self._screen.help()

    def _named(self, text: str, said: str) -> frozenset[str] | None:
        """The minerals that the text names; None when it says something else."""
        if said == "no":
            return frozenset()
        words = [_LACK.sub("", word) for word in _BETWEEN_NAMES.split(text.lower())]
        if all(word in self._minerals for word in words):
            return frozenset(self._minerals[word] for word in words)
        return None

    def _asked(self, text: str, lesson: Lesson) -> list[LessonQuestion]:
        """The questions with these numbers, or those that the words are about."""
        if _NUMBERS.fullmatch(text):
            return self._numbered(text, lesson)
        vocabulary = self._rules.vocabulary
        about = {
            id_
            for match in recognise(text, vocabulary).recognised
            for id_ in vocabulary.with_ancestors(match.id)
        }
        return [question for question in lesson.questions if question.id in about]

    def _numbered(self, text: str, lesson: Lesson) -> list[LessonQuestion]:
        numbers = [int(number) for number in re.findall(r"\d{1,2}", text)]
        last = len(lesson.questions)
        for number in numbers:
            if not 1 <= number <= last:
                self._screen.refuse(
                    f"there is no number {number}; choose from 1 to {last}"
                )
        return [
            lesson.questions[n - 1] for n in dict.fromkeys(numbers) if 1 <= n <= last
        ]
