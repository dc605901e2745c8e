"""Taken: a name of a medicine hides neither an overdose nor an allergy."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.text.reader import reader_of
from minsight.intake.text.taken import as_taken


def said(meaning: Meaning) -> dict[str, str]:
    return {m.id: m.answer for m in meaning.recognised if m.kind != "person"}


@pytest.mark.parametrize(
    "name", ["sertraline", "zopiclone", "Ramipril", "quenogliptin"]
)
@pytest.mark.parametrize(
    "text",
    [
        "took 40 {} at once",
        "swallowed 30 {} tablets",
        "has taken about thirty {}",
        "took a handful of {}",
        "took a whole packet of {}",
        "took two strips of her {}",
        "downed all his {}",
        "took all my {} tablets in one go",
        "too many {}",
        "took a double dose of {} by mistake",
        "three times the usual dose of {}",
        "swallowed 24 tablets of {} an hour ago",
        "an empty box of {} beside her",
    ],
)
def test_too_much_of_any_medicine_is_an_overdose(
    text: str, name: str, rules: minsight.Rules
) -> None:
    found = said(recognise(text.format(name), rules.vocabulary))
    assert found["overdose"] == "present"


@pytest.mark.parametrize(
    "text",
    [
        "sertraline",
        "took 20 mg furosemide",
        "furosemide 40mg bd",
        "takes 20 units of lantus at night",
        "took 12 prednisolone tablets daily",
        "ramipril 10 mg, one tablet a day",
        "takes ramipril, lasix and aspirin 75",
        "on sertraline for 20 years",
        "took two paracetamol",
        "did not take too many zopiclone",
        "took 10 tablets of amoxicillin over five days",
    ],
)
def test_a_dose_is_no_overdose(text: str, rules: minsight.Rules) -> None:
    found = said(recognise(text, rules.vocabulary))
    assert found.get("overdose", "absent") == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "took all my sertraline",
        "took my bisoprolol twice by mistake",
        "took an extra dose of ramipril",
    ],
)
def test_what_may_be_too_much_is_asked_back(text: str, rules: minsight.Rules) -> None:
    meaning = recognise(text, rules.vocabulary)
    (left,) = meaning.unrecognised
    assert left.suggestions[0] == rules.vocabulary.label("overdose")
    assert left.because == "it is not clear whether too much was taken"


@pytest.mark.parametrize(
    "text",
    [
        "allergic to penicillin",
        "penicillin allergy",
        "allergic to penicillin, aspirin and codeine",
        "allergies: amoxicillin",
        "statin intolerance",
        "intolerant of ramipril",
        "allergic to wexapril",
    ],
)
def test_a_medicine_that_is_not_tolerated_is_not_taken(
    text: str, rules: minsight.Rules
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert said(meaning) == {}
    assert {left.because for left in meaning.unrecognised} == {
        "said not to be tolerated, not to be taken"
    }


def test_a_text_without_medicines_is_read_as_it_was(rules: minsight.Rules) -> None:
    text = "took 40 steps and was breathless"
    told = reader_of(rules.vocabulary).read(text)
    assert as_taken(told, text, rules.vocabulary) == told


def test_a_danger_that_a_medicine_brought_is_kept(rules: minsight.Rules) -> None:
    found = said(recognise("anaphylaxis after amoxicillin", rules.vocabulary))
    assert found["anaphylaxis_told"] == "present"


def test_an_allergy_to_something_else_leaves_medicines_as_they_are(
    rules: minsight.Rules,
) -> None:
    found = said(recognise("allergic to nuts, takes cetirizine", rules.vocabulary))
    assert found == {"food_allergy": "present", "other_medicine": "present"}
