"""A quiz on the screen: the case, what was named, and what was missed."""

from __future__ import annotations

import msgspec
import pytest

import minsight
from command_line import said
from made_up_lessons import QUESTIONS, lesson_on_iron
from minsight.cases.lesson_case import PUBLISHED
from minsight.cases.lessons import Lesson, Summary, Verdict
from minsight.intake.subject import Subject
from minsight_cli.rendering.lesson import MISSED_SHOWN, LessonScreen

NONE: frozenset[str] = frozenset()
IRON, ZINC = frozenset({"iron"}), frozenset({"zinc"})


@pytest.fixture
def screen(rules: minsight.Rules) -> LessonScreen:
    return LessonScreen(rules)


@pytest.fixture
def lesson(rules: minsight.Rules) -> Lesson:
    return lesson_on_iron(rules)


def test_a_case_tells_one_fact_and_what_can_be_asked(
    screen: LessonScreen, lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.case(lesson, number=2, of=5)
    assert capsys.readouterr().out == (
        "\n"
        "Case 2 of 5, made up\n"
        "Female, 30 years. Told: always tired.\n"
        "What would you ask?\n"
        "   1 Fever\n"
        "   2 Spoon-shaped nails\n"
        "   3 Fatigue\n"
    )


@pytest.mark.parametrize(
    ("subject", "person"),
    [
        (Subject(age="9mo"), "9 months."),
        (Subject(sex="m"), "Male, age not known."),
        (Subject(), "Age not known."),
    ],
)
def test_a_person_is_told_as_far_as_known(
    subject: Subject,
    person: str,
    screen: LessonScreen,
    lesson: Lesson,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = msgspec.structs.replace(lesson.case, subject=subject)
    screen.case(msgspec.structs.replace(lesson, case=case), number=1, of=1)
    assert f"\n{person} Told: " in capsys.readouterr().out


def test_questions_keep_their_numbers_when_some_are_left_out(
    screen: LessonScreen, lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.questions(lesson, without={"spoon_nails"})
    screen.answers([QUESTIONS[2], QUESTIONS[0]], lesson)
    assert capsys.readouterr().out == (
        "What would you ask?\n   1 Fever\n   3 Fatigue\n"
        "   3 Fatigue: yes\n   1 Fever: no\n"
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Verdict(IRON, NONE, NONE, ()), "Right."),
        (Verdict(NONE, IRON, NONE, (), gave_up=True), "Not named."),
        (Verdict(NONE, IRON, NONE, ()), "Missed: iron."),
        (Verdict(NONE, IRON, ZINC, ()), "Missed: iron; does not fit: zinc."),
        (Verdict(IRON, NONE, ZINC, ()), "Iron is right; does not fit: zinc."),
        (
            Verdict(IRON, frozenset({"zinc", "copper"}), NONE, ()),
            "Iron is right; missed: copper and zinc.",
        ),
    ],
)
def test_what_was_named_is_judged_in_one_sentence(
    found: Verdict,
    words: str,
    screen: LessonScreen,
    lesson: Lesson,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.revealed(lesson, found)
    assert capsys.readouterr().out.startswith(
        f"\n{words}\nBy the rules, a lack of iron fits best. Source: a test of lessons."
    )


@pytest.mark.parametrize(
    ("kind", "fits", "words"),
    [
        (PUBLISHED, IRON, "The source confirms a lack of iron."),
        (PUBLISHED, NONE, "The source found no lack of a mineral."),
        ("made up", NONE, "By the rules, no mineral fits more than in a few findings."),
    ],
)
def test_the_answer_says_who_knows_it(
    kind: str,
    fits: frozenset[str],
    words: str,
    screen: LessonScreen,
    lesson: Lesson,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = msgspec.structs.replace(lesson.case, kind=kind)
    other = msgspec.structs.replace(lesson, case=case, fits=fits)
    screen.revealed(other, Verdict(NONE, fits, NONE, ()))
    assert words in said(capsys.readouterr().out)


def test_a_mineral_that_nothing_points_to_is_told_so_and_what_was_not_asked(
    screen: LessonScreen, lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = msgspec.structs.replace(lesson.assessment, candidates=())
    found = Verdict(NONE, IRON, ZINC, QUESTIONS[1:2])
    screen.revealed(msgspec.structs.replace(lesson, assessment=bare), found)
    shown = said(capsys.readouterr().out)
    assert "Nothing in this case points to iron and zinc." in shown
    assert shown.endswith(
        "You did not ask, and it changes the picture: - Spoon-shaped nails: yes"
    )


def test_the_end_counts_what_was_right_left_and_missed(
    screen: LessonScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Summary(3, 1, (("iron", 2), ("zinc", 1)), (), (("spoon_nails", 1),))
    screen.summary(found, of=4)
    assert capsys.readouterr().out == (
        "\n"
        "1 of 3 right; 1 case left.\n"
        "Missed:\n"
        "  - Iron (2 times)\n"
        "  - Zinc\n"
        "Worth asking, and not asked:\n"
        "  - Spoon-shaped nails\n"
        "To read more:\n"
        "minsight learn iron\n"
        "minsight learn zinc\n"
    )


def test_a_long_list_of_what_was_missed_is_cut(
    screen: LessonScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    unasked = tuple((f"x{number}", 1) for number in range(MISSED_SHOWN + 2))
    screen.summary(Summary(1, 1, (), (), unasked), of=1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "1 of 1 right."
    assert lines[-1] == "  - 2 more"
    assert len(lines) == 3 + MISSED_SHOWN + 1


def test_of_no_case_nothing_is_counted(
    screen: LessonScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.summary(Summary(0, 0, (), (), ()), of=3)
    assert capsys.readouterr().out == "\nNo case was answered.\n"
