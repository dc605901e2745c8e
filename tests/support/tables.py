"""Given atoms as one row of a table: the column of each id, age, sex and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from minsight.ages import parse_age
from minsight.logic.atoms import Atom, named_by, parse, positive
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
        kind, about = parse(positive(atom))
        if kind in ANSWERS:
            types[about[0]] = pl.Boolean
        elif kind in ("value_below", "value_from"):
            types[about[0]] = pl.Float64
    types |= {"age_days": pl.Float64, "sex": pl.String}
    rows = [_row(start) for start in starts]
    columns = {name: [row.get(name) for row in rows] for name in types}
    return pl.DataFrame(columns, schema=types)


def _row(start: Iterable[Atom]) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for atom in start:
        kind, about = parse(atom)
        if kind in ANSWERS:
            row[about[0]] = ANSWERS[kind]
        elif kind == "sex":
            row["sex"] = about[0]
    if named_by(start, "age_from", "age_below"):
        passed = map(parse_age, named_by(start, "age_from"))
        row["age_days"] = max(passed, default=0.0)
    return row | dict(_values(start))


def _values(start: Iterable[Atom]) -> Iterable[tuple[str, float]]:
    """A value for each measurement that meets all its boundaries."""
    reached: dict[str, list[float]] = {}
    missed: dict[str, list[float]] = {}
    for atom in start:
        kind, about = parse(atom)
        if kind in ("value_from", "value_below"):
            name, cutoff = about
            bounds = reached if kind == "value_from" else missed
            bounds.setdefault(name, []).append(float(cutoff))
    for name in reached.keys() | missed.keys():
        lowest = min(missed.get(name, [float("inf")]))
        yield name, max(reached.get(name, [lowest / 2]))
