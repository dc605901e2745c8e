"""A workbook that would take all memory is refused before it is loaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from minsight.errors import FileError
from minsight.screening.sources import workbooks as module
from minsight.screening.sources.source import source_of
from minsight.screening.sources.tables import heading_of_table
from minsight.screening.sources.workbooks import refuse_huge


def book_with(path: Path, *cells: tuple[int, int]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "itch"])
        for row, column in cells:
            sheet.write(row, column, "x")
    return path


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (999_999, 701)])
def test_a_cell_far_out_is_told_and_not_loaded(
    far: tuple[int, int], tmp_path: Path
) -> None:
    path = book_with(tmp_path / "far.xlsx", (1, 0), far)
    told = (
        rf"`.*far\.xlsx` has a cell so far out .* {far[0] + 1:,} rows of {far[1] + 1:,}"
    )
    with pytest.raises(FileError, match=told):
        heading_of_table(source_of(path))


@pytest.mark.parametrize("near", [(1_048_575, 0), (0, 16_383), (500_000, 10)])
def test_what_is_long_or_wide_alone_is_no_fault(
    near: tuple[int, int], tmp_path: Path
) -> None:
    with book_with(tmp_path / "near.xlsx", near).open("rb") as file:
        refuse_huge(file, "near.xlsx")
        assert file.tell() == 0


def test_what_unpacks_to_far_more_than_a_workbook_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 1_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b"<si><t/></si>" * 100_000)
    with pytest.raises(FileError, match=r"`d\.xlsx` unpacks to 1 MiB, which"):
        refuse_huge(file, "d.xlsx")


@pytest.mark.parametrize(
    "place", [b'r="ZZZZ99"', b"r = 'xfd1048576'", b'r="A99999999999"']
)
def test_a_place_that_no_program_writes_is_seen_too(place: bytes) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        cells = b'<row r="1"><c r="B1"/><c ' + place + b"/></row>"
        parts.writestr("xl/worksheets/sheet1.xml", cells)
    with pytest.raises(FileError, match=r"`d\.xlsx` has a cell so far out"):
        refuse_huge(file, "d.xlsx")


def test_what_is_no_package_is_left_to_its_reader() -> None:
    refuse_huge(io.BytesIO(b"\xd0\xcf\x11\xe0"), "d.xls")
