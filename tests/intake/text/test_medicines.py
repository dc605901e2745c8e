"""Medicines: those that nobody listed, and those that hold several."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.text.medicines import groups_of, named_by_ending


def read(text: str, rules: minsight.Rules) -> dict[str, str]:
    """The groups that a text names, with what it says of each; all was understood."""
    meaning = recognise(text, rules.vocabulary)
    assert meaning.unrecognised == ()
    return answers(meaning)


def answers(meaning: Meaning) -> dict[str, str]:
    return {m.id: m.answer for m in meaning.recognised if m.kind == "group"}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("wexapril", "ace_inhibitor"),
        ("lotesartan", "ace_inhibitor"),
        ("quorasemide", "loop_diuretic"),
        ("norithiazide", "thiazide_diuretic"),
        ("zelonolol", "beta_blocker"),
        ("mirodipine", "beta_blocker"),
        ("tuviprazole", "ppi_long_term"),
        ("wexapiprazole", "hyponatraemia_drug"),  # ends as the others do, and longer
        ("doravastatin", "statin"),
        ("quenogliptin", "diabetes_medicine"),
        ("velogliflozin", "diabetes_medicine"),
        ("norafloxacin", "antibiotic"),
        ("brexacillin", "antibiotic"),
        ("tulodronate", "antiresorptive"),
        ("doraparin", "anticoagulant"),
        ("lenaxaban", "anticoagulant"),
        ("quimaplatin", "magnesium_wasting_drug"),
        ("voruprofen", "nsaid"),
        ("zulatriptan", "other_medicine"),
    ],
)
def test_a_name_that_nobody_listed_is_read_by_its_ending(
    name: str, group: str, rules: minsight.Rules
) -> None:
    assert read(name, rules) == {group: "present"}
    assert read(f"always tired, takes {name} 40 mg", rules) == {group: "present"}
    assert read(f"not on {name.title()}", rules) == {group: "absent"}
    (note,) = recognise(f"on {name}", rules.vocabulary).notes
    assert f"`{name}` is not in the vocabulary" in note


@pytest.mark.parametrize(
    "word",
    [
        "april", "in April", "alcohol", "cholesterol", "plant sterols", "carbine",
        "a station", "plain", "proven", "spartan", "divine", "cyclone", "accept",
    ],
)  # fmt: skip
def test_a_word_that_only_ends_so_names_no_medicine(
    word: str, rules: minsight.Rules
) -> None:
    assert list(named_by_ending(word, rules.vocabulary)) == []
    drugs = {g.id for g in rules.vocabulary.groups if g.category == "drug"}
    assert drugs.isdisjoint(answers(recognise(word, rules.vocabulary)))


def test_a_listed_name_keeps_its_meaning_whatever_its_ending(
    rules: minsight.Rules,
) -> None:
    """Nystatin is no statin, aripiprazole no acid blocker, drospirenone no diuretic."""
    for name in ("nystatin", "aripiprazole", "drospirenone", "cocaine", "ibuprofen"):
        assert list(named_by_ending(name, rules.vocabulary)) == []
    assert read("nystatin", rules) == {"other_medicine": "present"}


def test_the_plural_of_an_ending_is_its_class(rules: minsight.Rules) -> None:
    assert read("on triptans and gliptins", rules) == {
        "other_medicine": "present",
        "diabetes_medicine": "present",
    }


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("co-amilofruse", {"potassium_sparing_diuretic", "loop_diuretic"}),
        ("takes Zestoretic", {"ace_inhibitor", "thiazide_diuretic"}),
        ("Janumet twice a day", {"metformin", "diabetes_medicine"}),
        ("lisinopril/hydrochlorothiazide", {"ace_inhibitor", "thiazide_diuretic"}),
        ("co-codamol 30/500", {"painkiller", "hyponatraemia_drug"}),
        ("coamilofruse", set()),
    ],
)
def test_a_product_means_the_groups_of_all_it_holds(
    text: str, groups: set[str], rules: minsight.Rules
) -> None:
    found = answers(recognise(text, rules.vocabulary))
    assert groups <= found.keys()
    assert set(found.values()) <= {"present"}


def test_a_product_that_is_not_taken_denies_none_of_its_parts(
    rules: minsight.Rules,
) -> None:
    meaning = recognise("tired, but not on Janumet", rules.vocabulary)
    assert answers(meaning) == {}
    assert any("Janumet" in one.text for one in meaning.unrecognised)


def test_groups_are_told_in_the_order_of_the_file(rules: minsight.Rules) -> None:
    phrase = rules.vocabulary.phrase["co amilofruse"]
    assert groups_of(phrase, rules.vocabulary) == (
        "potassium_sparing_diuretic",
        "loop_diuretic",
    )


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("furosemide 40mg bd", "loop_diuretic"),
        ("lisinopril 10 mg tablets once daily", "ace_inhibitor"),
        ("ferrous fumarate", "iron_supplement_high"),
        ("magnesium glycinate", "supplement_user"),
        ("aluminium-containing antacids", "aluminium_antacid_or_binder"),
        ("zinc-containing denture cream", "zinc_excess"),
        ("furosimide", "loop_diuretic"),
        ("Lipator", "statin"),
        ("omeprazol", "ppi_long_term"),
        ("steroid cream", "other_medicine"),
        ("zopiclone", "other_medicine"),
    ],
)
def test_names_are_read_with_salts_doses_and_slips(
    text: str, group: str, rules: minsight.Rules
) -> None:
    assert read(text, rules) == {group: "present"}


@pytest.mark.parametrize(
    "text",
    [
        "exercise program", "likes to relax", "my tum hurts", "post", "pain",
        "he is a golfer", "song lyrics", "in June", "worse ever since even",
        "contrast", "insulin resistance", "a neural thing",
    ],
)  # fmt: skip
def test_a_word_of_its_own_is_no_slip_of_a_medicine(
    text: str, rules: minsight.Rules
) -> None:
    drugs = {g.id for g in rules.vocabulary.groups if g.category == "drug"}
    assert drugs.isdisjoint(answers(recognise(text, rules.vocabulary)))
