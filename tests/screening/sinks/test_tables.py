"""Separated text is read back by other libraries as the rows that were written."""

from __future__ import annotations

import csv
import io

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.files.formulas import as_text
from minsight.screening.sinks.tables import write_header, write_rows
from random_laws import examples

CELLS = st.text(st.sampled_from("a=+-@'\"\r\n\t,;| \u2028\x85\uff1d"), max_size=6)


@given(
    st.lists(st.tuples(CELLS, st.integers(-2, 2), CELLS), max_size=5),
    st.sampled_from(",\t"),
)
@examples(100)
def test_rows_are_read_back_as_they_were_and_no_cell_is_a_formula(
    rows: list[tuple[str, int, str]], separator: str
) -> None:
    table = pl.DataFrame(
        rows, {"a": pl.String, "n": pl.Int8, "=b": pl.String}, orient="row"
    )
    file = io.BytesIO()
    write_header(table, file, separator=separator)
    changed = write_rows(table, file, separator=separator)
    text = io.StringIO(file.getvalue().decode(), newline="")
    header, *read = csv.reader(text, delimiter=separator, strict=True)
    assert header == ["a", "n", "'=b"]
    assert read == [[as_text(a), str(n), as_text(b)] for a, n, b in rows]
    assert changed == sum(as_text(cell) != cell for a, _, b in rows for cell in (a, b))
    assert not any(
        row[at][:1] in set("=+-@") for row in read for at in (0, 2) if row[at]
    )


@pytest.mark.parametrize("cell", ["a\r=1+1", "\r=1", "a\rb\nc", 'a"\rb', "a\r"])
def test_a_lone_carriage_return_ends_no_row(cell: str) -> None:
    file = io.BytesIO()
    table = pl.DataFrame({"a": [cell, "x"], "b": ["1", "2"]})
    write_header(table, file)
    write_rows(table, file)
    file.seek(0)
    read = pd.read_csv(file, dtype=str)
    assert read["a"].to_list() == [as_text(cell), "x"]
    assert read["b"].to_list() == ["1", "2"]
