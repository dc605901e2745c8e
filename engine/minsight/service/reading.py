"""Reading: what the words of a subject were understood as, to be corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from minsight.api import Rules
from minsight.errors import SubjectError
from minsight.intake.answers import Answers, enter
from minsight.intake.corrections import is_sure, suggested_ids
from minsight.intake.recognition import (
    Meaning,
    Recognised,
    Unrecognised,
    recognise,
)
from minsight.intake.records import subject_record
from minsight.intake.status import in_lists
from minsight.intake.subject import Subject, with_lists
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.service.answers import NamedEntry, ReadAnswer, ReadPart, UnreadPart
from minsight.service.requests import ReadRequest
from minsight.service.stamping import stamp_of
from minsight.service.taking import subject_in

_Unread: TypeAlias = list[tuple[str, Status]]


def read(rules: Rules, asked: ReadRequest) -> ReadAnswer:
    """What was read of a subject, and the subject in ids.

    One whose answers are at odds stays as it was said, to be corrected.

    Raises:
        SubjectError: when a key, an age, a sex or a unit cannot be understood.
    """
    subject, vocabulary = subject_in(asked.subject), rules.vocabulary
    left: _Unread = []
    at_odds = ""
    try:
        answers = enter(subject, vocabulary, recognising=_noting(left))
        subject = in_ids(subject, answers, left, vocabulary)
    except SubjectError as error:
        answers = enter(subject, vocabulary, keep_going=True)
        at_odds = str(error)
    return ReadAnswer(
        **stamp_of(rules),
        subject=subject_record(subject),
        read=tuple(_part(match, vocabulary) for match in answers.recognised),
        unread=tuple(_unread(one, vocabulary) for one in answers.unrecognised),
        at_odds=at_odds,
        notes=answers.notes,
    )


class _noting:  # noqa: N801 - it is called as the function `recognise` is
    """Recognises as always, and notes what was not understood, with its status."""

    def __init__(self, left: _Unread) -> None:
        self._left = left

    def __call__(
        self, text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        meaning = recognise(text, vocabulary, status=status)
        pieces = [one.text for one in meaning.unrecognised]
        if not all(_stays_unread(one, vocabulary, status) for one in pieces):
            pieces = [text]
        self._left += [(one, status) for one in pieces]
        return meaning


def _stays_unread(text: str, vocabulary: Vocabulary, status: Status) -> bool:
    """Whether words that were not understood among others are not understood alone.

    Else what nobody had understood would be answered, or be followed by an all-clear.
    """
    again = recognise(text, vocabulary, status=status, suggesting=False)
    return not again.recognised and len(again.unrecognised) == 1


def in_ids(
    subject: Subject,
    answers: Answers,
    unread: Iterable[tuple[str, Status]],
    vocabulary: Vocabulary,
) -> Subject:
    """The subject with ids in place of what was read; unread words stay words.

    Weeks that something else tells to be an age or a pregnancy are read.
    """
    said = [
        (match.id, match.status)
        for match in answers.recognised
        if match.kind in ("finding", "group") and not _is_narrower(match, answers)
    ]
    read_as = {(match.text, match.status) for match in answers.recognised}
    left = [one for one in unread if one not in read_as]
    every = [*dict.fromkeys(said), *left]
    given = answers.subject
    return replace(
        with_lists(subject, dict[str, Any](in_lists(every, vocabulary.group))),
        measurements=(*subject.measurements, *answers.stated),
        sex=given.sex or subject.sex,
        age_days=subject.age_days if given.age_days is None else given.age_days,
    )


def _is_narrower(match: Recognised, answers: Answers) -> bool:
    """Whether only a kind is denied of what is there, which was told in a note."""
    return match.status == "excluded" and match.id in answers.present


def _part(match: Recognised, vocabulary: Vocabulary) -> ReadPart:
    return ReadPart(
        text=match.text,
        id=match.id,
        label=vocabulary.label(match.id),
        answer=match.answer,
        kind=match.kind,
        by=match.by,
        sure=is_sure(Meaning((match,))),
    )


def _unread(one: Unrecognised, vocabulary: Vocabulary) -> UnreadPart:
    return UnreadPart(
        text=one.text,
        because=one.because,
        suggestions=tuple(
            NamedEntry(id_, vocabulary.label(id_))
            for id_ in suggested_ids(one, vocabulary)
        ),
    )
