"""Gestation: weeks told by a woman are those of a pregnancy, and no second age."""

from __future__ import annotations

import pytest

import minsight
from minsight.ages import parse_age
from minsight.intake.answers import enter
from minsight.intake.gestation import PREGNANT
from minsight.intake.recognition import WEEKS


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


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("34 wks, cough", None),
        ("12 weeks, vomiting", None),
        ("6 weeks, tired", "31"),
        ("34 weeks", "40"),
        ("24 weeks, breastfeeding", None),
    ],
)
def test_weeks_that_may_be_either_are_asked_and_the_urgency_is_not_judged(
    words: str, age: str | None, rules: minsight.Rules
) -> None:
    sex = "male" if age == "40" else None
    person = minsight.Subject(
        present=[words], age_days=parse_age(age) if age else None, sex=sex
    )
    assessment = rules.assess(person)
    (left,) = assessment.unrecognised
    assert left.text == words.partition(",")[0]
    assert left.because == WEEKS
    assert not assessment.urgency.judged


def test_what_only_who_is_no_baby_can_tell_tells_a_pregnancy(
    rules: minsight.Rules,
) -> None:
    told = minsight.Subject(present=["34 wks, bad headache, seeing flashing lights"])
    urgency = rules.assess(told).urgency
    assert urgency.level == "emergency"
    assert urgency.reasons[0].flag == "pre_eclampsia"


def test_weeks_of_a_known_age_are_that_age(rules: minsight.Rules) -> None:
    baby = minsight.Subject(present=["34 weeks, cough"], age_days=parse_age("8mo"))
    answers = enter(baby, rules.vocabulary)
    assert PREGNANT not in answers.present
    assert not answers.unrecognised


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
        ("24 weeks, breastfeeding", None, None),
        ("5 weeks, not feeding well", None, None),
        ("34/40, not feeding well", None, None),
        ("he is 34 weeks", None, None),
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
