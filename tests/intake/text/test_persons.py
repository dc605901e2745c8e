"""Persons: which clauses of a text are about whom, and which are kept apart."""

from __future__ import annotations

import pytest

from minsight.intake.text.persons import Who, apart, clauses


def kept_apart(text: str, told: list[str], ages: list[str]) -> list[str]:
    """The clauses of others, by words that tell something and words for ages."""
    stretches = apart(
        text, [text.index(w) for w in told], [text.index(a) for a in ages]
    )
    return [stretch.of(text) for stretch in stretches]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("my son is 3, I am tired", [Who.CHARGE, Who.WRITER]),
        ("I am tired. My mother is 80", [Who.WRITER, Who.NEAR]),
        ("I gave my son syrup and he slept", [Who.WRITER, Who.CHARGE]),
    ],
)
def test_a_clause_is_about_who_was_named_or_meant_last(
    text: str, whose: list[Who]
) -> None:
    assert [clause.who for clause in clauses(text) if clause.who] == whose


@pytest.mark.parametrize("text", ["tired and pale", "my son is pale", "I am pale", ""])
def test_a_text_about_one_person_is_not_cut(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    ("text", "told", "ages", "others"),
    [
        ("my son is 3, I am tired", ["tired"], ["3"], ["my son is 3, "]),
        ("my son is pale, I am tired", ["pale", "tired"], [], ["I am tired"]),
        ("I am worried, my son is pale", ["worried", "pale"], [], ["I am worried, "]),
        ("my wife snores, I am tired", ["snores", "tired"], [], ["my wife snores, "]),
        ("I am 40, mum is 70 and pale", ["pale"], ["40", "70"], ["mum is 70 and pale"]),
        ("my son is 3 and I am 30", [], ["3", "30"], []),
    ],
)
def test_a_text_is_about_who_has_something_first_and_writers_before_adults_near(
    text: str, told: list[str], ages: list[str], others: list[str]
) -> None:
    assert kept_apart(text, told, ages) == others
