"""What an interview shows, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from command_line import said
from minsight.assessment.wording import joined
from minsight.intake.recognition import recognise
from minsight.intake.subject import Subject
from minsight.questions.interview import InterviewStep
from minsight.questions.outline import ScreenKind
from minsight.questions.settling import Picture
from minsight_cli.rendering.conversation import Screen, TalkEnd, say_that_input_ended

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
    *asked: str,
    kind: ScreenKind = "list",
    left: int = 3,
    enough: bool = False,
    could_change: tuple[str, ...] = (),
    bears_on: tuple[str, ...] = ("iron",),
) -> InterviewStep:
    return InterviewStep(
        kind=kind,
        title="Mouth",
        asked=asked,
        covers=frozenset(asked),
        remaining=tuple(f"x{number}" for number in range(left)),
        bears_on=bears_on,
        picture=PICTURE,
        enough=enough,
        to_enough=0 if enough else left,
        could_change=could_change,
    )


def test_one_entry_is_asked_in_plain_words(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("fever"), number=2, voice="adult")
    others = joined(rules.vocabulary.finding["fever"].synonyms[:3], "or")
    asked = rules.guide.wordings["fever"].ask
    assert said(capsys.readouterr().out) == said(
        f"Question 2; about 2 more. {asked} Also: {others}"
    )


def test_a_parent_is_asked_about_the_child(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("fatigue", left=1), number=1, voice="parent")
    asked = rules.guide.wordings["fatigue"].parent
    assert asked is not None
    assert said(capsys.readouterr().out).startswith(f"Question 1. {said(asked)}")


def test_past_enough_what_is_open_is_counted(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("fever", left=1, enough=True), number=9, voice="adult")
    shown = said(capsys.readouterr().out)
    assert "Question 9; 1 answer could still matter, none is likely to." in shown


def test_a_measurement_is_asked_with_its_units(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("sodium", kind="value", left=1), number=1, voice="adult")
    assert capsys.readouterr().out == (
        "\nQuestion 1.\nSodium in blood? (a value in mmol/L, mEq/L or mg/dL)\n"
    )


def test_a_group_is_asked_with_its_definition(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    group = next(g for g in rules.vocabulary.groups if g.definition != g.label)
    screen.question(step(group.id), number=1, voice="adult")
    assert said(group.definition) in said(capsys.readouterr().out)


def test_a_question_says_what_a_no_means(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    question = next(q for q in rules.guide.questions if q.example)
    screen.question(step(question.id, kind="question"), number=1, voice="adult")
    shown = said(capsys.readouterr().out)
    assert f"No means: {said(question.no_means)}" in shown
    assert f"In words, for example: {said(str(question.example))}" in shown


def test_a_list_is_numbered(
    screen: Screen, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step(*["fever"] * 10), number=1, voice="adult")
    lines = capsys.readouterr().out.splitlines()
    short = rules.guide.wordings["fever"].short
    assert lines[2] == "Mouth: any of these?"
    assert lines[3] == f"   1 {short}"
    assert lines[-1] == f"  10 {short}"


def test_warning_signs_are_asked_about_now(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.question(step("fever", "fainting", kind="warning"), number=1, voice="adult")
    assert "Mouth: any of these now?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("few", "says"),
    [
        ((), "No single answer could; several together might."),
        (("fever",), "Only this could still change it: fever."),
        (("fever",) * 12, "One yes could still do it to 12 rare questions."),
    ],
)
def test_the_first_end_says_what_could_still_change(
    few: tuple[str, ...],
    says: str,
    screen: Screen,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.could_end("enough", step("fever", enough=True, could_change=few))
    shown = said(capsys.readouterr().out)
    assert "Enough is known" in shown
    assert says in shown


def test_after_an_emergency_help_comes_first(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.could_end("emergency", None)
    shown = said(capsys.readouterr().out)
    assert shown.startswith("No more is asked now: get help first. Go on")


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
    ("at", "words"),
    [
        (step("fever"), "Answer yes, no, not sure, skip, back, why or stop;"),
        (step("fever", "pica"), "Give the numbers that apply, as in `1 3`"),
        (step("ferritin", kind="value"), "Give the value and its unit, or skip,"),
    ],
)
def test_help_is_that_of_the_question(
    at: InterviewStep,
    words: str,
    screen: Screen,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.help(at)
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
    assessment = rules.assess(Subject(present=["weight_loss"], age="40"))
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
    ("end", "words"),
    [
        ("proven", "No answer that could still be given"),
        ("enough", "Ended where nothing likely can change"),
        ("emergency", "Ended for the emergency"),
        ("stopped", "Ended before all was"),
    ],
)
def test_the_end_says_which_of_them_it_is(
    end: TalkEnd, words: str, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.ended(end)
    assert capsys.readouterr().out.startswith(f"\n{words}")


def test_what_was_corrected_is_named(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.corrected({"fever"})
    expected = "Your reply before this is taken back: Fever."
    assert said(capsys.readouterr().out) == expected


@pytest.mark.parametrize("clinician", [False, True])
def test_the_introduction_tells_of_signs_where_they_are_asked(
    clinician: bool, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.introduction(clinician=clinician)
    shown = said(capsys.readouterr().out)
    assert "of a list, the numbers that apply" in shown
    assert ("Signs and measurements are asked about too." in shown) is clinician
