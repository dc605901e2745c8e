"""One answer to a question that covers many entries: words, a plain no, a bare yes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import minsight
from minsight.screening import Batch, place, read_batches, source_of
from minsight.screening.answers.families import without_families

DIURETICS = ("diuretics", "loop_diuretic", "thiazide_diuretic")


def read(text: str, folder: Path, rules: minsight.Rules) -> Batch:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    source = source_of(path)
    placing = place(source, rules.vocabulary)
    _, batch = read_batches(source, placing, rules.vocabulary)
    return batch


def row_of(batch: Batch) -> dict[str, object]:
    assert batch.rejects == ()
    (row,) = batch.answers.iter_rows(named=True)
    return row


@pytest.mark.parametrize("no", ["no", "None", " NO ", "0", "nothing", "keine"])
def test_a_plain_no_denies_the_family_and_not_what_it_leaves_open(
    no: str, tmp_path: Path, rules: minsight.Rules
) -> None:
    row = row_of(read(f"age_years,q_medicines\n40,{no}\n", tmp_path, rules))
    family = rules.vocabulary.family["q_medicines"]
    assert {name for name, said in row.items() if said is False} == {
        *family.denies,
        "unread",
    }
    left_open = rules.guide.question["q_medicines"].left_open
    assert left_open
    assert row.keys().isdisjoint(left_open)


def test_nothing_is_denied_that_was_said_to_be_so(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    row = row_of(
        read("age_years,q_medicines,loop_diuretic\n40,no,yes\n", tmp_path, rules)
    )
    assert row["loop_diuretic"] is True
    assert "diuretics" not in row
    assert row["thiazide_diuretic"] is False


def test_words_are_read_and_deny_nothing(tmp_path: Path, rules: minsight.Rules) -> None:
    text = "age_years,q_medicines\n40,a water tablet and metformin\n"
    row = row_of(read(text, tmp_path, rules))
    assert row["diuretics"] is row["metformin"] is True
    assert False not in {row.get(id_) for id_ in rules.vocabulary.group}


def test_a_no_says_yes_to_what_it_affirms(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    said = "age_years,q_illnesses,diabetes\n40,no,\n41,no,yes\n"
    batch = read(said, tmp_path, rules)
    healthy = batch.answers["previously_healthy"].to_list()
    assert healthy == [True, None]


def test_a_yes_without_words_was_not_understood(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    """It may be a warning sign, so nobody is told that there is none."""
    said = (
        "age_years,q_losses,q_losses_which\n40,yes,\n41,yes,black stools\n42,?,\n43,,\n"
    )
    batch = read(said, tmp_path, rules)
    unread = batch.answers.select(pl.col("unread").fill_null(value=False)).to_series()
    assert unread.to_list() == [True, False, False, False]
    assert batch.answers["blood_in_stool"].to_list() == [None, True, None, None]
    assert [notice.message for notice in batch.notices] == [
        "not understood: `q_losses: yes`"
    ]


def test_groups_before_a_name_are_left_out(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    said = "person/age_years,a/b/pallor,life/q_food,a/b/pale\n40,yes,vegan,no\n"
    row = row_of(read(said, tmp_path, rules))
    assert row["pallor"] is row["vegan_diet"] is True
    assert row["age_days"] == 40 * 365.25


def test_a_no_to_tests_says_nothing_of_any(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    row = row_of(read("age_years,fatigue,q_tests\n40,yes,no\n", tmp_path, rules))
    assert "low_ferritin" not in row


def test_a_family_is_taken_out_of_what_is_absent(rules: minsight.Rules) -> None:
    subject = minsight.Subject(absent=["q_medicines", "fatigue"])
    left, families = without_families(subject, rules.vocabulary)
    assert left.absent == ("fatigue",)
    assert [family.id for family in families] == ["q_medicines"]
