"""What an interview shows: questions, what was understood, warnings, the end."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.model import Assessment
from minsight.assessment.wording import joined
from minsight.intake.recognition import Meaning
from minsight.knowledge.vocabulary import Finding, Group
from minsight.questions.interview import InterviewStep
from minsight.questions.voice import Voice, asked_aloud, listed
from minsight.scales import LEVELS, URGENCIES
from minsight_cli.rendering.brief import show_assessment
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import as_sentence, id_in_words
from minsight_cli.rendering.text import taken_for

_OTHER_WORDS: Final = 3
"""How many other words for a finding stand beside a single question."""
MINERALS_NAMED: Final = 8
MOST_NAMED: Final = 9
"""How many entries are named that could still change the picture."""

TalkEnd: TypeAlias = Literal["stopped", "emergency", "enough", "proven"]
"""How an interview ends: at one of its two ends, for an emergency, or as they said."""
_ENOUGH: Final = "Enough is known: nothing likely can change the first candidates."
_ENDED: Final[Mapping[TalkEnd, str]] = {
    "stopped": "Ended before all was settled; more answers may change this.",
    "emergency": "Ended for the emergency; more answers may change what fits.",
    "enough": "Ended where nothing likely can change the first candidates.",
    "proven": "No answer that could still be given here can change the first three"
    " candidates or their levels.",
}


def say_that_input_ended() -> None:
    """Of every dialogue: nobody answers any more."""
    page = Page()
    page.blank()
    page.line("The input ended.")
    page.show()


def _header(step: InterviewStep, number: int) -> str:
    if step.enough:
        left = len(step.remaining)
        answers = "1 answer" if left == 1 else f"{left} answers"
        return f"Question {number}; {answers} could still matter, none is likely to."
    more = step.to_enough - 1
    return f"Question {number}" + (f"; about {more} more." if more > 0 else ".")


class Screen:
    """Writes to standard output."""

    def __init__(self, rules: Rules) -> None:
        self._rules, self._vocabulary = rules, rules.vocabulary

    def introduction(self, *, clinician: bool) -> None:
        page = Page()
        page.line("An interview about one person. " + self._rules.catalogue.footer)
        page.line(
            "Answer yes, no or not sure; of a list, the numbers that apply; or in your"
            " own words. skip leaves a question out, back takes the last reply back,"
            " why says what it is for, stop ends.",
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

    def question(self, step: InterviewStep, *, number: int, voice: Voice) -> None:
        page = Page()
        page.blank()
        page.line(_header(step, number), "quiet")
        if step.kind == "value":
            self._value(page, step.asked[0])
        elif len(step.asked) == 1:
            self._single(page, step.asked[0], voice)
        else:
            self._list(page, step, voice)
        page.show()

    def _list(self, page: Page, step: InterviewStep, voice: Voice) -> None:
        ask = "Any of these" + (" now" if step.kind == "warning" else "")
        title = f"{step.title}: {ask[0].lower()}{ask[1:]}" if step.title else ask
        page.line(Text(f"{title}?", "bold"))
        width = len(str(len(step.asked)))
        for place, name in enumerate(step.asked, start=1):
            words = listed(name, self._rules.guide, self._vocabulary, voice)
            page.item(words, indent=2, lead=f"{place:>{width}}")

    def _value(self, page: Page, id_: str) -> None:
        measured = self._vocabulary.measurement[id_]
        units = joined(measured.units, "or")
        page.line(Text(f"{measured.label}? (a value in {units})", "bold"))

    def _single(self, page: Page, name: str, voice: Voice) -> None:
        guide = self._rules.guide
        page.line(Text(asked_aloud(name, guide, self._vocabulary, voice), "bold"))
        if name in guide.question:
            question = guide.question[name]
            page.line(f"No means: {question.no_means}", "quiet")
            if question.example:
                page.line(f"In words, for example: {question.example}", "quiet")
        elif name not in guide.part:
            self._defined(page, name)

    def _defined(self, page: Page, id_: str) -> None:
        entry = self._vocabulary.entry(id_)
        if isinstance(entry, Group) and entry.definition != entry.label:
            page.line(entry.definition, "quiet")
        elif isinstance(entry, Finding) and entry.synonyms:
            others = joined(entry.synonyms[:_OTHER_WORDS], "or")
            page.line(f"Also: {others}", "quiet")

    def could_end(self, end: TalkEnd, step: InterviewStep | None) -> None:
        """Say that the interview could end here, and ask whether it shall go on."""
        page = Page()
        page.blank()
        if end == "emergency":
            page.line("No more is asked now: get help first.")
        elif step is not None:
            page.line(
                "Enough is known: nothing likely can change the first candidates."
            )
            page.line(self._what_could_change(step), "quiet")
        page.line(Text("Go on all the same? (yes, or Enter to end)", "bold"))
        page.show()

    def _what_could_change(self, step: InterviewStep) -> str:
        few = step.could_change
        if not few:
            return "No single answer could; several together might."
        if len(few) > MOST_NAMED:
            return f"One yes could still do it to {len(few)} rare questions."
        labels = joined([self._vocabulary.label(id_).lower() for id_ in few], "or")
        return f"Only this could still change it: {labels}."

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
        if step.kind == "value":
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

    def corrected(self, ids: Iterable[str]) -> None:
        page = Page()
        labels = joined(sorted(self._vocabulary.label(id_) for id_ in ids))
        page.line(f"Your reply before this is taken back: {labels}.")
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
        if urgency.level != URGENCIES[-1]:
            page.line("The interview can wait; stop ends it.", "quiet")
        page.show()

    def nothing_was_said(self) -> None:
        page = Page()
        page.line("Nothing was said that could be assessed.")
        page.show()

    def ended(self, end: TalkEnd) -> None:
        page = Page()
        page.blank()
        page.line(_ENDED[end])
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
