"""Directions: results in words of people, and words that are no results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.recognition import recognise
from minsight.intake.text.directions import worded
from random_laws import examples
from texts import texts


def said(rules: minsight.Rules, text: str) -> set[str]:
    """What a text says, denied with a minus and doubted with a question mark."""
    found = recognise(text, rules.vocabulary).recognised
    mark = {"observed": "", "excluded": "-", "unsure": "?"}
    return {mark[m.status] + m.id for m in found if m.kind != "person"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("her ferritin came back low", "low_ferritin"),
        ("iron levels through the floor", "low_ferritin"),
        ("ferritin in my boots", "low_ferritin"),
        ("rock bottom ferritin", "low_ferritin"),
        ("ferritin on my last bloods was low", "low_ferritin"),
        ("told my iron is on the floor", "low_ferritin"),
        ("anaemic on the last count", "anaemia"),
        ("full blood count showed mild anaemia", "anaemia"),
        ("haemoglobin has been below the normal range for months", "anaemia"),
        ("blood count was low", "anaemia"),
        ("hb tanked", "anaemia"),
        ("bloods showed a low magnesium", "hypomagnesaemia"),
        ("my levels of magnesium are far too low", "hypomagnesaemia"),
        ("my zinc was on the low side", "hypozincaemia"),
        ("low-ish folate", "low_folate_level"),
        ("sodium is well below normal", "hyponatraemia"),
        ("selenium well under the range", "low_selenium_level"),
        ("copper levels undetectable", "low_copper_level"),
        ("white cells were flagged low", "neutropenia"),
        ("platelets are on the low side", "thrombocytopenia"),
        ("her potassium level keeps coming back low", "hypokalaemia"),
        ("vitamin D level is rock bottom", "low_vitamin_d_level"),
        ("thyroid test came back high", "raised_tsh"),
        ("TSH is off the scale", "raised_tsh"),
        ("inflammation levels were sky high", "raised_crp"),
        ("calcium on the high side", "hypercalcaemia"),
        ("GP says my potassium is a touch high", "hyperkalaemia"),
        ("blood sugar is sky high", "high_blood_sugar"),
        ("normal B12", "normal_b12_level"),
        ("my B12 was spot on", "normal_b12_level"),
        ("zinc came back within range", "normal_zinc"),
        ("thyroid function tests came back normal", "normal_tsh"),
        ("blood test showed low iron and b12", "low_ferritin low_b12_level"),
        (
            "ferritin, b12 and folate all came back low",
            "low_ferritin low_b12_level low_folate_level",
        ),
        ("bloods: low iron, normal b12", "low_ferritin normal_b12_level"),
        (
            "latest labs showed high calcium and low phosphate",
            "hypercalcaemia hypophosphataemia",
        ),
    ],
)
def test_a_test_and_its_direction_are_a_result(
    rules: minsight.Rules, text: str, ids: str
) -> None:
    assert said(rules, text) == set(ids.split())
    assert recognise(text, rules.vocabulary).unrecognised == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("magnesium not low", "-hypomagnesaemia"),
        ("potassium isn't low", "-hypokalaemia"),
        ("no low magnesium on bloods", "-hypomagnesaemia"),
        ("bloods showed no anaemia", "-anaemia"),
        ("borderline low ferritin", "?low_ferritin"),
        ("potassium was borderline low", "?hypokalaemia"),
        ("possibly low zinc on the last blood test", "?hypozincaemia"),
        ("my mum's ferritin was through the floor", ""),
        ("his sister's iron levels are rock bottom", ""),
        ("previous ferritin through the floor", ""),
        ("potassium was not through the floor", ""),
        ("my ferritin isn't rock bottom", ""),
        ("my iron levels are not great", ""),
        ("potassium dangerously low", "critical_potassium"),
    ],
)
def test_what_turns_a_result_turns_it_in_these_words(
    rules: minsight.Rules, text: str, ids: str
) -> None:
    assert said(rules, text) == set(ids.split())


@pytest.mark.parametrize(
    "text",
    [
        "energy levels through the floor",
        "mood is rock bottom",
        "temperature through the roof",
        "hit the floor",
        "my hair is on the floor",
        "high iron diet",
        "good source of iron",
        "reduced sodium",
        "iron rich foods are fine",
        "calcium tablets below the usual dose",
        "stress levels are sky high",
        "zinc lozenges, low mood cured",
        "iron, high hopes",
    ],
)
def test_a_direction_of_something_else_is_no_result(
    rules: minsight.Rules, text: str
) -> None:
    tests = {f.id for f in rules.vocabulary.findings if f.category == "laboratory"}
    assert tests.isdisjoint(one.lstrip("-?") for one in said(rules, text))


@pytest.mark.parametrize(
    "text",
    ["potassium was borderline", "ferritin is borderline", "sodium low normal"],
)
def test_what_is_neither_low_nor_normal_is_asked_back(
    rules: minsight.Rules, text: str
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert meaning.recognised == ()
    (left,) = meaning.unrecognised
    assert left.because == "that is neither low nor normal here; give the number"
    assert [label.split()[0] for label in left.suggestions][:2] == ["Low", "High"]


def test_a_test_is_told_in_words_of_the_vocabulary(rules: minsight.Rules) -> None:
    text = worded("tired, folate through the floor", rules.vocabulary).text
    assert text.split() == ["tired,", "folate", "low"]


@examples(150)
@given(data=st.data())
def test_the_wording_keeps_the_length_of_a_text(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    text = data.draw(texts(rules.vocabulary))
    assert len(worded(text, rules.vocabulary).text) == len(text)
