"""Measurements: units convert as chemistry says, values are read beside one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.entry import enter
from minsight.units import factor

# name, value and unit, then the same in the unit of the vocabulary, worked out by hand
CONVERSIONS = [
    ("calcium", 8.5, "mg/dL", 2.121),  # 85 mg/L / 40.078 g/mol
    ("calcium", 4.4, "mEq/L", 2.2),
    ("magnesium", 1.7, "mg/dL", 0.699),
    ("phosphate", 2.5, "mg/dL", 0.807),
    ("potassium", 3.4, "mEq/L", 3.4),
    ("vitamin B12", 133, "pmol/L", 180.3),
    ("zinc", 10, "umol/L", 65.38),
    ("copper", 11, "umol/L", 69.9),
    ("selenium", 0.5, "umol/L", 39.49),
    ("vitamin D level", 12, "ng/mL", 29.96),
    ("haemoglobin", 11.5, "g/dL", 115.0),
    ("CRP", 0.6, "mg/dL", 6.0),
    ("TSH", 4, "uIU/mL", 4.0),
    ("ceruloplasmin", 0.2, "g/L", 20.0),
    ("ferritin", 8, "ng/mL", 8.0),
    ("ferritin", 8, "\N{MICRO SIGN}g per L", 8.0),
    ("phosphate", 2.5, "mg/100 mL", 0.807),
]


def seen(*measured: Measurement, **who: object) -> Subject:
    return Subject(measurements=list(measured), **who)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value", "unit", "own"), CONVERSIONS)
def test_a_value_is_converted_as_chemistry_says(
    rules: minsight.Rules, name: str, value: float, unit: str, own: float
) -> None:
    subject = Subject(measurements=[Measurement(name, value, unit)])
    (found,) = enter(subject, rules.vocabulary).values
    assert found.value == pytest.approx(own, rel=2e-3)


@given(st.floats(0.1, 500))
def test_mass_to_amount_and_back_changes_nothing(value: float) -> None:
    there = factor("mg/dL", "mmol/L", molar_mass=40.078)
    back = factor("mmol/L", "mg/dL", molar_mass=40.078)
    assert value * there * back == pytest.approx(value)


@pytest.mark.parametrize(
    ("unit", "own"), [("mEq/L", "mmol/L"), ("mg/L", "mmol/L"), ("mL", "g"), ("x", "g")]
)
def test_what_is_not_chemically_right_is_refused(unit: str, own: str) -> None:
    with pytest.raises(ValueError, match=r"valence|does not turn into"):
        factor(unit, own)


@pytest.mark.parametrize(
    ("name", "value", "unit", "told"),
    [
        ("haemoglobin", 7.5, "mmol/L", "not a unit of Haemoglobin; use `g/L`, `g/dL`"),
        ("phosphate", 2, "mEq/L", "not a unit of Phosphate"),
        ("calcium", 250, "mmol/L", "beyond anything measured"),
        ("potassium", 40, "mmol/L", "beyond anything measured"),
        ("potassium", 0, "mmol/L", "beyond anything measured"),
        ("sodium", 14, "mmol/L", "beyond anything measured"),
    ],
)
def test_a_wrong_unit_and_an_absurd_value_are_refused(
    rules: minsight.Rules, name: str, value: float, unit: str, told: str
) -> None:
    subject = Subject(measurements=[Measurement(name, value, unit)])
    with pytest.raises(SubjectError, match=told):
        enter(subject, rules.vocabulary)


# what was measured, of whom, the finding it shows, and whether it is low or high there
LIMITS = [
    (("haemoglobin", 119, "g/L"), {"age": "30y", "sex": "female"}, "anaemia", None),
    (
        ("haemoglobin", 119, "g/L"),
        {"age": "30y", "sex": "female", "not_groups": ["pregnant"]},
        "anaemia",
        True,
    ),
    (
        ("haemoglobin", 120, "g/L"),
        {"age": "30y", "not_groups": ["pregnant"]},
        "anaemia",
        False,
    ),
    (("haemoglobin", 129, "g/L"), {"age": "30y", "sex": "male"}, "anaemia", True),
    (("haemoglobin", 130, "g/L"), {"age": "30y", "sex": "male"}, "anaemia", False),
    (("haemoglobin", 104, "g/L"), {"age": "7mo"}, "anaemia", True),
    (("haemoglobin", 106, "g/L"), {"age": "7mo"}, "anaemia", False),
    (("haemoglobin", 106, "g/L"), {"age": "3y"}, "anaemia", True),
    (("sodium", 134.9, "mmol/L"), {"age": "30y"}, "hyponatraemia", True),
    (("sodium", 135, "mmol/L"), {"age": "30y"}, "hyponatraemia", False),
    (("potassium", 3.49, "mmol/L"), {"age": "30y"}, "hypokalaemia", True),
    (("calcium", 1.9, "mmol/L"), {"age": "10d"}, "hypocalcaemia", False),
    (("calcium", 1.9, "mmol/L"), {"age": "29d"}, "hypocalcaemia", True),
    (("phosphate", 1.2, "mmol/L"), {"age": "4y"}, "hypophosphataemia", True),
    (("phosphate", 1.2, "mmol/L"), {"age": "40y"}, "hypophosphataemia", False),
    (("magnesium", 0.69, "mmol/L"), {}, "hypomagnesaemia", True),
    (("MCV", 79, "fL"), {"age": "40y"}, "microcytosis", True),
    (("MCV", 101, "fL"), {"age": "40y"}, "macrocytosis", True),
    (("vitamin B12", 170, "ng/L"), {"age": "40y"}, "low_b12_level", True),
    (("copper", 60, "ug/dL"), {"age": "5mo"}, "low_copper_level", False),
    (("copper", 60, "ug/dL"), {"age": "40y"}, "low_copper_level", True),
]


@pytest.mark.parametrize(("measured", "who", "finding", "shown"), LIMITS)
def test_a_value_beyond_its_limit_shows_the_finding(
    rules: minsight.Rules,
    measured: tuple[str, float, str],
    who: dict[str, object],
    finding: str,
    shown: bool | None,
) -> None:
    from minsight.facts import given_atoms

    answers = enter(seen(Measurement(*measured), **who), rules.vocabulary)
    given = given_atoms(answers, rules.program, rules.vocabulary)
    holds = rules.evaluate(given, engine="reference").holds
    assert (f"observed:{finding}" in holds) is bool(shown)


def test_inflammation_raises_the_limit_of_ferritin(rules: minsight.Rules) -> None:
    ferritin = Measurement("ferritin", 40, "ug/L")
    crp = Measurement("CRP", 30, "mg/L")
    alone = rules.assess(Subject(measurements=[ferritin], age="40y"))
    both = rules.assess(Subject(measurements=[ferritin, crp], age="40y"))
    assert "iron" not in {
        c.mineral for c in alone.candidates if c.level == "measured_low"
    }
    assert "iron" in {c.mineral for c in both.candidates if c.level == "measured_low"}


def test_total_calcium_is_read_beside_albumin(rules: minsight.Rules) -> None:
    """0.8 mg/dL for each g/dL below 4: calcium 8.0 at 3.0 is 8.8, at 4.0 it is 8.0."""
    calcium = Measurement("calcium", 8.0, "mg/dL")
    levels = {}
    for albumin in (3.0, 4.0):
        measured = [calcium, Measurement("albumin", albumin, "g/dL")]
        found = rules.assess(Subject(measurements=measured, age="40y"))
        assert any("adjusted for albumin" in note for note in found.notes)
        levels[albumin] = {c.mineral: c.level for c in found.candidates}
    assert "calcium" not in levels[3.0]
    assert levels[4.0]["calcium"] == "measured_low"


def test_calcium_without_albumin_says_so(rules: minsight.Rules) -> None:
    calcium = Measurement("calcium", 2.0, "mmol/L")
    found = rules.assess(Subject(measurements=[calcium], age="40y"))
    assert any("because no albumin" in note for note in found.notes)
    assert found.candidates[0].level == "measured_low"


def test_a_result_reported_in_words_counts_as_measured(rules: minsight.Rules) -> None:
    found = rules.assess(Subject(present=["hypokalemia"], age="40y"))
    assert {c.mineral: c.level for c in found.candidates}["potassium"] == "measured_low"
