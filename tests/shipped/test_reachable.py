"""Every mineral can be reached at `typical_pattern`, and this is how."""

from __future__ import annotations

from typing import Any, Final

import pytest

import minsight
from minsight.logic.backend import BackendName

PICTURES: Final[dict[str, dict[str, Any]]] = {
    "iron": {"present": ["ice_craving", "spoon_nails"], "age": "28y"},
    "zinc": {
        "present": ["periorificial_rash"],
        "groups": ["acrodermatitis_gene"],
        "age": "4mo",
    },
    "iodine": {"present": ["goitre"], "groups": ["low_iodine_area"], "age": "12y"},
    "selenium": {
        "present": ["cardiomyopathy"],
        "groups": ["parenteral_nutrition"],
        "age": "34y",
    },
    "copper": {
        "present": ["sensory_loss_unsteady", "vibration_loss"],
        "groups": ["bariatric_surgery"],
        "age": "52y",
    },
    "cobalt": {
        "present": ["numbness", "macrocytosis"],
        "groups": ["vegan_diet"],
        "age": "45y",
    },
    "calcium": {
        "present": ["perioral_tingling", "carpopedal_spasm"],
        "groups": ["thyroid_parathyroid_surgery"],
        "age": "41y",
    },
    "phosphorus": {
        "present": ["muscle_weakness"],
        "groups": ["refeeding_window"],
        "age": "24y",
    },
    "magnesium": {
        "present": ["tremor", "tingling_hands_feet"],
        "groups": ["ppi_long_term", "loop_diuretic"],
        "age": "58y",
    },
    "sodium": {
        "present": ["confusion"],
        "groups": ["thiazide_diuretic"],
        "age": "76y",
    },
    "potassium": {
        "present": ["paralysis_episode"],
        "groups": ["thiazide_diuretic"],
        "age": "50y",
    },
    "chloride": {
        "present": ["failure_to_thrive", "constipation"],
        "groups": ["nonstandard_infant_milk"],
        "age": "5mo",
    },
    "molybdenum": {"present": ["seizure"], "groups": ["mocd"], "age": "5d"},
}
NOT_REACHED: Final = {"sulfur", "fluoride", "manganese", "chromium"}
"""Sulfur is never scored, fluoride is caries risk only, the others are held weak."""


@pytest.mark.parametrize("mineral", PICTURES)
def test_a_published_picture_reaches_the_typical_pattern(
    rules: minsight.Rules, engine: BackendName, mineral: str
) -> None:
    found = rules.assess(minsight.Subject(**PICTURES[mineral]), engine=engine)
    levels = {c.mineral: c.level for c in found.candidates}
    assert levels[mineral] == "typical_pattern"


def test_every_mineral_is_listed(rules: minsight.Rules) -> None:
    assert set(PICTURES) | NOT_REACHED == set(rules.profiles)
    assert set(PICTURES).isdisjoint(NOT_REACHED)


@pytest.mark.parametrize("mineral", ["manganese", "chromium", "molybdenum"])
def test_a_silent_mineral_stays_silent(rules: minsight.Rules, mineral: str) -> None:
    """All its findings together say nothing in someone who eats."""
    findings = {
        id_
        for rule in rules.catalogue.rules_of[mineral]
        if rule.kind == "supports"
        for id_ in rule.reads
    }
    found = rules.assess(minsight.Subject(present=sorted(findings), age="40y"))
    assert mineral not in {c.mineral for c in found.candidates}


def test_chvostek_sign_scores_nothing(rules: minsight.Rules) -> None:
    found = rules.assess(minsight.Subject(present=["Chvostek sign"], age="40y"))
    assert found.candidates == ()
