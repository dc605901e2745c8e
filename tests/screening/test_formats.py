"""The same person from every kind of file, and what of a file is told."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import minsight
from minsight.errors import FileError
from minsight.screening import find_sources
from reading_tables import read

PERSON = {"age_days": 28 * 365.25, "sex": "female", "fatigue": True, "fever": False}


def write_json(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_subject_records_give_the_answers_of_check(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.jsonl"
    record = {
        "subject_id": "007",
        "present": ["28 year old woman, always tired, no fever"],
    }
    path.write_text(json.dumps(record) + "\nnot json\n", encoding="utf-8")
    outcome = read(path, rules)
    assert outcome.person("007") == PERSON
    assert outcome.rejected == [2]


# --- hostile files --------------------------------------------------------------------


def test_rows_of_a_hostile_file_are_all_accounted_for(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes(
        b"id,age,fatigue\n"
        b"1,28,yes\n"
        b"2,28\n"
        b"3,28,yes,extra\n"
        b'4,28,"y\nes"\n'
        b"5,28,y\x00es\n"
        b"6,apples,yes\n"
        b"7,28,no\n"
    )
    outcome = read(path, rules)
    assert outcome.rows == 7
    assert outcome.answers["subject_id"].to_list() == ["1", "7"]
    assert set(outcome.rejected) == {2, 3, 4, 5, 6}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    text = "id,fatigue\nJos\xe9,yes\n"
    path.write_bytes(text.encode(encoding))
    assert read(path, rules).person("Jos\xe9") == {"fatigue": True}


def test_five_thousand_columns_and_a_large_cell(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    names = ["id", "fatigue", *(f"c{number}" for number in range(5_000))]
    row = ["1", "yes", "z" * 5_000_000, *["0"] * 4_999]
    path.write_text(",".join(names) + "\n" + ",".join(row) + "\n", encoding="utf-8")
    assert read(path, rules).person("1") == {"fatigue": True}


def is_refused(path: Path, rules: minsight.Rules) -> bool:
    try:
        read(path, rules)
    except FileError as error:
        assert path.name in str(error)
        return True
    return False


def test_bad_files_are_told_and_the_others_go_on(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "noise.csv").write_bytes(random.Random(1).randbytes(3_000))
    whole = io.BytesIO()
    pl.DataFrame({"id": ["1"], "fatigue": [True]}).write_parquet(whole)
    (tmp_path / "cut.parquet").write_bytes(whole.getvalue()[:-20])
    (tmp_path / "good.csv").write_text("id,fatigue\n1,yes\n", encoding="utf-8")
    found = find_sources([tmp_path])
    refused = {Path(reject.file).name for reject in found.rejects}
    refused |= {s.path.name for s in found.sources if is_refused(s.path, rules)}
    assert refused >= {"empty.csv", "cut.parquet"}
    assert "good.csv" not in refused
