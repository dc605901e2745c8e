"""Sinks: every format is a file that others read, with every cell of the results."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest

import minsight
from made_up_results import HOSTILE, Person, Said, frame_of, quiet
from minsight.errors import FileError
from minsight.screening.formats import RESULTS, ending_of
from minsight.screening.results.layouts import layout_for
from minsight.screening.results.schema import LONG
from minsight.screening.sinks import excel
from minsight.screening.sinks.formats import most_rows, sink_for
from minsight.screening.sinks.safety import made_safe

IRON = Said("iron", "typical_pattern", 9, "iron.koilonychia", "", "")
ZINC = Said("zinc", "few_findings", 0, "zinc.hair_loss", "", "adult")
SOME = [
    Person("007", "soon", "fainting", (IRON, ZINC), judged=False),
    *quiet("b", "c"),
]
TABLES = [ending for ending in RESULTS if "fhir" not in ending]


def write(
    path: Path,
    batches: Iterable[pl.DataFrame],
    rules: minsight.Rules,
    *,
    wide: bool = False,
) -> int:
    """Write results; gives how many cells were made safe."""
    with sink_for(path, path, rules=rules, wide=wide) as sink:
        for batch in batches:
            sink(batch)
    return sink.made_safe


def read(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """A table of results as other programs see it, all cells as text but numbers."""
    ending = ending_of(path)
    raw = path.read_bytes()
    if ending.writer == "parquet":
        return pl.read_parquet(raw)
    if ending.writer == "excel":
        kinds = {
            n: pl.Int64 if k.is_integer() else pl.String for n, k in schema.items()
        }
        return pl.read_excel(io.BytesIO(raw), schema_overrides=kinds)
    text = gzip.decompress(raw) if ending.compression else raw
    return pl.read_csv(text, separator=ending.separator, infer_schema=False)


def as_text(table: pl.DataFrame) -> list[tuple[str, ...]]:
    """All cells as text, where nothing and no text are the same."""
    cells = table.cast({pl.Enum: pl.String}).cast(pl.String).fill_null("")
    return [*map(tuple, [cells.columns, *cells.rows()])]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("ending", TABLES)
def test_a_table_reads_back_as_it_was_written(
    ending: str, wide: bool, rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / f"out{ending}"
    results = frame_of(SOME)
    assert write(out, [results[:2], results[2:]], rules, wide=wide) == 0
    layout = layout_for(rules, wide=wide)
    assert as_text(read(out, layout.schema)) == as_text(layout.laid_out(results))
    assert list(tmp_path.iterdir()) == [out]


def test_whether_the_urgency_was_judged_is_a_truth_of_excel(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    write(out, [frame_of(SOME)], rules)
    found = pl.read_excel(out)["urgency_judged"]
    assert found.to_list() == [False, False, True, True]


@pytest.mark.parametrize("batches", [[], [pl.DataFrame(schema=LONG)]])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("ending", TABLES)
def test_no_people_give_a_table_with_its_columns(
    ending: str,
    wide: bool,
    batches: list[pl.DataFrame],
    rules: minsight.Rules,
    tmp_path: Path,
) -> None:
    out = tmp_path / f"out{ending}"
    write(out, batches, rules, wide=wide)
    schema = layout_for(rules, wide=wide).schema
    found = read(out, schema)
    assert (found.columns, found.height) == (schema.names(), 0)


@pytest.mark.parametrize("ending", TABLES)
def test_hostile_ids_come_back_less_the_apostrophes_that_were_counted(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / f"out{ending}"
    changed = write(out, [frame_of(quiet(*HOSTILE))], rules)
    found = read(out, LONG)["subject_id"].to_list()
    marked = [one for one, id_ in zip(found, HOSTILE, strict=True) if one == f"'{id_}"]
    assert changed == len(marked)
    kept = [one[one in marked :] for one in found]
    assert tuple(kept) == HOSTILE
    if ending != ".parquet":
        assert not [one for one in found if re.match(r"[=+\-@\t\r\n\uff1d]", one)]


def test_no_two_texts_become_one() -> None:
    texts = ["=", "'=", "''=", "a", "'a", "'", "-", "\uff0d", ""]
    table, changed = made_safe(pl.DataFrame({"file": texts}))
    assert table["file"].n_unique() == len(texts)
    assert changed == 5


@pytest.mark.parametrize("ending", [e for e in RESULTS if e != ".parquet"])
def test_the_same_results_give_the_same_bytes_in_whatever_batches(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    results = frame_of([*SOME, *quiet(*HOSTILE)])
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    write(one, [results], rules)
    write(two, [results[:2], results.clear(), results[2:]], rules)
    # How gzip packs the bytes depends on the pieces they come in.
    unpacked = gzip.decompress if ending.endswith(".gz") else bytes
    assert unpacked(one.read_bytes()) == unpacked(two.read_bytes())


@pytest.mark.parametrize("ending", RESULTS)
def test_an_error_on_the_way_leaves_nothing_beside_the_target(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / f"out{ending}"
    with (
        pytest.raises(KeyboardInterrupt),
        sink_for(out, out, rules=rules) as sink,
    ):
        sink(frame_of(SOME))
        raise KeyboardInterrupt
    assert {path.name for path in tmp_path.iterdir()} <= {out.name}


# --- Excel ----------------------------------------------------------------------------


def test_text_that_looks_like_anything_is_text_in_excel(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    write(out, [frame_of(quiet(*HOSTILE))], rules)
    sheet = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'ref="A1:P24"' in sheet.partition("<autoFilter")[2]
    assert '<pane ySplit="1"' in sheet


def test_excel_says_on_a_second_sheet_what_the_first_one_means(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    write(out, [frame_of(SOME)], rules, wide=True)
    about = pl.read_excel(out, sheet_name="about", has_header=False)
    told = dict(about.drop_nulls().rows())
    assert told["Rules fingerprint"] == rules.fingerprint
    assert told["Remember"] == rules.catalogue.footer
    assert told["measured_low"] == "A reported test is below the range."
    assert {"*_level", "urgency_step", "same_day"} <= set(told)


def test_more_rows_than_a_sheet_holds_are_refused_and_fewer_are_not(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xlsx"
    assert most_rows(out) == 2**20 - 1
    assert most_rows(Path("out.csv")) is None
    monkeypatch.setattr(excel, "MOST_ROWS", 3)
    write(out, [frame_of(quiet("a", "b")), frame_of(quiet("c"))], rules)
    with pytest.raises(FileError, match=r"name a `\.csv` or `\.parquet`"):
        write(out, [frame_of(quiet("a", "b")), frame_of(quiet("c", "d"))], rules)


def test_sheets_that_are_too_large_for_a_plain_zip_are_written(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xlsx"
    # zipfile refuses files that come near its limit, as a real sheet of 2 GiB would.
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 5_000)
    monkeypatch.setattr(excel, "_LARGE", 4_000)
    results = frame_of(quiet(*(f"p{number}" for number in range(500))))
    write(out, [results], rules)
    assert read(out, LONG)["subject_id"].to_list() == results["subject_id"].to_list()


def test_every_part_of_a_workbook_is_xml(rules: minsight.Rules, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    write(out, [frame_of(quiet(*HOSTILE, "a\x00b", "\ufffe"))], rules)
    with zipfile.ZipFile(out) as parts:
        for name in parts.namelist():
            ET.fromstring(parts.read(name))


def test_text_that_no_cell_can_hold_is_cut_and_counted(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    ids = ("\U0001f600" * 16_000, "y" * 16_001, "a\x00b")
    assert write(out, [frame_of(quiet(*ids))], rules) == 2
    found = read(out, LONG)["subject_id"].to_list()
    assert found == [ids[0], "y" * 15_999 + "\u2026", "a\ufffdb"]


# --- what is asked for ----------------------------------------------------------------


def test_a_name_asks_for_a_format_in_any_case() -> None:
    found = [ending_of(Path(f"A.b{ending.upper()}")) for ending in RESULTS]
    assert [ending.text for ending in found] == [*RESULTS]
    assert all(ending.writer for ending in found)
    assert ending_of("out.parquet.gz").writer is None
    assert ending_of("out.docx").writer is None


def test_full_assessments_stand_under_names_of_json_or_without_an_ending() -> None:
    records = ("out", "out.json", "out.JSONL", "out.ndjson")
    assert {ending_of(name).writer for name in records} == {"records"}
    assert ending_of("out.jsonl.gz").writer is None


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("out.docx", {}, r"`\.xlsx`"),
        ("out", {}, r"`\.csv`"),
        ("out.fhir.json", {"wide": True}, "leave it out"),
        ("out.csv", {"validate": True}, "only FHIR"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    name: str,
    options: dict[str, bool],
    told: str,
    rules: minsight.Rules,
    tmp_path: Path,
) -> None:
    out = tmp_path / name
    with pytest.raises(FileError, match=told):
        sink_for(out, out, rules=rules, **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [("out.xlsx", "xlsxwriter", "excel"), ("out.fhir.json", "fhir.resources", "fhir")],
)
def test_a_package_that_is_missing_is_told_before_the_work(
    name: str,
    package: str,
    extra: str,
    rules: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(FileError, match=rf"`{name}` .*minsight\[{extra}\]"):
        sink_for(Path(name), Path(name), rules=rules, validate=extra == "fhir")
