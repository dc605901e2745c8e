"""Rejects are a table like any other: whole rows, and no cell that runs."""

from __future__ import annotations

import csv
import io

from minsight.screening.rejects import Reject
from minsight.screening.sinks.rejects import write_rejects


def test_rejects_are_counted_when_they_are_made_safe() -> None:
    file = io.BytesIO()
    rejects = [
        Reject("a.csv", 2, "age", "-3", "=x"),
        Reject("b.csv", None, "", "", "y"),
    ]
    assert write_rejects(rejects, file) == 2
    assert file.getvalue().decode().splitlines() == [
        "file,row,column,value,reason",
        "a.csv,2,age,'-3,'=x",
        "b.csv,,,,y",
    ]


def test_a_value_with_a_carriage_return_stays_one_cell() -> None:
    file = io.BytesIO()
    reject = Reject("a.csv", 2, "age", "x\r=1+1", "`x\r=1+1` is no age")
    write_rejects([reject], file)
    text = io.StringIO(file.getvalue().decode(), newline="")
    assert list(csv.reader(text, strict=True))[1:] == [
        ["a.csv", "2", "age", "x\r=1+1", "`x\r=1+1` is no age"]
    ]
