"""Statements: texts come apart by what they mean, and what is left is said the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest

from minsight.compiler.compile import compile_folder
from minsight.intake.recognition import Recognised
from minsight.intake.subject import Subject
from minsight.whatif.statements import (
    Statement,
    alone,
    left_out,
    statements_of,
    statements_without,
)
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES).vocabulary


def statements(**said: list[str]) -> list[Statement]:
    subject = Subject(**said)  # type: ignore[arg-type]  # texts
    return list(statements_of(subject, subject, SMALL))


def written(some: Iterable[Statement]) -> list[tuple[str, str]]:
    return [(one.field, one.text) for one in some]


def test_every_text_is_a_statement_in_the_list_it_stands_in() -> None:
    found = statements(
        unsure=["blotches"],
        not_groups=["expecting"],
        absent=["fever"],
        groups=["deep well"],
        present=["always tired, itchy skin"],
    )
    assert written(found) == [
        ("present", "always tired, itchy skin"),
        ("groups", "deep well"),
        ("absent", "fever"),
        ("not_groups", "expecting"),
        ("unsure", "blotches"),
    ]
    answers = [[(m.id, m.answer) for m in one.answers] for one in found]
    assert answers == [
        [("tiredness", "present"), ("itch", "present")],
        [("deep_well", "present")],
        [("fever", "absent")],
        [("expecting", "absent")],
        [("red_patches", "unsure")],
    ]


def test_a_person_in_a_text_is_no_answer() -> None:
    (one,) = statements(present=["30 year old woman with itch"])
    assert [match.id for match in one.answers] == ["itch"]


def test_what_says_only_what_is_changed_goes_and_what_does_not_stays() -> None:
    before = statements(present=["itchy skin", "grey nails"], absent=["fever"])
    kept = list(statements_without(before, {"itch"}, SMALL))
    assert kept == before[1:]


@pytest.mark.parametrize(
    ("text", "changed", "left"),
    [
        ("always tired, itchy skin", {"itch"}, [("present", "always tired")]),
        ("always tired, itchy skin", {"tiredness"}, [("present", "itchy skin")]),
        ("always tired, itchy skin", {"tiredness", "itch"}, []),
        ("no fever but itch", {"itch"}, [("present", "no fever")]),
    ],
)
def test_a_text_that_says_more_is_taken_apart(
    text: str, changed: set[str], left: list[tuple[str, str]]
) -> None:
    assert (
        written(statements_without(statements(present=[text]), changed, SMALL)) == left
    )


def test_what_is_left_means_what_it_meant() -> None:
    (kept,) = statements_without(
        statements(present=["no fever but itch"]), {"itch"}, SMALL
    )
    assert [(m.id, m.answer) for m in kept.answers] == [("fever", "absent")]


def test_words_that_mean_an_answer_alone_are_kept_else_its_id_is_said() -> None:
    own = Recognised("ashen nails", "present", "grey_nails", "finding", "synonym", 100)
    assert written([alone(own, "present", SMALL)]) == [("present", "ashen nails")]
    more = Recognised("itch, fever", "present", "itch", "finding", "words", 100)
    assert written([alone(more, "groups", SMALL)]) == [("groups", "itch")]


def test_an_answer_that_its_words_do_not_give_alone_moves_to_the_list_of_its_own() -> (
    None
):
    """As in "fever and itch are absent", of which "itch" alone would say yes."""
    denied = Recognised("itch", "absent", "itch", "finding", "label", 100)
    moved = alone(denied, "present", SMALL)
    assert written([moved]) == [("absent", "itch")]
    assert [(m.id, m.answer) for m in moved.answers] == [("itch", "absent")]


def test_what_was_not_understood_and_is_gone_is_told() -> None:
    before = statements(present=["qqqq", "xxxx", "itch"])
    assert list(left_out(before, before)) == []
    assert list(left_out(before, before[1:])) == [
        "`qqqq` was not understood, and is left out."
    ]
