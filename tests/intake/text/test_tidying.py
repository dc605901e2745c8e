"""Marks of forms and thermometers are read as the words they stand for."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import recognise
from minsight.intake.text.tidying import tidied


@pytest.mark.parametrize(
    "text",
    [
        "[x] tired [ ] fever",
        "temp 38.4",
        "stroke in 2015",
        "back in 1998 a fit",
        "[?] a",
        "pt c/o cough x 2/7, 12 / 52 hx of fatigue",
        "fever x 3 days",
    ],
)
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(tidied(text).text) == len(text)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("cough for 2/7", "cough for 02d"),
        ("3/12 hx of it", "3mth hx of it"),
        ("c/o cough x 10/52", "has cough   10wks"),
        ("cough x 3 weeks", "cough   3 weeks"),
        ("seen on 3/12", "seen on 3/12"),
        ("pain 5/10, bp 120/12", "pain 5/10, bp 120/12"),
        ("2 x 500 mg", "2 x 500 mg"),
    ],
)
def test_the_shorthand_of_clinicians_is_written_out(text: str, tidy: str) -> None:
    assert tidied(text).text == tidy


@pytest.mark.parametrize("mark", ["x", "X", " x ", "\u2713", "v"])
def test_what_is_ticked_is_said_and_what_is_not_stays_open(
    mark: str, rules: minsight.Rules
) -> None:
    text = f"[{mark}] tired [ ] fever [{mark}] itch [] chest pain"
    meaning = recognise(text, rules.vocabulary)
    assert [m.id for m in meaning.recognised] == ["fatigue", "itch"]
    assert meaning.unrecognised == ()
    assert meaning.notes == ("Not ticked, and so left open: fever, chest pain.",)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("temp 38.4", "fever"),
        ("her temperature was 39,5", "fever_of_39"),
        ("temp 37.6", "temperature_37_5"),
    ],
)
def test_tenths_of_a_degree_are_left_away_where_whole_ones_tell(
    text: str, id_: str, rules: minsight.Rules
) -> None:
    assert [m.id for m in recognise(text, rules.vocabulary).recognised] == [id_]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("temp 38.4", "temp 38.4"),
        ("poorly, 38.9 in her ear", "38.9 in her ear"),
        ("stroke in 2020", "stroke in 2020"),
    ],
)
def test_what_a_thermometer_shows_is_told_to_its_last_word(
    text: str, told: str, rules: minsight.Rules
) -> None:
    assert [m.text for m in recognise(text, rules.vocabulary).recognised] == [told]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("38.9", "fever"),
        ("tired, 39.2 under his arm", "fever_of_39"),
        ("tired and temp", "fever"),
        ("tired, a temperature", "fever"),
    ],
)
def test_bare_degrees_are_a_temperature_and_no_age(
    text: str, id_: str, rules: minsight.Rules
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert meaning.recognised[-1].id == id_
    assert meaning.mentions == ()


@pytest.mark.parametrize(
    "text", ["temperature is 38.5", "pulse is 42", "her BMI is 31"]
)
def test_other_numbers_are_no_ages(text: str, rules: minsight.Rules) -> None:
    assert recognise(text, rules.vocabulary).mentions == ()


def test_what_was_in_a_year_that_is_named_is_past(rules: minsight.Rules) -> None:
    (left,) = recognise("chest pain in 2015", rules.vocabulary).unrecognised
    assert left.because == "said of the past"
