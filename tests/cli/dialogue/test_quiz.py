"""A quiz takes questions and names however they are typed, and counts them right."""

from __future__ import annotations

import pytest

import minsight
from command_line import said
from made_up_lessons import lesson_on_iron
from minsight.cases.lessons import Lesson, LessonQuestion
from minsight_cli.dialogue.quiz import Quiz
from minsight_cli.dialogue.replies import InputEnded
from typed import types


@pytest.fixture
def lesson(rules: minsight.Rules) -> Lesson:
    return lesson_on_iron(rules)


@pytest.fixture
def quiz(rules: minsight.Rules, lesson: Lesson) -> Quiz:
    return Quiz(rules, [lesson])


def ids(questions: list[LessonQuestion]) -> list[str]:
    return [question.id for question in questions]


@pytest.mark.parametrize(
    ("text", "minerals"),
    [
        ("iron", {"iron"}),
        ("IRON deficiency", {"iron"}),
        ("lack of zinc", {"zinc"}),
        ("low Fe", {"iron"}),
        ("iron, zinc and copper", {"iron", "zinc", "copper"}),
        ("iron/zinc", {"iron", "zinc"}),
        ("vitamin B12", {"cobalt"}),
        ("b12", {"cobalt"}),
    ],
)
def test_minerals_are_named_by_any_of_their_names(
    text: str, minerals: frozenset[str], quiz: Quiz
) -> None:
    assert quiz._named(text, "") == minerals


@pytest.mark.parametrize("text", ["", "iron,", "iron or zinc", "spoon nails", "1 2"])
def test_what_is_not_only_names_names_nothing(text: str, quiz: Quiz) -> None:
    assert quiz._named(text, "") is None


def test_none_names_that_nothing_fits(quiz: Quiz) -> None:
    assert quiz._named("none", "no") == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2", ["spoon_nails"]),
        ("3, 1 and 3", ["fatigue", "fever"]),
        ("is there fever", ["fever"]),
        ("koilonychia", ["spoon_nails"]),
        ("goitre", []),
        ("qqqq", []),
    ],
)
def test_questions_are_asked_by_number_or_in_words(
    text: str, found: list[str], quiz: Quiz, lesson: Lesson
) -> None:
    assert ids(quiz._asked(text, lesson)) == found


def test_numbers_that_are_not_there_are_told_and_the_others_asked(
    quiz: Quiz, lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ids(quiz._asked("0 2 9", lesson)) == ["spoon_nails"]
    assert capsys.readouterr().out == (
        "There is no number 0; choose from 1 to 3.\n"
        "There is no number 9; choose from 1 to 3.\n"
    )


def led(quiz: Quiz, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, lines)
    quiz.lead()
    quiz.conclude("minsight learn --quiz --seed 1")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["2", "iron"], "1 of 1 right."),
        (["zinc"], "0 of 1 right."),
        (["skip"], "0 of 1 right."),
        (["none"], "0 of 1 right."),
        (["stop"], "No case was answered."),
    ],
)
def test_a_case_is_right_when_what_fits_is_named(
    lines: list[str],
    told: str,
    quiz: Quiz,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    led(quiz, lines, monkeypatch)
    shown = capsys.readouterr().out
    assert told in shown
    assert shown.endswith("minsight learn --quiz --seed 1\n")


def test_what_was_worth_asking_is_told_unless_it_was_asked(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unasked = "Worth asking, and not asked: - Spoon-shaped nails"
    led(quiz, ["1", "iron"], monkeypatch)
    assert unasked in said(capsys.readouterr().out)
    led(Quiz(quiz._rules, quiz._lessons), ["2", "iron"], monkeypatch)
    assert unasked not in said(capsys.readouterr().out)


def test_an_input_that_ends_leaves_the_case_out(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, ["1"])
    with pytest.raises(InputEnded):
        quiz.lead()
    assert quiz._verdicts == []
