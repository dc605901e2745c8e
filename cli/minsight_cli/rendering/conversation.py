"""What an interview shows: questions, what was understood, warnings, the end."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.model import Assessment
from minsight.assessment.wording import joined
from minsight.intake.recognition import Meaning
from minsight.knowledge.vocabulary import Group
from minsight.questions.interview import InterviewStep
from minsight.scales import LEVELS
from minsight_cli.rendering.brief import show_assessment
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import as_sentence, id_in_words
from minsight_cli.rendering.text import taken_for

_OTHER_WORDS: Final = 3
"""How many other words for a finding stand beside a single question."""
MINERALS_NAMED: Final = 8


def say_that_input_ended() -> None:
    """Of every dialogue: nobody answers any more."""
    page = Page()
    page.blank()
    page.line("The input ended.")
    page.show()


class Screen:
    """Writes to standard output."""

    def __init__(self, rules: Rules) -> None:
        self._rules, self._vocabulary = rules, rules.vocabulary

    def introduction(self, *, clinician: bool, together: bool) -> None:
        page = Page()
        of_lists = "; of a list, the numbers that apply" if together else ""
        page.line("An interview about one person. " + self._rules.catalogue.footer)
        page.line(
            f"Answer yes, no or not sure{of_lists}. skip leaves a question out, back"
            " takes the last reply back, why says what it is for, stop ends. Anything"
            " else is read as words about the person.",
            "quiet",
        )
        if clinician:
            page.line("Signs and measurements are asked about too.", "quiet")
        page.blank()
        page.show()

    def resumed(self, questions: int, fingerprint: str) -> None:
        page = Page()
        count = "1 question" if questions == 1 else f"{questions} questions"
        page.line(f"Going on with the saved interview, after {count}.")
        if fingerprint != self._rules.fingerprint:
            page.line(
                "The rules have changed since; the replies count by the new ones."
            )
        page.blank()
        page.show()

    def ask(self, question: str) -> None:
        page = Page()
        page.line(Text(question, "bold"))
        page.show()

    def question(self, step: InterviewStep, *, number: int) -> None:
        page = Page()
        page.blank()
        left = len(step.remaining)
        answers = "1 answer" if left == 1 else f"{left} answers"
        page.line(f"Question {number}; {answers} can still matter.", "quiet")
        if len(step.asked) == 1:
            self._single(page, step.asked[0])
        else:
            page.line(Text(f"{step.section}: any of these?", "bold"))
            width = len(str(len(step.asked)))
            for place, id_ in enumerate(step.asked, start=1):
                lead = f"{place:>{width}}"
                page.item(self._vocabulary.label(id_), indent=2, lead=lead)
        page.show()

    def _single(self, page: Page, id_: str) -> None:
        label = self._vocabulary.label(id_)
        measured = self._vocabulary.measurement.get(id_)
        if measured is not None:
            units = joined(measured.units, "or")
            page.line(Text(f"{label}? (a value in {units})", "bold"))
            return
        page.line(Text(f"{label}?", "bold"))
        entry = self._vocabulary.entry(id_)
        if isinstance(entry, Group):
            if entry.definition != label:
                page.line(entry.definition, "quiet")
        elif entry is not None and entry.synonyms:
            others = joined(entry.synonyms[:_OTHER_WORDS], "or")
            page.line(f"Also: {others}", "quiet")

    def why(self, step: InterviewStep) -> None:
        page = Page()
        names = [
            self._rules.profiles[mineral].name.lower() for mineral in step.bears_on
        ]
        more = len(names) - MINERALS_NAMED
        shown = [*names[:MINERALS_NAMED], *([f"{more} more"] if more > 0 else [])]
        page.line(f"The answer bears on {joined(shown)}.")
        stand = [
            f"{self._rules.profiles[mineral].name.lower()} ({id_in_words(level)})"
            for mineral in step.picture.first
            if (level := step.picture.levels[mineral]) != LEVELS[0]
        ]
        if stand:
            page.line(f"First so far: {joined(stand)}.")
        page.show()

    def help(self, step: InterviewStep) -> None:
        page = Page()
        if step.asked[0] in self._vocabulary.measurement:
            page.line("Give the value and its unit, or skip, back, why, stop.")
        elif len(step.asked) > 1:
            page.line(
                "Give the numbers that apply, as in `1 3` (`3?` when not sure), no for"
                " none of them, not sure, skip, back, why, stop; or tell in words."
            )
        else:
            page.line(
                "Answer yes, no, not sure, skip, back, why or stop; or tell in words."
            )
        page.show()

    def understood(self, meaning: Meaning) -> None:
        """Echo what words were taken for, and what they were not."""
        page = Page()
        taken_for(page, meaning.recognised, self._vocabulary)
        for left in meaning.unrecognised:
            line = Text("Not understood: ").append(left.text[:200])
            if left.because:
                line.append(f" ({left.because})")
            if left.suggestions:
                line.append(f"; did you mean {joined(left.suggestions, 'or')}?")
            page.line(line)
        for note in meaning.notes:
            page.line(note)
        page.show()

    def forgotten(self, text: str) -> None:
        page = Page()
        page.line(f"Taken back: {text}")
        page.show()

    def refuse(self, message: str) -> None:
        page = Page()
        page.line(as_sentence(message))
        page.show()

    def urgent(self, assessment: Assessment) -> None:
        """Say at once how soon the person should be seen."""
        page = Page()
        page.blank()
        urgency = assessment.urgency
        page.line(Text("Urgency: ", "bold").append(urgency.sentence, urgency.level))
        for reason in urgency.reasons:
            page.item(reason.message, indent=2)
        page.line("The interview can wait; stop ends it.", "quiet")
        page.show()

    def nothing_was_said(self) -> None:
        page = Page()
        page.line("Nothing was said that could be assessed.")
        page.show()

    def ended(self, *, settled: bool) -> None:
        page = Page()
        page.blank()
        if settled:
            page.line(
                "No answer that could still be given here can change the first three"
                " candidates or their levels."
            )
        else:
            page.line("Ended before all was settled; more answers may change this.")
        page.blank()
        page.show()

    def interrupted(self, save: Path | None, command: str | None) -> None:
        page = Page()
        page.blank()
        if save is not None and save.exists():
            page.line(f"Kept in `{save}`. To go on from here:")
            page.verbatim(shlex.join(["minsight", "interview", "--save", str(save)]))
        elif command is not None:
            page.line("What was said so far:")
            page.verbatim(command)
        page.show()

    def assessment(self, assessment: Assessment, *, full: bool) -> None:
        show_assessment(assessment, self._rules, full=full)

    def command(self, command: str) -> None:
        page = Page()
        page.blank()
        page.line("The same again:", "quiet")
        page.verbatim(command)
        page.show()
