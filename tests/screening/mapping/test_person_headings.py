"""What a column says of the person is read from its name, and never from half of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.mapping.person_headings import (
    PERSON_HEADINGS,
    person_heading,
    plain_words,
    without_accents,
)
from random_laws import examples


@pytest.mark.parametrize(
    ("name", "role", "unit"),
    [
        ("Age", "age", ""),
        ("How old are you?", "age", ""),
        ("What is your current age in years?", "age", "y"),
        ("AgeMonths", "age", "mo"),
        ("AGEMONTHS", "age", "mo"),
        ("AGEMOS", "age", "mo"),
        ("\u00bfCu\u00e1ntos a\u00f1os tiene?", "age", "y"),
        ("Wie alt bist du?", "age", ""),
        ("child_age_months", "age", "mo"),
        ("Alter (Jahre)", "age", "y"),
        ("Edad en a\u00f1os cumplidos", "age", "y"),
        ("Quel \u00e2ge avez-vous ?", "age", ""),
        ("Idade", "age", ""),
        ("AGEUNIT", "age unit", ""),
        ("Date of birth", "born", ""),
        ("DOB", "born", ""),
        ("Fecha de nacimiento", "born", ""),
        ("Geburtsdatum", "born", ""),
        ("Date of visit", "seen", ""),
        ("visit_dt", "seen", ""),
        ("Timestamp", "stamp", ""),
        ("RecordedDate", "stamp", ""),
        ("What is your gender?", "sex", ""),
        ("Geschlecht des Kindes", "sex", ""),
        ("Participant ID", "id", ""),
        ("record_id", "id", ""),
    ],
)
def test_names_in_several_languages(name: str, role: str, unit: str) -> None:
    assert person_heading(name) == (role, unit)


@pytest.mark.parametrize(
    "name",
    [
        "", "Mother's age", "Age of the mother at birth", "Age group", "Name of child",
        "Year of birth", "Days since visit", "Birth weight", "Sexually active",
        "Average", "Date of last period", "Age at menopause", "Fatigue",
    ],
)  # fmt: skip
def test_a_name_that_says_more_or_less_is_no_heading_of_the_person(name: str) -> None:
    assert person_heading(name) is None


def test_an_age_in_two_units_is_not_known() -> None:
    assert person_heading("Age (years or months)") is None


def test_words_are_the_same_however_a_name_is_joined() -> None:
    joined = ["age_months", "AgeMonths", "AGE.MONTHS", "age months", "Age (months)"]
    assert {plain_words(name) for name in joined} == {frozenset({"age", "months"})}
    assert without_accents("\u00c2ge, a\u00f1os, m\u00fcde") == "Age, anos, mude"


def test_names_of_the_template_are_known() -> None:
    for name, (role, unit) in PERSON_HEADINGS.items():
        found = person_heading(name)
        assert found is not None
        assert found[0] == role
        assert found[1] in ("", unit)


@examples(100)
@given(
    name=st.sampled_from(["age", "age months", "date of birth", "sex", "record id"]),
    between=st.sampled_from(["_", " ", "-", "."]),
    upper=st.booleans(),
)
def test_case_and_what_joins_the_words_change_nothing(
    name: str, between: str, upper: bool
) -> None:
    written = name.replace(" ", between)
    assert person_heading(written.upper() if upper else written) == person_heading(name)
