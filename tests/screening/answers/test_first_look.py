"""Codes of which nobody knows what they mean are not read, and told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.answers.first_look import different_values, own_words, why_asked
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.value_sets import Spellings
from reading_tables import Outcome, mapped, read


def outcome(text: str, folder: Path, rules: minsight.Rules, by: str = "") -> Outcome:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, rules, mapping=mapped(by, folder, rules) if by else None)


@pytest.mark.parametrize("codes", [("1", "2"), ("2", "1"), ("1", "2", "9"), ("0", "3")])
def test_codes_that_may_be_yes_or_no_are_not_read_and_told(
    codes: tuple[str, ...], rules: minsight.Rules, tmp_path: Path
) -> None:
    rows = "".join(f"p{n},{code},yes\n" for n, code in enumerate(codes))
    found = outcome(f"id,pica,fatigue\n{rows}", tmp_path, rules)
    assert found.person("p0") == {"fatigue": True}
    assert not found.rejects
    first, last = sorted(set(codes) - {"9"})
    assert (
        f"`pica` was not read: it holds {first} and {last}, and nobody says which of"
        " them is yes; say it in a map"
    ) in found.told


def test_noughts_ones_and_codes_for_no_answer_are_read(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,pica\na,1\nb,0\nc,9\nd,-99\ne,\nf,1.0\n"
    found = outcome(text, tmp_path, rules)
    assert [found.person(one).get("pica") for one in "abcdef"] == [
        True, False, None, None, None, True,
    ]  # fmt: skip
    assert not found.rejects


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (("1", "2"), "it holds 1 and 2, and nobody says which is female"),
        (("0", "1"), "it holds 0 and 1, and nobody says which is female"),
        (("H", "M"), "it holds H and M, and M may be a man or a woman"),
    ],
)
def test_codes_of_the_sexes_are_not_read_and_told(
    values: tuple[str, str], why: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    first, second = values
    text = f"id,sex,pica\na,{first},yes\nb,{second},no\n"
    found = outcome(text, tmp_path, rules)
    assert found.person("a") == {"pica": True}
    assert f"`sex` was not read: {why}; say it in a map" in found.told


def test_the_usual_letters_of_the_sexes_are_read(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    found = outcome("id,sex,pica\na,F,yes\nb,m,no\nc,9,no\n", tmp_path, rules)
    assert [found.person(one).get("sex") for one in "abc"] == ["female", "male", None]


def test_what_a_map_says_of_codes_is_read(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    by = (
        "id: id\nsex: {column: sex, female: ['2'], male: ['1']}\nanswers:\n"
        "  - {column: pica, answers: pica, observed: ['1'], excluded: ['2']}\n"
    )
    found = outcome("id,sex,pica\na,2,1\nb,1,2\n", tmp_path, rules, by)
    assert found.person("a") == {"sex": "female", "pica": True}
    assert found.person("b") == {"sex": "male", "pica": False}


def test_where_nothing_is_left_to_read_the_file_is_refused(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match="`pica` was not read: it holds 1 and 2"):
        outcome("id,age,pica\na,30,1\nb,31,2\n", tmp_path, rules)


def test_lists_in_a_parquet_file_are_no_failure(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {"id": ["a", "b"], "pica": ["yes", "no"], "visits": [list(range(5_000)), []]}
    ).write_parquet(path)
    assert read(path, rules).person("a") == {"pica": True}


def test_values_are_those_that_some_row_has() -> None:
    sizes = pl.Series(["Yes", " yes ", "", None], dtype=pl.String)
    assert different_values(sizes) == ["yes"]
    kinds = pl.Series(["b"], dtype=pl.Enum(["a", "b"]))
    assert different_values(kinds) == ["b"]


def test_a_choice_may_be_ticked_in_its_own_words() -> None:
    column = Column(0, "Which? (choice=Hair loss)", "answer", "hair_loss")
    assert "hair loss" in own_words(column)


def test_spellings_of_a_map_are_asked_nothing() -> None:
    said = Spellings(frozenset({"1"}), frozenset({"2"}))
    column = Column(0, "pica", "answer", "pica", spellings=said)
    assert why_asked(column, ["1", "2"]) == ""


# --- ages -----------------------------------------------------------------------------


def ages(text: str, folder: Path, rules: minsight.Rules) -> list[object]:
    """The ages of the people of a file in years, as they come."""
    found = outcome(text, folder, rules)
    assert not found.rejects
    days = found.answers["age_days"].to_list()
    return [None if one is None else round(one / 365.25, 2) for one in days]


def test_months_below_twelve_beside_years_are_added_to_them(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age years,age months,pica\na,7,3,no\nb,0,6,no\nc,,9,no\nd,2,,no\n"
    assert ages(text, tmp_path, rules) == [7.25, 0.5, 0.75, 2.0]


def test_months_that_go_on_are_the_same_age_again(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age years,age months,pica\na,2,24,no\nb,1,12,no\nc,0,0,no\n"
    assert ages(text, tmp_path, rules) == [2.0, 1.0, 0.0]


def test_units_under_a_name_of_ages_are_those_of_the_ages(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,Age,Age is in,pica\na,9,Months,no\nb,9,Years,no\n"
    assert ages(text, tmp_path, rules) == [0.75, 9.0]


def test_codes_in_place_of_ages_are_unknown_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age,pica\na,31,no\nb,99,no\nc,999,no\nd,-9,no\n"
    assert ages(text, tmp_path, rules) == [31.0, None, None, None]
    told = outcome(text, tmp_path, rules).told
    assert "`99` in `age` was taken as an age that nobody knows" in told


def test_an_age_of_99_is_one_where_others_are_as_old(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age,pica\na,88,no\nb,99,no\nc,91,no\n"
    assert ages(text, tmp_path, rules) == [88.0, 99.0, 91.0]


def test_a_span_of_ages_is_unknown_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age,pica\na,18-24,no\nb,65 or older,no\nc,31,no\nd,6 1/2,no\n"
    assert ages(text, tmp_path, rules) == [None, None, 31.0, 6.5]
    told = outcome(text, tmp_path, rules).told
    assert "`18-24` in `age` is a span of ages, and no age was taken" in told


def test_bare_numbers_that_are_ages_of_babies_are_asked_for_their_unit(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,{name},pica\na,9,no\nb,2,no\n"
    found = outcome(text.format(name="Age of baby"), tmp_path, rules)
    assert found.answers["age_days"].to_list() == [None, None]
    assert "nobody says whether it holds years or months" in " ".join(found.told)
    assert ages(text.format(name="Age of child"), tmp_path, rules) == [9.0, 2.0]


# --- boxes ----------------------------------------------------------------------------


def test_boxes_that_nobody_ticked_deny_nothing(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    """As LimeSurvey writes them, with the number of each in front."""
    names = [f"G2[SQ{n}]. Which? [{one}]" for n, one in enumerate(("Pica", "Itch"))]
    text = f"id,fever,{','.join(names)}\na,no,Yes,Not selected\n"
    text += "b,no,Not selected,Not selected\n"
    found = outcome(text, tmp_path, rules)
    assert found.person("a") == {"fever": False, "pica": True, "itch": False}
    assert found.person("b") == {"fever": False}


def test_a_cross_beside_yes_and_no_is_unknown_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    found = outcome("id,pica,itch\na,x,x\nb,✓,\nc,no,\n", tmp_path, rules)
    assert found.person("a") == {"itch": True}
    told = "`x` in `pica` may be a yes or a no beside those, and was taken as unknown"
    assert told in found.told


# --- words of somebody else -----------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "sex", "words"),
    [
        ("29", "f", "son (4) only drinks oat milk"),
        ("", "", "baby is 4 months"),
        ("9 months", "m", "exclusively breastfed to 7 mo"),
    ],
)
def test_words_on_another_age_or_sex_are_not_read_and_told(
    age: str, sex: str, words: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    text = f"id,age,sex,pica,symptoms\na,{age},{sex},no,{words}\n"
    found = outcome(text, tmp_path, rules)
    plain = outcome(text.replace(words, ""), tmp_path, rules)
    assert found.person("a") == plain.person("a")
    assert not found.rejects
    assert any("tells another age or sex than was given" in one for one in found.told)


def test_words_on_the_age_and_sex_of_the_person_are_read(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "id,age,sex,pica,symptoms\na,34,f,no,34F tired\nb,,,no,34F tired\n"
    found = outcome(text, tmp_path, rules)
    assert found.person("a") == found.person("b")
    assert found.person("b")["fatigue"] is True


# --- units ----------------------------------------------------------------------------


def test_values_that_are_in_another_unit_than_the_rules_are_not_read_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    """Grams in a decilitre taken as those in a litre would be an emergency each."""
    text = "id,pica,haemoglobin\na,no,{}\nb,no,{}\nc,,{}\nd,,{}\ne,,{}\n"
    decilitre = ("10.9", "13", "12.1", "9", "14.2")
    found = outcome(text.format(*decilitre), tmp_path, rules)
    assert found.person("a") == {"pica": False}
    why = "it names no unit, and its values are in g/dL and not in g/L; say it in a map"
    assert f"`haemoglobin` was not read: {why}" in found.told
    found = outcome(text.format("109", "130", "121", "90", "142"), tmp_path, rules)
    assert found.person("a") == {"pica": False, "haemoglobin": 109.0}
