"""Forms that minsight wrote, filled in and exported, are screened without a map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
import xlsxwriter

import minsight
from minsight.questions import forms
from minsight.questions.questionnaire import Questionnaire
from minsight.questions.redcap import redcap_dictionary
from minsight.questions.xlsform import survey_rows
from minsight.screening import Batch, place, read_batches, source_of

SAID: Final = {"pallor": "yes", "hair_loss": "no", "irritability": "unsure"}
"""What a parent answered; of the families one in words, one by a no."""
WORDS: Final = {"q_losses": "black stools"}
DENIED: Final = ("q_tests",)


@pytest.fixture(scope="module")
def form(rules: minsight.Rules) -> Questionnaire:
    made = rules.questionnaire(["iron"], people=["infants"], one_page=True)
    assert {*SAID, *WORDS, *DENIED} <= {field.id for field in made.fields}
    return made


def read(path: Path, rules: minsight.Rules) -> Batch:
    source = source_of(path)
    placing = place(source, rules.vocabulary)
    *_, batch = read_batches(source, placing, rules.vocabulary)
    return batch


def as_was_answered(batch: Batch) -> None:
    """Whether the one person said what was filled in, and nothing else was there."""
    assert batch.rejects == ()
    (row,) = batch.answers.iter_rows(named=True)
    assert row["subject_id"] == "b7"
    assert row["age_days"] == 9 * 30.4375
    assert row["sex"] == "female"
    assert row["pallor"] is row["blood_in_stool"] is True
    assert row["hair_loss"] is False
    said = {id_ for id_, value in row.items() if isinstance(value, bool)}
    assert said == {"pallor", "hair_loss", "blood_in_stool", "unread"}
    assert row["unread"] is False


def test_the_template(
    form: Questionnaire, rules: minsight.Rules, tmp_path: Path
) -> None:
    header = next(csv.reader([forms.csv_template(form)]))
    filled = {**SAID, **WORDS, **dict.fromkeys(DENIED, "no")}
    filled |= {"subject_id": "b7", "age_months": "9", "sex": "female"}
    path = tmp_path / "form.csv"
    write(path, header, filled)
    as_was_answered(read(path, rules))


def write(path: Path, header: list[str], filled: Mapping[str, str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, [filled.get(n, "") for n in header]])


def opened() -> dict[str, str]:
    """The answers where a family is asked about first and for words then."""
    families = {**dict.fromkeys(WORDS, "yes"), **dict.fromkeys(DENIED, "no")}
    return {**SAID, **families, **{f"{id_}_which": w for id_, w in WORDS.items()}}


def test_a_raw_export_of_redcap(
    form: Questionnaire, rules: minsight.Rules, tmp_path: Path
) -> None:
    fields = csv.DictReader(io.StringIO(redcap_dictionary(form)))
    header = [field["Variable / Field Name"] for field in fields]
    header.insert(1, "redcap_event_name")
    filled = {"record_id": "b7", "age_months": "9", "sex": "female", **opened()}
    filled |= {"minsight_complete": "2", "redcap_event_name": "visit_1_arm_1"}
    path = tmp_path / "redcap.csv"
    write(path, [*header, "minsight_complete"], filled)
    as_was_answered(read(path, rules))


def exported(form: Questionnaire, *, with_groups: bool) -> dict[str, str]:
    """What KoboToolbox exports, by header; names may have their groups before them."""
    filled = {"subject_id": "b7", "age_months": "9", "sex": "female", **opened()}
    cells = {"start": "2026-05-01T09:00:00", "end": "2026-05-01T09:09:00"}
    path: list[str] = []
    for row in survey_rows(form):
        if row["type"] == "begin_group":
            path.append(row["name"])
        elif row["type"] == "end_group":
            path.pop()
        else:
            name = "/".join([*path, row["name"]]) if with_groups else row["name"]
            cells[name] = filled.get(row["name"], "")
    return {**cells, "_uuid": "6b1c", "_submission_time": "2026-05-01", "_index": "1"}


@pytest.mark.parametrize("with_groups", [False, True])
def test_an_export_of_an_xlsform(
    form: Questionnaire,
    rules: minsight.Rules,
    tmp_path: Path,
    *,
    with_groups: bool,
) -> None:
    cells = exported(form, with_groups=with_groups)
    table = tmp_path / "kobo.csv"
    write(table, list(cells), cells)
    as_was_answered(read(table, rules))
    workbook = tmp_path / "kobo.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        sheet = book.add_worksheet("form")
        sheet.write_row(0, 0, list(cells))
        sheet.write_row(1, 0, list(cells.values()))
    as_was_answered(read(workbook, rules))


def answer(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer to an item and to those below it; none where nothing was said."""
    below = [found for one in item.get("item", ()) if (found := answer(one))]
    if item["type"] == "group":
        return {"linkId": item["linkId"], "item": below} if below else None
    value = value_of(item["linkId"])
    return {"linkId": item["linkId"], "answer": [value]} if value else None


def value_of(link: str) -> dict[str, Any] | None:
    if link == "age":
        return {"valueQuantity": {"value": 9, "code": "mo"}}
    if link == "sex":
        return {"valueCoding": {"code": "female"}}
    said = opened().get(link.replace(".which", "_which"))
    if said is None or link.endswith(".which"):
        return None if said is None else {"valueString": said}
    code = {"yes": "Y", "no": "N", "unsure": "asked-unknown"}[said]
    return {"valueCoding": {"code": code}}


def test_a_response_to_the_questionnaire_of_fhir(
    form: Questionnaire, rules: minsight.Rules, tmp_path: Path
) -> None:
    asked = forms.fhir_questionnaire(form)
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": {"reference": "Patient/b7"},
        "item": [found for one in asked["item"] if (found := answer(one))],
    }
    path = tmp_path / "response.fhir.json"
    path.write_text(json.dumps(response), encoding="utf-8")
    as_was_answered(read(path, rules))


def test_a_yes_without_words_leaves_no_all_clear(
    form: Questionnaire, rules: minsight.Rules, tmp_path: Path
) -> None:
    header = next(csv.reader([forms.csv_template(form)]))
    path = tmp_path / "form.csv"
    write(path, header, {"age_months": "9", "q_losses": "yes"})
    results = tmp_path / "results.csv"
    rules.screen(path, results, wide=True)
    assert pl.read_csv(results)["urgency_judged"].to_list() == [False]
