"""Conditions as written: an id, or one of four forms, nested at will."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from minsight.compiler.documents.conditions import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    ConditionDocument,
)

CONDITION: TypeAdapter[Any] = TypeAdapter(ConditionDocument)


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("itch", "itch"),
        ({"all": ["itch", "fever"]}, AllOf(all=["itch", "fever"])),
        ({"any": ["itch"]}, AnyOf(any=["itch"])),
        ({"at_least": 2, "of": ["a", "b"]}, AtLeast(at_least=2, of=["a", "b"])),
        ({"absent": "itch"}, Absent(absent="itch")),
        (
            {"all": ["a", {"any": ["b", {"absent": "c1"}]}]},
            AllOf(all=["a", AnyOf(any=["b", Absent(absent="c1")])]),
        ),
    ],
)
def test_a_condition_is_read_in_its_form(written: object, condition: object) -> None:
    assert CONDITION.validate_python(written) == condition


@pytest.mark.parametrize("written", [None, 1, True, [], ["itch"], {}, {"none": ["a"]}])
def test_what_is_no_condition_is_told_what_one_is(written: object) -> None:
    with pytest.raises(ValidationError, match="is not a condition; write an id, or"):
        CONDITION.validate_python(written)


@pytest.mark.parametrize(
    "written",
    [
        {"all": []},
        {"any": []},
        {"at_least": 1, "of": []},
        {"at_least": 0, "of": ["a"]},
        {"at_least": 1.5, "of": ["a", "b"]},
        {"at_least": 1},
        {"absent": ["itch"]},
        {"absent": "Itch"},
        {"absent": {"any": ["a"]}},
        {"all": ["a"], "any": ["b"]},
        {"all": "itch"},
        {"all": ["a", None]},
    ],
)
def test_a_condition_that_would_mean_nothing_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(written)


def test_more_than_there_are_can_never_hold() -> None:
    AtLeast(at_least=2, of=["a", "b"])
    with pytest.raises(ValidationError, match="asks for 3 of 2; lower `at_least`"):
        AtLeast(at_least=3, of=["a", "b"])


def test_a_place_inside_a_condition_is_named_by_the_keys_that_are_written() -> None:
    """The tags of the forms stand in brackets, so that they are no keys."""
    with pytest.raises(ValidationError) as caught:
        CONDITION.validate_python({"all": ["a", {"any": []}]})
    (error,) = caught.value.errors()
    keys = [key for key in error["loc"] if not str(key).startswith("<")]
    assert keys == ["all", 1, "any"]
