"""Why not: what a mineral lacks for the next level, nearest first, on small rules."""

from __future__ import annotations

from typing import Final

import pytest

import minsight
from minsight import Measurement, Subject
from minsight.explanation.abduction import Completer
from minsight.explanation.model import OpenRule, WhyNot
from minsight.explanation.statements import given_answers
from minsight.explanation.why_not import Lack
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.knowledge.base import KnowledgeBase
from minsight.logic.reference import Reference

NOBODY: Final = Subject()
ADULT: Final = Subject(age="30", sex="female")


def why_not(small: minsight.Rules, mineral: str, subject: Subject = NOBODY) -> WhyNot:
    candidates = {c.mineral: c for c in small.assess(subject).candidates}
    answers = enter(subject, small.vocabulary)
    given = given_atoms(answers, small.program, small.vocabulary)
    lack = Lack(
        KnowledgeBase(small.program, small.vocabulary, small.catalogue),
        Completer(small.program, small.vocabulary),
        answers,
        given_answers(answers, small.program, small.vocabulary),
        Reference(small.program).closure(given),
    )
    if mineral not in candidates:
        return lack.why_not(mineral, level="no_pattern", brakes=())
    found = candidates[mineral]
    return lack.why_not(mineral, level=found.level, brakes=found.brakes)


def open_rules(found: WhyNot) -> dict[str, OpenRule]:
    return {rule.rule: rule for rule in found.rules}


def test_the_ways_to_the_next_level_name_the_rules_that_would_give_them(
    small: minsight.Rules,
) -> None:
    found = why_not(small, "alum", ADULT)
    assert (found.next_level, found.next_sentence) == (
        "few_findings",
        "A few unspecific findings, or a risk factor only.",
    )
    parts = [[(p.says, p.met, p.nearest) for p in gate.parts] for gate in found.gates]
    assert parts == [
        [
            (
                "an unspecific finding",
                False,
                ("alum.grey_nails", "alum.pale_smear", "alum.itch"),
            )
        ],
        [("a risk factor", False, ("alum.well_water", "alum.mill_elder"))],
    ]


def test_the_way_that_lacks_least_stands_first(small: minsight.Rules) -> None:
    """With one typical sign, a cause would do, or a second typical sign."""
    subject = Subject(present=["grey_nails"], age="30")
    found = why_not(small, "alum", subject)
    assert found.next_level == "typical_pattern"
    lacking = [sum(not part.met for part in gate.parts) for gate in found.gates]
    assert lacking == sorted(lacking)
    with_sign = [g for g in found.gates if any(part.met for part in g.parts)]
    assert [(p.says, p.met) for p in with_sign[0].parts] == [
        ("a typical sign", True),
        ("a risk factor", False),
    ]


def test_only_a_rule_that_is_strong_enough_is_near_a_part(
    small: minsight.Rules,
) -> None:
    """Of the open rules of alum one is a typical sign, beside the one that matched."""
    found = why_not(small, "alum", Subject(present=["grey_nails"], age="30"))
    (two,) = [
        part
        for gate in found.gates
        for part in gate.parts
        if part.says == "2 typical signs of different kinds"
    ]
    assert two.nearest == ("alum.pale_smear",)


def test_above_the_highest_level_there_is_nothing(small: minsight.Rules) -> None:
    value = Measurement("serum alum", 5, "ug/L")
    found = why_not(small, "alum", Subject(measurements=[value]))
    assert (found.next_level, found.next_sentence, found.gates) == (None, "", ())
    assert "alum.itch" in open_rules(found)


def test_where_a_brake_holds_it_is_named_instead_of_gates(
    small: minsight.Rules,
) -> None:
    subject = Subject(present=["grey_nails", "pale_smear"], age="30")
    found = why_not(small, "alum", subject)
    assert [brake.id for brake in found.held_back] == ["adult"]
    assert (found.next_level, found.gates) == ("typical_pattern", ())


def test_only_rules_that_can_lift_and_did_not_match_are_open(
    small: minsight.Rules,
) -> None:
    found = why_not(small, "ochre", Subject(present=["sleepiness"], age="30"))
    assert open_rules(found).keys() == {
        "ochre.red_patches",
        "ochre.nail_change",
        "ochre.deep_well",
        "ochre.expecting",
        "ochre.two_complaints",
    }


def test_open_rules_stand_by_what_they_need_and_then_by_strength(
    small: minsight.Rules,
) -> None:
    """One more complaint completes two; red patches were denied, so they come last."""
    subject = Subject(present=["sleepiness"], absent=["red_patches"], age="30", sex="f")
    assert [rule.rule for rule in why_not(small, "ochre", subject).rules] == [
        "ochre.two_complaints",
        "ochre.nail_change",
        "ochre.deep_well",
        "ochre.expecting",
        "ochre.red_patches",
    ]


def test_each_condition_says_how_it_was_answered(small: minsight.Rules) -> None:
    subject = Subject(
        present=["grey_nails"], absent=["sleepiness"], unsure=["night_cramps"]
    )
    combination = open_rules(why_not(small, "ochre", subject))["ochre.two_complaints"]
    assert [(c.id, c.label, c.answer) for c in combination.conditions] == [
        ("nail_change", "Changed nails", "met"),
        ("sleepiness", "Sleepiness", "denied"),
        ("night_cramps", "Night cramps", "unsure"),
    ]
    assert open_rules(why_not(small, "ochre"))["ochre.red_patches"].conditions[
        0
    ].answer == ("unasked")


@pytest.mark.parametrize(("value", "answer"), [(None, "unasked"), (30, "denied")])
def test_a_value_outside_of_its_range_denies_it(
    small: minsight.Rules, value: float | None, answer: str
) -> None:
    given = [] if value is None else [Measurement("serum alum", value, "ug/L")]
    rule = open_rules(why_not(small, "alum", Subject(measurements=given)))
    (condition,) = rule["alum.serum_low"].conditions
    assert (condition.id, condition.answer) == ("alum_low", answer)


def test_the_least_that_completes_a_rule_names_what_it_stands_instead_of(
    small: minsight.Rules,
) -> None:
    subject = Subject(absent=["nail_change"], age="30")
    nails = open_rules(why_not(small, "alum", subject))["alum.grey_nails"]
    assert nails.least is not None
    assert [(a.about, a.present) for a in nails.least.answers] == [("grey_nails", True)]
    assert [(a.about, a.present) for a in nails.least.instead_of] == [
        ("nail_change", False)
    ]
