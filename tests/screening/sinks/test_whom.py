"""The list of whom to see is a safe table, the most urgent of all parts first."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from polars import DataFrame

from minsight.screening.results.whom import WHOM
from minsight.screening.sinks import write_part, write_whom


def people(*who: tuple[str, str]) -> DataFrame:
    rows = [
        {"row": n, "subject_id": id_, "urgency": urgency, "cells": "a: 1, 2"}
        for n, (id_, urgency) in enumerate(who, start=1)
    ]
    return DataFrame(rows, schema=WHOM)


def test_the_most_urgent_come_first_then_the_order_of_the_files(tmp_path: Path) -> None:
    write_part(people(("a", "soon"), ("b", "emergency")), tmp_path / "1")
    write_part(people(("c", "same_day"), ("d", "emergency")), tmp_path / "2")
    out = io.BytesIO()
    assert write_whom([tmp_path / "1", tmp_path / "2"], out).rows == 4
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert [row["subject_id"] for row in rows] == ["b", "d", "c", "a"]
    assert {row["cells"] for row in rows} == {"a: 1, 2"}
    assert list(rows[0]) == WHOM.names()


def test_no_program_runs_a_cell(tmp_path: Path) -> None:
    write_part(people(("=1+1", "soon")), tmp_path / "1")
    out = io.BytesIO()
    assert write_whom([tmp_path / "1"], out).made_safe == 1
    assert b"'=1+1" in out.getvalue()
