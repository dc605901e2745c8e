"""Rows in single values: whatever type a column has, each row is told what it gives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from polars import Series

from minsight.api import Rules
from minsight.screening import draft_map, source_of
from minsight.screening.rows import Raw, single_values, texts_of

BROKEN: Final = b"\xffno"
TYPES: Final = {
    "list": Series([["yes"], ["no"], None]),
    "array": Series([[1, 0], [0, 0], None], dtype=pl.Array(pl.Int8, 2)),
    "struct": Series([{"is": "yes"}, {"is": "no"}, None]),
    "duration": Series([dt.timedelta(1), dt.timedelta(400), None]),
    "time": Series([dt.time(1), dt.time(2), None]),
    "date": Series([dt.date(2020, 1, 1), dt.date(1990, 1, 1), None]),
    "datetime": Series([dt.datetime(2020, 1, 1), dt.datetime(1990, 1, 1), None]),  # noqa: DTZ001
    "decimal": Series([Decimal(1), Decimal(0), None]),
    "binary": Series([b"yes", b"no", None]),
    "broken": Series([b"yes", BROKEN, None]),
    "categories": Series(["yes", "no", None], dtype=pl.Categorical),
    "enum": Series(["yes", "no", None], dtype=pl.Enum(["yes", "no"])),
    "null": Series([None, None, None]),
    "true": Series([True, False, None]),
    "large": Series([2**64 - 1, 0, None], dtype=pl.UInt64),
    "huge": Series([1, 0, None], dtype=pl.Int128),
    "infinite": Series([float("inf"), float("nan"), None]),
}
SAY_YES_AND_NO: Final = ("decimal", "binary", "categories", "enum", "true", "huge")
ROLES: Final = ("id", "age", "sex", "itch", "alum (ug/L)", "symptoms")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TYPES)
def test_every_row_is_assessed_or_rejected_whatever_the_type(
    name: str, role: str, small: Rules, tmp_path: Path
) -> None:
    path, out = tmp_path / "d.parquet", tmp_path / "out.csv"
    others = {"id": ["a", "b", "c"], "ridged_nails": ["yes", "no", "yes"]}
    frame = pl.DataFrame({**others, role: TYPES[name]})
    frame.write_parquet(path)
    run = small.screen(path, out)
    manifest = run.manifest
    assert (manifest.rows, manifest.inputs[0].problem) == (3, "")
    assert manifest.assessed + manifest.rejected == 3
    assert draft_map(source_of(path), small.vocabulary).text
    found = small.assess_table(frame)
    assert found.results["row"].n_unique() == manifest.assessed
    assert found.rejects["row"].n_unique() == manifest.rejected
    if role == "itch" and name in SAY_YES_AND_NO:
        assert manifest.rejected == 0


@pytest.mark.parametrize("role", ["id", "item", "answer", "unit"])
@pytest.mark.parametrize("name", TYPES)
def test_every_line_of_a_long_file_is_told_of_whatever_the_type(
    name: str, role: str, small: Rules, tmp_path: Path
) -> None:
    path = tmp_path / "d.parquet"
    lines: dict[str, Any] = {
        "id": ["a", "b", "c"],
        "item": ["itch", "tiredness", "itch"],
        "answer": ["yes", "no", "yes"],
        "unit": [None, None, None],
    }
    pl.DataFrame({**lines, role: TYPES[name]}).write_parquet(path)
    placed = small.screen([path, _plain(tmp_path)], tmp_path / "out.csv")
    told, _ = placed.manifest.inputs
    if role == "item" and not told.rows:
        assert "no column is a question" in told.problem
    else:
        assert (told.rows, told.problem) == (3, "")


def _plain(folder: Path) -> Path:
    path = folder / "plain.csv"
    path.write_text("id,itch\nz,yes\n", encoding="utf-8")
    return path


def test_bytes_are_the_text_that_they_are_or_reject_their_row() -> None:
    frame = pl.DataFrame({"row": [7, 8, 9], "1": [b"yes", BROKEN, None]})
    found = single_values(Raw(frame, (), 3), ("id", "itch"), file="f")
    assert found.frame.rows() == [(7, "yes"), (9, None)]
    assert found.rows == 3
    (told,) = found.rejects
    assert (told.row, told.column, told.value) == (8, "itch", r"b'\xffno'")
    assert told.reason == r"`b'\xffno'` is no UTF-8 text"
    assert texts_of(frame)["1"].to_list() == ["yes", None, None]


def test_what_is_single_already_stays_as_it_is() -> None:
    raw = Raw(pl.DataFrame({"row": [1], "0": [1.5], "1": ["yes"]}), (), 1)
    assert single_values(raw, ("a", "b"), file="f").frame.equals(raw.frame)
