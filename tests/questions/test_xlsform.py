"""XLSForm: three sheets, names once, groups closed, words asked for after a yes."""

from __future__ import annotations

import io

import fastexcel
import pytest

import minsight
from minsight.questions.questionnaire import Questionnaire
from minsight.questions.xlsform import CHOICES, SETTINGS, SURVEY, survey_rows, xlsform


@pytest.fixture(scope="module")
def form(rules: minsight.Rules) -> Questionnaire:
    return rules.questionnaire(["iron"], people=["infants"], one_page=True)


def test_the_workbook_has_its_sheets_with_their_columns(form: Questionnaire) -> None:
    book = fastexcel.read_excel(xlsform(form))
    assert book.sheet_names == ["survey", "choices", "settings"]
    for name, columns in zip(
        book.sheet_names, (SURVEY, CHOICES, SETTINGS), strict=True
    ):
        sheet = book.load_sheet(name, dtypes="string").to_polars()
        assert tuple(sheet.columns) == columns
        assert sheet.height


def test_every_field_is_asked_once_and_groups_close(form: Questionnaire) -> None:
    rows = list(survey_rows(form))
    names = [row["name"] for row in rows if row["type"] != "end_group"]
    assert len(names) == len(set(names))
    assert {field.id for field in form.fields} <= set(names)
    depth = 0
    for row in rows:
        depth += {"begin_group": 1, "end_group": -1}.get(row["type"], 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_words_on_a_family_are_asked_for_after_a_yes(form: Questionnaire) -> None:
    families = {one.id for one in form.questions if one.covers and not one.lines}
    asked = {
        row["name"].removesuffix("_which"): row["relevant"]
        for row in survey_rows(form)
        if row.get("relevant")
    }
    assert families
    assert asked == {id_: f"${{{id_}}} = 'yes'" for id_ in families}


def test_every_list_of_choices_is_there(form: Questionnaire) -> None:
    book = fastexcel.read_excel(io.BytesIO(xlsform(form)).getvalue())
    choices = book.load_sheet("choices", dtypes="string").to_polars()
    known = set(choices["list_name"])
    for row in survey_rows(form):
        if row["type"].startswith("select_one "):
            assert row["type"].split()[1] in known


def test_a_complete_form_can_be_one_too(rules: minsight.Rules) -> None:
    form = rules.questionnaire(["iodine"], people=["infants"], clinician=True)
    names = [row.get("name") for row in survey_rows(form)]
    assert {question.id for question in form.questions} <= set(names)
    assert "decimal" in {row["type"] for row in survey_rows(form)}
