"""The person: ages and sexes that a text gives in passing, and none of anybody else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.ages import parse_age
from minsight.intake.text.demographics import mentions


def ages(text: str) -> list[float]:
    return [m.age_days for m in mentions(text) if m.age_days is not None]


def sexes(text: str) -> set[str]:
    return {m.sex for m in mentions(text) if m.sex is not None}


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("9-month-old boy, no fever", "9mo", "male"),
        ("28F with itch", "28", "female"),
        ("F 28, itch", "28", "female"),
        ("M/45", "45", "male"),
        ("9moM with itch", "9mo", "male"),
        ("woman, 67 years old", "67", "female"),
        ("a 3 week old girl", "3w", "female"),
        ("thirty-two year old man", "32", "male"),
        ("twelve-year-old girl", "12", "female"),
        ("2,5 years old girl", "2.5", "female"),
        ("boy of 6 months", "6mo", "male"),
        ("an elderly lady, 81", "81", "female"),
        ("she is 30 years old", "30", "female"),
        ("dad 81, itch", "81", "male"),
        ("dad is 81, itch", "81", "male"),
        ("my mum is now 72 and has itch", "72", "female"),
    ],
)
def test_an_age_and_a_sex_stand_together_in_many_forms(
    text: str, age: str, sex: str
) -> None:
    assert ages(text) == [parse_age(age)]
    assert sexes(text) == {sex}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("itch, aged 30", "30"),
        ("I am 30", "30"),
        ("itch, 30 yo", "30"),
        ("40 years of age", "40"),
        ("11 mths old", "11mo"),
        ("10 days old", "10d"),
    ],
)
def test_an_age_may_stand_alone(text: str, age: str) -> None:
    assert (ages(text), sexes(text)) == ([parse_age(age)], set())


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("woman with itch", "female"),
        ("this little boy has itch", "male"),
        ("my daughter has itch", "female"),
        ("itch in a young man", "male"),
        ("sex: female", "female"),
    ],
)
def test_a_sex_may_open_a_text(text: str, sex: str) -> None:
    assert (ages(text), sexes(text)) == ([], {sex})


@pytest.mark.parametrize(
    "text",
    [
        "itch for 3 weeks",
        "itch since the age of 5 years old",
        "pregnant, at 20 weeks",
        "mother of a 2 year old boy",
        "breastfeeding her 5 month old baby",
        "her mother is 60 years old",
        "her mother is 60, she has itch",
        "itch, my mother is 60",
        "her 60 year old mother has itch",
        "ferritin 30",
        "3 years ago",
        "200 years old",
        "she has itch",
        "the boy's mother has itch",
        "looks like a boy of ten",
        "walks like a 70 year old man",
        "",
    ],
)
def test_an_age_or_a_sex_of_somebody_else_or_of_another_time_is_none(
    text: str,
) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "0-5mo", "6-11mo", "1-3y", "65y+", "0 to 5 months", "65 years and over",
        "aged 6-23 months", "aged 65+", "1-3 years old", "aged 15\u201349", "15-49F",
        "<5 years old", "aged 65 years or older",
    ],
)  # fmt: skip
def test_the_end_of_a_span_of_ages_is_no_age(text: str) -> None:
    assert ages(text) == []


def test_a_mention_is_told_in_the_words_and_at_the_place_of_the_text() -> None:
    text = "Known itch. 30 years old, F"
    (age,) = mentions(text)
    assert (age.text, text[age.start : age.end]) == ("30 years old", "30 years old")


PARTS = [
    "9-month-old", "boy", "girl", "28F", "30 years old", ",", "itch", "mother of",
    "aged 5", "she", "is", "of", ".", "a", "M/45", "since", "two weeks",
]  # fmt: skip


@given(parts=st.lists(st.sampled_from(PARTS), max_size=8))
def test_whatever_is_mentioned_stands_in_the_text_in_its_order(
    parts: list[str],
) -> None:
    text = " ".join(parts)
    found = mentions(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for one in found:
        assert text[one.start :].startswith(one.text)
        assert (one.age_days is not None) or (one.sex is not None)
    given_ages = [m for m in found if m.age_days is not None]
    places = sorted((m.start, m.end) for m in given_ages)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
