"""Measurements: values in the unit of the vocabulary, read beside one another."""

from __future__ import annotations

import math
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.intake.measurements import (
    SAYS_ONLY_A_SIDE,
    Value,
    as_bands_see,
    factor_of,
    given_as,
    in_own_unit,
    limited,
    open_limit,
    unit_in_one_spelling,
)
from minsight.intake.subject import Comparator
from minsight.knowledge.vocabulary import Adjustment, MeasurementKind, Vocabulary
from minsight.logic import atoms
from minsight.logic.backend import BackendName
from places import SMALL_RULES

ALUM: Final = compile_folder(SMALL_RULES).vocabulary.measurement["serum_alum"]
"""Kept in ug/L, up to 5,000; 25 g are a mole."""


def kind(id_: str, **more: object) -> MeasurementKind:
    fields: dict[str, object] = {
        "label": id_.title(),
        "synonyms": (),
        "unit": "g/L",
        "units": {"g/L": 1.0},
        "plausible_from": 0.5,
        "plausible_to": 80.0,
        "bands": {},
    }
    return MeasurementKind(id=id_, **{**fields, **more})  # type: ignore[arg-type]  # as fields are


CHALK: Final = kind("chalk", adjusted=Adjustment("egg", at=40, per=0.02, from_days=28))
KINDS: Final = Vocabulary((), (), (CHALK, kind("egg")), ())


# --- units ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "one_spelling"),
    [
        ("ug/L", "ug/l"),
        ("\N{MICRO SIGN}g/L", "ug/l"),
        ("\N{GREEK SMALL LETTER MU}g/L", "ug/l"),
        ("mcg / L", "ug/l"),
        ("  UG\tper\nL ", "ug/l"),
        ("mg/100 mL", "mg/dl"),
        ("mg per 100mL", "mg/dl"),
        ("gm/dL", "g/dl"),
        ("gms / dl", "g/dl"),
        ("mgm/dL", "mg/dl"),
        ("g%", "g/dl"),
        ("micrograms per litre", "ug/l"),
        ("nmol per Liter", "nmol/l"),
        ("m[IU]/L", "miu/l"),
        ("ug{Fe}/L", "ug/l"),
        ("%", "%"),
        ("", ""),
    ],
)
def test_a_unit_has_one_spelling(text: str, one_spelling: str) -> None:
    assert unit_in_one_spelling(text) == one_spelling


@given(text=st.text(max_size=12))
def test_one_spelling_of_a_unit_is_its_own(text: str) -> None:
    once = unit_in_one_spelling(text)
    assert unit_in_one_spelling(once) == once


@pytest.mark.parametrize(
    ("value", "unit", "in_ug_per_l"),
    [
        (12, "ug/L", 12),
        (12, "UG/L", 12),
        (12, "ug / l", 12),
        (0.5, "mg/L", 500),
        (2, "umol/L", 50),
        (0, "mg/L", 0),
        (5000, "ug/L", 5000),
    ],
)
def test_a_value_is_kept_in_the_unit_of_the_vocabulary(
    value: float, unit: str, in_ug_per_l: float
) -> None:
    given_ = Measurement("alum in serum", value, unit)
    assert in_own_unit(given_, ALUM) == Value("serum_alum", in_ug_per_l)


def test_a_unit_that_is_not_accepted_has_no_factor() -> None:
    assert factor_of("MG / L", ALUM) == 1000
    assert factor_of("mol/L", ALUM) is None


def test_an_unknown_unit_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SubjectError) as caught:
        in_own_unit(Measurement("alum", 12, "mol/L"), ALUM)
    assert str(caught.value) == (
        "`mol/L` is not a unit of Serum alum; use `ug/L`, `mg/L`, `umol/L`"
    )  # a unit guessed by its spelling would be a wrong value


@pytest.mark.parametrize("unit", ["", "  "])
def test_a_value_without_a_unit_is_refused(unit: str) -> None:
    with pytest.raises(SubjectError, match="Serum alum of 12 has no unit; write one"):
        in_own_unit(Measurement("alum", 12, unit), ALUM)


@pytest.mark.parametrize(
    ("value", "unit"), [(5000.1, "ug/L"), (12, "mg/L"), (1e300, "umol/L")]
)
def test_an_absurd_value_is_refused(value: float, unit: str) -> None:
    told = r"is beyond anything measured \(0 to 5000 ug/L\); check the number and its"
    with pytest.raises(SubjectError, match=told):
        in_own_unit(Measurement("alum", value, unit), ALUM)


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_what_is_no_value_is_refused(value: float) -> None:
    with pytest.raises(SubjectError, match="give a number from 0 up"):
        Measurement("serum_alum", value, "ug/L")


# --- read beside one another ----------------------------------------------------------


@pytest.mark.parametrize(
    ("chalk", "egg", "adjusted"),
    [(2.0, 40, 2.0), (2.0, 30, 2.2), (2.0, 50, 1.8), (1.5, 25, 1.8)],
)
def test_a_value_is_adjusted_for_what_the_other_lacks(
    chalk: float, egg: float, adjusted: float
) -> None:
    """0.02 are added for each unit that the egg lacks to 40."""
    values = [Value("chalk", chalk), Value("egg", egg)]
    seen, notes = as_bands_see(values, KINDS, age_days=None)
    assert [value.measurement for value in seen] == ["chalk", "egg"]
    assert [value.value for value in seen] == pytest.approx([adjusted, egg])
    assert notes == (
        f"Chalk of {chalk:.2f} g/L was adjusted for egg to {adjusted:.2f} g/L.",
    )


def test_the_order_of_values_does_not_matter_for_an_adjustment() -> None:
    values = [Value("egg", 30), Value("chalk", 2.0)]
    seen, _ = as_bands_see(values, KINDS, age_days=None)
    assert [value.measurement for value in seen] == ["egg", "chalk"]
    assert [value.value for value in seen] == pytest.approx([30, 2.2])


def test_without_the_other_a_value_is_taken_as_it_is_and_that_is_said() -> None:
    seen, notes = as_bands_see([Value("chalk", 2.0)], KINDS, age_days=None)
    assert seen == (Value("chalk", 2.0),)
    assert notes == ("Chalk was taken as it is, because no egg was given.",)


@pytest.mark.parametrize(("age_days", "adjusted"), [(27.9, False), (28, True)])
def test_an_adjustment_begins_at_its_age(age_days: float, adjusted: bool) -> None:
    values = [Value("chalk", 2.0), Value("egg", 30)]
    seen, notes = as_bands_see(values, KINDS, age_days=age_days)
    assert seen[0].value == pytest.approx(2.2 if adjusted else 2.0)
    too_young = "Chalk is not adjusted for egg at this age."
    assert (notes == (too_young,)) is not adjusted


def test_values_that_cannot_both_be_right_are_refused() -> None:
    """1 - 0.02 * 30 is 0.4, and nothing below 0.5 was ever measured."""
    values = [Value("chalk", 1.0), Value("egg", 70)]
    with pytest.raises(SubjectError, match=r"Chalk, adjusted for egg, of 0\.40 g/L is"):
        as_bands_see(values, KINDS, age_days=None)


@pytest.mark.parametrize(("age_days", "told"), [(None, 1), (0.0, 0)])
def test_a_value_whose_every_limit_needs_an_age_says_so(
    age_days: float | None, told: int
) -> None:
    vocabulary = Vocabulary((), (), (kind("chalk", needs_age=True),), ())
    seen, notes = as_bands_see([Value("chalk", 2.0)], vocabulary, age_days=age_days)
    note = (
        "Chalk was not judged, because its limits depend on age and no age was given."
    )
    assert (seen, notes) == ((Value("chalk", 2.0),), (note,) * told)


# --- bands and laboratory findings in rules -------------------------------------------


@pytest.mark.parametrize(("value", "shown"), [(19, True), (20, False)])
def test_a_value_in_a_band_observes_its_parents(
    small: minsight.Rules, engine: BackendName, value: float, shown: bool
) -> None:
    subject = Subject(
        measurements=[Measurement("serum_alum", value, "ug/L")], age="20y"
    )
    given_ = given_atoms(
        enter(subject, small.vocabulary), small.program, small.vocabulary
    )
    holds = small.evaluate(given_, engine=engine).holds
    assert (atoms.observed("low_alum") in holds) is shown
    assert (atoms.band("alum_low") in holds) is shown


def test_a_result_told_in_words_counts_as_measured(
    small: minsight.Rules, rules: minsight.Rules, engine: BackendName
) -> None:
    told = small.assess(Subject(present=["low_alum"], age="30y"), engine=engine)
    assert told.candidates[0].level == "measured_low"
    found = rules.assess(Subject(present=["hypokalemia"], age="40y"), engine=engine)
    assert {c.mineral: c.level for c in found.candidates}["potassium"] == "measured_low"


# --- limits ---------------------------------------------------------------------------


@given(
    number=st.decimals("0.01", 5000, places=2).map(float),
    comparator=st.sampled_from(["", "<", "<=", ">", ">="]),
)
def test_a_limit_is_given_as_it_was(number: float, comparator: Comparator) -> None:
    value = limited("serum_alum", number, comparator)
    assert given_as(value, "ug/L") == Measurement(
        "serum_alum", number, "ug/L", comparator
    )


@pytest.mark.parametrize(
    ("comparator", "least", "most"),
    [
        ("<", 0, math.nextafter(500, 0)),
        ("<=", 0, 500),
        (">", math.nextafter(500, math.inf), math.inf),
        (">=", 500, math.inf),
        ("", 500, 500),
    ],
)
def test_a_limit_is_turned_into_the_unit_of_the_vocabulary(
    comparator: Comparator, least: float, most: float
) -> None:
    value = in_own_unit(Measurement("alum", 0.5, "mg/L", comparator), ALUM)
    assert (value.least, value.most) == (least, most)


def test_a_limit_at_which_nothing_is_measured_is_refused() -> None:
    with pytest.raises(SubjectError, match="Serum alum of >6000 ug/L is beyond any"):
        in_own_unit(Measurement("alum", 6000, "ug/L", ">"), ALUM)
    with pytest.raises(SubjectError, match="is `<0`, which nothing measured is"):
        Measurement("alum", 0, "ug/L", "<")
    with pytest.raises(SubjectError, match="`~` of the measurement `alum` is not a"):
        Measurement("alum", 5, "ug/L", "~")  # type: ignore[arg-type]  # a user's text


LINED: Final = kind(
    "lead",
    lines=((None, 10), (40, None), (None, 30)),
    plain_lines=((None, 10), (40, None)),
)
"""Below 30 is a band only for some."""


@pytest.mark.parametrize(
    ("number", "comparator", "open_"),
    [
        (10, "<", False),
        (10, "<=", True),
        (20, "<", True),
        (5, ">", True),
        (30, ">", True),
        (40, ">=", False),
        (50, ">", False),
        (20, "", False),
    ],
)
def test_a_limit_is_open_where_a_band_holds_of_some_values_beyond_it_only(
    number: float, comparator: Comparator, open_: bool
) -> None:
    value = limited("lead", number, comparator)
    assert open_limit(value, LINED) == (SAYS_ONLY_A_SIDE if open_ else "")


@pytest.mark.parametrize(
    ("chalk", "egg", "read"),
    [
        (("<", 2.0), ("", 20.0), ("<", 2.4)),
        (("", 2.0), ("<", 20.0), (">", 2.4)),
        (("", 2.0), (">", 50.0), ("<", 1.8)),
        ((">", 2.0), ("<", 20.0), (">", 2.4)),
        (("<", 2.0), (">", 50.0), ("<", 1.8)),
    ],
)
def test_a_limit_stays_one_when_it_is_adjusted(
    chalk: tuple[Comparator, float],
    egg: tuple[Comparator, float],
    read: tuple[Comparator, float],
) -> None:
    """The less egg there is, the more is added to the chalk."""
    values = [limited("chalk", chalk[1], chalk[0]), limited("egg", egg[1], egg[0])]
    seen, _ = as_bands_see(values, KINDS, age_days=None)
    expected = limited("chalk", read[1], read[0])
    assert seen[0].limit == expected.limit
    assert seen[0].value == pytest.approx(expected.value)


@pytest.mark.parametrize("both", ["<", ">"])
def test_limits_that_leave_all_open_are_not_judged(both: Comparator) -> None:
    values = [limited("chalk", 2, both), limited("egg", 40, both)]
    seen, notes = as_bands_see(values, KINDS, age_days=None)
    assert [value.measurement for value in seen] == ["egg"]
    assert notes == ("Chalk was not judged, as egg leaves it open.",)


def test_a_record_gives_a_limit_by_a_comparator_or_in_the_value(
    rules: minsight.Rules,
) -> None:
    written = [
        {"name": "ferritin", "value": 5, "unit": "ug/L", "comparator": "<"},
        {"name": "ferritin", "value": "<5", "unit": "ug/L"},
        {"name": "ferritin", "value": " < 5.0 ", "unit": "ug/L"},
    ]
    found = [rules.assess({"measurements": [one], "age_years": 30}) for one in written]
    (iron,) = {one.candidates[0].level for one in found}
    assert iron == "measured_low"
    assert {one.recognised[0].text for one in found} == {"ferritin <5 ug/L"}


def test_a_limit_that_tells_too_little_is_told_and_draws_nothing(
    rules: minsight.Rules,
) -> None:
    given_ = Measurement("ferritin", 10, "ng/mL", ">")
    found = rules.assess(Subject(measurements=[given_], age=30))
    assert [c for c in found.candidates if c.level != "no_pattern"] == []
    (left,) = found.unrecognised
    assert (left.text, left.because) == ("ferritin >10 ng/mL", SAYS_ONLY_A_SIDE)
    assert not found.urgency.judged
