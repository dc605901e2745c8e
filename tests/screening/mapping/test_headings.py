"""A column is known by its name, or else by what it asks; its choices by both."""

from __future__ import annotations

import pytest

import minsight
from minsight.screening.mapping.columns import Column, choices, headed, question_of
from minsight.screening.mapping.headings import Heading


def by(rules: minsight.Rules, name: str, label: str = "") -> Column | None:
    return headed(0, Heading((name,), (label,)), rules.vocabulary)


def test_a_heading_without_labels_asks_nothing_beyond_its_names() -> None:
    heading = Heading(("id", "pica"))
    assert [heading.label(0), heading.label(1)] == ["", ""]
    assert Heading(("id", "q1"), ("", "Are you tired?")).label(1) == "Are you tired?"


def test_a_label_says_what_a_name_does_not(rules: minsight.Rules) -> None:
    assert by(rules, "Q7") is None
    column = by(rules, "Q7", "Fatigue")
    assert column is not None
    assert (column.name, column.role, column.target) == ("Q7", "answer", "fatigue")


def test_a_name_that_is_known_goes_before_its_label(rules: minsight.Rules) -> None:
    column = by(rules, "pica", "Fatigue")
    assert column is not None
    assert column.target == "pica"


@pytest.mark.parametrize(
    ("name", "target"),
    [("complaints/fatigue", "fatigue"), ("child-fatigue", "fatigue")],
)
def test_groups_of_forms_stand_before_names(
    name: str, target: str, rules: minsight.Rules
) -> None:
    column = by(rules, name)
    assert column is not None
    assert (column.name, column.target) == (name, target)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Which do you have? (choice=Hair loss)", "Hair loss"),
        ("SYMP[Hair loss]", "Hair loss"),
        ("Which do you have? - Hair loss", "Hair loss"),
        ("Which do you have? - Selected Choice - Hair loss", "Hair loss"),
        ("Symptoms (last month) - Hair loss", "Hair loss"),
    ],
)
def test_each_program_writes_the_choice_its_own_way(text: str, choice: str) -> None:
    assert choices(text) == (choice,)


@pytest.mark.parametrize("text", ["", "fatigue", "hair-loss", "Ferritin (ng/mL)"])
def test_what_offers_nothing_has_no_choice(text: str) -> None:
    assert choices(text) == ()


def test_columns_of_one_question_share_it() -> None:
    heading = Heading(
        (
            "Symptoms (choice=Fatigue)",
            "Symptoms (choice=Pica)",
            "symptoms___1",
            "symptoms___2",
            "group/symptoms/pica",
            "group/symptoms/fatigue",
            "group/symptoms",
            "group/other",
        )
    )
    asked = [question_of(heading, n) for n in range(len(heading.names))]
    assert [n for n, one in enumerate(asked) if not one] == [6, 7]
    assert asked[0] == asked[1]
    assert asked[2] == asked[3]
    assert asked[4] == asked[5]
    assert len(set(asked)) == 4
