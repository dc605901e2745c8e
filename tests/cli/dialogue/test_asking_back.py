"""What was read in doubt is shown and put right; what is sure is never asked about."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import minsight
from command_line import said
from minsight.errors import SubjectError
from minsight.intake.answers import Answers, enter
from minsight.intake.subject import Subject
from minsight_cli.dialogue.asking_back import entered
from suggested import second
from typed import types


class Asked:
    """A person who is asked on a terminal, and what was shown."""

    def __init__(
        self,
        rules: minsight.Rules,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.rules, self._patch, self._shown = rules, monkeypatch, capsys
        self.shown = ""

    def __call__(
        self, person: Subject | str, lines: Iterable[str] = (), **about: bool
    ) -> Answers:
        if isinstance(person, str):
            person = Subject(present=[person])
        types(self._patch, lines)
        try:
            return entered(self.rules, person, **about)
        finally:
            self.shown = said(self._shown.readouterr().out)


@pytest.fixture
def asked(
    rules: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Asked:
    return Asked(rules, monkeypatch, capsys)


# --- when it asks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["always tired", "9-month-old boy, no fever", "maybe a fever", "feel fine"]
)
def test_who_was_understood_is_not_asked(text: str, asked: Asked) -> None:
    answers = asked(text)
    assert asked.shown == ""
    assert not answers.unrecognised


@pytest.mark.parametrize("text", ["zonky hair", "always tyred", "tired zonk"])
def test_who_was_understood_in_doubt_is_asked(text: str, asked: Asked) -> None:
    asked(text, [""])
    assert "Enter goes on" in asked.shown


def test_answers_that_contradict_each_other_are_shown_and_can_be_put_right(
    asked: Asked,
) -> None:
    person = Subject(present=["fever"], absent=["fever"])
    answers = asked(person, ["-2", ""])
    assert "keep one of them" in asked.shown
    assert answers.present == {"fever"}
    assert not answers.absent
    with pytest.raises(SubjectError, match="keep one of them"):
        asked(person, [""])


def test_what_is_urgent_already_is_told_before_any_question(asked: Asked) -> None:
    asked("seizure and a zonk", [""])
    assert "Urgency:" in asked.shown
    assert asked.shown.index("Urgency:") < asked.shown.index("Not understood:")
    asked("tired and a zonk", [""])
    assert "Urgency:" not in asked.shown


# --- how it is put right --------------------------------------------------------------


def test_an_empty_line_goes_on_with_what_was_read(
    asked: Asked, rules: minsight.Rules
) -> None:
    person = Subject(present=["zonky hair; no fever"], absent=["tired"], age="30")
    answers = asked(person, [""])
    assert answers == enter(person, rules.vocabulary)


def test_so_does_the_end_of_the_input(asked: Asked) -> None:
    answers = asked("zonky hair")
    assert [left.text for left in answers.unrecognised] == ["zonky hair"]


def test_a_suggestion_is_taken_by_its_number(asked: Asked) -> None:
    answers = asked("zonky hair; no fever", ["4", ""])
    assert answers.present == {second(asked.rules, "zonky hair")}
    assert answers.absent == {"fever"}
    assert answers.unrecognised == ()
    label = asked.rules.vocabulary.label(second(asked.rules, "zonky hair"))
    assert f"{label} (zonky hair, as you said)" in asked.shown


@pytest.mark.parametrize(
    ("line", "status"), [("no 3", "absent"), ("3?", "unsure"), ("yes 3", "present")]
)
def test_a_suggestion_can_be_denied_or_doubted(
    line: str, status: str, asked: Asked
) -> None:
    answers = asked("zonky hair", [line, ""])
    assert getattr(answers, status) == {second(asked.rules, "zonky hair")}


@pytest.mark.parametrize("text", ["no zonky hair", "maybe zonky hair"])
def test_where_words_may_deny_it_a_bare_number_is_not_enough(
    text: str, asked: Asked
) -> None:
    answers = asked(text, ["2", "no 2", ""])
    assert "put yes or no before the number" in asked.shown
    assert answers.present == frozenset()
    assert len(answers.absent) == 1


def test_the_same_holds_of_what_was_given_as_absent(asked: Asked) -> None:
    person = Subject(absent=["zonky hair"])
    assert asked(person, ["3", "no 3", ""]).absent == {
        second(asked.rules, "zonky hair")
    }
    assert "put yes or no" in asked.shown


def test_what_was_read_wrongly_is_struck_and_stays_told(asked: Asked) -> None:
    answers = asked("always tirred; no fever", ["-1 -2", ""])
    assert (answers.present, answers.absent) == (frozenset(), frozenset())
    assert {m.id for m in answers.recognised} == {"set aside"}
    assert {m.text for m in answers.recognised} == {"always tirred", "no fever"}


def test_what_was_read_can_be_denied_or_doubted(asked: Asked) -> None:
    assert asked("always tyred", ["no 1", ""]).absent == {"fatigue"}
    assert asked("always tyred", ["1?", ""]).unsure == {"fatigue"}


def test_what_was_not_understood_can_be_set_aside(asked: Asked) -> None:
    answers = asked("zonky hair", ["-1", ""])
    assert answers.unrecognised == ()
    assert [m.id for m in answers.recognised] == ["set aside"]


def test_other_words_say_what_the_only_unread_ones_meant(asked: Asked) -> None:
    answers = asked("zonky hair", ["my hair falls out", ""])
    assert answers.present == {"hair_loss"}
    assert answers.unrecognised == ()


def test_of_several_a_number_says_which_is_meant(asked: Asked) -> None:
    person = Subject(present=["zonky hair", "a wibbly gribble"])
    answers = asked(person, ["fever", ""])
    assert answers.present == {"fever"}
    assert len(answers.unrecognised) == 2
    answers = asked(person, ["1: my hair falls out", ""])
    assert answers.present == {"hair_loss"}
    assert [left.text for left in answers.unrecognised] == ["a wibbly gribble"]


def test_words_that_say_no_more_are_still_not_understood(asked: Asked) -> None:
    answers = asked("zonky hair", ["gribbly zonk", ""])
    assert [left.text for left in answers.unrecognised] == ["gribbly zonk"]


def test_what_was_read_can_be_said_otherwise(asked: Asked) -> None:
    answers = asked("always tyred", ["1: no fever", ""])
    assert not answers.present
    assert answers.absent == {"fever"}


def test_an_age_that_was_read_wrongly_is_struck(asked: Asked) -> None:
    answers = asked("a zonk, 9-month-old boy", ["-1", ""])
    assert (answers.subject.age_days, answers.subject.sex) == (None, "male")


def test_a_correction_is_taken_back(asked: Asked) -> None:
    answers = asked("zonky hair", ["back", "-1", "back", ""])
    assert "othing has been corrected" in asked.shown
    assert [left.text for left in answers.unrecognised] == ["zonky hair"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("9", "there is no number 9"),
        ("1", "its suggestions"),
        ("-2", "counts only if you take it"),
        ("2 3", "two numbers are about one thing"),
        ("0", "there is no number 0"),
        ("help", "give the number of a suggestion"),
        ("...", "give the number of a suggestion"),
        ("9: fever", "there is no number 9"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    line: str, told: str, asked: Asked
) -> None:
    answers = asked("zonky hair", [line, ""])
    assert told in asked.shown.lower()
    assert [left.text for left in answers.unrecognised] == ["zonky hair"]


def test_a_number_of_what_was_read_alone_says_nothing(asked: Asked) -> None:
    assert asked("always tyred", ["1", ""]).present == {"fatigue"}
    assert "a minus before it strikes it" in asked.shown


def test_days_and_weeks_are_words_and_no_choice(asked: Asked) -> None:
    answers = asked("zonky hair", ["3 days of fever", ""])
    assert answers.present == {"fever"}


def test_one_text_in_two_lists_keeps_its_place_in_both(asked: Asked) -> None:
    person = Subject(present=["zonk", "zonk"], absent=["zonk"])
    answers = asked(person, [""])
    assert [left.text for left in answers.unrecognised] == ["zonk", "zonk"]
