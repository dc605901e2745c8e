"""Asking back: what was read of free words, shown and corrected before it counts.

It is asked only where it can be of use: when something was not understood, a spelling
was repaired, words were read in part or as something wider, or answers contradict each
other. Who was understood without a doubt is not kept from the assessment by a list to
nod at; the assessment says what was understood anyway.

What is already urgent is told before any question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.errors import SubjectError
from minsight.intake.answers import Answers, enter
from minsight.intake.corrections import (
    is_sure,
    is_turned,
    replaced,
    said_to_mean,
    struck,
    suggested_ids,
)
from minsight.intake.recognition import (
    Meaning,
    Recognised,
    Unrecognised,
    recognise,
)
from minsight.intake.status import OF_LIST
from minsight.intake.subject import Subject, with_lists
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import URGENCIES, Status
from minsight_cli.dialogue.replies import InputEnded, command_in, next_line
from minsight_cli.rendering.asking_back import Listed, ReadingScreen

How: TypeAlias = Literal["", "yes", "no", "unsure", "strike"]
"""What a person says of a number."""
_ONE: Final = r"(?:(?:yes|no|not|strike)\s+|-\s*)?\d{1,2}\??"
_CHOICES: Final = re.compile(
    rf"{_ONE}(?:[\s,;]+(?:and\s+)?{_ONE})*[\s,;.]*", re.IGNORECASE
)
_CHOICE: Final = re.compile(r"(yes|no|not|strike|-)?\s*\b(\d{1,2})(\?)?", re.IGNORECASE)
_HOW: Final[Mapping[str, How]] = {
    "": "", "yes": "yes", "no": "no", "not": "no", "-": "strike", "strike": "strike",
}  # fmt: skip
_SAID: Final[Mapping[How, Status]] = {
    "yes": "observed",
    "no": "excluded",
    "unsure": "unsure",
}
_MEANT: Final = re.compile(r"(\d{1,2})\s*[:=]\s*(\S.*)", re.DOTALL)
_ON: Final = frozenset({"yes", "skip", "stop"})
"""Words that go on with what stands there, as an empty line does."""


class TextPart(msgspec.Struct, frozen=True):
    """One text of what was said, in which list of a subject, and how it is read."""

    list: str
    text: str
    meaning: Meaning

    @property
    def status(self) -> Status:
        return OF_LIST[self.list]


TextParts: TypeAlias = tuple[TextPart, ...]


def is_pressing(assessment: Assessment) -> bool:
    """Whether it is so urgent that it is told before anything is asked."""
    level = URGENCIES.index(assessment.urgency.level)
    return level > URGENCIES.index("soon")


def entered(rules: Engine, person: Subject, *, keep_going: bool = False) -> Answers:
    """The person's answers, after the person was asked about what is in doubt.

    Raises:
        SubjectError: when answers contradict each other, and still do at the end.
    """
    parts = read_texts(person, rules.vocabulary)
    problem = problem_of(person, parts, rules.vocabulary)
    if problem or not all(is_sure(part.meaning) for part in parts):
        answers = _enter(person, parts, rules.vocabulary, keep_going=True)
        screen = ReadingScreen(rules.vocabulary)
        assessment = rules.assess_answers(answers)
        if is_pressing(assessment):
            screen.urgent(assessment)
        asking = AskingBack(
            rules.vocabulary,
            parts,
            problem=lambda now: problem_of(person, now, rules.vocabulary),
        )
        try:
            parts = asking.ask(next_line)
        except InputEnded:
            parts = asking.parts
            screen.ended()
    return _enter(person, parts, rules.vocabulary, keep_going=keep_going)


def read_texts(person: Subject, vocabulary: Vocabulary) -> TextParts:
    """What each text of a person means; the same text of one status stands once."""
    texts = ((name, text) for name in OF_LIST for text in getattr(person, name))
    return tuple(
        TextPart(name, text, recognise(text, vocabulary, status=OF_LIST[name]))
        for name, text in dict.fromkeys(texts)
    )


def _enter(
    person: Subject, parts: TextParts, vocabulary: Vocabulary, *, keep_going: bool
) -> Answers:
    """The answers of a person whose texts are read as the parts say."""
    read = {(part.text, part.status): part.meaning for part in parts}
    lists = {name: [p.text for p in parts if p.list == name] for name in OF_LIST}

    def recognising(
        text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        del vocabulary
        return read[text, status]

    said = with_lists(person, lists)
    return enter(said, vocabulary, keep_going=keep_going, recognising=recognising)


def problem_of(person: Subject, parts: TextParts, vocabulary: Vocabulary) -> str:
    """Why the answers cannot be taken as they are read; empty when they can."""
    try:
        _enter(person, parts, vocabulary, keep_going=False)
    except SubjectError as error:
        return str(error)
    return ""


class AskingBack:
    """Shows what was read as a numbered list, and takes corrections of it.

    `parts` are what it has come to so far. `problem` says what is wrong with parts
    that cannot be taken as they are.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        parts: TextParts,
        *,
        problem: Callable[[TextParts], str] = lambda _: "",
    ) -> None:
        self._vocabulary, self._problem = vocabulary, problem
        self._screen = ReadingScreen(vocabulary)
        self._before: list[TextParts] = []
        self.parts = parts

    @property
    def problem(self) -> str:
        """What is wrong with the parts as they are now."""
        return self._problem(self.parts)

    def ask(self, line: Callable[[], str]) -> TextParts:
        """Take corrections, line by line, until an empty one.

        Raises:
            InputEnded: when nobody answers any more.
        """
        self._show()
        while (text := line()) and command_in(text) not in _ON:
            try:
                changed = self._corrected(text)
            except SubjectError as error:  # noqa: PERF203 - each line is tried
                self._screen.refuse(str(error))
            else:
                self._take(changed)
                self._show()
        return self.parts

    def _show(self) -> None:
        self._screen.listed(tuple(self._lines()), self.problem)

    def _take(self, changed: TextParts | None) -> None:
        """Keep a correction; none takes the last one back."""
        if changed is None:
            self.parts = self._before.pop()
        else:
            self._before.append(self.parts)
            self.parts = changed

    def _lines(self) -> Iterator[Listed]:
        """What was read, then what was not, each with what it may mean."""
        for place, part in enumerate(self.parts):
            yield from (Listed(place, match) for match in part.meaning.recognised)
        for place, part in enumerate(self.parts):
            for left in part.meaning.unrecognised:
                yield Listed(place, left)
                ids = suggested_ids(left, self._vocabulary)
                yield from (Listed(place, left, id_) for id_ in ids)

    # --- corrections ------------------------------------------------------------------

    def _corrected(self, text: str) -> TextParts | None:
        """The parts after what a line says.

        Raises:
            SubjectError: when it says nothing that can be done.
        """
        if command_in(text) == "back":
            if not self._before:
                raise SubjectError(
                    "nothing has been corrected that could be taken back"
                )
            return None
        if _CHOICES.fullmatch(text):
            return self._chosen(text)
        meant = _MEANT.fullmatch(text)
        if meant is not None:
            return self._otherwise(int(meant[1]), meant[2])
        if command_in(text) or not re.search(r"[^\W\d_]", text):
            raise SubjectError(
                "give the number of a suggestion, a number with a minus to strike what"
                " was read wrongly, or other words; an empty line goes on"
            )
        return self._words(text)

    def _chosen(self, text: str) -> TextParts:
        """After all the choices of a line, which are of the list that is shown."""
        lines = tuple(self._lines())
        parts = self.parts
        for mark in _CHOICE.finditer(text):
            line = _numbered(lines, int(mark[2]))
            how: How = "unsure" if mark[3] else _HOW[(mark[1] or "").lower()]
            if isinstance(line.what, Recognised):
                parts = self._reread(parts, line.place, line.what, how)
            elif line.id is not None:
                parts = self._accepted(parts, line.place, line.what, line.id, how)
            elif how == "strike":
                parts = self._meant(parts, line.place, line.what, [])
            else:
                raise SubjectError(
                    f"what {mark[2]} means is not known; take one of its suggestions,"
                    f" or say it in other words, as in `{mark[2]}: other words`"
                )
        return parts

    def _reread(
        self, parts: TextParts, place: int, read: Recognised, how: How
    ) -> TextParts:
        """With something that was read struck, or there, or not there."""
        meaning = parts[place].meaning
        if read not in meaning.recognised:  # an earlier choice of the line changed it
            return parts
        if how == "":
            raise SubjectError(
                "what was read counts without its number; a minus before it strikes it"
            )
        right: tuple[Recognised, ...] = ()
        if how != "strike" and read.kind != "person":
            right = said_to_mean(read.text, [(read.id, _SAID[how])], self._vocabulary)
        return _with(parts, place, struck(meaning, read, right))

    def _accepted(
        self, parts: TextParts, place: int, left: Unrecognised, id_: str, how: How
    ) -> TextParts:
        """With a suggestion taken; what words may turn is not taken without a yes."""
        if how == "strike":
            raise SubjectError("a suggestion counts only if you take it")
        turned = is_turned(left.text) or parts[place].status != "observed"
        if not how and turned:
            raise SubjectError(
                "it is not clear whether this is there; put yes or no before the"
                " number, as in `yes 4`"
            )
        return self._meant(parts, place, left, [(id_, _SAID[how or "yes"])])

    def _meant(
        self,
        parts: TextParts,
        place: int,
        left: Unrecognised,
        said: Sequence[tuple[str, Status]],
    ) -> TextParts:
        """With what unread words are said to mean; with nothing, they are set aside."""
        meaning = parts[place].meaning
        if left not in meaning.unrecognised:
            raise SubjectError(
                "two numbers are about one thing; give one of them, and say in words"
                " what else it is"
            )
        read = Meaning(said_to_mean(left.text, said, self._vocabulary))
        return _with(parts, place, replaced(meaning, left, read))

    def _otherwise(self, number: int, words: str) -> TextParts:
        """With other words for one thing that was or was not understood."""
        line = _numbered(tuple(self._lines()), number)
        part, what = self.parts[line.place], line.what
        meaning = part.meaning
        if isinstance(what, Recognised):
            meaning = struck(meaning, what)
            return (*_with(self.parts, line.place, meaning), *self._said(words))
        said = recognise(words, self._vocabulary, status=part.status)
        return _with(self.parts, line.place, replaced(meaning, what, said))

    def _words(self, text: str) -> TextParts:
        """With words that say what the only thing meant that was not understood."""
        left = [
            (place, one)
            for place, part in enumerate(self.parts)
            for one in part.meaning.unrecognised
        ]
        if len(left) != 1:
            return (*self.parts, *self._said(text))
        ((place, unread),) = left
        part = self.parts[place]
        said = recognise(text, self._vocabulary, status=part.status)
        return _with(self.parts, place, replaced(part.meaning, unread, said))

    def _said(self, text: str) -> TextParts:
        return (TextPart("present", text, recognise(text, self._vocabulary)),)


def _numbered(lines: Sequence[Listed], number: int) -> Listed:
    if not 1 <= number <= len(lines):
        raise SubjectError(
            f"there is no number {number}; choose from 1 to {len(lines)}"
        )
    return lines[number - 1]


def _with(parts: TextParts, place: int, meaning: Meaning) -> TextParts:
    """The parts with one of them read otherwise."""
    part = msgspec.structs.replace(parts[place], meaning=meaning)
    return (*parts[:place], part, *parts[place + 1 :])
