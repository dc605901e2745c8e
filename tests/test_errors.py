"""Errors: one tree, every problem at once, and values that are safe to show."""

from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight import errors
from minsight.errors import (
    VERY_LARGE,
    FileError,
    Issue,
    MapError,
    MinsightError,
    Place,
    RulesError,
    ScenariosError,
    WordsError,
    did_you_mean,
    missing_extra,
    quoted,
)

LATE: Final = Issue(Place("b.yaml", 2, 3), "is late", "move it")
EARLY: Final = Issue(Place("a.yaml", 10, 1), "is early", "keep it")


def test_the_tree_that_is_drawn_is_the_tree_that_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    ours = {
        name
        for name, value in vars(errors).items()
        if not name.startswith("_")
        and isinstance(value, type)
        and issubclass(value, MinsightError)
    }
    assert {"MinsightError", *drawn} == ours
    assert len(drawn) == len(set(drawn))


def test_a_place_is_written_as_editors_open_it() -> None:
    assert str(Place("iron/rules.yaml", 12, 7)) == "iron/rules.yaml:12:7"
    assert str(Place("levels.yaml")) == "levels.yaml:1:1"


def test_lines_are_in_the_order_of_numbers_not_of_letters() -> None:
    assert Place("a.yaml", 9, 1) < Place("a.yaml", 10, 1) < Place("b.yaml", 1, 1)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (RulesError, "the rules have"),
        (MapError, "the map has"),
        (ScenariosError, "the scenarios have"),
        (WordsError, "the word list has"),
    ],
)
def test_every_problem_is_told_once_in_the_order_of_the_files(
    error: type[RulesError | MapError | ScenariosError | WordsError], what: str
) -> None:
    raised = error([LATE, EARLY, LATE])
    assert raised.issues == (EARLY, LATE)
    assert str(raised).splitlines() == [
        f"{what} 2 problems",
        "  a.yaml:10:1: is early (keep it)",
        "  b.yaml:2:3: is late (move it)",
    ]


def test_one_problem_is_not_called_problems() -> None:
    assert str(RulesError([EARLY])).splitlines()[0] == "the rules have 1 problem"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "nothing"),
        ([], "a list"),
        ((1, 2), "a list"),
        ({"present": []}, "a mapping"),
        (False, "`false`"),
        (0.5, "`0.5`"),
        (VERY_LARGE - 1, "`999999999999999`"),
        (VERY_LARGE, "a very large number"),
        (-VERY_LARGE, "a very large number"),
        pytest.param(10**5000, "a very large number", id="thousands of digits"),
        (float("inf"), "a very large number"),
        ("", "``"),
        ("x" * 60, f"`{'x' * 60}`"),
        ("x" * 61, f"`{'x' * 57}...`"),
        ("half \ud800", "`half ?`"),
    ],
)
def test_a_value_is_shown_as_the_file_would_have_it(value: object, shown: str) -> None:
    assert quoted(value) == shown


@given(value=st.text() | st.integers() | st.floats(), most=st.integers(4, 80))
def test_no_value_makes_a_message_long(value: object, most: int) -> None:
    """Not even one of thousands of digits, which Python refuses to write down."""
    shown = quoted(value, most=most)
    assert len(shown) <= max(most + 2, len("a very large number"))
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    ("word", "itself", "question"),
    [
        ("koilonichia", False, "did you mean `koilonychia`?"),
        ("picca", False, "did you mean `pica`?"),
        ("xyzzy", False, ""),
        ("pica", False, ""),
        ("pica", True, "did you mean `pica`?"),
    ],
)
def test_the_nearest_word_is_asked_for_and_nothing_where_none_is_near(
    word: str, itself: bool, question: str
) -> None:
    assert did_you_mean(word, {"koilonychia", "pica"}, itself=itself) == question


@given(words=st.lists(st.sampled_from(["abc", "abd", "abe", "bcd"]), unique=True))
def test_the_order_of_the_known_words_changes_no_advice(words: list[str]) -> None:
    assert did_you_mean("abf", words) == did_you_mean("abf", sorted(words))


def test_what_a_missing_package_is_for_and_how_it_is_installed_is_told() -> None:
    error = missing_extra("a table for Excel", "excel")
    assert isinstance(error, FileError)
    assert str(error) == (
        "a table for Excel needs a package that is not installed;"
        ' install it with `pip install "minsight[excel]"`'
    )
