"""Directions: a finding acts for a mineral or against it, in whatever way it acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.directions import one_direction
from minsight.compiler.documents import RuleDocument
from minsight.compiler.folder import Folder
from random_laws import examples
from small_folder import rule_document, small_folder, with_rules
from strategies import rule_sets

FOR = {"supports": "supportive"}
AGAINST = {"against": "brake", "points_to": "something else"}
CAP = {"against": "cap", "points_to": "something else"}
NOTE = {"against": "note", "points_to": "something else"}


def rule(name: str, when: Any, then: dict[str, Any], **more: Any) -> RuleDocument:
    return rule_document(f"alum.{name}", when, then, **more)


def told(*rules: RuleDocument) -> list[str]:
    return [
        issue.message for issue in one_direction(Content(with_rules("alum", *rules)))
    ]


def both_ways(id_: str, other: str = "alum.one") -> str:
    return f"`{id_}` acts both for and against alum: see `{other}`"


def test_the_small_rules_act_in_one_direction() -> None:
    assert list(one_direction(Content(small_folder()))) == []


@pytest.mark.parametrize(
    ("one", "other", "id_"),
    [
        ("itch", "itch", "itch"),
        ("nail_change", "grey_nails", "grey_nails"),
        ("grey_nails", "nail_change", "grey_nails"),
        ("well_water", "deep_well", "deep_well"),
        ("mill_elder", "mill_worker", "mill_worker"),
        ("weary_picture", "tiredness", "tiredness"),
        ({"all": ["fever", "itch"]}, {"any": ["itch", "red_patches"]}, "itch"),
    ],
)
def test_what_acts_for_does_not_act_against(one: Any, other: Any, id_: str) -> None:
    assert told(rule("one", one, FOR), rule("two", other, AGAINST)) == [both_ways(id_)]
    assert told(rule("one", other, CAP), rule("two", one, FOR)) == [both_ways(id_)]


def test_to_read_an_absence_is_to_act_the_other_way() -> None:
    absent = {"all": ["fever", {"absent": "itch"}]}
    assert told(rule("one", "itch", FOR), rule("two", absent, FOR)) == [
        both_ways("itch")
    ]
    assert told(rule("one", "itch", FOR), rule("two", absent, AGAINST)) == []


def test_one_rule_may_not_act_both_ways_by_itself() -> None:
    either = {"any": ["itch", {"absent": "itch"}]}
    assert told(rule("one", either, FOR)) == [both_ways("itch")]


@pytest.mark.parametrize(
    "shown",
    [
        rule("two", "itch", NOTE),
        rule("two", "itch", {"context": "lowers"}),
        rule("two", "itch", AGAINST, status="deprecated", deprecated_because="Old."),
    ],
    ids=["note", "context", "deprecated"],
)
def test_what_is_only_shown_acts_on_nothing(shown: RuleDocument) -> None:
    assert told(rule("one", "itch", FOR), shown) == []


def test_two_minerals_may_read_one_finding_in_two_directions() -> None:
    folder = with_rules("alum", rule("one", "red_patches", AGAINST))
    assert list(one_direction(Content(folder))) == []


def test_what_lets_a_mineral_speak_acts_for_it() -> None:
    folder = with_rules("alum", rule("one", "fever", AGAINST))
    silent = folder.profiles["alum"].model_copy(update={"silent_unless": "fever"})
    profiles = {**folder.profiles, "alum": silent}
    (issue,) = one_direction(Content(replace(folder, profiles=profiles)))
    assert issue.message == both_ways("fever", "silent_unless")


def test_the_issue_stands_at_the_condition_of_the_second_rule() -> None:
    content = Content(small_folder())
    folder = with_rules(
        "alum",
        *(
            one.model_copy(update={"when": "itch"}) if one.then.against == "brake"
            else one
            for one in small_folder().rules["alum"]
        ),
    )  # fmt: skip
    (issue,) = one_direction(Content(folder))
    number = next(n for m, n, r in content.rules() if r.id == "alum.against_fever")
    assert issue.place == content.rule_place("alum", number, "when")
    assert issue.fix == "take it out of one of the two rules"


def test_where_conditions_go_round_nothing_is_said() -> None:
    """The circle is told by another check, and would never be walked to its end."""
    folder = with_rules("alum", rule("one", "itch", FOR), rule("two", "itch", CAP))
    itch = next(f for f in folder.findings if f.id == "itch")
    round_ = itch.model_copy(update={"parents": ["itch"]})
    findings = tuple(round_ if f.id == "itch" else f for f in folder.findings)
    assert list(one_direction(Content(replace(folder, findings=findings)))) == []


@examples(8)
@given(folder=rule_sets(), data=st.data())
def test_a_rule_that_turns_round_is_always_found(
    folder: Folder, data: st.DataObject
) -> None:
    assert list(one_direction(Content(folder))) == []
    ((mineral, rules),) = folder.rules.items()
    read = [r for r in rules if r.then.supports or r.then.risk]
    if not read:
        return
    turned = data.draw(st.sampled_from(read))
    against = rule_document(f"{mineral}.turned", turned.when, CAP)
    worse = replace(folder, rules={mineral: (*rules, against)})
    assert any(
        f"`{turned.when}` acts both" in issue.message
        for issue in one_direction(Content(worse))
    )
