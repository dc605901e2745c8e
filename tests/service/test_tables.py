"""Small tables: what is read is read as `screen` reads it, and every row is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

import minsight
from asked import answered
from minsight.service.service import Service
from minsight.service.tables import MOST_PEOPLE, placed

SURVEY: Final = """\
id;Age;Sex;Spoon-shaped nails;always tired;vegetarian;ferritin;shoe size
1;28;f;yes;no;yes;8;38
2;9mo;male;;yes;no;<5;20
3;40;woman;0;1;;;
4;;;often;;;;
5;-3;;yes;;;;
6;30;robot;yes;;;;
7;30;;don't know;x;;low;
"""


def test_a_table_is_read_as_screening_reads_it(
    service: Service, rules: minsight.Rules, tmp_path: Path
) -> None:
    file, output = tmp_path / "survey.csv", tmp_path / "out.jsonl"
    file.write_text(SURVEY, encoding="utf-8")
    run = rules.screen(file, output, urgent_list=False)
    found = answered(service, ask="table", text=SURVEY)
    assert run.manifest.assessed == len(found["people"])
    assert run.manifest.rejected == len(found["rejects"])
    for line, person in zip(
        output.read_bytes().splitlines(), found["people"], strict=True
    ):
        written: dict[str, Any] = msgspec.json.decode(line)
        record = answered(service, ask="assess", subject=person["subject"])["record"]
        for part in ("subject_id", "age_days", "sex", "urgency", "candidates"):
            assert record[part] == written[part], (person, part)


def test_every_row_is_a_person_or_a_reject_with_its_place(service: Service) -> None:
    found = answered(service, ask="table", text=SURVEY)
    rows = [one["row"] for one in (*found["people"], *found["rejects"])]
    assert sorted(rows) == list(range(1, 8))
    assert "`robot` is none of the sexes" in found["notes"][0]
    assert len(found["notes"]) == 3
    first = found["rejects"][0]
    assert (first["row"], first["column"], first["value"]) == (
        4,
        "Spoon-shaped nails",
        "often",
    )
    assert "write yes, no or nothing" in first["reason"]
    roles = {one["name"]: one["role"] for one in found["columns"]}
    assert roles["shoe size"] == "left_out"
    assert roles["ferritin"] == "measurement"


def test_records_are_taken_as_they_are(service: Service) -> None:
    lines = '{"subject_id": "a", "present": ["fatigue"]}\n{"presnt": []}\n'
    found = answered(service, ask="table", text=lines)
    assert found["people"] == [
        {"row": 1, "subject": {"subject_id": "a", "present": ["fatigue"]}}
    ]
    assert "did you mean `present`?" in found["rejects"][0]["reason"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column is a question"),
        ("", "the table is empty"),
        ("fatigue\n" + "yes\n" * (MOST_PEOPLE + 1), "more than 5000 rows"),
    ],
)
def test_what_is_no_small_table_is_a_problem(
    text: str, said: str, service: Service
) -> None:
    found = answered(service, ask="table", text=text)
    assert (found["ask"], found["where"]) == ("problem", "text")
    assert said in found["what"]


def test_a_unit_in_a_heading_is_that_of_the_numbers(rules: minsight.Rules) -> None:
    column = placed("Ferritin (ng/mL)", rules.vocabulary)
    assert (column.target, column.unit) == ("ferritin", "ng/mL")
