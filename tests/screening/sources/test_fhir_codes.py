"""Codes of FHIR: coded answers, quantities and ages, each read or refused by name."""

from __future__ import annotations

from typing import Any

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import Spellings
from minsight.screening.sources.fhir_codes import age_days, answer_text, quantity

FEVER = Column(-1, "fever", "answer", "fever")
SEX = Column(-1, "sex", "sex")
OWN = Column(
    -1, "fever", "answer", "fever", by="map",
    spellings=Spellings(frozenset(["1"]), frozenset(["2"])),
)  # fmt: skip


def coding(code: str, display: str = "", system: str = "") -> dict[str, str]:
    given = {"code": code, "display": display, "system": system}
    return {key: value for key, value in given.items() if value}


@pytest.mark.parametrize(
    ("value", "column", "meant"),
    [
        (coding("LA33-6", "Yes", "http://loinc.org"), FEVER, "observed"),
        (coding("LA32-8", "No", "http://loinc.org"), FEVER, "excluded"),
        (coding("LA12688-0", "Don't know", "http://loinc.org"), FEVER, "unknown"),
        (coding("LA33-6"), FEVER, "observed"),
        (coding("373066001"), FEVER, "observed"),
        (coding("2667000", "Absent"), FEVER, "excluded"),
        (coding("UNK"), FEVER, "unknown"),
        (coding("ASKU", "asked but unknown"), FEVER, "unknown"),
        (coding("X", "", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"), FEVER,
         "unknown"),
        (coding("masked", "", "http://hl7.org/data-absent-reason"), FEVER, "unknown"),
        (coding("at0004", "Yes", "urn:my"), FEVER, "observed"),
        (coding("Y", "Ja, oft"), FEVER, "observed"),
        (coding("1", "Yes"), FEVER, "observed"),
        (coding("2", "none at all"), OWN, "excluded"),
    ],
)  # fmt: skip
def test_a_coded_answer_says_what_its_code_or_its_words_do(
    value: dict[str, str], column: Column, meant: str
) -> None:
    assert column.spellings.meaning(answer_text(value, column)) == meant


@pytest.mark.parametrize(
    ("code", "display"),
    [("1", "No"), ("LA33-6", "No"), ("no", "Yes"), ("Y", "unknown")],
)
def test_a_code_and_words_that_say_two_things_are_refused(
    code: str, display: str
) -> None:
    told = f"the code `{code}` and its words `{display}` say two things of `fever`"
    with pytest.raises(SubjectError, match=told):
        answer_text(coding(code, display), FEVER)


def test_a_bare_number_beside_words_that_mean_nothing_here_is_no_yes() -> None:
    """`1` may be the first of five answers, of which this is the words."""
    text = answer_text(coding("1", "Once a week"), FEVER)
    assert text == "Once a week"
    assert FEVER.spellings.meaning(text) is None


@pytest.mark.parametrize(
    ("value", "sex"),
    [
        (coding("female"), "female"),
        (coding("248153007", "Male"), "male"),
        (coding("LA3-6", "Female"), "female"),
        (coding("F", "Weiblich"), "F"),
        (coding("x1", "female"), "female"),
    ],
)
def test_a_sex_is_read_by_its_code_or_its_words(
    value: dict[str, str], sex: str
) -> None:
    assert answer_text(value, SEX) == sex


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"value": 1, "unit": "d"}, "a quantity"),
        ({"reference": "Patient/1"}, "a reference"),
        ({"contentType": "image/png"}, "an attachment"),
    ],
)
def test_what_is_no_answer_in_words_is_refused(value: Any, what: str) -> None:
    with pytest.raises(SubjectError, match=f"{what} is no answer to `fever`"):
        answer_text(value, FEVER)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"value": 9.5, "unit": "gm/dL", "code": "g/dL"}, (9.5, "g/dL", "")),
        ({"value": 9.5, "unit": "g/L", "code": "g/dL"}, (9.5, "g/dL", "")),
        ({"value": 9.5, "unit": "g/dL", "code": "258795003"}, (9.5, "g/dL", "")),
        ({"value": 95, "comparator": "<", "unit": "g/L"}, (95.0, "g/L", "<")),
        ({"value": 95}, (95.0, "own", "")),
        ({"value": 95, "unit": "stones", "code": "st"}, (95.0, "stones", "")),
        (95, (95.0, "own", "")),
    ],
)
def test_a_quantity_has_the_code_of_its_unit_before_its_label(
    rules: minsight.Rules, value: Any, read: tuple[float, str, str]
) -> None:
    kind = rules.vocabulary.measurement["haemoglobin"]
    assert quantity(value, "own", kind) == read


@pytest.mark.parametrize(
    ("value", "days"),
    [
        (2, 730.5),
        ({"value": 2, "code": "wk"}, 14.0),
        ({"value": 9, "unit": "Months"}, 273.9375),
        ("9 months", 273.9375),
    ],
)
def test_an_age_is_a_number_of_days(value: Any, days: float) -> None:
    assert age_days(value, "") == days


@pytest.mark.parametrize("value", [{"value": 2, "comparator": ">", "code": "a"}, "old"])
def test_what_is_no_age_is_refused(value: Any) -> None:
    with pytest.raises(SubjectError):
        age_days(value, "")
