"""`minsight learn --quiz` in a terminal the test drives."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import pytest

import minsight
from command_line import CommandLine, said, too_wide
from minsight.cases.lessons import Lesson, chosen_lessons
from minsight.cases.published import lesson_cases
from minsight.compiler.bundle import rules_folder
from minsight_cli.exits import Exit
from terminal import Terminal

Start: TypeAlias = Callable[..., Terminal]


def seed_of(mineral: str, *, count: int) -> int:
    """The first seed whose quiz begins with a case of yes and no for this mineral."""
    rules, cases = minsight.load(), lesson_cases(rules_folder())
    for seed in range(1, 100):
        first, *_ = chosen_lessons(
            rules, cases, count=count, seed=seed, mineral=mineral
        )
        values = [q.answer for q in first.questions if q.answer[:1].isdigit()]
        if first.fits == {mineral} and not values:
            return seed
    raise LookupError(mineral)


SEED: Final = seed_of("iron", count=3)
QUIZ: Final = ("learn", "iron", "--quiz", "--seed", str(SEED), "--cases", "3")
UNASKED: Final = "You did not ask, and it changes the picture"


@pytest.fixture
def start(command: CommandLine) -> Iterator[Start]:
    """Starts `minsight` in a terminal; ended when the test is over."""
    started: list[Terminal] = []

    def begin(*args: str) -> Terminal:
        started.append(Terminal(command, *args))
        return started[-1]

    yield begin
    for terminal in started:
        terminal.close()


@pytest.fixture(scope="module")
def lessons(rules: minsight.Rules) -> tuple[Lesson, ...]:
    """The lessons that the quiz puts, in its order."""
    cases = lesson_cases(rules_folder())
    return chosen_lessons(rules, cases, count=3, seed=SEED, mineral="iron")


def numbers_worth_asking(lesson: Lesson) -> str:
    return " ".join(
        str(number)
        for number, question in enumerate(lesson.questions, start=1)
        if question.worth
    )


def test_who_asks_all_and_names_what_fits_misses_nothing(
    start: Start, lessons: tuple[Lesson, ...]
) -> None:
    terminal = start(*QUIZ)
    shown = terminal.ask()
    for number, lesson in enumerate(lessons, start=1):
        assert f"Case {number} of 3, {lesson.case.kind}" in shown
        assert f"Told: {lesson.complaint}." in shown
        assert "Why" not in shown.split(f"Case {number}")[1]
        answers = terminal.ask(numbers_worth_asking(lesson))
        for question in lesson.questions:
            assert (f"{question.text}:" in said(answers)) == question.worth
        name = ", ".join(sorted(lesson.fits)) or "none"
        last = number == len(lessons)
        code, revealed = terminal.end(name) if last else (None, terminal.ask(name))
        assert "Right." in revealed
        assert UNASKED not in revealed
        if last:
            assert "3 of 3 right." in revealed
            assert "Missed" not in revealed
        else:
            assert f"Case {number + 1} of 3" not in revealed
            shown = terminal.ask("")
    assert code == Exit.DONE
    assert too_wide(terminal.text) == []


def test_what_was_missed_is_told_after_a_case_and_at_the_end(
    start: Start, lessons: tuple[Lesson, ...]
) -> None:
    terminal = start(*QUIZ)
    terminal.ask()
    shown = terminal.ask("low magnesium")
    worth = [question for question in lessons[0].questions if question.worth]
    assert "Missed: iron; does not fit: magnesium." in shown
    assert UNASKED in shown
    for question in worth:
        assert f"{question.text}: yes" in shown
    assert "Why" in shown
    code, shown = terminal.end("stop")
    assert code == Exit.DONE
    assert "0 of 1 right; 2 cases left." in shown
    assert "Missed:\n  - Iron\n" in shown
    assert "Named, and did not fit:\n  - Magnesium\n" in shown
    for question in worth:
        assert f"  - {question.text}\n" in shown.split("not asked:")[1]
    again = shown.split("The same cases again:\n")[1].strip()
    assert shlex.split(again)[0] == "minsight"
    assert set(shlex.split(again)[1:]) == set(QUIZ)


def test_words_ask_as_numbers_do(start: Start, lessons: tuple[Lesson, ...]) -> None:
    question = lessons[0].questions[-1]
    number = len(lessons[0].questions)
    terminal = start(*QUIZ)
    terminal.ask()
    by_words = terminal.ask(question.text)
    assert f"{number} {question.text}: {question.answer}" in by_words
    assert terminal.ask(str(number)).split("\n")[1:] == by_words.split("\n")[1:]


def test_the_list_is_shown_again_without_what_was_asked(
    start: Start, lessons: tuple[Lesson, ...]
) -> None:
    first, second, *_ = lessons[0].questions
    terminal = start(*QUIZ)
    terminal.ask()
    terminal.ask("1")
    shown = terminal.ask("list")
    assert f" 1 {first.text}" not in shown
    assert f" 2 {second.text}" in shown


@pytest.mark.parametrize("typed", ["", "help", "why", "flurb", "0x", "\t"])
def test_what_is_neither_a_question_nor_a_name_gets_help(
    start: Start, typed: str
) -> None:
    terminal = start(*QUIZ)
    terminal.ask()
    assert "Ask by number or in the words of the list" in terminal.ask(typed)


def test_a_number_that_is_not_there_is_told(start: Start) -> None:
    terminal = start(*QUIZ)
    terminal.ask()
    shown = terminal.ask("0, 2, 99")
    assert "There is no number 0; choose from 1 to" in shown
    assert "There is no number 99; choose from 1 to" in shown
    assert "   2 " in shown


def test_skip_shows_the_answer_and_counts_as_not_right(start: Start) -> None:
    terminal = start(*QUIZ)
    terminal.ask()
    shown = terminal.ask("skip")
    assert "Not named.\n" in shown
    assert "Source: " in shown
    _, shown = terminal.end("stop")
    assert "0 of 1 right" in shown


def test_an_interrupt_ends_with_what_was_missed(start: Start) -> None:
    terminal = start(*QUIZ)
    terminal.ask()
    terminal.ask("zinc")
    code, shown = terminal.interrupt()
    assert code == Exit.INTERRUPTED
    assert "0 of 1 right; 2 cases left." in shown
    assert "The same cases again:" in shown


def test_lines_may_come_from_a_pipe(command: CommandLine) -> None:
    outcome = command.run(*QUIZ, stdin=b"iron\n")
    assert outcome.code == Exit.DONE
    assert "The input ended." in outcome.out
    assert "of 1 right; 2 cases left." in outcome.out


@pytest.mark.parametrize("name", ["B12", "vitamin b12", "Cobalt", "Co"])
def test_a_mineral_may_be_named_in_many_ways(command: CommandLine, name: str) -> None:
    seed = str(seed_of("cobalt", count=1))
    quiz = ("learn", "cobalt", "--quiz", "--seed", seed, "--cases", "1")
    by_id = command.run(*quiz, stdin=b"cobalt\n")
    assert "Right." in by_id.out
    assert command.run(*quiz, stdin=f"{name} lack\n".encode()) == by_id


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("learn", "sulfur", "--quiz"), "no case about sulfur"),
        (("learn", "iron", "--quiz", "--rules-too"), "leave out --quiz"),
        (("learn", "iron", "--seed", "1"), "belong to --quiz"),
        (("learn", "--cases", "2"), "belong to --quiz"),
        (("learn", "--quiz", "--cases", "0"), "--cases"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    command: CommandLine, args: tuple[str, ...], message: str
) -> None:
    outcome = command.run(*args)
    assert outcome.code == Exit.USAGE
    assert message in outcome.err
    assert outcome.out == ""
