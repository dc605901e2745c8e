"""`levels.yaml` as written: gates that ask for something, brakes with one effect."""

from __future__ import annotations

from typing import Any, Final

import pytest
from pydantic import ValidationError

from minsight.compiler.documents.levels import (
    BrakeDocument,
    Gate,
    GatesDocument,
    LevelDocument,
    PointsDocument,
)

BRAKE: Final[dict[str, Any]] = {"id": "held", "when": "capped", "sentence": "Held."}


def test_a_gate_asks_for_all_that_it_names() -> None:
    gate = Gate.model_validate(
        {"findings": {"strength": "characteristic"}, "risk": "moderate"}
    )
    assert gate.findings is not None
    assert (gate.findings.clusters, gate.risk, gate.combination) == (
        1,
        "moderate",
        None,
    )


def test_a_gate_that_asks_for_nothing_would_always_be_open() -> None:
    with pytest.raises(ValidationError, match="an empty gate would always be open"):
        Gate.model_validate({})


@pytest.mark.parametrize(
    "written",
    [
        {"findings": {"strength": "strong"}},
        {"findings": {"strength": "supportive", "clusters": 0}},
        {"risk": "very_strong"},
        {"combination": {"effect": "strong", "carried_by": "risk"}},
        {"measured": "high"},
        {"urgent": False},
        {"points": 3},
    ],
)
def test_a_gate_asks_for_steps_of_the_scales_only(written: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Gate.model_validate(written)


def test_a_level_has_a_gate() -> None:
    with pytest.raises(ValidationError):
        GatesDocument.model_validate({"level": "few_findings", "any": []})


@pytest.mark.parametrize("effect", [{"at_most": "few_findings"}, {"down": 1}])
def test_a_brake_has_one_effect(effect: dict[str, object]) -> None:
    assert BrakeDocument.model_validate(BRAKE | effect).unless == []


@pytest.mark.parametrize("effect", [{}, {"at_most": "few_findings", "down": 1}])
def test_a_brake_with_no_effect_or_two_is_refused(effect: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="exactly one of `at_most` and `down`"):
        BrakeDocument.model_validate(BRAKE | effect)


@pytest.mark.parametrize(
    "wrong", [{"down": 2}, {"down": 1, "when": "tired"}, {"down": 1, "from_age": "old"}]
)
def test_a_brake_is_one_that_the_rules_know(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        BrakeDocument.model_validate(BRAKE | wrong)


def test_a_level_is_shown_and_advised_alike_for_all_unless_it_says_otherwise() -> None:
    level = LevelDocument.model_validate(
        {"id": "few_findings", "sentence": "Few.", "advice": 0}
    )
    assert (level.advice_with_strong_risk, level.folded) == (None, False)


def test_points_are_whole_numbers_of_known_steps() -> None:
    points: dict[str, Any] = {
        "findings": {"supportive": 2},
        "nonspecific_at_most": 2,
        "further_in_cluster": 1,
        "risk": {"weak": 0},
        "risk_at_most": 3,
        "combination": {"very_strong": 3},
        "textbook": 30,
        "against": -3,
    }
    assert PointsDocument.model_validate(points).against == -3
    for wrong in (
        {"findings": {"strong": 2}},
        {"against": 0.5},
        {"textbook": 0},
        {"risk": {"very_strong": 1}},
    ):
        with pytest.raises(ValidationError):
            PointsDocument.model_validate(points | wrong)
