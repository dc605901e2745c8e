"""Weeks that are told without a word for what they are of."""

from __future__ import annotations

import pytest

from minsight.intake.text.demographics import mentions
from minsight.intake.text.weeks import are_open, with_weeks


def open_weeks(text: str) -> list[str]:
    told = with_weeks(text, mentions(text))
    return [one.text for one in told if are_open(text, one)]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("34 wks, headache", ["34 wks"]),
        ("I'm 12 weeks, sick", ["I'm 12 weeks"]),
        ("woman, 34 weeks", ["woman, 34 weeks"]),
        ("34/40, headache", ["34/40"]),
        ("34+2/40 reduced movements", ["34+2/40"]),
        ("31 + 4 weeks, bleeding", ["31 + 4 weeks"]),
        ("36w waters gone", ["36w"]),
        ("headache, 38+1", ["38+1"]),
    ],
)
def test_weeks_of_either_are_open(text: str, weeks: list[str]) -> None:
    assert open_weeks(text) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "34 weeks old, cough",
        "baby 30 weeks, cough",
        "my son, 30 weeks, coughs",
        "he is 34 weeks",
        "34 weeks pregnant, headache",
        "born at 34+2, yellow",
        "born at 36/40",
        "tired for 30 weeks",
        "24 weeks of headache",
        "BP 140/40, 38.5",
        "pain 8/10",
        "took 5+2 today",
        "20+5 mg",
        "60 weeks, cough",
        "34 years, headache",
    ],
)
def test_weeks_that_are_told_to_be_something_are_not_open(text: str) -> None:
    assert open_weeks(text) == []
