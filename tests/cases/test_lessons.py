"""Lessons: cases without their answer, what is worth asking, what was missed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final

import pytest

import minsight
from minsight.cases.lesson_case import LessonCase
from minsight.cases.lessons import (
    NOT_KNOWN,
    Lesson,
    LessonQuestion,
    chosen_lessons,
    lesson,
    summary,
    verdict,
)
from minsight.cases.published import lesson_cases, published_issues
from minsight.compiler.bundle import rules_folder
from minsight.compiler.layout import BY_HAND, LESSONS, PUBLISHED
from minsight.errors import Issue
from minsight.intake.subject import Subject

NAMES: Final = re.compile(
    r"\b(iron|zinc|calci|cobalt|b12|copper|magnes|potass|sodi|iod|phosph|chlor|chrom"
    r"|fluor|mangan|molyb|selen|sul[fp])",
    re.IGNORECASE,
)
"""The beginnings of the names that would give an answer away."""


@pytest.fixture(scope="module")
def cases() -> tuple[LessonCase, ...]:
    return lesson_cases(rules_folder())


@pytest.fixture(scope="module")
def lessons(
    rules: minsight.Rules, cases: Sequence[LessonCase]
) -> dict[str, tuple[LessonCase, Lesson]]:
    """Every lesson that can be made, by the id of its case."""
    made = ((case, lesson(rules, case, 0)) for case in cases)
    return {case.id: (case, one) for case, one in made if one is not None}


# --- which cases ----------------------------------------------------------------------


def test_cases_are_made_up_and_published_ones(cases: Sequence[LessonCase]) -> None:
    kinds = {case.kind for case in cases}
    assert kinds == {"published", "made up"}
    assert len({case.id for case in cases}) == len(cases)
    assert all(case.source for case in cases)


def test_most_minerals_have_a_lesson_that_they_fit(
    rules: minsight.Rules, lessons: dict[str, tuple[LessonCase, Lesson]]
) -> None:
    """Manganese lack has no typical picture in people, so no case can teach it."""
    taught = {mineral for _, one in lessons.values() for mineral in one.fits}
    assert set(rules.program.minerals) - taught == {"manganese"}


def test_the_same_seed_gives_the_same_lessons(
    rules: minsight.Rules, cases: Sequence[LessonCase]
) -> None:
    first = chosen_lessons(rules, cases, count=4, seed=11)
    assert first == chosen_lessons(rules, cases, count=4, seed=11)
    others = chosen_lessons(rules, cases, count=4, seed=12)
    assert [one.case.id for one in first] != [one.case.id for one in others]


@pytest.mark.parametrize("mineral", ["iron", "iodine", "zinc"])
@pytest.mark.parametrize("count", [1, 4, 7])
def test_lessons_on_a_mineral_are_mostly_cases_that_it_fits(
    rules: minsight.Rules, cases: Sequence[LessonCase], mineral: str, count: int
) -> None:
    chosen = chosen_lessons(rules, cases, count=count, seed=5, mineral=mineral)
    assert len(chosen) == count
    assert sum(mineral in one.fits for one in chosen) >= ceil(count * 2 / 3)
    for one in chosen:
        assert mineral in {c.mineral for c in one.assessment.candidates}


def test_a_mineral_without_rules_has_no_lesson(
    rules: minsight.Rules, cases: Sequence[LessonCase]
) -> None:
    assert chosen_lessons(rules, cases, count=3, seed=0, mineral="sulfur") == ()


# --- what a lesson says ---------------------------------------------------------------


def test_nothing_told_before_the_naming_names_a_mineral(
    lessons: dict[str, tuple[LessonCase, Lesson]],
) -> None:
    for _, one in lessons.values():
        for question in one.questions:
            assert not NAMES.search(f"{question.text} {question.answer}"), one.case.id
        assert not NAMES.search(one.complaint), one.case.id


def test_an_answer_is_what_the_case_says(
    lessons: dict[str, tuple[LessonCase, Lesson]],
) -> None:
    for case, one in lessons.values():
        said = case.subject
        yes, no = {*said.present, *said.groups}, {*said.absent, *said.not_groups}
        measured = {given.name for given in said.measurements}
        assert len({question.id for question in one.questions}) == len(one.questions)
        for question in one.questions:
            if question.answer == NOT_KNOWN:
                assert question.id not in yes | no | measured
                assert not question.worth
            elif question.answer.startswith("yes"):
                assert question.id in yes
            elif question.answer.startswith("no"):
                assert question.id in no
            else:
                assert question.id in measured


def test_a_question_is_worth_asking_when_its_answer_moves_what_fits(
    rules: minsight.Rules, lessons: dict[str, tuple[LessonCase, Lesson]]
) -> None:
    for case, one in list(lessons.values())[::9]:
        for question in one.questions:
            less = without(case.subject, question.id)
            before, after = (standing(rules, s, one.fits) for s in (less, case.subject))
            assert question.worth == (before != after), (case.id, question.id)


def without(subject: Subject, id_: str) -> Subject:
    def kept(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(other for other in ids if other != id_)

    return replace(
        subject,
        present=kept(subject.present),
        absent=kept(subject.absent),
        groups=kept(subject.groups),
        not_groups=kept(subject.not_groups),
        measurements=[given for given in subject.measurements if given.name != id_],
    )


def standing(rules: minsight.Rules, subject: Subject, fits: frozenset[str]) -> object:
    """All that is said of the minerals but their places, and of urgency."""
    assessment = rules.assess(subject, keep_going=True)
    return assessment.urgency, [
        (c.mineral, c.level, c.points, c.brakes, {*c.reasons, *c.against, *c.context})
        for c in sorted(assessment.candidates, key=lambda c: c.mineral)
        if c.mineral in fits or not fits
    ]


def test_a_control_fits_no_mineral(
    lessons: dict[str, tuple[LessonCase, Lesson]],
) -> None:
    controls = [
        one
        for case, one in lessons.values()
        if case.kind == "published" and not case.expected
    ]
    assert controls
    assert all(one.fits == frozenset() for one in controls)


# --- what was missed ------------------------------------------------------------------


@pytest.fixture(scope="module")
def anaemia(lessons: dict[str, tuple[LessonCase, Lesson]]) -> Lesson:
    """A published girl or boy with a lack of iron and several telling signs."""
    _, found = lessons["dev-001"]
    assert found.fits == {"iron"}
    return found


def worth(one: Lesson) -> list[LessonQuestion]:
    return [question for question in one.questions if question.worth]


def test_a_verdict_tells_right_missed_and_wrong(anaemia: Lesson) -> None:
    everything = [question.id for question in anaemia.questions]
    right = verdict(anaemia, asked=everything, named=["iron"])
    assert right.is_right
    assert not right.unasked
    half = verdict(anaemia, asked=everything[::-1], named=["zinc", "iron"])
    assert not half.is_right
    assert half.right == {"iron"}
    assert half.wrong == {"zinc"}
    assert not half.missed
    none = verdict(anaemia, asked=[], named=[])
    assert none.missed == {"iron"}
    assert list(none.unasked) == worth(anaemia)


def test_who_gives_up_is_not_right(
    lessons: dict[str, tuple[LessonCase, Lesson]],
) -> None:
    control = next(one for _, one in lessons.values() if not one.fits)
    assert verdict(control, asked=[], named=[]).is_right
    assert not verdict(control, asked=[], named=None).is_right


def test_a_summary_counts_what_was_missed_most_first(anaemia: Lesson) -> None:
    first, *others = worth(anaemia)
    asked = [question.id for question in others]
    found = summary(
        [
            verdict(anaemia, asked=asked, named=["zinc"]),
            verdict(anaemia, asked=[], named=["iron"]),
        ]
    )
    assert (found.cases, found.right) == (2, 1)
    assert found.missed == (("iron", 1),)
    assert found.wrong == (("zinc", 1),)
    assert found.unasked[0] == (first.id, 2)
    assert {count for _, count in found.unasked[1:]} == {1}


# --- files with mistakes --------------------------------------------------------------

Damage = Callable[[str], str]

MISTAKES: Final[dict[str, tuple[str, Damage, str, str]]] = {
    "a phrase without ids": (
        BY_HAND,
        lambda text: text.replace("  concave finger nails:", "  concave nails:"),
        PUBLISHED,
        "`concave finger nails` of dev-001 has no ids",
    ),
    "an unknown id": (
        BY_HAND,
        lambda text: text.replace("[spoon_nails]", "[spoon_nail]", 1),
        BY_HAND,
        "`spoon_nail` is no finding and no group (did you mean `spoon_nails`?)",
    ),
    "an unknown mineral": (
        PUBLISHED,
        lambda text: text.replace("expected: [iron]", "expected: [irn]", 1),
        PUBLISHED,
        "no mineral `irn` (did you mean `iron`?)",
    ),
    "a key that nothing reads": (
        PUBLISHED,
        lambda text: text.replace("  sex: male", "  gender: male", 1),
        PUBLISHED,
        "gender",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_published_cases_is_told_with_its_place(
    rules: minsight.Rules, tmp_path: Path, mistake: str
) -> None:
    written, damage, told_in, message = MISTAKES[mistake]
    shutil.copytree(rules_folder() / LESSONS, tmp_path / LESSONS)
    file = tmp_path / written
    before = file.read_text(encoding="utf-8")
    after = damage(before)
    assert after != before
    file.write_text(after, encoding="utf-8")
    issues: list[Issue] = published_issues(tmp_path, rules)
    assert len(issues) == 1
    assert message in str(issues[0])
    assert issues[0].place.file == told_in
    assert issues[0].place.line > 1


def test_the_shipped_cases_have_no_mistake(rules: minsight.Rules) -> None:
    assert published_issues(rules_folder(), rules) == []


def test_a_folder_of_rules_may_have_no_published_cases(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    assert published_issues(tmp_path, rules) == []
