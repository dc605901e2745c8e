"""Shapes: no circles, conclusions that fit their conditions, complete scales."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.shapes import acyclic, kinds_fit, scales_complete
from minsight.compiler.folder import Folder
from minsight.errors import Issue
from small_folder import rule_document, small_folder, with_rules


def told(
    check: Callable[[Content], Iterable[Issue]], folder: Folder
) -> list[tuple[str, str]]:
    return [(issue.message, issue.fix) for issue in check(Content(folder))]


@pytest.mark.parametrize("check", [acyclic, kinds_fit, scales_complete])
def test_the_small_rules_are_well_shaped(
    check: Callable[[Content], Iterable[Issue]],
) -> None:
    assert told(check, small_folder()) == []


# --- circles --------------------------------------------------------------------------


def itself_above(id_: str) -> Folder:
    folder = small_folder()
    findings = tuple(
        one.model_copy(update={"parents": [id_]}) if one.id == id_ else one
        for one in folder.findings
    )
    return replace(folder, findings=findings)


def test_a_circle_is_told_at_the_entry_where_it_begins() -> None:
    (issue,) = acyclic(Content(itself_above("itch")))
    assert issue.message == "a circle: itch -> itch"
    assert issue.fix == "remove one of the links"
    assert issue.place == small_folder().place(
        "vocabulary/findings.yaml", "findings", 5, "id"
    )


def test_a_circle_through_the_condition_of_a_group_is_one_too() -> None:
    folder = small_folder()
    groups = {group.id: group for group in folder.groups}
    worker = groups["mill_worker"].model_copy(update={"parents": ["mill_elder"]})
    changed = {**groups, "mill_worker": worker}
    ((message, _),) = told(acyclic, replace(folder, groups=tuple(changed.values())))
    assert message == "a circle: mill_worker -> mill_elder -> mill_worker"


def test_where_conditions_go_round_no_conclusion_is_judged() -> None:
    """To judge one, its pictures are walked to their ends."""
    misfit = rule_document("alum.one", "itch", {"risk": "weak"})
    circle = itself_above("itch")
    worse = replace(circle, rules={**circle.rules, "alum": (misfit,)})
    assert told(kinds_fit, worse) == []


# --- conclusions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "then", "message"),
    [
        ("baby", {"risk": "weak"}, "age and sex alone are context, not a risk"),
        ({"any": ["baby", "20y+"]}, {"risk": "weak"}, "age and sex alone are context,"),
        ("itch", {"risk": "weak"}, "a finding is not a risk group"),
        ({"any": ["deep_well", "itch"]}, {"risk": "weak"}, "a finding is not a risk"),
        ("deep_well", {"context": "raises"}, "context may read only age, sex and"),
        ("itch", {"context": "raises"}, "context may read only age, sex and"),
        ("deep_well", {"supports": "supportive"}, "a group cannot support like a"),
        (
            {"any": ["itch", "deep_well"]},
            {"combination": "strong"},
            "this combination can hold without any finding",
        ),
        (
            {"all": ["baby", "deep_well"]},
            {"combination": "strong"},
            "this combination can hold without any finding",
        ),
        ("itch", {"measured": "low"}, "a measured level may read only bands and"),
    ],
)
def test_a_conclusion_fits_what_its_rule_reads(
    when: Any, then: dict[str, Any], message: str
) -> None:
    rule = rule_document("alum.one", when, then)
    ((found, _),) = told(kinds_fit, with_rules("alum", rule))
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("when", "then"),
    [
        ({"all": ["baby", "deep_well"]}, {"risk": "weak"}),
        ("mill_elder", {"risk": "weak"}),
        ("baby", {"context": "raises"}),
        ("0-11mo", {"context": "lowers"}),
        ({"all": ["itch", "fever"]}, {"supports": "supportive"}),
        ({"all": ["itch", "deep_well"]}, {"combination": "strong"}),
        ({"at_least": 2, "of": ["itch", "deep_well"]}, {"combination": "strong"}),
        ("blue_weary_picture", {"combination": "weak"}),
        ("alum_low", {"measured": "low"}),
        ({"any": ["alum_low", "low_alum"]}, {"measured": "low"}),
        ("deep_well", {"against": "note", "points_to": "something else"}),
    ],
)
def test_a_conclusion_that_fits_is_let_pass(when: Any, then: dict[str, Any]) -> None:
    rule = rule_document("alum.one", when, then)
    assert told(kinds_fit, with_rules("alum", rule)) == []


@pytest.mark.parametrize("id_", ["itch", "alum_low"])
def test_ages_judge_findings_only(id_: str) -> None:
    kinds = {"itch": {"supports": "supportive"}, "alum_low": {"measured": "low"}}
    rule = rule_document("alum.one", id_, kinds[id_], ages=["20y+"])
    found = [fix for _, fix in told(kinds_fit, with_rules("alum", rule))]
    assert found == ([] if id_ == "itch" else ["put the life stage into `when`"])


def test_a_rule_that_was_given_up_says_why() -> None:
    rule = rule_document(
        "alum.one", "itch", {"supports": "supportive"}, status="deprecated"
    )
    assert told(kinds_fit, with_rules("alum", rule)) == [
        ("a deprecated rule must say why", "add `deprecated_because: ...`")
    ]
    why = rule.model_copy(update={"deprecated_because": "It was wrong."})
    assert told(kinds_fit, with_rules("alum", why)) == []


# --- scales ---------------------------------------------------------------------------


def with_levels(**changed: object) -> Folder:
    folder = small_folder()
    return replace(folder, levels=folder.levels.model_copy(update=changed))


def test_every_level_is_spoken_of() -> None:
    without = [x for x in small_folder().levels.levels if x.id != "measured_low"]
    assert told(scales_complete, with_levels(levels=without)) == [
        ("`levels` says nothing of `measured_low`", "add it")
    ]


@pytest.mark.parametrize(
    ("key", "step"),
    [("findings", "supportive"), ("risk", "weak"), ("combination", "very_strong")],
)
def test_every_step_has_its_points(key: str, step: str) -> None:
    points = small_folder().levels.points
    left = {name: worth for name, worth in getattr(points, key).items() if name != step}
    changed = points.model_copy(update={key: left})
    assert told(scales_complete, with_levels(points=changed)) == [
        (f"`points.{key}` says nothing of `{step}`", "add it")
    ]


def test_every_urgency_has_its_sentence() -> None:
    folder = small_folder()
    sentences = {k: v for k, v in folder.urgency.sentences.items() if k != "soon"}
    urgency = folder.urgency.model_copy(update={"sentences": sentences})
    assert told(scales_complete, replace(folder, urgency=urgency)) == [
        ("`sentences` says nothing of `soon`", "add it")
    ]


def test_a_step_of_advice_that_is_named_is_there() -> None:
    """The small rules have six; the level of a low value names the last."""
    shorter = small_folder().levels.advice[:-1]
    assert told(scales_complete, with_levels(advice=shorter)) == [
        ("`measured_low` names a step of advice that is not there", "use 0 to 4")
    ]
    ((message, _),) = told(scales_complete, with_levels(professional_advice=6))
    assert message.startswith("`professional_advice` names a step of advice")


def test_the_advice_for_a_strong_risk_is_a_step_too() -> None:
    levels = small_folder().levels.levels
    changed = [
        one.model_copy(update={"advice_with_strong_risk": 6})
        if one.id == "few_findings"
        else one
        for one in levels
    ]
    ((message, _),) = told(scales_complete, with_levels(levels=changed))
    assert message.startswith("`few_findings` names a step of advice")
