"""Durations: how long something has lasted, and the finding that it is by that."""

from __future__ import annotations

import msgspec
import pytest

from minsight.intake.text.durations import Durations
from minsight.knowledge.vocabulary import ANYBODY, Finding

FEVER = Finding(
    id="fever",
    label="Fever",
    kind="symptom",
    category="general",
    synonyms=(),
    parents=(),
    lay=True,
    asked_of=ANYBODY,
    holds_for=ANYBODY,
    hpo=None,
)
LONG = msgspec.structs.replace(
    FEVER, id="long_fever", parents=("fever",), lasts_from_days=5.0
)
DURATIONS = Durations([FEVER, LONG])


@pytest.mark.parametrize(
    "text",
    [
        "fever for 5 days",
        "fever for a week",
        "fever x 6 days",
        "fever for about ten days now",
        "fever lasting two weeks",
        "fever that started 8 days ago",
        "fever for weeks",
        "fever for half a year",
    ],
)
def test_what_has_lasted_long_enough_is_the_finding_that_says_so(text: str) -> None:
    assert DURATIONS.name_of("fever", text, 0) == "long_fever"


@pytest.mark.parametrize(
    "text",
    [
        "fever",
        "fever for 4 days",
        "fever since this morning",
        "fever 3 times a day",
        "fever every 6 days",
        "fever 6 days ago",
        "fever at 9 years",
    ],
)
def test_what_has_not_or_does_not_say_so_stays_what_it_is(text: str) -> None:
    assert DURATIONS.name_of("fever", text, 0) == "fever"


def test_a_shorter_duration_than_the_word_has_takes_the_shorter_finding() -> None:
    assert DURATIONS.name_of("long_fever", "long fever for 2 days", 0) == "fever"
    assert DURATIONS.name_of("long_fever", "long fever", 0) == "long_fever"


def test_a_duration_before_an_of_belongs_to_what_follows() -> None:
    text = "two weeks of high fever"
    assert DURATIONS.name_of("fever", text, text.index("fever")) == "long_fever"
    assert DURATIONS.name_of("fever", "two weeks of rest, fever", 20) == "fever"


def test_a_finding_without_a_duration_of_its_own_is_left_alone() -> None:
    assert DURATIONS.name_of("cough", "cough for 5 weeks", 0) == "cough"
