"""What an executor does with its rows: Arrow in, and all that is told out as Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.errors import BackendError
from minsight.screening.lines import TOLD, told, told_of_files
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.placing import place_header
from minsight.screening.rejects import Notice, Reject
from minsight.screening.spark.tasks import (
    ARROW,
    TextLayout,
    TextPlan,
    Work,
    _Stream,
    arrow_of,
    screen_columns,
    screen_lines,
    shown,
    work_of,
)
from random_laws import examples
from screened import Candidacy, Person, screened

HEADER = ["id", "fatigue"]
FILE = "file:///data/a%20b.csv"


@pytest.fixture(scope="module")
def work(rules: minsight.Rules) -> Work:
    return work_of(rules, keep_going=False)


@pytest.fixture(scope="module")
def placing(rules: minsight.Rules) -> Placing:
    return place_header(Heading(tuple(HEADER)), rules.vocabulary, file="any")


def batches(rows: Sequence[dict[str, Any]], size: int = 2) -> list[pa.RecordBatch]:
    """Rows as Arrow, a few in each batch."""
    found: list[pa.RecordBatch] = pa.Table.from_pylist(list(rows)).to_batches(size)
    return found


def lines_of(found: Any) -> pl.DataFrame:
    """All lines that a task tells."""
    table = pa.Table.from_batches(list(found), schema=ARROW)
    lines = pl.from_arrow(table)
    assert isinstance(lines, pl.DataFrame)
    return lines


def persons(lines: pl.DataFrame) -> list[tuple[str, int, str]]:
    first = lines.filter(pl.col("told") == "result", "first")
    return first.select("file", "row", "subject_id").rows()


def rejected(lines: pl.DataFrame) -> list[tuple[str, int, str]]:
    return lines.filter(told="reject").select("file", "row", "value").rows()


# --- rows in columns ------------------------------------------------------------------


def column_rows(file: str, first: int, answers: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"file": file, "row": row, "0": f"p{row}", "1": answer}
        for row, answer in enumerate(answers, start=first)
    ]


def test_rows_of_several_files_are_told_under_their_names(
    work: Work, placing: Placing
) -> None:
    rows = [
        *column_rows(FILE, 4, ["yes", "mabye", "no"]),
        *column_rows("s3a://b", 1, ["1"]),
    ]
    lines = lines_of(screen_columns(work, placing, batches(rows)))
    assert persons(lines) == [
        ("/data/a b.csv", 4, "p4"),
        ("/data/a b.csv", 6, "p6"),
        ("s3a://b", 1, "p1"),
    ]
    assert rejected(lines) == [("/data/a b.csv", 5, "mabye")]


def test_rows_of_a_frame_have_no_file(work: Work, placing: Placing) -> None:
    rows = [{"row": 8, "0": "x", "1": "yes"}]
    lines = lines_of(screen_columns(work, placing, batches(rows)))
    assert persons(lines) == [("", 8, "x")]


def test_of_no_rows_nothing_is_told(work: Work, placing: Placing) -> None:
    assert list(screen_columns(work, placing, [])) == []


def test_answers_at_odds_are_taken_as_unknown_where_the_work_says_so(
    rules: minsight.Rules,
) -> None:
    placing = place_header(Heading(("sex", "pregnant")), rules.vocabulary, file="any")
    rows = [{"row": 1, "0": "m", "1": "yes"}]
    for keep_going in (False, True):
        work = work_of(rules, keep_going=keep_going)
        lines = lines_of(screen_columns(work, placing, batches(rows)))
        assert len(persons(lines)) == keep_going


def test_executors_of_another_version_refuse_the_work(
    work: Work, placing: Placing
) -> None:
    other = msgspec.structs.replace(work, version="0.0.0")
    with pytest.raises(BackendError, match=r"and the driver has 0\.0\.0; install"):
        list(screen_columns(other, placing, batches([{"row": 1, "0": "x"}])))


# --- lines of text --------------------------------------------------------------------


def line_rows(file: str, start: int, lines: Sequence[bytes]) -> list[dict[str, Any]]:
    return [{"file": file, "start": start, "value": line} for line in lines]


def plan(placing: Placing, **first_rows: int) -> TextPlan:
    """The plan of one file, by the first row of each part that begins at a byte."""
    starts = {int(start.removeprefix("at_")): row for start, row in first_rows.items()}
    return TextPlan((TextLayout(",", placing),), {FILE: 0}, {FILE: starts})


def test_the_parts_of_a_text_are_numbered_on_and_the_header_is_in_the_first(
    work: Work, placing: Placing
) -> None:
    rows = [
        *line_rows(FILE, 0, [b"", b"id,fatigue", b"a,yes", b"", b'"b,c",no']),
        *line_rows(FILE, 700, [b"id,fatigue", b"d,1"]),
    ]
    lines = lines_of(screen_lines(work, plan(placing, at_0=1, at_700=3), batches(rows)))
    assert persons(lines) == [
        ("/data/a b.csv", 1, "a"),
        ("/data/a b.csv", 2, "b,c"),
        ("/data/a b.csv", 4, "d"),
    ]
    # What looks like a header further down is a row like any other.
    assert rejected(lines) == [("/data/a b.csv", 3, "fatigue")]


def test_a_file_without_a_layout_is_passed_over(work: Work, placing: Placing) -> None:
    rows = [
        *line_rows("file:///noise.bin", 0, [b"\x00", b"\x01"]),
        *line_rows(FILE, 0, [b"id,fatigue", b"a,yes"]),
    ]
    lines = lines_of(screen_lines(work, plan(placing, at_0=1), batches(rows, 1)))
    assert persons(lines) == [("/data/a b.csv", 1, "a")]


def test_text_that_is_not_utf_8_is_told(work: Work, placing: Placing) -> None:
    rows = line_rows(FILE, 0, [b"id,fatigue", "Jos\xe9,yes".encode("cp1252")])
    lines = lines_of(screen_lines(work, plan(placing, at_0=1), batches(rows)))
    assert persons(lines) == [("/data/a b.csv", 1, "Jos\xe9")]
    assert lines.filter(told="notice")["message"].to_list() == [
        "the text is not UTF-8 and was read as Windows-1252"
    ]


@examples(40)
@given(
    pieces=st.lists(st.lists(st.binary(max_size=4).filter(lambda b: b"\n" not in b))),
    size=st.integers(1, 12),
    skip_header=st.booleans(),
)
def test_a_stream_gives_the_lines_that_follow_the_header(
    pieces: list[list[bytes]], size: int, skip_header: bool
) -> None:
    frames = (pl.DataFrame({"value": lines}, {"value": pl.Binary}) for lines in pieces)
    stream = _Stream(frames, skip_header=skip_header)
    read = b"".join(iter(lambda: stream.read(size), b""))
    lines = [line for piece in pieces for line in piece]
    if skip_header:
        while lines and not lines.pop(0):
            pass
    assert read == b"".join(line + b"\n" for line in lines)


# --- names and types ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("file:/a.csv", "/a.csv"),
        ("file:///a%2Bb%25.csv", "/a+b%.csv"),
        ("hdfs://host/file:/a.csv", "hdfs://host/file:/a.csv"),
        ("", ""),
    ],
)
def test_a_file_is_shown_as_people_write_it(file: str, name: str) -> None:
    assert shown(file) == name


def test_what_is_told_goes_to_arrow_in_types_that_spark_has() -> None:
    lines = pl.concat(
        [
            told(screened([Person(candidates=(Candidacy("iron", "measured_low"),))])),
            told_of_files(
                [Reject("f", None, "", "", "cut off")], [Notice("f", "odd", 2)]
            ),
        ]
    )
    table = arrow_of(lines)
    assert table.schema == ARROW
    assert table.column_names == TOLD.names()
    assert table["level"].to_pylist() == ["measured_low", None, None]
    assert table["row"].to_pylist() == [1, None, None]
    assert table["rows"].to_pylist() == [None, None, 2]
