"""Tables with types of their own give the rows that text would give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.sources import tables as module
from minsight.screening.sources.source import Source, source_of
from minsight.screening.sources.tables import heading_of_table, raw_tables
from reading_tables import read

PERSON = {"age_days": 28 * 365.25, "sex": "female", "fatigue": True, "fever": False}


def test_excel(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    pl.DataFrame(
        {"id": ["007"], "age": [28], "sex": ["F"], "fatigue": ["x"], "fever": ["no"]}
    ).write_excel(path)
    outcome = read(path, rules)
    assert outcome.rejects == ()
    assert outcome.person("007") == PERSON


def test_sas_transport(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.xpt"
    frame = pl.DataFrame(
        {"id": ["007"], "age": [28.0], "sex": ["F"], "fatigue": [1.0], "fever": [0.0]}
    )
    pyreadstat.write_xport(frame, str(path), file_format_version=5)
    outcome = read(path, rules)
    assert outcome.rejects == ()
    assert outcome.person("007") == PERSON


def test_parquet_with_true_and_false(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {
            "id": ["007", "b"],
            "age_years": [28.0, None],
            "sex": ["female", None],
            "fatigue": [True, None],
            "fever": [False, None],
        }
    ).write_parquet(path)
    outcome = read(path, rules)
    assert outcome.person("007") == PERSON
    assert outcome.person("b") == {}


# --- rows in pieces -------------------------------------------------------------------

FRAME = pl.DataFrame({"id": ["a", "b", "c", "d", "e"], "x": [1.0, 2.0, None, 4.0, 5.0]})


def as_parquet(path: Path) -> None:
    FRAME.write_parquet(path)


def as_excel(path: Path) -> None:
    FRAME.write_excel(path)


def as_transport(path: Path) -> None:
    pyreadstat.write_xport(FRAME, str(path), file_format_version=5)


WRITERS: dict[str, Callable[[Path], None]] = {
    "d.parquet": as_parquet,
    "d.xlsx": as_excel,
    "d.xpt": as_transport,
}


def source_in(folder: Path, name: str) -> Source:
    WRITERS[name](folder / name)
    return source_of(folder / name)


def placing(*names: str) -> Placing:
    header = ("id", "x")
    columns = tuple(Column(header.index(n), n, "text") for n in names)
    return Placing(header, columns)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("rows", [2, 100])
def test_rows_are_numbered_on_from_piece_to_piece(
    name: str, rows: int, tmp_path: Path
) -> None:
    source = source_in(tmp_path, name)
    assert heading_of_table(source).names == ("id", "x")
    raws = list(raw_tables(source, placing("x", "id"), rows))
    assert [n for raw in raws for n in raw.frame["row"]] == [1, 2, 3, 4, 5]
    assert [id_ for raw in raws for id_ in raw.frame["0"]] == list("abcde")
    values = [x for raw in raws for x in raw.frame["1"].cast(pl.Float64)]
    assert values == [1.0, 2.0, None, 4.0, 5.0]
    assert sum(raw.rows for raw in raws) == 5


@pytest.mark.parametrize("name", WRITERS)
def test_only_columns_that_are_questions_are_read(name: str, tmp_path: Path) -> None:
    raw, *_ = raw_tables(source_in(tmp_path, name), placing("x"), 100)
    assert raw.frame.columns == ["row", "1"]


def test_a_name_of_parquet_that_means_other_columns_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    names = ("*", "^.*$", "id")
    pl.DataFrame({name: [name] for name in names}).write_parquet(path)
    columns = tuple(Column(place, name, "text") for place, name in enumerate(names))
    (raw,) = raw_tables(source_of(path), Placing(names, columns), 100)
    assert raw.frame.rows() == [(1, *names)]


def test_parquet_is_asked_for_in_stretches_that_join(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_MOST_AHEAD", 2)
    raws = list(raw_tables(source_in(tmp_path, "d.parquet"), placing("id"), 100))
    assert [id_ for raw in raws for id_ in raw.frame["0"]] == list("abcde")
    assert [n for raw in raws for n in raw.frame["row"]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_is_cut_off_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    source = source_in(tmp_path, name)
    raw = source.path.read_bytes()
    source.path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(FileError, match=f"`.*{name}` is cut off or damaged: ."):
        heading_of_table(source)
        list(raw_tables(source, placing("id"), 100))


def test_a_sheet_without_a_cell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    pl.DataFrame().write_excel(path, include_header=False)
    with pytest.raises(
        FileError, match=r"the first sheet of `.*empty\.xlsx` is empty; put"
    ):
        heading_of_table(source_of(path))


def test_names_of_a_sheet_come_without_the_space_around_them(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    pl.DataFrame({" id ": ["a"], "x": [1]}).write_excel(path)
    assert heading_of_table(source_of(path)).names == ("id", "x")


# --- lists, and files that are cut off ------------------------------------------------


def test_a_list_of_parquet_is_read_as_its_values(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {"id": ["a", "b", "c"], "symptoms": [["fatigue", "fever"], [], None]}
    ).write_parquet(path)
    outcome = read(path, rules)
    assert outcome.person("a") == {"fatigue": True, "fever": True}
    assert (outcome.person("b"), outcome.person("c")) == ({}, {})
    assert outcome.told == []


@pytest.mark.parametrize("cut", [1, 20, 40, 79, 80, 120])
def test_a_transport_file_that_is_cut_off_is_refused(
    rules: minsight.Rules, tmp_path: Path, cut: int
) -> None:
    """24 bytes are a row here, and 80 a record."""
    path = tmp_path / "people.xpt"
    frame = pl.DataFrame({name: [1.0] * 20 for name in ("age", "fatigue", "fever")})
    pyreadstat.write_xport(frame, str(path), file_format_version=5)
    assert read(path, rules).rows == 20
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(FileError, match=r"people\.xpt` is cut off inside a row"):
        read(path, rules)
