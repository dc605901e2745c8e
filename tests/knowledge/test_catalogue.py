"""The catalogue: rules, sources and profiles by id, in the order of the files."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest

import minsight
from made_up_rules import rule
from minsight.compiler.compile import compile_folder
from minsight.knowledge.catalogue import Catalogue
from minsight.scales import LEVELS, URGENCIES
from places import SMALL_RULES

SMALL: Final[Catalogue] = compile_folder(SMALL_RULES).catalogue


@pytest.mark.parametrize(
    ("kind", "strength", "says"),
    [
        ("supports", "nonspecific", "for"),
        ("risk", "weak", "for"),
        ("combination", "weak", "for"),
        ("measured", "low", "for"),
        ("against", "note", "against"),
        ("context", "lowers", "context"),
    ],
)
def test_a_rule_speaks_for_or_against_or_of_the_context(
    kind: str, strength: str, says: str
) -> None:
    assert rule("one", kind, strength).says == says


def test_a_rule_is_found_by_its_id() -> None:
    itch = SMALL.rule["alum.itch"]
    assert (itch.mineral, itch.kind, itch.strength) == (
        "alum",
        "supports",
        "supportive",
    )
    assert (itch.cluster, itch.reads, itch.reads_absent) == ("skin", ("itch",), ())


def test_the_rules_of_a_mineral_keep_the_order_of_their_file() -> None:
    assert [one.id for one in SMALL.rules_of["ochre"]] == [
        "ochre.red_patches",
        "ochre.nail_change",
        "ochre.sleepiness",
        "ochre.deep_well",
        "ochre.expecting",
        "ochre.two_complaints",
        "ochre.first_year",
        "ochre.hoarseness",
        "ochre.against_itch",
    ]
    assert SMALL.rules_of.keys() == {"alum", "ochre"}


def test_rules_of_minerals_that_stand_apart_are_brought_together() -> None:
    one, other = rule("one", "risk", "weak"), rule("other", "risk", "weak")
    between = msgspec.structs.replace(one, id="ochre.between", mineral="ochre")
    mixed = msgspec.structs.replace(SMALL, rules=(one, between, other))
    assert mixed.rules_of == {"alum": (one, other), "ochre": (between,)}


def test_a_condition_is_told_by_what_it_wants_present_and_absent() -> None:
    hoarse = SMALL.rule["alum.against_hoarseness"]
    assert (hoarse.reads, hoarse.reads_absent) == (("hoarseness",), ("blue_tongue",))


def test_a_picture_is_told_by_what_it_is_made_of() -> None:
    """Once each: weariness is one of three, and the tongue."""
    assert SMALL.rule["alum.blue_weariness"].reads == (
        "tiredness", "sleepiness", "night_cramps", "blue_tongue",
    )  # fmt: skip


def test_a_source_says_whether_it_was_read() -> None:
    assert SMALL.source["field_study"].year == 1990
    assert SMALL.source["field_study"].read
    assert not SMALL.source["old_letter"].read


def test_profiles_stand_by_base_rate_and_then_by_id() -> None:
    assert list(SMALL.profile) == ["alum", "ochre"]
    assert SMALL.profile["ochre"].lack == "ochre lack"


def test_a_level_without_an_advice_of_its_own_for_strong_risk_has_the_usual_one() -> (
    None
):
    few, partial = SMALL.level["few_findings"], SMALL.level["partial_pattern"]
    assert (few.advice, few.advice_with_strong_risk) == (1, 2)
    assert (partial.advice, partial.advice_with_strong_risk) == (3, 3)
    assert (few.folded, partial.folded) == (True, False)


def test_a_link_names_the_others_beside_the_first() -> None:
    together, before = SMALL.links
    assert (together.first, together.others) == (None, ("alum", "ochre"))
    assert (before.first, before.others) == ("alum", ("ochre",))


def test_a_warning_sign_names_what_it_reads() -> None:
    baby = next(flag for flag in SMALL.flags if flag.id == "feverish_baby")
    assert (baby.level, baby.reads) == ("emergency", ("baby", "fever"))


def test_what_ships_can_be_told_of_every_rule(rules: minsight.Rules) -> None:
    """Each source, level, urgency and kin that a rule names is in the catalogue."""
    catalogue = rules.catalogue
    assert list(catalogue.level) == list(LEVELS)
    assert catalogue.urgencies.keys() == set(URGENCIES)
    for one in catalogue.rules:
        assert set(one.sources) <= catalogue.source.keys()
        assert set(one.more_specific) <= catalogue.rule.keys()
        assert one.mineral in catalogue.profile
        assert one.urgency in URGENCIES
