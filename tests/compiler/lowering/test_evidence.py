"""Rules to evidence: strengths, clusters, risks, combinations, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pytest

from minsight.compiler.conditions import names_of
from minsight.compiler.folder import Folder
from minsight.compiler.lowering.builder import ProgramBuilder
from minsight.compiler.lowering.evidence import (
    MineralRules,
    lower_evidence,
    lower_weights,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from small_folder import rule_document, small_folder, with_rules

FOR: Final = {"supports": "supportive"}


def holding(given: Iterable[Atom], folder: Folder | None = None) -> frozenset[Atom]:
    """What holds of alum by its evidence alone, nothing left out as unread."""
    folder = folder or small_folder()
    builder, names = ProgramBuilder(), names_of(folder)
    rules = MineralRules("alum", folder)
    lower_evidence(builder, names, rules)
    lower_weights(builder, names, rules, folder.levels)
    program = Program(builder.strata(), (), (), (), ("alum",), "")
    return Reference(program).closure(frozenset(given))


# --- the rules of a mineral -----------------------------------------------------------


def test_rules_are_sorted_by_what_they_conclude_and_given_up_ones_are_left_out() -> (
    None
):
    old = rule_document(
        "alum.old", "fever", FOR, status="deprecated", deprecated_because="Old."
    )
    rules = MineralRules("alum", with_rules("alum", *small_folder().rules["alum"], old))
    names = {
        key: [rule.id.removeprefix("alum.") for rule in getattr(rules, key)]
        for key in ("risks", "combinations", "brakes", "caps", "measured")
    }
    assert names == {
        "risks": ["well_water", "mill_elder"],
        "combinations": ["nails_at_the_mill"],
        "brakes": ["against_fever"],
        "caps": [],
        "measured": ["serum_low", "reported_low"],
    }
    assert len(rules.supports) == 5
    assert len(rules.all) == 13


def test_a_mineral_without_rules_has_none() -> None:
    assert MineralRules("chalk", small_folder()).all == []


def test_a_rule_is_in_its_own_cluster_or_that_of_its_finding_or_by_itself() -> None:
    own = rule_document("alum.own", "itch", FOR, cluster="nails")
    finding = rule_document("alum.finding", "itch", FOR)
    both = rule_document("alum.both", {"all": ["itch", "red_patches"]}, FOR)
    plain = rule_document("alum.plain", "fever", FOR)
    rules = MineralRules("alum", with_rules("alum", own, finding, both, plain))
    assert [rules.cluster_of(rule) for rule in rules.all] == [
        "nails", "skin", "alum.both", "alum.plain",
    ]  # fmt: skip
    assert {name: len(rules) for name, rules in rules.by_cluster().items()} == {
        "nails": 1, "skin": 1, "alum.both": 1, "alum.plain": 1,
    }  # fmt: skip


def test_a_narrower_rule_of_the_same_kind_is_more_specific() -> None:
    wide = rule_document("alum.wide", "nail_change", FOR)
    grey = rule_document("alum.grey", "grey_nails", FOR)
    against = {"against": "brake", "points_to": "something else"}
    other = rule_document("alum.other", "ridged_nails", against)
    whole = rule_document("alum.whole", {"all": ["ridged_nails", "itch"]}, FOR)
    well = rule_document("alum.well", "well_water", {"risk": "weak"})
    deep = rule_document("alum.deep", "deep_well", {"risk": "weak"})
    folder = with_rules("alum", wide, grey, other, whole, well, deep)
    rules = MineralRules("alum", folder)
    assert rules.more_specific(wide) == ["alum.grey"]
    assert rules.more_specific(grey) == []
    assert rules.more_specific(whole) == []
    assert rules.more_specific(well) == ["alum.deep"]


# --- strengths ------------------------------------------------------------------------

GREY: Final = "alum.grey_nails"
SIGN: Final = atoms.observed("grey_nails")
OUTSIDE: Final = atoms.outside_group("20y+")


@pytest.mark.parametrize(
    ("more", "strengths"),
    [
        ([], {"characteristic", "supportive", "nonspecific"}),
        ([atoms.in_group("20y+")], {"characteristic", "supportive", "nonspecific"}),
        ([OUTSIDE], {"supportive", "nonspecific"}),
    ],
)
def test_a_finding_known_to_be_outside_its_ages_counts_one_class_lower(
    more: list[Atom], strengths: set[str]
) -> None:
    """At an unknown age it counts in full."""
    holds = holding([SIGN, *more])
    assert {s for s in STEPS if atoms.strength(GREY, s) in holds} == strengths
    assert (atoms.outside_age(GREY) in holds) == (OUTSIDE in more)
    assert atoms.evidence(GREY) in holds


STEPS: Final = ("pathognomonic_like", "characteristic", "supportive", "nonspecific")


def test_the_weakest_finding_counts_the_same_at_any_age() -> None:
    weak = rule_document(
        "alum.weak", "fever", {"supports": "nonspecific"}, ages=["20y+"]
    )
    holds = holding([atoms.observed("fever"), OUTSIDE], with_rules("alum", weak))
    assert atoms.strength("alum.weak", "nonspecific") in holds


def test_outside_one_of_several_ages_is_not_outside_of_all() -> None:
    aged = rule_document(
        "alum.aged", "fever", {"supports": "characteristic"}, ages=["1-19y", "20y+"]
    )
    folder = with_rules("alum", aged)
    known = [atoms.observed("fever"), OUTSIDE]
    assert atoms.strength("alum.aged", "characteristic") in holding(known, folder)
    known.append(atoms.outside_group("1-19y"))
    assert atoms.strength("alum.aged", "characteristic") not in holding(known, folder)


# --- clusters -------------------------------------------------------------------------


def test_findings_of_one_cluster_count_once_and_of_two_twice() -> None:
    one, two = (
        rule_document(f"alum.{id_}", id_, FOR) for id_ in ("itch", "red_patches")
    )
    other = rule_document("alum.fever", "fever", FOR)
    folder = with_rules("alum", one, two, other)
    skin = {atoms.observed("itch"), atoms.observed("red_patches")}
    both = atoms.clusters("alum", "supportive", 2)
    assert both not in holding(skin, folder)
    assert both in holding(skin | {atoms.observed("fever")}, folder)
    assert atoms.cluster("alum", "skin", "supportive") in holding(skin, folder)


def test_a_cluster_that_counts_more_counts_less_as_well() -> None:
    holds = holding([SIGN])
    assert atoms.clusters("alum", "characteristic", 1) in holds
    assert atoms.clusters("alum", "nonspecific", 1) in holds
    assert atoms.clusters("alum", "pathognomonic_like", 1) not in holds


# --- risks and values -----------------------------------------------------------------


def test_a_strong_risk_is_a_moderate_and_a_weak_one_too() -> None:
    strong = holding([atoms.in_group("well_water")])
    assert {w for w in WEIGHTS if atoms.risk("alum", w) in strong} == set(WEIGHTS)
    moderate = holding([atoms.in_group("mill_elder")])
    assert {w for w in WEIGHTS if atoms.risk("alum", w) in moderate} == {
        "moderate", "weak",
    }  # fmt: skip


WEIGHTS: Final = ("strong", "moderate", "weak")


def test_a_low_value_is_measured_however_it_is_known() -> None:
    for given in (atoms.band("alum_low"), atoms.observed("low_alum")):
        assert atoms.measured_low("alum") in holding([given])
    assert atoms.measured_low("alum") not in holding([SIGN])


# --- combinations ---------------------------------------------------------------------

AT_THE_MILL: Final = [SIGN, atoms.in_group("mill_worker")]


@pytest.mark.parametrize(
    ("carrier", "outside", "carried"),
    [
        (None, False, True),
        ("finding", False, True),
        ("characteristic", False, True),
        ("group", False, True),
        ("finding", True, True),
        ("characteristic", True, False),
        ("group", True, True),
    ],
)
def test_a_combination_is_carried_by_what_counts_enough(
    carrier: str | None, outside: bool, carried: bool
) -> None:
    """Grey nails are a typical sign in adults, and only support before."""
    holds = holding([*AT_THE_MILL, *([OUTSIDE] if outside else [])])
    assert (atoms.combination("alum", "strong", carrier) in holds) == carried
    assert (atoms.combination("alum", "moderate", carrier) in holds) == carried
    assert atoms.combination("alum", "very_strong", carrier) not in holds


def test_a_combination_that_can_hold_without_a_group_is_not_carried_by_one() -> None:
    either = rule_document(
        "alum.either",
        {"all": ["itch", {"any": ["fever", "mill_worker"]}]},
        {"combination": "strong"},
    )
    given = [atoms.observed("itch"), atoms.in_group("mill_worker")]
    holds = holding(given, with_rules("alum", either))
    assert atoms.combination("alum", "strong") in holds
    assert atoms.combination("alum", "strong", "group") not in holds


def test_a_combination_without_a_rule_on_its_finding_is_carried_by_none() -> None:
    alone = rule_document(
        "alum.alone", {"all": ["itch", "fever"]}, {"combination": "strong"}
    )
    given = [atoms.observed("itch"), atoms.observed("fever")]
    holds = holding(given, with_rules("alum", alone))
    assert atoms.combination("alum", "strong") in holds
    assert atoms.combination("alum", "strong", "finding") not in holds


@pytest.mark.parametrize(
    ("urgency", "urgent"),
    [("none", False), ("soon", False), ("same_day", True), ("emergency", True)],
)
def test_a_combination_is_urgent_from_the_step_that_the_levels_name(
    urgency: str, urgent: bool
) -> None:
    then = {"combination": "weak", "urgency": urgency}
    rule = rule_document("alum.fast", {"all": ["itch", "fever"]}, then)
    given = [atoms.observed("itch"), atoms.observed("fever")]
    holds = holding(given, with_rules("alum", rule))
    assert (atoms.urgent("alum") in holds) == urgent
