"""What a quiz shows: a case, the answers, what fits and why, what was missed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from rich.text import Text

from minsight.ages import age_in_words
from minsight.api import Rules
from minsight.assessment.wording import joined
from minsight.cases.lesson_case import PUBLISHED
from minsight.cases.lessons import Lesson, LessonQuestion, Summary, Verdict
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import as_sentence, counted
from minsight_cli.rendering.text import heading, reasoning

MISSED_SHOWN: Final = 8
"""How many questions that were left out the end names."""


class LessonScreen:
    """Writes to standard output."""

    def __init__(self, rules: Rules) -> None:
        self._rules, self._vocabulary = rules, rules.vocabulary

    def introduction(self, cases: int) -> None:
        page = Page()
        page.line(f"{counted(cases, 'case')}. {self._rules.catalogue.footer}")
        page.line(
            "Ask what you would want to know: numbers, as in 1 4 7, or words. Then name"
            " the mineral whose lack fits, several with commas between, or none."
            " skip shows the answer, list the questions again, stop ends.",
            "quiet",
        )
        page.show()

    def case(self, lesson: Lesson, *, number: int, of: int) -> None:
        page = Page()
        page.blank()
        page.line(Text(f"Case {number} of {of}", "bold").append(_kind(lesson), "quiet"))
        page.line(f"{_person(lesson)} Told: {lesson.complaint}.")
        page.show()
        self.questions(lesson)

    def questions(self, lesson: Lesson, without: Container[str] = ()) -> None:
        """The questions that can be asked, without some."""
        page = Page()
        page.line(Text("What would you ask?", "bold"))
        for number, question in enumerate(lesson.questions, start=1):
            if question.id not in without:
                page.item(question.text, indent=2, lead=f"{number:>2}")
        page.show()

    def answers(self, questions: Sequence[LessonQuestion], lesson: Lesson) -> None:
        page = Page()
        for question in questions:
            number = lesson.questions.index(question) + 1
            line = Text(f"{question.text}: ").append(question.answer, "bold")
            page.item(line, indent=2, lead=f"{number:>2}")
        page.show()

    def help(self) -> None:
        page = Page()
        page.line(
            "Ask by number or in the words of the list, name a mineral or none, or"
            " say skip, list or stop. `minsight learn` lists the minerals."
        )
        page.show()

    def refuse(self, message: str) -> None:
        page = Page()
        page.line(as_sentence(message))
        page.show()

    def pause(self) -> None:
        page = Page()
        page.blank()
        page.line("Enter goes on to the next case; stop ends.", "quiet")
        page.show()

    # --- after the naming -------------------------------------------------------------

    def revealed(self, lesson: Lesson, found: Verdict) -> None:
        """What fits and why, why what was named wrongly does not, what was left out."""
        page = Page()
        page.blank()
        page.line(Text(self._judged(found), "bold"))
        page.line(f"{self._answer(lesson)} Source: {lesson.case.source}.")
        shown = lesson.fits | found.wrong
        for candidate in lesson.assessment.candidates:
            if candidate.mineral in shown:
                heading(page, candidate)
                reasoning(page, candidate, lesson.assessment, self._rules)
        silent = shown - {c.mineral for c in lesson.assessment.candidates}
        if silent:
            page.blank()
            page.line(f"Nothing in this case points to {self._names(silent)}.")
        self._urgency(page, lesson)
        self._unasked(page, found)
        page.show()

    def _judged(self, found: Verdict) -> str:
        if found.gave_up:
            return "Not named."
        if found.is_right:
            return "Right."
        right = f"{self._names(found.right)} is right; " if found.right else ""
        missed = f"missed: {self._names(found.missed)}" if found.missed else ""
        wrong = f"does not fit: {self._names(found.wrong)}" if found.wrong else ""
        told = right + "; ".join(part for part in (missed, wrong) if part)
        return as_sentence(told)

    def _answer(self, lesson: Lesson) -> str:
        if lesson.case.kind == PUBLISHED:
            if lesson.fits:
                return f"The source confirms a lack of {self._names(lesson.fits)}."
            return "The source found no lack of a mineral."
        if lesson.fits:
            return f"By the rules, a lack of {self._names(lesson.fits)} fits best."
        return "By the rules, no mineral fits more than in a few findings."

    def _urgency(self, page: Page, lesson: Lesson) -> None:
        urgency = lesson.assessment.urgency
        if urgency.reasons:
            page.blank()
            page.line(Text("Urgency: ", "bold").append(urgency.sentence, urgency.level))
            for reason in urgency.reasons:
                page.item(reason.message, indent=2)

    def _unasked(self, page: Page, found: Verdict) -> None:
        if not found.unasked:
            return
        page.blank()
        page.line(Text("You did not ask, and it changes the picture:", "bold"))
        for question in found.unasked:
            page.item(f"{question.text}: {question.answer}", indent=2)

    # --- the end ----------------------------------------------------------------------

    def summary(self, found: Summary, *, of: int) -> None:
        page = Page()
        page.blank()
        if not found.cases:
            page.line("No case was answered.")
            page.show()
            return
        asked = f"{found.right} of {found.cases} right"
        left = f"; {counted(of - found.cases, 'case')} left" if found.cases < of else ""
        page.line(Text(f"{asked}{left}.", "bold"))
        self._counts(page, "Missed", self._named(found.missed))
        self._counts(page, "Named, and did not fit", self._named(found.wrong))
        labels = [(self._vocabulary.label(id_), n) for id_, n in found.unasked]
        self._counts(page, "Worth asking, and not asked", labels)
        if found.missed:
            page.line("To read more:", "quiet")
        for id_, _ in found.missed:
            page.verbatim(f"minsight learn {id_}")
        page.show()

    def again(self, command: str) -> None:
        page = Page()
        page.line("The same cases again:", "quiet")
        page.verbatim(command)
        page.show()

    def _named(self, counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        return [(self._rules.profiles[id_].name, count) for id_, count in counts]

    def _counts(
        self, page: Page, title: str, counts: Sequence[tuple[str, int]]
    ) -> None:
        if not counts:
            return
        page.line(f"{title}:")
        for text, count in counts[:MISSED_SHOWN]:
            page.item(text if count == 1 else f"{text} ({count} times)", indent=2)
        if len(counts) > MISSED_SHOWN:
            page.item(f"{len(counts) - MISSED_SHOWN} more", indent=2)

    def _names(self, minerals: Iterable[str]) -> str:
        return joined(sorted(self._rules.profiles[m].name.lower() for m in minerals))


def _kind(lesson: Lesson) -> str:
    return f", {lesson.case.kind}"


def _person(lesson: Lesson) -> str:
    subject = lesson.case.subject
    age = subject.age_days
    words = [
        subject.sex or "",
        age_in_words(age) if age is not None else "age not known",
    ]
    told = ", ".join(word for word in words if word)
    return as_sentence(told)
