"""Results: which numbers of a text are values, in which unit, and which are not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.text.names import named_before
from minsight.intake.text.results import results, with_marks
from minsight.intake.text.units import as_number, bracket_before, unit_after
from random_laws import examples


def told(rules: minsight.Rules, text: str) -> list[str]:
    """Each value that is taken: its measurement, the number, and the unit if told."""
    return [
        f"{one.phrase.id} {one.given:g} {one.unit if one.with_unit else '-'}"
        for one in results(text, rules.vocabulary)
        if not one.because
    ]


def doubtful(rules: minsight.Rules, text: str) -> list[str]:
    return [one.because for one in results(text, rules.vocabulary) if one.because]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ferritin 12 ng/ml, hb 10.8 g/dl", "ferritin 12 ng/mL; haemoglobin 10.8 g/dL"),
        ("Na 124 mmol/L", "sodium 124 mmol/L"),
        ("serum sodium 128 mEq/L", "sodium 128 mEq/L"),
        ("Sodium (mmol/L): 129", "sodium 129 mmol/L"),
        ("K+ = 2.9 mEq/L.", "potassium 2.9 mEq/L"),
        ("potassium was only 2.8 mmol/L", "potassium 2.8 mmol/L"),
        ("calcium 7.9 mg/dl", "serum_calcium 7.9 mg/dL"),
        ("Ca2+ 2.05 mmol/l", "serum_calcium 2.05 mmol/L"),
        ("iCa 1.02 mmol/L", "ionised_calcium 1.02 mmol/L"),
        ("adjusted calcium 1.99 mmol/L", "serum_calcium 1.99 mmol/L"),
        ("Mg2+ 0.55 mmol/L", "serum_magnesium 0.55 mmol/L"),
        ("PO4 1.1 mg/dL", "serum_phosphate 1.1 mg/dL"),
        ("Hgb 7,9 g/dL", "haemoglobin 7.9 g/dL"),
        ("haemoglobin 9.2 grams per decilitre", "haemoglobin 9.2 g/dL"),
        ("Ferritin: 8 ug/L (low)", "ferritin 8 ug/L"),
        ("ferritin 8 ug/L [30 - 400]", "ferritin 8 ug/L"),
        ("ferritin level of 9 ng/mL", "ferritin 9 ng/mL"),
        ("low ferritin (8 ng/mL)", "ferritin 8 ng/mL"),
        ("ferritin went from 12 to 45 ug/L", "ferritin 45 ug/L"),
        ("transferrin saturation 9%", "transferrin_saturation 9 %"),
        ("TSH 12.3 mIU/L", "tsh 12.3 mIU/L"),
        ("zinc 48 \N{MICRO SIGN}g/dL", "serum_zinc 48 ug/dL"),
        ("copper 30 mcg/dL", "serum_copper 30 ug/dL"),
        ("ceruloplasmin 6 mg/dl", "ceruloplasmin 6 mg/dL"),
        ("vit b12 120 pmol/L", "serum_b12 120 pmol/L"),
        ("active B12 18 pmol/L", "active_b12 18 pmol/L"),
        ("holoTC 40 pmol/L; B12 300 ng/L", "active_b12 40 pmol/L; serum_b12 300 ng/L"),
        ("B12 1,200 pg/mL", "serum_b12 1200 pg/mL"),
        ("vit D 12 ng/ml", "vitamin_d 12 ng/mL"),
        ("25-OH vitamin D 18 nmol/L", "vitamin_d 18 nmol/L"),
        ("folate 2.1 ug/L", "serum_folate 2.1 ug/L"),
        ("albumin 25 g/L; glucose 38 mg/dL", "albumin 25 g/L; glucose 38 mg/dL"),
    ],
)
def test_a_value_is_a_name_a_number_and_a_unit(
    rules: minsight.Rules, text: str, values: str
) -> None:
    assert told(rules, text) == values.split("; ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("potassium 3.1", "potassium 3.1 mmol/L"),
        ("K+ 2.9", "potassium 2.9 mmol/L"),
        ("K 2,9", "potassium 2.9 mmol/L"),
        ("sodium: 131", "sodium 131 mmol/L"),
        ("sodium 128 mmol", "sodium 128 mmol/L"),
        ("hb 9", "haemoglobin 9 g/dL"),
        ("Hb 108", "haemoglobin 108 g/L"),
        ("hb 10.8g", "haemoglobin 10.8 g/dL"),
        ("Ca 1.95", "serum_calcium 1.95 mmol/L"),
        ("calcium 7.9", "serum_calcium 7.9 mg/dL"),
        ("ferritin=4", "ferritin 4 ug/L"),
        ("my ferritin came back at 6", "ferritin 6 ug/L"),
        ("MCV 68", "mean_corpuscular_volume 68 fL"),
        ("TSAT 9", "transferrin_saturation 9 %"),
        ("TSH 55", "tsh 55 mIU/L"),
        ("sugar 1.9", "glucose 1.9 mmol/L"),
        ("fasting glucose 98", "glucose 98 mg/dL"),
        ("CRP 85", "c_reactive_protein 85 mg/L"),
    ],
)
def test_a_number_that_one_unit_fits_needs_none(
    rules: minsight.Rules, text: str, value: str
) -> None:
    (one,) = results(text, rules.vocabulary)
    assert (f"{one.phrase.id} {one.given:g} {one.unit}", one.because) == (value, "")
    assert not one.with_unit


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("b12 140", "`ng/L` or `pmol/L`"),
        ("vit D 12", "`ng/mL` or `nmol/L`"),
        ("Mg 0.7", "`mEq/L` or `mg/dL` or `mmol/L`"),
        ("phosphate 1.0", "`mg/dL` or `mmol/L`"),
        ("folate 4", "`nmol/L` or `ug/L`"),
        ("CRP 0.6", "`mg/L` or `mg/dL`"),
    ],
)
def test_a_number_that_two_units_fit_is_asked_back(
    rules: minsight.Rules, text: str, units: str
) -> None:
    (because,) = doubtful(rules, text)
    assert because == f"its unit is not told, and it may be {units}"
    assert told(rules, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "36 weeks",
        "BMI 31",
        "BP 90/60, pulse 110, temp 38.2",
        "magnesium 400 mg",
        "zinc 15 mg tablets",
        "takes zinc 60 daily",
        "takes potassium 8 mmol",
        "potassium 20 mmol/day",
        "sodium 2 g diet",
        "vitamin D3 2000 IU daily",
        "takes vitamin D 1000 units",
        "B12 injections 3 times a week",
        "B12 1000 mcg injections",
        "sugar 2 spoons",
        "sugar 3",
        "vitamin K 3.1",
        "urine sodium 110 mmol/L",
        "sweat chloride 105 mmol/L",
        "red cell folate 180 ug/L",
        "potassium chloride 100",
        "glycated haemoglobin 7.1",
        "haemoglobin A1c 48",
        "HbA1c 8.2 %",
        "potassium 3.5-5.0",
        "potassium 3.5 to 5.1",
        "ferritin should be above 50",
        "target ferritin 50",
        "wants ferritin over 100 ug/L",
        "ferritin 2019",
        "ferritin 12 weeks ago",
        "CA 125",
        "CA 19-9",
        "calcium score 120",
        "5 mg 3",
        "K 36 weeks",
        "ferritin. 12 people came",
    ],
)
def test_other_numbers_are_no_results(rules: minsight.Rules, text: str) -> None:
    assert results(text, rules.vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "limit", "value"),
    [
        ("ferritin <5", "below", 5),
        ("ferritin less than 5 ng/ml", "below", 5),
        ("B12 <150 ng/L", "below", 150),
        ("vitamin D under 10 nmol/L", "below", 10),
        ("CRP <1 mg/L", "below", 1),
        ("Hb < 7 g/dL", "below", 70),
        ("ferritin above 1000", "above", 1000),
        ("TSH >100", "above", 100),
        ("TSH greater than 100", "above", 100),
        ("potassium over 7", "above", 7),
    ],
)
def test_a_limit_is_the_value_next_to_it(
    rules: minsight.Rules, text: str, limit: str, value: float
) -> None:
    (one,) = results(text, rules.vocabulary)
    assert one.value is not None
    assert one.value.limit == limit
    assert one.value.value == pytest.approx(value)
    assert (one.value.value < value) is (limit == "below")


@pytest.mark.parametrize(
    "text", ["ferritin <30", "TSH <4", "glucose <7", "ferritin >20", "CRP <10 mg/L"]
)
def test_a_limit_beyond_which_bands_differ_tells_too_little(
    rules: minsight.Rules, text: str
) -> None:
    """Below 30 a ferritin may be low or not: neither may be read from it."""
    told_ = "it only says on which side of a limit it is; give the number"
    assert doubtful(rules, text) == [told_]


def test_what_nobody_has_is_told_with_the_number_to_check(
    rules: minsight.Rules,
) -> None:
    assert doubtful(rules, "potassium of 31 mmol/L") == [
        "beyond anything measured (0.8 to 12 mmol/L); check the number and its unit"
    ]


def test_marks_keep_the_length_of_a_text(rules: minsight.Rules) -> None:
    text = "tired, K 2.9, b12 140"
    found = results(text, rules.vocabulary)
    assert with_marks(text, found, "0") == "tired, 00000,        "


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("10,8", 10.8), ("1,200", 1200), ("0,512", 0.512)]
)
def test_numbers_have_either_decimal_sign(text: str, number: float) -> None:
    assert as_number(text) == number


def test_a_name_is_sought_before_the_number_alone(rules: minsight.Rules) -> None:
    found = named_before("tired, ferritin is 9", 19, rules.vocabulary, begun=0)
    assert found is not None
    assert (found.phrase.id, found.start) == ("ferritin", 7)
    assert named_before("9 ferritin", 0, rules.vocabulary, begun=0) is None


def test_a_unit_stands_after_the_number_or_in_brackets_before(
    rules: minsight.Rules,
) -> None:
    kind = rules.vocabulary.measurement["sodium"]
    after = unit_after("120 mmol/l", 3, kind)
    assert after is not None
    assert (after.unit, after.how) == ("mmol/L", "whole")
    assert unit_after("120 mg", 3, kind) is None
    assert bracket_before("Na (mmol/L): 120", 13) is not None


@examples(100)
@given(data=st.data())
def test_a_value_in_any_unit_is_read_as_it_was_given(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(rules.vocabulary.measurements))
    name = data.draw(st.sampled_from([kind.label, *kind.synonyms]))
    unit = data.draw(st.sampled_from(sorted(kind.units)))
    lowest = kind.plausible_from / kind.units[unit]
    highest = kind.plausible_to / kind.units[unit]
    number = round(data.draw(st.floats(max(lowest, 0.01), min(highest, 1e5))), 3)
    if not lowest <= number <= highest:
        return
    (one,) = results(f"{name} {number:g} {unit}", rules.vocabulary)
    assert one.phrase.id == kind.id
    assert one.value is not None
    expected = float(f"{number:g}") * kind.units[unit]
    assert math.isclose(one.value.value, expected)


@examples(200)
@given(text=st.text("kKna 0123456789.,<>+/()%mol\u00b5g:-", max_size=40))
def test_results_of_any_text_stand_apart_and_inside_it(
    rules: minsight.Rules, text: str
) -> None:
    end = 0
    for one in results(text, rules.vocabulary):
        assert end <= one.at.start < one.at.end <= len(text)
        assert (one.value is None) <= bool(one.because)
        end = one.at.end
