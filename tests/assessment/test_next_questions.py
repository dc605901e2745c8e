"""What to ask next: what is open, fits the person, and bears most on a mineral."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest

import minsight
from made_up_rules import rule
from minsight import Measurement, Subject
from minsight.assessment.next_questions import (
    answered_share,
    is_answered,
    missing_questions,
)
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import Answers, enter
from minsight.intake.facts import given_atoms
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Rule
from minsight.logic.atoms import Atom
from minsight.logic.reference import Reference
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES)


def with_rules(*rules: Rule) -> KnowledgeBase:
    """The small vocabulary, with these rules for alum and no others."""
    catalogue = msgspec.structs.replace(SMALL.catalogue, rules=rules)
    return msgspec.structs.replace(SMALL, catalogue=catalogue)


def entered(subject: Subject) -> tuple[Answers, frozenset[Atom]]:
    answers = enter(subject, SMALL.vocabulary)
    given = given_atoms(answers, SMALL.program, SMALL.vocabulary)
    return answers, Reference(SMALL.program).closure(given)


def asked(
    subject: Subject, base: KnowledgeBase = SMALL, mineral: str = "alum"
) -> list[str]:
    return list(missing_questions(base, *entered(subject), mineral))


def share(
    subject: Subject, base: KnowledgeBase = SMALL, mineral: str = "alum"
) -> tuple[int, int]:
    return answered_share(base, *entered(subject), mineral)


# --- which questions ------------------------------------------------------------------


def test_what_weighs_most_is_asked_first_and_three_at_most() -> None:
    """A characteristic finding, a strong cause, then the first supportive finding."""
    assert asked(Subject(age="30")) == ["grey_nails", "well_water", "itch"]


def test_what_was_answered_in_any_way_is_not_asked() -> None:
    subject = Subject(
        absent=["grey_nails"], unsure=["itch"], groups=["well_water"], age="30"
    )
    assert asked(subject) == [
        "tiredness", "sleepiness", "night_cramps",
    ]  # fmt: skip


def test_what_was_answered_through_the_taxonomy_is_not_asked() -> None:
    subject = Subject(absent=["nail_change"], groups=["deep_well"], age="30")
    found = asked(subject)
    assert "grey_nails" not in found
    assert "well_water" not in found


def test_where_only_a_test_could_lead_further_nothing_is_asked() -> None:
    typical = Subject(present=["grey_nails"], groups=["well_water"], age="30")
    assert asked(typical) == []


def test_what_only_a_laboratory_can_tell_is_not_asked() -> None:
    base = with_rules(
        rule("pale_smear", "supports", "pathognomonic_like"),
        rule("fever", "supports", "supportive"),
    )
    assert asked(Subject(age="30"), base) == ["fever"]


@pytest.mark.parametrize(
    ("kind", "strength"),
    [
        ("supports", "nonspecific"),
        ("risk", "weak"),
        ("combination", "very_strong"),
        ("context", "raises"),
        ("against", "brake"),
        ("measured", "low"),
    ],
)
def test_what_lifts_no_level_alone_is_not_asked(kind: str, strength: str) -> None:
    assert asked(Subject(age="30"), with_rules(rule("fever", kind, strength))) == []


def test_a_question_of_two_rules_is_worth_the_better_one() -> None:
    base = with_rules(
        rule("fever", "supports", "supportive"),
        rule("itch", "supports", "characteristic"),
        rule("again", "supports", "pathognomonic_like", reads=("fever",)),
    )
    assert asked(Subject(age="30"), base) == ["fever", "itch"]


NAILS: Final = (
    rule("grey_nails", "supports", "characteristic", cluster="nails"),
    rule("ridged_nails", "supports", "characteristic", cluster="nails"),
    rule("nail_change", "supports", "supportive", cluster="nails"),
)


def test_what_a_finding_of_its_cluster_covers_is_not_asked() -> None:
    """The program is that of the small rules: alum has matched its grey nails."""
    grey = Subject(present=["grey_nails"], age="30")
    assert asked(grey, with_rules(*NAILS)) == []


def test_what_is_stronger_than_its_cluster_so_far_is_still_asked() -> None:
    itch = rule("itch", "supports", "supportive", cluster="skin")
    patches = rule("red_patches", "supports", "characteristic", cluster="skin")
    fever = rule("fever", "supports", "supportive", cluster="skin")
    assert asked(
        Subject(present=["itch"], age="30"), with_rules(itch, patches, fever)
    ) == ["red_patches"]


def test_a_finding_that_belongs_to_other_ages_is_not_asked() -> None:
    assert "grey_nails" in asked(Subject(age="20"))
    assert "grey_nails" not in asked(Subject(age="19"))
    assert "grey_nails" in asked(Subject())


EXPECTING: Final = with_rules(
    rule("expecting", "risk", "strong"), rule("fever", "supports", "supportive")
)


@pytest.mark.parametrize(
    ("age", "sex", "found"),
    [
        ("30", "female", ["expecting", "fever"]),
        ("30", "male", ["fever"]),
        ("11", "female", ["fever"]),
        ("56", "female", ["fever"]),
        ("30", None, ["fever", "expecting"]),
        (None, "female", ["fever", "expecting"]),
    ],
)
def test_a_question_for_some_is_asked_of_them_and_last_of_who_may_not_be_meant(
    age: str | None, sex: str | None, found: list[str]
) -> None:
    assert asked(Subject(age=age, sex=sex), EXPECTING) == found


def test_what_age_and_sex_decide_is_not_asked() -> None:
    assert asked(Subject(), with_rules(rule("baby", "risk", "strong"))) == []


# --- how much was answered ------------------------------------------------------------


def test_the_share_counts_what_bears_on_the_mineral_and_can_be_asked() -> None:
    """Fever, itch and expecting: one rule reads what age decides, one is contrary."""
    base = with_rules(
        rule("fever", "supports", "nonspecific"),
        rule("both", "supports", "supportive", reads=("itch", "fever")),
        rule("expecting", "risk", "weak"),
        rule("baby", "risk", "strong"),
        rule("hoarseness", "against", "brake"),
    )
    woman, man = Subject(age="30", sex="f"), Subject(age="30", sex="m")
    assert share(woman, base) == (0, 3)
    assert share(man, base) == (0, 2)
    unsure = Subject(
        age="30", sex="f", present=["itch", "hoarseness"], unsure=["fever"]
    )
    assert share(unsure, base) == (2, 3)


@pytest.mark.parametrize(
    ("answers", "id_", "answered"),
    [
        ({}, "itch", False),
        ({"present": ["itch"]}, "itch", True),
        ({"absent": ["itch"]}, "itch", True),
        ({"unsure": ["itch"]}, "itch", True),
        ({"present": ["grey_nails"]}, "nail_change", True),
        ({"present": ["nail_change"]}, "grey_nails", False),
        ({"absent": ["nail_change"]}, "grey_nails", True),
        ({"absent": ["grey_nails"]}, "nail_change", False),
        ({"unsure": ["nail_change"]}, "grey_nails", False),
        ({"not_groups": ["well_water"]}, "deep_well", True),
        ({"groups": ["deep_well"]}, "well_water", True),
        ({"age": "6mo"}, "baby", True),
        ({"measurements": [Measurement("serum alum", 30, "ug/L")]}, "serum_alum", True),
        ({}, "serum_alum", False),
    ],
)
def test_an_answer_is_one_in_any_direction_and_through_the_taxonomy(
    answers: dict[str, object], id_: str, answered: bool
) -> None:
    subject = Subject(**answers)  # type: ignore[arg-type]  # one kind at a time
    assert is_answered(id_, *entered(subject), SMALL.vocabulary) == answered


def test_an_assessment_asks_so_for_each_candidate(small: minsight.Rules) -> None:
    subject = Subject(present=["sleepiness"], age="30")
    (ochre,) = small.assess(subject).candidates
    assert ochre.mineral == "ochre"
    assert list(ochre.missing) == asked(subject, mineral="ochre")
    assert list(ochre.missing) == ["red_patches", "nail_change", "deep_well"]
