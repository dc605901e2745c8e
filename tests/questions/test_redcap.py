"""REDCap: a data dictionary with its columns, its first field and its branching."""

from __future__ import annotations

import csv
import io
import re

import pytest

import minsight
from minsight.questions.questionnaire import Questionnaire
from minsight.questions.redcap import _COLUMNS, redcap_dictionary


@pytest.fixture(scope="module")
def form(rules: minsight.Rules) -> Questionnaire:
    return rules.questionnaire(["iron"], people=["infants"], one_page=True)


def fields_of(form: Questionnaire) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(redcap_dictionary(form))))


def test_it_has_the_columns_and_begins_with_the_record(form: Questionnaire) -> None:
    fields = fields_of(form)
    assert tuple(fields[0]) == _COLUMNS
    assert fields[0][_COLUMNS[0]] == "record_id"


def test_every_field_stands_once_under_a_name_that_is_allowed(
    form: Questionnaire,
) -> None:
    names = [field[_COLUMNS[0]] for field in fields_of(form)]
    assert len(names) == len(set(names))
    assert {field.id for field in form.fields} <= set(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) for name in names)


def test_lists_are_matrices_of_the_same_answers(form: Questionnaire) -> None:
    matrices: dict[str, set[str]] = {}
    for field in fields_of(form):
        if field["Matrix Group Name"]:
            answers = field["Choices, Calculations, OR Slider Labels"]
            matrices.setdefault(field["Matrix Group Name"], set()).add(answers)
    lists = [one for one in form.questions if one.lines]
    assert len(matrices) == len(lists)
    assert all(len(answers) == 1 for answers in matrices.values())


def test_words_on_a_family_are_asked_for_after_a_yes(form: Questionnaire) -> None:
    branches = {
        field[_COLUMNS[0]]: field["Branching Logic (Show field only if...)"]
        for field in fields_of(form)
        if field["Branching Logic (Show field only if...)"]
    }
    families = [one.id for one in form.questions if one.kind == "family"]
    assert branches == {f"{id_}_which": f"[{id_}] = 'yes'" for id_ in families}


def test_values_are_numbers_with_their_unit(rules: minsight.Rules) -> None:
    form = rules.questionnaire(["iron"], age=30, sex="f", clinician=True)
    found = {field[_COLUMNS[0]]: field for field in fields_of(form)}
    ferritin = found["ferritin"]
    assert ferritin["Text Validation Type OR Show Slider Number"] == "number"
    assert ferritin["Field Note"] == rules.vocabulary.measurement["ferritin"].unit
