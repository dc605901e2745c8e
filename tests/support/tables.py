"""Given atoms as one row of a table: the column of each id, age, sex and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from minsight.ages import parse_age
from minsight.logic.atoms import Atom
from minsight.logic.program import Program

Cell = bool | float | str
ANSWERS: Mapping[str, bool] = {
    "observed": True,
    "group": True,
    "excluded": False,
    "outside_group": False,
}


def table_of(program: Program, starts: Sequence[Iterable[Atom]]) -> pl.DataFrame:
    """A row for each set of given atoms, which must not contradict themselves.

    Every column that the program could read is there.
    """
    types: dict[str, type[pl.DataType]] = {}
    read = {a for clause in program.clauses for a in (clause.head, *clause.body)}
    read |= {atom for point_sum in program.point_sums for atom, _ in point_sum.entries}
    for atom in sorted(read):
        kind, _, rest = atom.removeprefix("not:").partition(":")
        if kind in ANSWERS:
            types[rest] = pl.Boolean
        elif kind in ("value_below", "value_from"):
            types[rest.rpartition(":")[0]] = pl.Float64
    types |= {"age_days": pl.Float64, "sex": pl.String}
    rows = [_row(start) for start in starts]
    columns = {name: [row.get(name) for row in rows] for name in types}
    return pl.DataFrame(columns, schema=types)


def _row(start: Iterable[Atom]) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for atom in start:
        kind, _, rest = atom.partition(":")
        if kind in ANSWERS:
            row[rest] = ANSWERS[kind]
        elif kind == "sex":
            row["sex"] = rest
    ages = {a for a in start if a.startswith("age_")}
    if ages:
        passed = [parse_age(a.partition(":")[2]) for a in ages if "from" in a]
        row["age_days"] = max(passed, default=0.0)
    return row | dict(_values(start))


def _values(start: Iterable[Atom]) -> Iterable[tuple[str, float]]:
    """A value for each measurement that meets all its boundaries."""
    reached: dict[str, list[float]] = {}
    missed: dict[str, list[float]] = {}
    for atom in start:
        kind, _, rest = atom.partition(":")
        name, _, cutoff = rest.rpartition(":")
        if kind in ("value_from", "value_below"):
            bounds = reached if kind == "value_from" else missed
            bounds.setdefault(name, []).append(float(cutoff))
    for name in reached.keys() | missed.keys():
        lowest = min(missed.get(name, [float("inf")]))
        yield name, max(reached.get(name, [lowest / 2]))
