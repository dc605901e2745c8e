"""What is given at a question: numbers of lines, values, words put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from minsight.api import Rules
from minsight.errors import SubjectError
from minsight.intake.answers import enter
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.records import measurement_from_text
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.outline import ReplyWord
from minsight.questions.replies import taken_back
from minsight.questions.session import ReplyValue, Session
from minsight.scales import Status
from minsight_cli.dialogue.asking_back import TextParts

NUMBERS: Final = re.compile(r"\s*\d{1,2}\??(?:[\s,;]+(?:and\s+)?\d{1,2}\??)*\s*")
"""What names lines of a list, `?` behind what is not sure."""
_AS_REPLIED: Final[Mapping[Status, ReplyWord]] = {
    "observed": "yes",
    "excluded": "no",
    "unsure": "unsure",
    "unknown": "unsure",
}


def chosen_lines(text: str, asked: Sequence[str]) -> dict[str, ReplyWord]:
    """The lines of these numbers.

    >>> chosen_lines("1 3?", ("fatigue", "fever", "pica"))
    {'fatigue': 'yes', 'pica': 'unsure'}

    Raises:
        SubjectError: when there is no such line.
    """
    chosen: dict[str, ReplyWord] = {}
    for number in re.findall(r"\d{1,2}\??", text):
        place = int(number.rstrip("?"))
        if not 1 <= place <= len(asked):
            raise SubjectError(
                f"there is no number {place}; choose from 1 to {len(asked)}"
            )
        chosen[asked[place - 1]] = "unsure" if number.endswith("?") else "yes"
    return chosen


def value_of(text: str, id_: str, vocabulary: Vocabulary) -> ReplyValue:
    """The value of a measurement; a bare number is in the unit that it is kept in.

    Raises:
        SubjectError: when it is no value that somebody can have.
    """
    kind = vocabulary.measurement[id_]
    number = text if re.search(r"[^\d.\s]", text) else f"{text} {kind.unit}"
    given = measurement_from_text(f"{id_}={number}")
    enter(Subject(measurements=[given]), vocabulary)
    return ReplyValue(given.value, given.unit, given.comparator)


def named_in(words: str, asked: Sequence[str], rules: Rules) -> frozenset[str]:
    """The lines and questions to which words say yes.

    The words themselves answer entries; questions are opened by a reply.
    """
    vocabulary = rules.vocabulary
    told = {
        above
        for match in recognise(words, vocabulary).recognised
        if match.status == "observed" and vocabulary.entry(match.id) is not None
        for above in vocabulary.with_ancestors(match.id)
    }
    below = rules.guide.below
    return frozenset(name for name in asked if not told.isdisjoint(below(name)))


def corrected_by(
    session: Session, meanings: Iterable[Meaning], vocabulary: Vocabulary
) -> tuple[Session, frozenset[str]]:
    """The session without the replies that do not fit what is said now; and these."""
    said = [(one.id, one.status) for meaning in meanings for one in meaning.recognised]
    replied = [pair for step in session.steps for pair in step.items()]
    back = taken_back(replied, said, vocabulary)
    left = (
        {id_: reply for id_, reply in step.items() if id_ not in back}
        for step in session.steps
    )
    kept = tuple(step for step in left if step)
    return msgspec.structs.replace(session, steps=kept) if back else session, back


def put_right(session: Session, parts: TextParts, vocabulary: Vocabulary) -> Session:
    """The session with what words were said to mean, as if it had been asked.

    What is still not understood stays among what was told.
    """
    meanings = [part.meaning for part in parts]
    step = {
        match.id: _AS_REPLIED[match.status]
        for meaning in meanings
        for match in meaning.recognised
        if vocabulary.entry(match.id) is not None
    }
    left = (one.text for meaning in meanings for one in meaning.unrecognised)
    silent = (one for one in left if not recognise(one, vocabulary).recognised)
    said = [one for meaning in meanings for one in meaning.mentions]
    ages = (one.age_days for one in said if one.age_days is not None)
    sexes = (one.sex for one in said if one.sex is not None)
    return msgspec.structs.replace(
        session,
        told=(*session.told, *silent),
        steps=(*session.steps, step) if step else session.steps,
        age_days=next(ages, None) if session.age_days is None else session.age_days,
        sex=session.sex or next(sexes, None),
    )
