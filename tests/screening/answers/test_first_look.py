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
