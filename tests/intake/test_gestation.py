"""Gestation: weeks told by a woman are those of a pregnancy, and no second age."""

from __future__ import annotations

import pytest

import minsight
from minsight.ages import parse_age
from minsight.intake.answers import enter
from minsight.intake.gestation import PREGNANT


@pytest.mark.parametrize(
    "words", ["34 weeks", "34 weeks, tired", "im 12 weeks", "34 wks"]
)
def test_weeks_of_a_woman_are_those_of_a_pregnancy(
    words: str, rules: minsight.Rules
) -> None:
    woman = minsight.Subject(present=[words], age_days=parse_age("31"), sex="female")
    answers = enter(woman, rules.vocabulary)
    assert PREGNANT in answers.present
    assert answers.subject.age_days == parse_age("31")


def test_who_says_it_of_herself_is_pregnant_though_no_age_is_known(
    rules: minsight.Rules,
) -> None:
    answers = enter(
        minsight.Subject(present=["i am 32 weeks, dizzy"]), rules.vocabulary
    )
    assert PREGNANT in answers.present
    assert answers.subject.age_days is None


@pytest.mark.parametrize(
    ("words", "age", "sex"),
    [
        ("6 weeks, tired", "31", "female"),
        ("32 weeks", None, None),
        ("34 weeks", "40", "male"),
        ("34 weeks", "34 weeks", "female"),
    ],
)
def test_other_weeks_are_no_pregnancy(
    words: str, age: str | None, sex: str | None, rules: minsight.Rules
) -> None:
    days = parse_age(age) if age else None
    person = minsight.Subject(present=[words], age_days=days, sex=sex)
    answers = enter(person, rules.vocabulary, keep_going=True)
    assert PREGNANT not in answers.present
