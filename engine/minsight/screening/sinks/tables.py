"""Tables: results as CSV and TSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from polars import DataFrame

from minsight.screening.formats import Ending
from minsight.screening.results.layouts import Layout
from minsight.screening.sinks.safety import made_safe
from minsight.screening.sinks.writing import Write, output_bytes


@contextmanager
def delimited_sink(target: Path, layout: Layout, ending: Ending) -> Iterator[Write]:
    """Separated text in UTF-8; cells are made safe for spreadsheets."""
    with output_bytes(target, ending) as file:
        yield _Delimited(file, layout, ending.separator)


class _Delimited:
    def __init__(self, file: IO[bytes], layout: Layout, separator: str) -> None:
        self._file, self._layout, self._separator = file, layout, separator
        self.made_safe = 0
        DataFrame(schema=layout.schema).write_csv(file, separator=separator)

    def __call__(self, results: DataFrame, /) -> None:
        safe, changed = made_safe(self._layout.laid_out(results))
        safe.write_csv(self._file, separator=self._separator, include_header=False)
        self.made_safe += changed
