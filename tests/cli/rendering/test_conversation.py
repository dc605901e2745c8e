"""What an interview shows, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from command_line import said
from minsight.assessment.wording import joined
from minsight.intake.recognition import recognise
from minsight.intake.subject import Subject
from minsight.questions.interview import InterviewStep, Picture
from minsight_cli.rendering.conversation import Screen, say_that_input_ended

PICTURE = Picture(
    order=("iron", "zinc", "copper"),
    levels={
        "iron": "partial_pattern",
        "zinc": "few_findings",
        "copper": "no_pattern",
    },
    points={"iron": 8, "zinc": 3, "copper": 0},
)


@pytest.fixture
def screen(rules: minsight.Rules) -> Screen:
    return Screen(rules)


def step(
    *asked: str, left: int = 3, bears_on: tuple[str, ...] = ("iron",)
) -> InterviewStep:
    return InterviewStep(
        asked=asked,
        section="Mouth",
        remaining=tuple(f"x{number}" for number in range(left)),
        bears_on=bears_on,
        picture=PICTURE,
    )


def test_one_question_stands_with_other_words_for_it(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("fever"), number=2)
    others = joined(rules.vocabulary.finding["fever"].synonyms[:3], "or")
    assert capsys.readouterr().out == (
        f"\nQuestion 2; 3 answers can still matter.\nFever?\nAlso: {others}\n"
    )


def test_a_measurement_is_asked_with_its_units(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("sodium", left=1), number=1)
    assert capsys.readouterr().out == (
        "\nQuestion 1; 1 answer can still matter.\n"
        "Sodium in blood? (a value in mmol/L, mEq/L or mg/dL)\n"
    )


def test_a_group_is_asked_with_its_definition(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    group = next(g for g in rules.vocabulary.groups if g.definition != g.label)
    screen.question(step(group.id), number=1)
    shown = said(capsys.readouterr().out)
    assert shown.endswith(f"{said(group.label)}? {said(group.definition)}")


def test_a_list_is_numbered(screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    screen.question(step(*["fever"] * 10), number=1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "Mouth: any of these?"
    assert lines[3] == "   1 Fever"
    assert lines[-1] == "  10 Fever"


def test_why_names_the_minerals_and_how_they_stand(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.why(step("fever", bears_on=("iron", "zinc")))
    assert capsys.readouterr().out == (
        "The answer bears on iron and zinc.\n"
        "First so far: iron (partial pattern) and zinc (few findings).\n"
    )


def test_of_many_minerals_only_the_first_are_named(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    ten = tuple(rules.program.minerals[:10])
    screen.why(step("fever", bears_on=ten))
    names = [rules.profiles[mineral].name.lower() for mineral in ten[:8]]
    assert said(capsys.readouterr().out).startswith(
        f"The answer bears on {', '.join(names)} and 2 more."
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("fever",), "Answer yes, no, not sure, skip, back, why or stop;"),
        (("fever", "pica"), "Give the numbers that apply, as in `1 3`"),
        (("ferritin",), "Give the value and its unit, or skip, back, why, stop."),
    ],
)
def test_help_is_that_of_the_question(
    asked: tuple[str, ...],
    words: str,
    screen: Screen,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.help(step(*asked))
    assert said(capsys.readouterr().out).startswith(words)


def test_words_are_echoed_with_what_was_not_understood(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.understood(recognise("tired, qqqq", rules.vocabulary))
    assert capsys.readouterr().out == (
        "Understood: Fatigue (tired).\nNot understood: qqqq\n"
    )


@pytest.mark.parametrize(
    ("questions", "told"), [(1, "after 1 question."), (3, "after 3 questions.")]
)
def test_a_saved_interview_says_after_how_much_it_goes_on(
    questions: int,
    told: str,
    screen: Screen,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.resumed(questions, rules.fingerprint)
    assert capsys.readouterr().out == f"Going on with the saved interview, {told}\n\n"
    screen.resumed(questions, "0000")
    assert "The rules have changed since; the replies count by the" in said(
        capsys.readouterr().out
    )


def test_an_interrupt_says_how_to_go_on(
    screen: Screen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "it is here.json"
    screen.interrupted(file, "minsight check tired")
    assert said(capsys.readouterr().out) == (
        "What was said so far: minsight check tired"
    )
    file.touch()
    screen.interrupted(file, "minsight check tired")
    shown = capsys.readouterr().out
    assert shown.endswith(f"\nminsight interview --save '{file}'\n")
    screen.interrupted(None, None)
    assert capsys.readouterr().out.strip() == ""


def test_what_is_urgent_is_said_with_its_reasons(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    assessment = rules.assess(Subject(present=["seizure"]), engine="reference")
    screen.urgent(assessment)
    shown = said(capsys.readouterr().out)
    assert shown.startswith(f"Urgency: {said(assessment.urgency.sentence)} - ")
    for reason in assessment.urgency.reasons:
        assert said(reason.message) in shown
    assert shown.endswith("The interview can wait; stop ends it.")


def test_a_refusal_is_a_sentence_and_so_is_the_end(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.refuse("there is no number 9")
    screen.forgotten("tired")
    screen.nothing_was_said()
    say_that_input_ended()
    assert capsys.readouterr().out == (
        "There is no number 9.\nTaken back: tired\n"
        "Nothing was said that could be assessed.\n\nThe input ended.\n"
    )


@pytest.mark.parametrize(
    ("settled", "words"),
    [(True, "No answer that could still be given"), (False, "Ended before all was")],
)
def test_the_end_says_whether_all_was_settled(
    settled: bool, words: str, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.ended(settled=settled)
    assert capsys.readouterr().out.startswith(f"\n{words}")


@pytest.mark.parametrize("together", [False, True])
def test_the_introduction_tells_of_lists_and_signs_where_they_are_asked(
    together: bool, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.introduction(clinician=together, together=together)
    shown = said(capsys.readouterr().out)
    assert ("of a list, the numbers that apply" in shown) is together
    assert ("Signs and measurements are asked about too." in shown) is together
