"""Measured values and the shipped rules: units, limits, and calcium beside albumin."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.compiler.documents import RuleDocument
from minsight.compiler.lowering import lower
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.intake.measurements import unit_in_one_spelling
from minsight.logic import atoms
from minsight.logic.backend import BackendName
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from strategies import shipped


def seen(*measured: Measurement, **who: object) -> Subject:
    return Subject(measurements=list(measured), **who)  # type: ignore[arg-type]  # age, sex and groups as a test gives them


def in_own_unit(rules: minsight.Rules, name: str, value: float, unit: str) -> float:
    (found,) = enter(seen(Measurement(name, value, unit)), rules.vocabulary).values
    return found.value


# --- units ----------------------------------------------------------------------------

# name, value and unit, then the same in the unit of the vocabulary, worked out by hand
CONVERSIONS = [
    ("calcium", 8.5, "mg/dL", 2.121),  # 85 mg/L / 40.078 g/mol
    ("calcium", 4.4, "mEq/L", 2.2),  # two charges
    ("ionised calcium", 4.7, "mg/dL", 1.173),
    ("magnesium", 1.7, "mg/dL", 0.699),  # 17 / 24.305
    ("magnesium", 1.4, "mEq/L", 0.7),
    ("phosphate", 2.5, "mg/dL", 0.807),  # 25 / 30.974
    ("potassium", 3.4, "mEq/L", 3.4),
    ("sodium", 130, "mEq/L", 130.0),
    ("chloride", 95, "mEq/L", 95.0),
    ("vitamin B12", 133, "pmol/L", 180.3),  # 0.133 nmol/L * 1355.4 g/mol
    ("vitamin B12", 200, "pg/mL", 200.0),
    ("folate", 6.8, "nmol/L", 3.002),  # 6.8 * 0.4414
    ("zinc", 10, "umol/L", 65.38),
    ("copper", 11, "umol/L", 69.9),
    ("copper", 0.7, "ug/mL", 70.0),
    ("selenium", 0.5, "umol/L", 39.49),
    ("urinary iodine", 0.5, "umol/L", 63.45),
    ("vitamin D level", 12, "ng/mL", 29.96),
    ("haemoglobin", 11.5, "g/dL", 115.0),
    ("CRP", 0.6, "mg/dL", 6.0),
    ("TSH", 4, "uIU/mL", 4.0),
    ("ceruloplasmin", 0.2, "g/L", 20.0),
    ("ferritin", 8, "ng/mL", 8.0),
    ("ferritin", 8, "\N{MICRO SIGN}g per L", 8.0),
    ("ferritin", 8, "\N{GREEK SMALL LETTER MU}g\N{NO-BREAK SPACE}/ l", 8.0),
    ("ferritin", 8, "MCG  per  l", 8.0),
    ("phosphate", 2.5, "mg/100 mL", 0.807),
    ("phosphate", 2.5, "mg per 100 mL", 0.807),
]


@pytest.mark.parametrize(("name", "value", "unit", "own"), CONVERSIONS)
def test_a_value_is_converted_as_chemistry_says(
    rules: minsight.Rules, name: str, value: float, unit: str, own: float
) -> None:
    assert in_own_unit(rules, name, value, unit) == pytest.approx(own, rel=1e-3)


@given(st.tuples(st.floats(4, 20), st.floats(4, 20)).map(sorted))
def test_more_in_one_unit_is_more_in_the_other(
    rules: minsight.Rules, values: list[float]
) -> None:
    low, high = (in_own_unit(rules, "calcium", v, "mg/dL") for v in values)
    assert low <= high


def test_no_two_accepted_units_are_spelled_alike(rules: minsight.Rules) -> None:
    """Small and capital letters are one at run time: `mg` is never taken for `Mg`."""
    for kind in rules.vocabulary.measurements:
        factors: dict[str, float] = {}
        for unit, by in kind.units.items():
            assert factors.setdefault(unit_in_one_spelling(unit), by) == by


# --- what is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "unit", "told"),
    [
        ("haemoglobin", 7.5, "mmol/L", "not a unit of Haemoglobin; use `g/L`, `g/dL`"),
        ("phosphate", 2, "mEq/L", "not a unit of Phosphate"),
        ("CRP", 50, "nmol/L", "not a unit of C-reactive protein"),
        ("ferritin", 8, "", "of 8 has no unit; write one of `ug/L`, `ng/mL`"),
        ("ferritin", 8, "  ", "has no unit"),
        ("calcium", 250, "mmol/L", "beyond anything measured (0.4 to 6 mmol/L)"),
        ("calcium", 1.5, "mg/dL", "check the number and its unit"),
        ("potassium", 40, "mmol/L", "beyond anything measured (0.8 to 12 mmol/L)"),
        ("potassium", 0, "mmol/L", "beyond anything measured"),
        ("sodium", 14, "mmol/L", "beyond anything measured"),
        ("ferritin", 0, "ug/L", "beyond anything measured"),
        ("zinc", 0, "ug/dL", "beyond anything measured"),
        ("haemoglobin", 125, "g/dL", "beyond anything measured"),
    ],
)
def test_a_wrong_unit_and_an_absurd_value_are_refused(
    rules: minsight.Rules, name: str, value: float, unit: str, told: str
) -> None:
    with pytest.raises(SubjectError, match=re.escape(told)):
        in_own_unit(rules, name, value, unit)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("calcium", 2.2, "mg/dL"),
        ("CRP", 0, "mg/L"),
        ("TSH", 0, "mIU/L"),
        ("ceruloplasmin", 0, "mg/dL"),
        ("haemoglobin", 12, "g/L"),
    ],
)
def test_a_rare_value_that_can_be_is_taken(
    rules: minsight.Rules, name: str, value: float, unit: str
) -> None:
    """A laboratory reports 0 of what it cannot detect, and very low values happen."""
    assert in_own_unit(rules, name, value, unit) >= 0


def test_a_measured_level_is_not_capped(
    rules: minsight.Rules, engine: BackendName
) -> None:
    """Kidney disease can raise potassium; a value of 2.9 mmol/L is low all the same."""
    low = Measurement("potassium", 2.9, "mmol/L")
    subject = seen(low, age="50y", groups=["chronic_kidney_disease"])
    found = rules.assess(subject, engine=engine).candidates
    assert {c.mineral: c.level for c in found}["potassium"] == "measured_low"


def test_units_that_ship_all_convert(rules: minsight.Rules) -> None:
    """The unit of each measurement is among its units, with the factor 1."""
    for kind in rules.vocabulary.measurements:
        assert kind.units[kind.unit] == 1
        for unit, factor in kind.units.items():
            usual = (kind.plausible_from + kind.plausible_to) / 2
            value = in_own_unit(rules, kind.label, usual / factor, unit)
            assert value == pytest.approx(usual)


# --- limits ---------------------------------------------------------------------------

WOMAN = {"age": "30y", "sex": "female", "not_groups": ["pregnant"]}
EXPECTING = {"age": "30y", "sex": "female", "groups": ["pregnant"]}
MAN = {"age": "30y", "sex": "male"}
ADULT = {"age": "30y"}

# finding, measurement, its unit, of whom, the lowest value at which it is not shown
LOW_BELOW = [
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "6mo"}, 105),
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "23mo"}, 105),
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "24mo"}, 110),
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "5y"}, 115),
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "12y", "sex": "male"}, 120),
    ("haemoglobin_too_low", "haemoglobin", "g/L", {"age": "15y", "sex": "male"}, 130),
    ("haemoglobin_too_low", "haemoglobin", "g/dL", MAN, 13),
    ("haemoglobin_too_low", "haemoglobin", "g/dL", WOMAN, 12),
    ("haemoglobin_too_low", "haemoglobin", "g/dL", EXPECTING, 11),
    ("haemoglobin_too_low", "haemoglobin", "g/dL", {"age": "30y", "sex": "female"}, 11),
    ("low_ferritin", "ferritin", "ug/L", {}, 12),
    ("low_ferritin", "ferritin", "ug/L", {"age": "59mo"}, 12),
    ("low_ferritin", "ferritin", "ug/L", {"age": "5y"}, 15),
    ("microcytosis", "MCV", "fL", ADULT, 80),
    ("hyponatraemia", "sodium", "mmol/L", {}, 135),
    ("hypokalaemia", "potassium", "mEq/L", {}, 3.5),
    ("hypochloraemia", "chloride", "mmol/L", {}, 96),
    ("hypocalcaemia", "calcium", "mmol/L", {}, 1.9),
    ("hypocalcaemia", "calcium", "mmol/L", {"age": "27d"}, 1.9),
    ("hypocalcaemia", "calcium", "mg/dL", {"age": "28d"}, 8.5),
    ("hypocalcaemia", "calcium", "mmol/L", ADULT, 2.12),
    ("hypocalcaemia", "ionised calcium", "mg/dL", {"age": "27d"}, 3.6),
    ("hypocalcaemia", "ionised calcium", "mg/dL", ADULT, 4.7),
    ("hypocalcaemia", "ionised calcium", "mmol/L", ADULT, 1.17),
    ("hypomagnesaemia", "magnesium", "mmol/L", {}, 0.70),
    ("hypomagnesaemia", "magnesium", "mg/dL", {}, 1.7),
    ("hypophosphataemia", "phosphate", "mmol/L", ADULT, 0.81),
    ("hypophosphataemia", "phosphate", "mg/dL", ADULT, 2.5),
    ("hypophosphataemia", "phosphate", "mg/dL", {"age": "12mo"}, 4),
    ("hypophosphataemia", "phosphate", "mg/dL", {"age": "12y"}, 2.5),
    ("hypozincaemia", "zinc", "ug/dL", {"age": "9y"}, 65),
    ("hypozincaemia", "zinc", "ug/dL", WOMAN, 66),
    ("hypozincaemia", "zinc", "ug/dL", EXPECTING, 50),
    ("hypozincaemia", "zinc", "ug/dL", MAN, 70),
    ("low_copper_level", "copper", "ug/dL", {"age": "12mo"}, 70),
    ("low_ceruloplasmin", "ceruloplasmin", "mg/dL", ADULT, 14),
    ("low_selenium_level", "selenium", "ug/L", {}, 50),
    ("low_b12_level", "vitamin B12", "pmol/L", {}, 133),
    ("low_folate_level", "folate", "ng/mL", {}, 3),
    ("low_folate_level", "folate", "nmol/L", {}, 6.8),
    ("low_vitamin_d_level", "vitamin D level", "ng/mL", {}, 12),
    ("low_urine_iodine", "urinary iodine", "ug/L", {}, 100),
]


@cache
def probe() -> Program:
    """The shipped vocabulary with a rule for each laboratory finding.

    What no rule reads is not in a program, and which findings the minerals read is
    theirs to say.
    """
    folder = shipped()
    reading = [
        RuleDocument.model_validate(
            {
                "id": f"iron.{finding.id}",
                "when": finding.id,
                "then": {"measured": "low"},
                "because": "Made up.",
                "sources": ["gen"],
                "grade": "C",
            }
        )
        for finding in folder.findings
        if finding.kind == "lab"
    ]
    profiles = {"iron": folder.profiles["iron"]}
    alone = replace(folder, profiles=profiles, rules={"iron": tuple(reading)}, links=())
    return lower(alone)


def shows(rules: minsight.Rules, finding: str, subject: Subject) -> bool:
    """Whether the subject's values observe the finding."""
    answers = enter(subject, rules.vocabulary)
    given_ = given_atoms(answers, probe(), rules.vocabulary)
    return atoms.observed(finding) in Reference(probe()).closure(given_)


@pytest.mark.parametrize(("finding", "name", "unit", "who", "limit"), LOW_BELOW)
def test_a_value_is_low_below_its_limit_and_not_at_it(
    rules: minsight.Rules,
    finding: str,
    name: str,
    unit: str,
    who: dict[str, object],
    limit: float,
) -> None:
    for value, shown in ((limit * 0.99, True), (limit, False), (limit * 1.01, False)):
        subject = seen(Measurement(name, value, unit), **who)
        assert shows(rules, finding, subject) is shown, value


@pytest.mark.parametrize(
    ("finding", "name", "unit", "limit", "shown"),
    [
        ("macrocytosis", "MCV", "fL", 100, False),
        ("macrocytosis", "MCV", "fL", 100.1, True),
        ("raised_crp", "CRP", "mg/L", 5, False),
        ("raised_crp", "CRP", "mg/dL", 0.51, True),
        ("raised_tsh", "TSH", "mIU/L", 9.9, False),
        ("raised_tsh", "TSH", "mIU/L", 10, True),
    ],
)
def test_a_value_is_raised_above_its_limit(
    rules: minsight.Rules,
    finding: str,
    name: str,
    unit: str,
    limit: float,
    shown: bool,
) -> None:
    subject = seen(Measurement(name, limit, unit), **ADULT)
    assert shows(rules, finding, subject) is shown


@pytest.mark.parametrize(
    ("finding", "name", "value", "unit", "age"),
    [
        ("haemoglobin_too_low", "haemoglobin", 100, "g/L", "5mo"),
        ("microcytosis", "MCV", 75, "fL", "14y"),
        ("low_copper_level", "copper", 60, "ug/dL", "11mo"),
        ("low_ceruloplasmin", "ceruloplasmin", 10, "mg/dL", "11mo"),
    ],
)
def test_where_no_source_gives_a_limit_none_is_made_up(
    rules: minsight.Rules, finding: str, name: str, value: float, unit: str, age: str
) -> None:
    assert not shows(rules, finding, seen(Measurement(name, value, unit), age=age))


def test_a_value_that_needs_an_age_says_so(rules: minsight.Rules) -> None:
    copper = Measurement("copper", 20, "ug/dL")
    told = "Serum copper was not judged, because its limits depend on age"
    assert any(told in note for note in rules.assess(seen(copper)).notes)
    assert not any(told in note for note in rules.assess(seen(copper, age="9y")).notes)
    zinc = Measurement("zinc", 40, "ug/dL")
    assert not any("not judged" in note for note in rules.assess(seen(zinc)).notes)


@pytest.mark.parametrize(
    ("ferritin", "crp", "age", "shown"),
    [
        (29.9, 30, "4y", True),
        (30, 30, "4y", False),
        (29.9, 5, "4y", False),
        (69.9, 30, "5y", True),
        (70, 30, "5y", False),
        (69.9, 5, "5y", False),
        (14.9, 5, "5y", True),
    ],
)
def test_inflammation_raises_the_limit_of_ferritin(
    rules: minsight.Rules, ferritin: float, crp: float, age: str, shown: bool
) -> None:
    measured = [
        Measurement("ferritin", ferritin, "ug/L"),
        Measurement("CRP", crp, "mg/L"),
    ]
    assert shows(rules, "low_ferritin", seen(*measured, age=age)) is shown


def test_inflammation_that_is_told_counts_like_one_that_is_measured(
    rules: minsight.Rules,
) -> None:
    ferritin = Measurement("ferritin", 40, "ug/L")
    assert not shows(rules, "low_ferritin", seen(ferritin, age="40y"))
    told = seen(ferritin, age="40y", present=["raised_crp"])
    assert shows(rules, "low_ferritin", told)


# --- total calcium beside albumin -----------------------------------------------------


@pytest.mark.parametrize(
    ("calcium", "albumin", "adjusted"),
    [(2.00, 32, 2.16), (2.00, 40, 2.00), (2.20, 48, 2.04), (1.90, 25, 2.20)],
)
def test_total_calcium_is_adjusted_for_albumin(
    rules: minsight.Rules, calcium: float, albumin: float, adjusted: float
) -> None:
    """0.02 mmol/L are added for each g/L of albumin below 40."""
    measured = [
        Measurement("albumin", albumin, "g/L"),
        Measurement("calcium", calcium, "mmol/L"),
    ]
    answers = enter(seen(*measured, age="40y"), rules.vocabulary)
    found = {value.measurement: value.value for value in answers.values}
    assert found == {"albumin": albumin, "serum_calcium": pytest.approx(adjusted)}
    (note,) = answers.notes
    assert note == (
        f"Total calcium in blood of {calcium:.2f} mmol/L was adjusted for albumin in"
        f" blood to {adjusted:.2f} mmol/L."
    )
    low = adjusted < 2.12
    assert shows(rules, "hypocalcaemia", seen(*measured, age="40y")) is low


def test_the_adjustment_is_the_one_in_the_source(rules: minsight.Rules) -> None:
    """0.8 mg/dL for each g/dL below 4: calcium 8.0 at 3.0 is 8.8, which is not low."""
    calcium = Measurement("calcium", 8.0, "mg/dL")
    levels = {}
    for albumin in (3.0, 4.0):
        measured = [calcium, Measurement("albumin", albumin, "g/dL")]
        found = rules.assess(seen(*measured, age="40y"))
        levels[albumin] = {c.mineral: c.level for c in found.candidates}
    assert "calcium" not in levels[3.0]
    assert levels[4.0]["calcium"] == "measured_low"


def test_calcium_without_albumin_is_taken_as_it_is_and_says_so(
    rules: minsight.Rules,
) -> None:
    found = rules.assess(seen(Measurement("calcium", 2.0, "mmol/L"), age="40y"))
    assert any("because no albumin in blood was given" in note for note in found.notes)
    assert found.candidates[0].level == "measured_low"


def test_calcium_of_a_newborn_is_not_adjusted_and_says_so(
    rules: minsight.Rules,
) -> None:
    """A source gives the adjustment for adults only; 1.7 stays under 1.75 mmol/L."""
    measured = [
        Measurement("calcium", 1.7, "mmol/L"),
        Measurement("albumin", 30, "g/L"),
    ]
    baby = seen(*measured, age="3d")
    assert shows(rules, "hypocalcaemia", baby)
    notes = enter(baby, rules.vocabulary).notes
    assert notes == (
        "Total calcium in blood is not adjusted for albumin in blood at this age.",
    )


def test_ionised_calcium_is_never_adjusted(rules: minsight.Rules) -> None:
    measured = [
        Measurement("ionised calcium", 1.2, "mmol/L"),
        Measurement("albumin", 20, "g/L"),
    ]
    answers = enter(seen(*measured, age="40y"), rules.vocabulary)
    assert ([v.value for v in answers.values], answers.notes) == ([1.2, 20], ())


def test_values_that_cannot_both_be_right_are_refused(rules: minsight.Rules) -> None:
    measured = [
        Measurement("calcium", 0.5, "mmol/L"),
        Measurement("albumin", 70, "g/L"),
    ]
    with pytest.raises(SubjectError, match="adjusted for albumin"):
        enter(seen(*measured, age="40y"), rules.vocabulary)
