"""`minsight screen` on tables: one row a person and candidate, none lost."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import polars as pl
import pytest

import minsight
from command_line import CommandLine, said
from minsight.assessment.record import assessment_json

TABLE = (
    "subject_id,age_years,sex,spoon_nails,ice_craving,fever\n"
    "007,28,female,yes,yes,no\n"
    "=cmd,40,male,no,,\n"
    "b,-3,male,yes,,\n"
    "c,30,female,mabye,,\n"
)


ENGINES = ["reference", "forward"] if sys.version_info < (3, 13) else ["reference"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_in_the_results_or_in_the_rejects(
    command: CommandLine, table: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    outcome = command.run("screen", str(table), "--output", str(out))
    assert outcome.code == 1
    assert "4 rows of 1 file: 2 assessed, 2 rejected." in outcome.out
    assert {row["row"] for row in rows_of(out)} == {"1", "2"}
    text = (tmp_path / "out.csv.rejects").read_text(encoding="utf-8")
    header, *rejects = csv.reader(text.splitlines())
    assert header == ["file", "row", "column", "value", "reason"]
    assert [(r[1], r[2]) for r in rejects] == [("3", "age_years"), ("4", "spoon_nails")]
    assert "mabye" in text


def test_a_table_gives_what_check_gives(
    command: CommandLine, table: Path, tmp_path: Path, rules: minsight.Rules
) -> None:
    out = tmp_path / "out.parquet"
    command.run("screen", str(table), "--output", str(out))
    found = pl.read_parquet(out).filter(subject_id="007")
    person = minsight.Subject(
        present=["spoon_nails", "ice_craving"], absent=["fever"], age="28", sex="f"
    )
    expected = rules.assess(person).candidates
    assert [(c.mineral, c.level, c.points, c.rank) for c in expected] == found.select(
        "mineral", "level", "points", "rank"
    ).rows()
    reasons = [set(text.split("; ")) for text in found["reasons"]]
    assert [{r.rule for r in c.reasons} for c in expected] == reasons


def test_a_cell_that_a_spreadsheet_would_run_is_made_safe(
    command: CommandLine, table: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    command.run("screen", str(table), "--output", str(out))
    assert {row["subject_id"] for row in rows_of(out)} == {"007", "'=cmd"}


def test_a_file_that_cannot_be_read_leaves_the_others(
    command: CommandLine, table: Path, tmp_path: Path
) -> None:
    empty, out = tmp_path / "empty.csv", tmp_path / "out.csv"
    empty.write_bytes(b"")
    outcome = command.run("screen", str(empty), str(table), "--output", str(out))
    assert outcome.code == 1
    assert "2 assessed" in outcome.out
    assert "empty.csv" in (tmp_path / "out.csv.rejects").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_no_file_that_can_be_read_is_an_error_and_writes_nothing(
    ending: str, command: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{ending}"
    outcome = command.run("screen", str(tmp_path / "no.csv"), "--output", str(out))
    assert outcome.code == 2
    assert "no.csv" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending_is_refused_with_those_there_are(
    command: CommandLine, table: Path, tmp_path: Path
) -> None:
    outcome = command.run("screen", str(table), "--output", str(tmp_path / "o.docx"))
    assert outcome.code == 2
    assert "`.parquet`" in outcome.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["people.csv"]


def test_ids_that_stand_twice_are_told(command: CommandLine, tmp_path: Path) -> None:
    table, out = tmp_path / "d.csv", tmp_path / "out.csv"
    table.write_text("id,fatigue\n1a,yes\n1a,no\n", encoding="utf-8")
    outcome = command.run("screen", str(table), "--output", str(out))
    assert outcome.code == 0
    assert "more than once" in said(outcome.out)
    assert [row["row"] for row in rows_of(out) if row["rank"] in ("", "1")] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_writes_the_same_table(
    engine: str, command: CommandLine, table: Path, tmp_path: Path
) -> None:
    for way in ("columnar", engine):
        out = str(tmp_path / f"{way}.csv")
        where = ("--output", out, "--engine", way)
        assert command.run("screen", str(table), *where).code == 1
    alone = (tmp_path / f"{engine}.csv").read_bytes()
    assert alone == (tmp_path / "columnar.csv").read_bytes()


def test_a_table_gives_full_assessments_too(
    command: CommandLine, table: Path, tmp_path: Path, rules: minsight.Rules
) -> None:
    out = tmp_path / "o.jsonl"
    assert command.run("screen", str(table), "--output", str(out)).code == 1
    first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    person = minsight.Subject(
        subject_id="007",
        present=["spoon_nails", "ice_craving"],
        absent=["fever"],
        age="28",
        sex="f",
    )
    assert first == json.loads(assessment_json(rules.assess(person)))
    assert second["subject_id"] == "=cmd"


def test_records_that_contradict_themselves_can_go_on(
    command: CommandLine, tmp_path: Path
) -> None:
    people, out = tmp_path / "p.jsonl", tmp_path / "o.jsonl"
    people.write_text('{"present": ["pregnant"], "sex": "male"}\n', encoding="utf-8")
    words = ("screen", str(people), "--output", str(out))
    assert command.run(*words).code == 1
    assert command.run(*words, "--keep-going", "--force").code == 0
    assert "Taken as unknown" in out.read_text(encoding="utf-8")


URGENT = "id,fainting,village\na,no,North\nb,yes,South\n"


def test_whom_to_see_is_counted_and_the_file_is_named(
    command: CommandLine, tmp_path: Path
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people.write_text(URGENT, encoding="utf-8")
    told = command.run("screen", str(people), "--output", str(out))
    listed = tmp_path / "out.csv.urgent.csv"
    assert told.code == 0
    words = " ".join(told.out.split())
    assert "1 person to see soon or sooner, the most urgent first, in" in words
    assert listed.name in told.out
    assert listed.read_text(encoding="utf-8").count("\n") == 2
    quiet = ("--no-urgent-list", "--force")
    told = command.run("screen", str(people), "--output", str(out), *quiet)
    assert (told.code, listed.exists()) == (0, False)
    assert "to see soon or sooner" not in " ".join(told.out.split())


def test_where_nobody_is_urgent_those_who_are_not_judged_are_told(
    command: CommandLine, tmp_path: Path
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people.write_text("id,fainting,symptoms\na,no,wibble zonk\n", encoding="utf-8")
    told = command.run("screen", str(people), "--output", str(out))
    words = " ".join(told.out.split())
    assert "Nobody was found who should be seen soon, so nobody is listed" in words
    assert "1 other not judged, with `urgency_judged` false in the results" in words


def test_groups_are_for_a_report(command: CommandLine, tmp_path: Path) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people.write_text(URGENT, encoding="utf-8")
    where = (str(people), "--output", str(out), "--by", "village")
    told = command.run("screen", *where)
    assert (told.code, out.exists()) == (2, False)
    assert "--report" in told.err
