"""Files of SPSS and Stata say what their columns and codes mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

import minsight
from minsight.screening.answers.places import (
    heading_of,
)
from minsight.screening.sources.labelled import labelled_rows
from minsight.screening.sources.source import Source, source_of
from reading_tables import read

PEOPLE = pl.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "q1": [1.0, 2.0, 9.0, 1.0],
        "q2": [2.0, 1.0, None, 2.0],
        "age": [30.0, 41.5, 99.0, 28.0],
    }
)
LABELS: list[str | None] = ["", "Fatigue", "Sex", "Age in years"]
VALUES: dict[str, dict[int | float, str]] = {
    "q1": {1.0: "Yes", 2.0: "No", 9.0: "No answer"},
    "q2": {1: "Male", 2: "Female"},
}


def sav(folder: Path) -> Path:
    pyreadstat.write_sav(
        PEOPLE,
        folder / "people.sav",
        column_labels=LABELS,
        variable_value_labels=VALUES,
        missing_ranges={"q1": [9], "age": [{"lo": 98, "hi": 99}]},
    )
    return folder / "people.sav"


def dta(folder: Path) -> Path:
    pyreadstat.write_dta(
        PEOPLE,
        folder / "people.dta",
        column_labels=LABELS,
        variable_value_labels={"q1": {1: "Yes", 2: "No"}, "q2": VALUES["q2"]},
    )
    return folder / "people.dta"


WRITERS = pytest.mark.parametrize("write", [sav, dta])


def pieces(source: Source, places: list[int], rows: int) -> list[pl.DataFrame]:
    names = heading_of(source).names
    with source.whole() as file:
        return list(labelled_rows(source, file, names, places, rows))


@WRITERS
def test_labels_say_what_columns_ask(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    heading = heading_of(source_of(write(tmp_path)))
    assert heading.names == ("id", "q1", "q2", "age")
    assert heading.labels == ("", "Fatigue", "Sex", "Age in years")
    assert heading.told.endswith("file, with its labels")


@WRITERS
def test_codes_come_as_their_labels(
    write: Callable[[Path], Path], rules: minsight.Rules, tmp_path: Path
) -> None:
    found = read(write(tmp_path), rules)
    assert (found.rows, len(found.answers) + len(found.rejects)) == (4, 4)
    assert found.person("a") == {
        "age_days": 30 * 365.25, "sex": "female", "fatigue": True,
    }  # fmt: skip
    assert found.person("b") == {
        "age_days": 41.5 * 365.25, "sex": "male", "fatigue": False,
    }  # fmt: skip


def test_what_spss_declares_to_be_missing_is_nothing(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    assert read(sav(tmp_path), rules).person("c") == {}


@WRITERS
@pytest.mark.parametrize("rows", [1, 2, 3, 4, 100])
def test_rows_come_in_pieces_and_all_of_them(
    write: Callable[[Path], Path], rows: int, tmp_path: Path
) -> None:
    found = pieces(source_of(write(tmp_path)), [0], rows)
    assert max(piece.height for piece in found) <= rows
    assert pl.concat(found)["0"].to_list() == ["a", "b", "c", "d"]


@WRITERS
def test_columns_stand_in_the_order_that_is_asked_for(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    (found,) = pieces(source_of(write(tmp_path)), [3, 0, 2], 100)
    assert found.columns == ["3", "0", "2"]
    assert found["0"].to_list() == ["a", "b", "c", "d"]
    assert found["2"].to_list()[:2] == ["Female", "Male"]
    assert found["3"].to_list()[0] == 30.0
