"""Excel: results on one sheet, and what they mean on a second one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from polars import Boolean, DataFrame, DataType

from minsight.assessment.engine import Engine
from minsight.errors import FileError
from minsight.files.formulas import FORMULA
from minsight.screening.results.layouts import Layout
from minsight.screening.sinks.safety import held, made_safe
from minsight.screening.sinks.writing import Write

Workbook: TypeAlias = Any
"""xlsxwriter ships no types."""
MOST_ROWS: Final = 1_048_575
"""The rows of a sheet, without its header."""
_MOST_CHARACTERS: Final = 16_000
"""A cell holds 32,767 units of UTF-16, of which a character takes up to two."""
_PATTERN: Final = f"{FORMULA}|^'*<r>"
"""What begins like formatted text would go into the sheet as XML of its own."""
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LARGE: Final = 2_000_000_000
"""zipfile wants its form for large files from 2 GiB less five in a hundred on."""
_WIDTHS: Final = {
    "row": 8, "rank": 6, "points": 7, "mineral": 12, "urgency": 11, "level": 16,
    "file": 24, "subject_id": 18, "urgency_reasons": 30, "reasons": 60, "against": 40,
    "brakes": 16, "age": 10, "sex": 8,
}  # fmt: skip


@contextmanager
def excel_sink(target: Path, layout: Layout, rules: Engine) -> Iterator[Write]:
    """An Excel workbook, written row by row so that no sheet is held in memory.

    All text is written as text: no cell is a formula, a link or a number by its looks.

    Raises:
        FileError: when there are too many rows.
    """
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".sheets-") as folder,
        target.open("wb") as file,
    ):
        book = _workbook(file, folder)
        try:
            sheet = _Sheet(book, layout)
            _about(book, layout, rules)
            yield sheet
            sheet.finish()
            if sum(file.stat().st_size for file in Path(folder).iterdir()) > _LARGE:
                book.use_zip64()
            book.close()
        finally:
            for one in book.worksheets():
                one.row_data_fh.close()


def _workbook(file: IO[bytes], folder: str) -> Workbook:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": folder})
    # The same results give the same bytes; the time of making is the file system's.
    book.set_properties({"title": "minsight results", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    return book


class _Sheet:
    """The sheet of results."""

    def __init__(self, book: Workbook, layout: Layout) -> None:
        self._layout = layout
        self._sheet = book.add_worksheet("results")
        self._rows = 0
        self.made_safe = 0
        bold = book.add_format({"bold": True})
        for place, name in enumerate(layout.schema):
            self._sheet.set_column(place, place, _width_of(name))
            self._sheet.write_string(0, place, name, bold)
        self._sheet.freeze_panes(1, 0)

    def __call__(self, results: DataFrame, /) -> None:
        table = self._layout.laid_out(results)
        if self._rows + table.height > MOST_ROWS:
            raise FileError(
                f"the results have more than the {MOST_ROWS:,} rows that an Excel sheet"
                " can hold; name a `.csv` or `.parquet` file"
            )
        safe, escaped = made_safe(table, pattern=_PATTERN)
        safe, cut = held(safe, most=_MOST_CHARACTERS)
        self.made_safe += escaped + cut
        self._write(safe)

    def _write(self, table: DataFrame) -> None:
        columns = [self._writer_of(kind) for kind in table.schema.values()]
        for row, values in enumerate(table.iter_rows(), start=self._rows + 1):
            for place, value in enumerate(values):
                if value is not None and value != "":
                    columns[place](row, place, value)
        self._rows += table.height

    def _writer_of(self, kind: DataType) -> Callable[[int, int, Any], int]:
        """What writes the cells of a column of this type."""
        sheet = self._sheet
        writer: Callable[[int, int, Any], int]
        if kind.is_numeric():
            writer = sheet.write_number
        elif kind == Boolean:
            writer = sheet.write_boolean
        else:
            writer = sheet.write_string
        return writer

    def finish(self) -> None:
        """Give the header its filters, and ids the right to look like numbers."""
        last = len(self._layout.schema) - 1
        self._sheet.autofilter(0, 0, self._rows, last)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:C{self._rows + 1}"})


def _width_of(name: str) -> int:
    return _WIDTHS.get(name) or _WIDTHS.get(name.rpartition("_")[2], 14)


def _about(book: Workbook, layout: Layout, rules: Engine) -> None:
    """What the columns and words mean, which rules were used, and what to remember."""
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    for row, (name, text) in enumerate(_about_rows(layout, rules)):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text, wrapped)


def _about_rows(layout: Layout, rules: Engine) -> Iterable[tuple[str, str]]:
    catalogue = rules.catalogue
    yield "Remember", catalogue.footer
    yield "Rules version", rules.version
    yield "Rules fingerprint", rules.fingerprint
    yield "", ""
    yield "Column", "Meaning (* stands for each mineral)"
    yield from layout.meanings.items()
    yield "", ""
    yield "Level", "Meaning"
    yield from ((level.id, level.sentence) for level in catalogue.levels)
    yield "", ""
    yield "Urgency", "Meaning"
    yield from catalogue.urgencies.items()
