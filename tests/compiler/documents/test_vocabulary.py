"""The vocabulary as written: bounds that bound, limits that limit, numbers that are."""

from __future__ import annotations

import math
from typing import Any, Final

import pytest
from pydantic import ValidationError

from minsight.compiler.documents.vocabulary import (
    AdjustmentDocument,
    BandDocument,
    CutoffDocument,
    Derivation,
    FindingDocument,
    GroupDocument,
    HpoDocument,
    LifeStageDocument,
    MeasurementDocument,
    SourceDocument,
)

FINDING: Final = {"id": "itch", "label": "Itch", "kind": "symptom", "category": "skin"}
VALUE: Final[dict[str, Any]] = {
    "id": "serum_chalk",
    "label": "Serum chalk",
    "unit": "g/L",
    "plausible_to": 80,
}


@pytest.mark.parametrize(
    "written",
    [
        {"from": "6mo"},
        {"below": "12mo"},
        {"sex": "female"},
        {"when": "itch"},
        {"from": "6mo", "below": "12mo", "sex": "male", "when": {"absent": "itch"}},
    ],
)
def test_a_group_may_follow_from_age_sex_or_another_answer(
    written: dict[str, object],
) -> None:
    found = Derivation.model_validate(written)
    assert found.model_dump(by_alias=True, exclude_none=True) == written


def test_a_group_that_follows_from_nothing_would_hold_of_everybody() -> None:
    with pytest.raises(ValidationError, match="derives from nothing; give `from`"):
        Derivation.model_validate({})


@pytest.mark.parametrize(
    "wrong", [{"from": "old"}, {"from": 6}, {"sex": "f"}, {"from_": "6mo"}]
)
def test_bounds_are_written_as_ages_and_sexes(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Derivation.model_validate(wrong)


def test_a_life_stage_has_a_bound() -> None:
    stage = {"id": "65y+", "label": "65 and over"}
    assert LifeStageDocument.model_validate(stage | {"from": "65y"}).below is None
    with pytest.raises(ValidationError, match="holds at every age; give `from`"):
        LifeStageDocument.model_validate(stage)
    with pytest.raises(ValidationError):
        LifeStageDocument.model_validate({**stage, "id": "old", "from": "65y"})


def test_a_finding_is_one_that_a_lay_person_can_answer_unless_it_says_otherwise() -> (
    None
):
    finding = FindingDocument.model_validate(FINDING)
    assert (finding.lay, finding.synonyms, finding.parents) == (True, [], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Itch"},
        {"id": "i"},
        {"kind": "complaint"},
        {"label": ""},
        {"lay": "yes"},
        {"synonyms": "itchy"},
        {"hpo": {"id": "HP:12", "label": "Itch", "match": "exact"}},
        {"hpo": {"id": "HP:0000989", "label": "Itch", "match": "near"}},
    ],
)
def test_a_finding_has_a_form(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FindingDocument.model_validate(FINDING | wrong)


def test_a_group_says_what_it_is() -> None:
    group = {"id": "mill", "label": "Mill", "category": "work"}
    with pytest.raises(ValidationError, match="definition"):
        GroupDocument.model_validate(group)
    whole = GroupDocument.model_validate(group | {"definition": "Paid work there"})
    assert (whole.derive, whole.asked_of, whole.only_for) == (None, None, None)


@pytest.mark.parametrize(
    "bounds", [{"below": 10}, {"from": 0}, {"below": 0.5}, {"from": 5, "below": 10}]
)
def test_a_line_has_one_bound_or_two(bounds: dict[str, float]) -> None:
    found = CutoffDocument.model_validate(bounds)
    assert found.model_dump(by_alias=True, exclude_none=True) == bounds
    assert sorted(found.limits) == sorted(bounds.values())


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({}, "every value; give `from`, `below` or both"),
        ({"below": 10, "from": 10}, "no value; `below` must be more than `from`"),
        ({"below": 5, "from": 10}, "no value; `below` must be more than `from`"),
    ],
)
def test_a_line_for_every_value_or_for_none_is_refused(
    bounds: dict[str, float], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        CutoffDocument.model_validate(bounds)


@pytest.mark.parametrize(
    ("line", "told_as", "called"),
    [
        ({"below": 10}, None, "low"),
        ({"from": 10}, None, "high"),
        ({"from": 10}, "normal", "normal"),
        ({"from": 5, "below": 10}, "normal", "normal"),
    ],
)
def test_a_band_is_called_as_it_says_or_as_its_first_line_does(
    line: dict[str, float], told_as: str | None, called: str
) -> None:
    band = {"id": "alum_range", "label": "Alum", "cutoffs": [line], "told_as": told_as}
    written = BandDocument.model_validate(band | {"sources": ["mill"], "grade": "C"})
    assert written.called == called


@pytest.mark.parametrize("value", [-1, math.nan, math.inf, "10"])
def test_a_limit_is_a_number_from_0_up(value: object) -> None:
    with pytest.raises(ValidationError):
        CutoffDocument.model_validate({"below": value})


def test_a_measurement_accepts_some_value() -> None:
    assert MeasurementDocument.model_validate(VALUE).plausible_from == 0
    for least in (80, 81):
        with pytest.raises(ValidationError, match="accepts no value; give a larger"):
            MeasurementDocument.model_validate(VALUE | {"plausible_from": least})


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([{"unit": "mol/L", "from": 1, "to": 2}], "takes no `mol/L`; give it among"),
        (
            [
                {"unit": "g/L", "from": 1, "to": 9},
                {"unit": "g/dL", "from": 9, "to": 20},
            ],
            "takes 9 without a unit for `g/L` and for `g/dL`; let `unstated` hold it",
        ),
    ],
)
def test_a_number_without_a_unit_has_one_that_is_possible(
    spans: list[dict[str, object]], message: str
) -> None:
    value = VALUE | {"unit": "g/L", "units": ["g/dL"]}
    with pytest.raises(ValidationError, match=message):
        MeasurementDocument.model_validate(value | {"unstated": spans})
    apart = [spans[0] | {"unit": "g/L", "to": 8}, *spans[1:]]
    assert MeasurementDocument.model_validate(value | {"unstated": apart})


@pytest.mark.parametrize(
    "wrong",
    [
        {"molar_mass": 0},
        {"valence": 0},
        {"valence": 5},
        {"plausible_to": math.inf},
        {"unit": ""},
    ],
)
def test_chemistry_has_no_zeros(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        MeasurementDocument.model_validate(VALUE | wrong)


def test_an_adjustment_adds_something_from_an_age_on() -> None:
    written = {"by": "egg", "at": 40, "per": 0.02}
    assert AdjustmentDocument.model_validate(written | {"from": "28d"}).from_ == "28d"
    with pytest.raises(ValidationError):
        AdjustmentDocument.model_validate(written | {"per": 0})


def test_terms_below_a_finding_are_numbers_of_seven_digits() -> None:
    below = {"itch": "0000989 0000990"}
    assert HpoDocument.model_validate({"release": "x", "below": below}).below == below
    for wrong in ("989", "0000989,0000990", "HP:0000989", ""):
        with pytest.raises(ValidationError):
            HpoDocument.model_validate({"release": "x", "below": {"itch": wrong}})


def test_a_source_says_whether_it_was_read() -> None:
    with pytest.raises(ValidationError, match="read"):
        SourceDocument.model_validate({"id": "handbook", "title": "A handbook"})
