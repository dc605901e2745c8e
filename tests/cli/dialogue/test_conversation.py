"""An interview keeps what is typed, and asks again where it cannot be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import pytest

import minsight
from command_line import said
from minsight.questions.session import ReplyValue, Session, session_from_json
from minsight_cli.dialogue.conversation import Conversation
from minsight_cli.dialogue.replies import InputEnded
from suggested import second
from typed import types

Talk: TypeAlias = Callable[..., Session]
LIST = ("fatigue", "fever", "pica")
"""What a list of questions asks about in these tests."""


@pytest.fixture
def talk(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Talk:
    """Types lines into an interview, to their end; what was kept of it."""

    def typed(
        lines: Iterable[str], *, asking_back: bool = False, **about: object
    ) -> Session:
        file = tmp_path / "kept.json"
        start = Session(fingerprint=rules.fingerprint, **about)  # type: ignore[arg-type]
        types(monkeypatch, lines)
        conversation = Conversation(rules, start, save=file, asking_back=asking_back)
        with suppress(InputEnded):
            conversation.lead()
        return session_from_json(file.read_bytes()) if file.exists() else start

    return typed


@pytest.fixture
def asked(rules: minsight.Rules) -> Conversation:
    """An interview whose answers are looked at one by one."""
    return Conversation(rules, Session(fingerprint=rules.fingerprint))


# --- who it is and what is wrong ------------------------------------------------------


def test_age_and_sex_come_first_and_words_after_them(talk: Talk) -> None:
    kept = talk(["9mo", "both", "m", "no energy", "stop"])
    assert (kept.age_days, kept.sex) == (9 * 30.4375, "male")
    assert kept.told == ("no energy",)
    assert kept.steps == ()


def test_what_is_known_of_the_person_is_not_asked(talk: Talk) -> None:
    kept = talk(["always tired", "stop"], age_days=3000.0, sex="female")
    assert kept.told == ("always tired",)


def test_age_and_sex_may_stay_unknown(talk: Talk) -> None:
    kept = talk(["", "not sure", "dizzy", "stop"])
    assert (kept.age_days, kept.sex, kept.told) == (None, None, ("dizzy",))


def test_an_age_that_nobody_has_is_asked_again(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = talk(["old", "200", "30", "f", "stop"])
    assert kept.age_days == 30 * 365.25
    shown = said(capsys.readouterr().out)
    assert "`old` is not an age;" in shown
    assert "is beyond 125 years" in shown


def test_words_that_contradict_what_was_said_are_not_kept(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = talk(["30", "m", "pregnant", "dizzy", "stop"])
    assert kept.told == ("dizzy",)
    assert "is not said of a male person" in said(capsys.readouterr().out)


def test_words_that_mean_nothing_are_told_and_kept(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    """They may be a warning sign: nobody is told that there was none."""
    kept = talk(["30", "f", "qqqq", "stop"])
    assert kept.told == ("qqqq",)
    assert "Not understood: qqqq" in said(capsys.readouterr().out)


def test_back_takes_the_last_words_back(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = talk(["30", "f", "dizzy", "fever", "back", "stop"])
    assert kept.told == ("dizzy",)
    assert "Taken back: fever" in said(capsys.readouterr().out)


# --- asking back ----------------------------------------------------------------------


def test_words_that_are_put_right_are_kept_as_replies(
    talk: Talk, capsys: pytest.CaptureFixture[str], rules: minsight.Rules
) -> None:
    kept = talk(["30", "f", "zonky hair", "3", "", "stop"], asking_back=True)
    assert (kept.told, kept.steps) == ((), ({second(rules, "zonky hair"): "yes"},))
    assert "Enter goes on" in said(capsys.readouterr().out)


def test_words_that_are_left_as_they_were_read_are_kept_as_words(talk: Talk) -> None:
    kept = talk(["30", "f", "always tyred", "", "dizzy", "stop"], asking_back=True)
    assert (kept.told, kept.steps) == (("always tyred", "dizzy"), ())


def test_what_is_still_not_understood_stays_told(talk: Talk) -> None:
    lines = ["30", "f", "zonky hair; a gribble; no fever", "-1", "", "stop"]
    kept = talk(lines, asking_back=True)
    assert kept.told == ("zonky hair", "a gribble")
    assert kept.steps == ()


def test_an_age_that_is_put_right_is_that_of_the_person(talk: Talk) -> None:
    kept = talk(["", "", "zonk", "28-year-old woman", "", "stop"], asking_back=True)
    assert (kept.age_days, kept.sex) == (28 * 365.25, "female")


def test_corrections_that_contradict_what_was_said_are_not_kept(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = talk(["30", "f", "no fever", "zonk", "fever", "", "stop"], asking_back=True)
    assert (kept.told, kept.steps) == (("no fever",), ())
    assert "keep one of them" in said(capsys.readouterr().out)


def test_who_stops_while_being_asked_keeps_what_was_put_right(
    talk: Talk, rules: minsight.Rules
) -> None:
    kept = talk(["30", "f", "zonky hair", "3", "stop"], asking_back=True)
    assert kept.steps == ({second(rules, "zonky hair"): "yes"},)


def test_back_takes_a_correction_back_that_was_kept(talk: Talk) -> None:
    lines = ["30", "f", "zonky hair", "3", "", "back", "stop"]
    assert talk(lines, asking_back=True).steps == ()


def test_what_is_urgent_is_told_before_it_is_asked_about(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(["30", "f", "seizure; a zonk", "", "stop"], asking_back=True)
    shown = said(capsys.readouterr().out)
    assert shown.count("Urgency:") == 1
    assert shown.index("Urgency:") < shown.index("Not understood:")


# --- questions ------------------------------------------------------------------------


def test_replies_are_kept_in_order_and_back_takes_the_last(talk: Talk) -> None:
    begin = ["30", "f", "always tired", "", ""]
    kept = talk([*begin, "no", "not sure", "skip", "back", "no", "stop"])
    words = [set(step.values()) for step in kept.steps]
    assert words == [{"no"}, {"unsure"}, {"no"}]
    asked = [id_ for step in kept.steps for id_ in step]
    assert len(set(asked)) == len(asked)


def test_numbers_choose_from_a_list_and_the_others_count_as_no(
    asked: Conversation,
) -> None:
    assert asked._chosen("1 3?", LIST) == {
        "fatigue": "yes", "fever": "no", "pica": "unsure",
    }  # fmt: skip
    assert asked._chosen("2, and 3", LIST) == {
        "fatigue": "no", "fever": "yes", "pica": "yes",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["0", "4", "1 99"])
def test_a_number_that_is_not_in_the_list_is_refused(
    text: str, asked: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked._chosen(text, LIST) is None
    number = text.rsplit(maxsplit=1)[-1]
    assert capsys.readouterr().out == (
        f"There is no number {number}; choose from 1 to 3.\n"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", ReplyValue(8.0, "ug/L")),
        (" 8.5 ", ReplyValue(8.5, "ug/L")),
        ("8 ng/mL", ReplyValue(8.0, "ng/mL")),
    ],
)
def test_a_value_without_a_unit_is_in_that_of_the_question(
    text: str, value: ReplyValue, asked: Conversation
) -> None:
    assert asked._value(text, "ferritin") == {"ferritin": value}


@pytest.mark.parametrize("text", ["high", "8 stones", "1000000", "-1"])
def test_a_value_that_nobody_has_is_refused_in_words(
    text: str, asked: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked._value(text, "ferritin") is None
    assert capsys.readouterr().out.rstrip().endswith(".")


def test_there_is_nothing_to_go_back_to_at_the_beginning(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(["back", "stop"])
    assert "Nothing has been said yet that could be taken back." in said(
        capsys.readouterr().out
    )
