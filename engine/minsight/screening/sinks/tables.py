"""Tables: results and rejects as CSV and TSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import polars as pl
from polars import DataFrame, Series

from minsight.files.formulas import as_text
from minsight.screening.formats import Ending
from minsight.screening.results.layouts import Layout
from minsight.screening.sinks.safety import made_safe
from minsight.screening.sinks.writing import Write, output_bytes

_NONE: Final = pl.lit(value=False)


@contextmanager
def delimited_sink(target: Path, layout: Layout, ending: Ending) -> Iterator[Write]:
    """Separated text in UTF-8; cells are made safe for spreadsheets."""
    with output_bytes(target, ending) as file:
        yield _Delimited(file, layout, ending.separator)


class _Delimited:
    def __init__(self, file: IO[bytes], layout: Layout, separator: str) -> None:
        self._file, self._layout, self._separator = file, layout, separator
        self.made_safe = 0
        write_header(DataFrame(schema=layout.schema), file, separator=separator)

    def __call__(self, results: DataFrame, /) -> None:
        table = self._layout.laid_out(results)
        self.made_safe += write_rows(table, self._file, separator=self._separator)


def write_header(table: DataFrame, file: IO[bytes], *, separator: str = ",") -> None:
    """Write the names of the columns."""
    header = table.clear().rename({name: as_text(name) for name in table.columns})
    header.write_csv(file, separator=separator)


def write_rows(table: DataFrame, file: IO[bytes], *, separator: str = ",") -> int:
    """Write the rows; gives how many cells were made safe.

    Polars does not quote a lone carriage return, which many readers take for the end of
    a row: in rows that have one, every text is quoted.
    """
    safe, changed = made_safe(table)
    texts = pl.selectors.string()
    returns = pl.any_horizontal(texts.str.contains("\r", literal=True), _NONE)
    first = 0
    for count, quoted in _runs(safe.select(returns.fill_null(_NONE)).to_series()):
        safe.slice(first, count).write_csv(
            file,
            separator=separator,
            include_header=False,
            quote_style="non_numeric" if quoted else "necessary",
        )
        first += count
    return changed


def _runs(marks: Series) -> Iterator[tuple[int, bool]]:
    """How many rows that are marked alike follow each other, and whether they are."""
    return marks.rle().struct.unnest().iter_rows()
