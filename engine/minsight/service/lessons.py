"""Lessons: cases without what fits them, and how a learner's answer compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from minsight.api import Rules
from minsight.cases.lesson_case import LessonCase
from minsight.cases.lessons import Lesson, chosen_lessons, lesson, verdict
from minsight.errors import RequestError, quoted
from minsight.intake.records import subject_record
from minsight.intake.subject import subject_from_record
from minsight.service.answers import (
    LessonsAnswer,
    NamedEntry,
    ShownLesson,
    ShownQuestion,
    VerdictAnswer,
)
from minsight.service.requests import LessonsRequest, VerdictRequest
from minsight.service.stamping import stamp_of
from minsight.service.taking import mineral_in


def lessons(
    rules: Rules, cases: Sequence[LessonCase], asked: LessonsRequest
) -> LessonsAnswer:
    """Cases to learn from, without their answer.

    Raises:
        RequestError: when there are no cases, or no such mineral.
    """
    _refuse_none(cases)
    about = None if asked.mineral is None else mineral_in(asked.mineral, rules)
    found = chosen_lessons(
        rules, cases, count=asked.count, seed=asked.seed, mineral=about
    )
    return LessonsAnswer(**stamp_of(rules), lessons=tuple(map(_shown, found)))


def judged(
    rules: Rules, cases: Sequence[LessonCase], asked: VerdictRequest
) -> VerdictAnswer:
    """What fits a case, and how what was named compares.

    Raises:
        RequestError: when there is no such case, or no such mineral.
    """
    _refuse_none(cases)
    case = next((one for one in cases if one.id == asked.case), None)
    about = None if asked.mineral is None else mineral_in(asked.mineral, rules)
    made = None if case is None else lesson(rules, case, asked.seed, about=about)
    if case is None or made is None:
        raise RequestError(
            f"there is no lesson on the case {quoted(asked.case)}; ask for `lessons`",
            "case",
        )
    named = asked.named
    if named is not None:
        named = tuple(mineral_in(name, rules, "named") for name in named)
    found = verdict(made, asked=asked.asked, named=named)
    return VerdictAnswer(
        **stamp_of(rules),
        is_right=found.is_right,
        fits=tuple(sorted(made.fits)),
        right=tuple(sorted(found.right)),
        missed=tuple(sorted(found.missed)),
        wrong=tuple(sorted(found.wrong)),
        unasked=tuple(NamedEntry(one.id, one.text) for one in found.unasked),
        source=case.source,
        record=made.assessment,
    )


def _refuse_none(cases: Sequence[LessonCase]) -> None:
    if not cases:
        raise RequestError("there are no cases here; use rules that come with cases")


def _shown(made: Lesson) -> ShownLesson:
    subject = made.case.subject
    return ShownLesson(
        case=made.case.id,
        kind=made.case.kind,
        complaint=made.complaint,
        age_days=subject.age_days,
        sex=subject.sex,
        questions=tuple(
            ShownQuestion(one.id, one.text, one.answer) for one in made.questions
        ),
    )


# --- cases that travel ----------------------------------------------------------------


class _Packed(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it is packed: the subject as its record."""

    id: str
    kind: str
    source: str
    subject: dict[str, Any]
    words: Mapping[str, str] = {}
    expected: tuple[str, ...] | None = None


def packed_cases(cases: Iterable[LessonCase]) -> bytes:
    """The cases as JSON, for another process that has this package."""
    packed = [
        _Packed(
            id=one.id,
            kind=one.kind,
            source=one.source,
            subject=subject_record(one.subject),
            words=one.words,
            expected=None if one.expected is None else tuple(sorted(one.expected)),
        )
        for one in cases
    ]
    return msgspec.json.encode(packed)


def unpacked_cases(packed: bytes) -> tuple[LessonCase, ...]:
    """The cases again, as they were packed."""
    return tuple(
        LessonCase(
            id=one.id,
            kind=one.kind,
            source=one.source,
            subject=subject_from_record(one.subject),
            words=one.words,
            expected=None if one.expected is None else frozenset(one.expected),
        )
        for one in msgspec.json.decode(packed, type=list[_Packed])
    )
