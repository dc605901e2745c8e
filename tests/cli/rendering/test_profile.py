"""A mineral's profile: every section that it has, and no empty one."""

from __future__ import annotations

import msgspec
import pytest

import minsight
from command_line import said
from minsight.knowledge.catalogue import Fact, IntakeTable, Profile
from minsight_cli.rendering.profile import (
    name_of,
    sections,
    show_profile,
    show_profiles,
    stage_in_words,
)


@pytest.fixture
def bare(rules: minsight.Rules) -> Profile:
    """Iron, with all that can be left out left out."""
    return msgspec.structs.replace(
        rules.profiles["iron"],
        functions=(),
        foods=(),
        lack_facts=(),
        life_stage_facts=(),
        tests=(),
        look_alikes=(),
        interactions=(),
        cautions=(),
        doubts=(),
        intake=None,
        no_intake_because=None,
        upper_limit=None,
    )


def shown_of(
    profile: Profile,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    *,
    with_rules: bool = False,
) -> str:
    show_profile(profile, rules, with_rules=with_rules)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("mo_0_6", "infants 0 to 6 months"),
        ("y_1_3", "children 1 to 3 years"),
        ("male_51plus", "males 51 years and over"),
        ("preg_19_50", "pregnant 19 to 50 years"),
        ("lact_14_18", "breastfeeding 14 to 18 years"),
        ("all_adults", "all adults"),
    ],
)
def test_a_key_of_a_table_is_a_life_stage_in_words(stage: str, words: str) -> None:
    assert stage_in_words(stage) == words


def test_a_section_that_is_empty_has_no_heading(
    bare: Profile, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = shown_of(bare, rules, capsys)
    assert shown.startswith(f"{bare.name} ({bare.symbol}), {bare.kind}\n")
    for title, facts in sections(rules.profiles["iron"]):
        if any(True for _ in facts):
            assert f"\n{title}\n" not in shown, title
    for title in ("Daily intake", "Upper limit", "Doubts"):
        assert title not in shown


def test_a_fact_is_told_with_its_note_and_its_sources(
    bare: Profile, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    (key, *_) = rules.catalogue.source
    noted = Fact("Red meat", (key,), "B", note="cooked.")
    profile = msgspec.structs.replace(bare, foods=(noted,))
    assert f"\nFoods\n - Red meat (cooked) [B: {key}]\n" in shown_of(
        profile, rules, capsys
    )


def test_amounts_stand_below_one_another_or_say_why_there_are_none(
    bare: Profile, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    (key, *_) = rules.catalogue.source
    table = IntakeTable(
        unit="mg",
        kind="RDA",
        values={"mo_7_12": 11.0, "male_51plus": 8.5, "preg_19_50": "27"},
        sources=(key,),
        grade="A",
        note="A note.",
    )
    shown = shown_of(msgspec.structs.replace(bare, intake=table), rules, capsys)
    assert (
        "\nDaily intake (mg; RDA)\n"
        " infants 7 to 12 months   11\n"
        " males 51 years and over  8.5\n"
        " pregnant 19 to 50 years  27\n"
        f" - A note. [A: {key}]\n"
    ) in shown
    without = msgspec.structs.replace(bare, no_intake_because="Nobody set one.")
    assert "\nDaily intake\n - Nobody set one.\n" in shown_of(without, rules, capsys)


def test_rules_are_shown_when_they_are_asked_for_and_counted_otherwise(
    bare: Profile, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    own = rules.catalogue.rules_of["iron"]
    counted = f"{len(own)} rules point to it or away from it: --rules-too shows them."
    assert counted in said(shown_of(bare, rules, capsys))
    shown = said(shown_of(bare, rules, capsys, with_rules=True))
    assert counted not in shown
    for rule in own:
        assert said(f"{name_of(rule, rules)} ({rule.strength.replace('_', ' ')}):") in (
            shown
        )
        for key in rule.sources:
            assert f"- {key}: " in shown


def test_a_rule_is_called_by_the_one_thing_it_reads_or_by_its_id(
    rules: minsight.Rules,
) -> None:
    (one, *_) = [r for r in rules.catalogue.rules if r.reads == ("spoon_nails",)]
    assert name_of(one, rules) == "Spoon-shaped nails"
    told = rules.catalogue.rule["iron.ferritin_low"]
    assert name_of(told, rules) == "Low ferritin (reported)"
    measured = rules.catalogue.rule["iron.ferritin_open"]
    assert name_of(measured, rules) == "Ferritin neither low nor ample"
    both = msgspec.structs.replace(
        one, id="iron.tired_and_pale", reads=("fatigue", "pallor")
    )
    assert name_of(both, rules) == "Tired and pale"


def test_the_list_says_of_which_minerals_there_are_rules(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    show_profiles(rules.catalogue.profiles)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "`minsight learn MINERAL` shows one."
    for profile, line in zip(rules.catalogue.profiles, lines, strict=False):
        assert line.startswith(f"{profile.id} ")
        ending = "rules and profile" if profile.scored else "profile only"
        assert line.endswith(ending)
