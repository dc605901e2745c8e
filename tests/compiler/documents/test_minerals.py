"""Profiles and rules as written: one conclusion a rule, and a reason for every gap."""

from __future__ import annotations

from typing import Any, Final

import pytest
from pydantic import ValidationError

from minsight.compiler.documents.minerals import (
    Consequent,
    IntakeDocument,
    ProfileDocument,
    RuleDocument,
    UpperLimitDocument,
)
from small_folder import rule_document, small_folder

FACT: Final = {"text": "It is made up.", "sources": ["handbook"], "grade": "B"}
PROFILE: Final[dict[str, Any]] = {
    "id": "chalk",
    "name": "Chalk",
    "symbol": "Ch",
    "kind": "macromineral",
    "lack": "chalk lack",
    "base_rate": 3,
    "base_rate_note": "Made up.",
    "scored": True,
    "summary": "Made up.",
    "functions": [FACT],
    "foods": [FACT],
    "intake": None,
    "no_intake_because": "None was made up.",
}


@pytest.mark.parametrize(
    "then",
    [
        {"supports": "nonspecific"},
        {"risk": "weak"},
        {"combination": "strong"},
        {"combination": "strong", "urgency": "soon"},
        {"textbook": "complete"},
        {"context": "raises"},
        {"measured": "low"},
        {"against": "note", "points_to": "a cold"},
        {"against": "brake", "points_to": "a cold", "explains": ["itch"]},
    ],
)
def test_a_rule_concludes_one_kind_of_evidence(then: dict[str, object]) -> None:
    assert Consequent.model_validate(then).urgency in ("none", "soon")


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ({}, "needs exactly one of supports, risk, combination, textbook"),
        ({"supports": "nonspecific", "risk": "weak"}, "needs exactly one of"),
        ({"urgency": "soon"}, "needs exactly one of"),
        ({"risk": "weak", "points_to": "a cold"}, "belong to `against`"),
        ({"risk": "weak", "explains": ["itch"]}, "belong to `against`"),
        ({"against": "note"}, "`against` needs `points_to`: what fits better"),
        ({"risk": "weak", "urgency": "soon"}, "`urgency` belongs to `combination`"),
    ],
)
def test_a_conclusion_that_says_too_little_or_too_much_is_refused(
    then: dict[str, object], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        Consequent.model_validate(then)


@pytest.mark.parametrize(
    "then",
    [
        {"supports": "strong"},
        {"risk": "characteristic"},
        {"combination": "pathognomonic_like"},
        {"context": "explains"},
        {"against": "strong", "points_to": "a cold"},
        {"measured": "high"},
        {"combination": "strong", "urgency": "now"},
    ],
)
def test_each_kind_has_a_scale_of_its_own(then: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Consequent.model_validate(then)


def test_a_rule_is_a_draft_of_all_ages_until_it_says_otherwise() -> None:
    rule = rule_document("alum.itch", "itch", {"supports": "supportive"})
    assert (rule.status, rule.ages, rule.cluster) == ("draft", [], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "itch"},
        {"id": "alum.Itch"},
        {"sources": []},
        {"grade": "D"},
        {"because": ""},
        {"ages": ["grown-ups"]},
        {"status": "old"},
        {"when": {"all": []}},
        {"surprise": 1},
    ],
)
def test_a_rule_has_a_form(wrong: dict[str, Any]) -> None:
    written = rule_document("alum.itch", "itch", {"risk": "weak"}).model_dump()
    then = {"risk": "weak"}
    assert RuleDocument.model_validate(written | {"then": then}).id == "alum.itch"
    with pytest.raises(ValidationError):
        RuleDocument.model_validate(written | {"then": then} | wrong)


def test_a_profile_is_scored_and_braked_in_adults_unless_it_says_otherwise() -> None:
    profile = ProfileDocument.model_validate(PROFILE)
    assert (profile.adult_brake, profile.silent_unless, profile.tests) == (
        True, None, [],
    )  # fmt: skip
    assert not small_folder().profiles["ochre"].adult_brake


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"scored": False}, "`scored: false` needs `not_scored_because`"),
        ({"no_intake_because": None}, "`intake: null` needs `no_intake_because`"),
        ({"symbol": "CH"}, "symbol"),
        ({"base_rate": 10}, "base_rate"),
        ({"kind": "metal"}, "kind"),
        ({"functions": []}, "functions"),
    ],
)
def test_a_profile_with_a_gap_says_why(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        ProfileDocument.model_validate(PROFILE | wrong)


def test_a_gap_with_a_reason_is_one() -> None:
    unscored = {"scored": False, "not_scored_because": "It is made up."}
    assert not ProfileDocument.model_validate(PROFILE | unscored).scored


def test_only_a_highest_amount_may_be_undetermined() -> None:
    claim = {"unit": "mg/day", "sources": ["handbook"], "grade": "A"}
    values = {"values": {"y_1_3": "not determined"}}
    assert UpperLimitDocument.model_validate(claim | values).values == {
        "y_1_3": "not determined"
    }
    with pytest.raises(ValidationError):
        IntakeDocument.model_validate(claim | values | {"kind": "made up"})
