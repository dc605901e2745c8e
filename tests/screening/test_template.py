"""The template of the questionnaire, filled in, becomes the answer table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import minsight
from minsight.questions import forms
from minsight.questions.questionnaire import questionnaire
from minsight.screening import Batch, place, read_batches, source_of

PERSON = ["subject_id", "age_years", "age_months", "sex"]


def read(path: Path, rules: minsight.Rules) -> Batch:
    source = source_of(path)
    placing = place(source, rules.vocabulary)
    ready, batch = read_batches(source, placing, rules.vocabulary)
    assert ready.answers.is_empty()
    assert ready.answers.schema == batch.answers.schema
    return batch


@pytest.fixture(scope="module")
def template(rules: minsight.Rules) -> str:
    return forms.csv_template(questionnaire(rules, clinician=True))


def test_every_column_of_the_template_is_placed(
    template: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(template)
    placing = place(source_of(path), rules.vocabulary)
    names = template.strip().split(",")
    assert names[:4] == PERSON
    assert [column.name for column in placing.columns] == names
    assert [column.target for column in placing.columns][4:] == names[4:]


def test_yes_no_unsure_and_blank(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "subject_id,age_years,age_months,sex,fatigue,pallor,vegetarian,ferritin\n"
        "007,28,,female,yes,no,unsure,8.5\n"
        "008,,9,M,,Y,0,\n"
    )
    batch = read(path, rules)
    assert batch.rejects == ()
    assert batch.answers.rows() == [
        (1, "007", 28 * 365.25, "female", True, False, None, 8.5),
        (2, "008", 9 * 30.4375, "male", None, True, False, None),
    ]


def test_a_cell_that_means_nothing_rejects_its_row(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("subject_id,age_years,fatigue\na,28,mabye\nb,-3,yes\nc,30,yes\n")
    batch = read(path, rules)
    assert batch.rows == 3
    assert batch.answers["subject_id"].to_list() == ["c"]
    assert [(r.row, r.column, r.value) for r in batch.rejects] == [
        (1, "fatigue", "mabye"),
        (2, "age_years", "-3"),
    ]


def test_parquet_with_boolean_columns_passes_through(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {"subject_id": ["01", "02"], "age_years": [28, 3], "fatigue": [True, None]}
    ).write_parquet(path)
    batch = read(path, rules)
    assert batch.answers["fatigue"].to_list() == [True, None]
    assert batch.answers["subject_id"].to_list() == ["01", "02"]
