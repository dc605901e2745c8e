"""The same people, written in any way, give the same answer table."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

import minsight
from random_laws import examples
from reading_tables import read

FINDINGS = ("fatigue", "pallor", "spoon_nails", "vegetarian")
SPELLINGS = {
    True: ("yes", "Y", "TRUE", "1", "ja", "oui", "s\u00ed", "\u2713", " yes "),
    False: ("no", "N", "false", "0", "nein", "non", "No"),
    None: ("", "unsure", "?", "n/a", "unknown", "-", "weiß nicht"),
}

Row = dict[str, Any]


@st.composite
def rows(draw: st.DrawFn) -> Row:
    text = st.text(
        st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Zs")),
        min_size=1,
        max_size=6,
    )
    years = st.none() | st.integers(0, 4_000).map(lambda n: n / 40)
    return {
        "subject_id": draw(text.map(lambda t: f"0{t}")),
        "age_years": draw(years),
        "sex": draw(st.sampled_from([None, "female", "male"])),
        **{name: draw(st.sampled_from([True, False, None])) for name in FINDINGS},
        "ferritin": draw(st.none() | st.integers(1, 9_000).map(lambda n: n / 8)),
    }


def expected(people: list[Row]) -> list[tuple[object, ...]]:
    return [
        (
            number,
            row["subject_id"],
            None if row["age_years"] is None else row["age_years"] * 365.25,
            row["sex"],
            *(row[name] for name in FINDINGS),
            row["ferritin"],
        )
        for number, row in enumerate(people, start=1)
    ]


_TWO_WAYS: Final = re.compile(r"\d{1,3}\.\d{3}")
"""What could be thousands, and is refused, where a comma is before decimals."""


def spelled(row: Row, draw: st.DataObject, *, comma: bool) -> list[str]:
    def number(value: float | None) -> str:
        text = "" if value is None else repr(value)
        if comma:
            return text.replace(".", ",")
        return f"{text}0" if _TWO_WAYS.fullmatch(text) else text

    return [
        row["subject_id"],
        number(row["age_years"]),
        row["sex"] or "",
        *(draw.draw(st.sampled_from(SPELLINGS[row[name]])) for name in FINDINGS),
        number(row["ferritin"]),
    ]


def _two_ways(value: float | None) -> bool:
    """Whether a point in the number may stand before thousands, as in 1.125."""
    return value is not None and len(repr(value).partition(".")[2]) == 3


@examples(120)
@given(people=st.lists(rows(), min_size=1, max_size=8), data=st.data())
def test_delimited_text_in_any_dialect(
    people: list[Row], data: st.DataObject, rules: minsight.Rules, tmp_path: Path
) -> None:
    separator = data.draw(st.sampled_from([",", ";", "\t", "|"]))
    comma = separator == ";" and (
        any(_two_ways(row["ferritin"]) for row in people) or data.draw(st.booleans())
    )
    text = io.StringIO()
    quoting: Literal[0, 1] = data.draw(
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    )
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(
        text, delimiter=separator, quoting=quoting, lineterminator=ending
    )
    writer.writerow(people[0])
    writer.writerows(spelled(row, data, comma=comma) for row in people)
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]
    encoding = data.draw(st.sampled_from(encodings))
    raw = text.getvalue().encode(encoding)
    if data.draw(st.booleans()):
        raw = raw.removesuffix(ending.encode(encoding.removesuffix("-sig")))
    packed = data.draw(st.sampled_from(["plain", "gzip", "zstd"]))
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "zstd": zstd.compress,
        "plain": bytes,
    }
    raw = packers[packed](raw)
    path = tmp_path / "people.data"
    path.write_bytes(raw)
    outcome = read(path, rules, rows_per_batch=3)
    assert outcome.rejects == ()
    assert outcome.answers.rows() == expected(people)


@examples(25)
@given(people=st.lists(rows(), min_size=1, max_size=8), data=st.data())
def test_tables_with_types(
    people: list[Row], data: st.DataObject, rules: minsight.Rules, tmp_path: Path
) -> None:
    kind = data.draw(st.sampled_from(["parquet", "strings", "categories", "excel"]))
    frame = pl.DataFrame(
        people,
        schema={
            "subject_id": pl.String,
            "age_years": pl.Float64,
            "sex": pl.String,
            **dict.fromkeys(FINDINGS, pl.Boolean),
            "ferritin": pl.Float64,
        },
    )
    path = tmp_path / f"people.{kind}"
    if kind in ("strings", "categories", "excel"):
        words = pl.col(FINDINGS).replace_strict({True: "Yes", False: "no"})
        frame = frame.with_columns(words)
    if kind == "categories":
        frame = frame.with_columns(pl.col(FINDINGS).cast(pl.Categorical))
    if kind == "excel":
        frame.write_excel(path)
    else:
        frame.write_parquet(path)
    outcome = read(path, rules)
    assert outcome.rejects == ()
    assert outcome.answers.rows() == expected(people)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_old_encodings_are_read_and_told(
    rules: minsight.Rules, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id;fatigue\nMüller;ja\nÉlan;nein\n".encode(encoding))
    outcome = read(path, rules)
    assert outcome.answers["subject_id"].to_list() == ["Müller", "Élan"]
    assert outcome.told == ["the text is not UTF-8 and was read as Windows-1252"]


def test_numbers_that_could_be_two_things_are_not_taken(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text('id,ferritin\na,"1,234"\nb,"12,5"\nc,1.5\n', encoding="utf-8")
    outcome = read(path, rules)
    assert outcome.rejected == [1]
    assert outcome.person("b") == {"ferritin": 12.5}
