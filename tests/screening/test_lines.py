"""All that screening says stands in one frame, each line of one kind."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from minsight.screening.lines import COLUMNS_OF, TOLD, told, told_of_files
from minsight.screening.rejects import Notice, Reject
from screened import Candidacy, Person, screened

REJECTS = (
    Reject("people.csv", 9, "fever", "x", "`x` is no answer"),
    Reject("people.csv", 9, "pica", "y", "`y` is no answer"),
    Reject("people.csv", None, "", "", "the file is cut off"),
    Reject("other.csv", None, "", "", "the file is cut off"),
)
NOTICES = (Notice("people.csv", "odd", 3), Notice("people.csv", "strange"))
TWO = Person(
    age="34",
    sex="female",
    candidates=(
        Candidacy("iron", "typical_pattern"),
        Candidacy("zinc", "few_findings"),
    ),
)


def lines_of(kind: str, lines: pl.DataFrame) -> list[dict[str, Any]]:
    return lines.filter(told=kind).to_dicts()


def test_results_rejects_and_notices_stand_in_this_order() -> None:
    batch = screened([TWO, Person()], rejects=REJECTS[:2], notices=NOTICES)
    lines = told(batch)
    assert lines.schema == TOLD
    assert lines["told"].to_list() == ["result"] * 3 + ["reject"] * 2 + ["notice"] * 2
    kept = lines.filter(told="result").select(batch.results.columns)
    assert kept.equals(batch.results)


@pytest.mark.parametrize("kind", COLUMNS_OF)
def test_a_line_fills_the_columns_of_its_kind_and_no_other(kind: str) -> None:
    batch = screened([TWO], rejects=REJECTS[:1], notices=NOTICES[:1])
    filled = {"told", *COLUMNS_OF[kind]} | ({"first"} if kind != "notice" else set())
    for line in lines_of(kind, told(batch)):
        assert {name for name, value in line.items() if value is not None} == filled


def test_one_line_of_each_person_and_of_each_rejected_row_is_the_first() -> None:
    batch = screened([TWO, Person(), TWO], rejects=REJECTS[:2])
    lines = told(batch)
    first = lines.filter(told="result").select("row", "rank", "first").rows()
    assert first == [
        (1, 1, True), (1, 2, False), (2, None, True), (3, 1, True), (3, 2, False),
    ]  # fmt: skip
    rejected = lines.filter(told="reject")["first"].to_list()
    assert rejected == [True, False]


def test_what_is_told_of_files_has_no_rows() -> None:
    lines = told_of_files(REJECTS[2:], NOTICES)
    assert lines.schema == TOLD
    assert [
        (one["file"], one["row"], one["first"], one["reason"])
        for one in lines_of("reject", lines)
    ] == [(f, None, True, "the file is cut off") for f in ("people.csv", "other.csv")]
    assert [
        (one["message"], one["rows"], one["first"]) for one in lines_of("notice", lines)
    ] == [("odd", 3, None), ("strange", 0, None)]


def test_of_nothing_there_are_no_lines() -> None:
    assert told_of_files((), ()).is_empty()
    assert told(screened([])).is_empty()
