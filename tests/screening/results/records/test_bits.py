"""Packed columns and fits say what the columns and the fit itself say."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from minsight.knowledge.catalogue import Fit
from minsight.logic.atoms import Atom
from minsight.screening.results.records.bits import (
    PackedColumns,
    atoms_of,
    fits,
    met,
    one_number,
    places_in,
)

NAMES = [Atom(f"a{number}") for number in range(70)]
ROWS = st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=4)
PARTS = st.sampled_from(NAMES[:5]) | st.builds(
    Fit, st.integers(0, 3), st.lists(st.sampled_from(NAMES[:5])).map(tuple)
)
FITS = st.builds(Fit, st.integers(0, 4), st.lists(PARTS, max_size=4).map(tuple))


def table_of(rows: list[set[Atom]]) -> pl.DataFrame:
    return pl.DataFrame({name: [name in row for row in rows] for name in NAMES})


@given(rows=ROWS)
def test_what_was_packed_is_found_again(rows: list[set[Atom]]) -> None:
    packed = PackedColumns([pl.col(name) for name in NAMES], prefix="key ")
    numbers = table_of(rows).select(packed.exprs).rows()
    found = [{NAMES[place] for place in places_in(one_number(row))} for row in numbers]
    assert rows == found


@given(rows=ROWS, fit=FITS)
def test_a_fit_holds_in_columns_where_it_holds_of_the_person(
    rows: list[set[Atom]], fit: Fit
) -> None:
    assert set(atoms_of(fit)) <= set(NAMES)
    table = table_of(rows)
    told = table.select(
        pl.col(NAMES[0]).alias("any"), fits(fit).alias("fits"), met(fit).alias("met")
    )
    assert [fit.holds(row) for row in rows] == told["fits"].to_list()
    assert [fit.met(row) for row in rows] == told["met"].to_list()
