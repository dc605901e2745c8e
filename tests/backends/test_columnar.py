"""The columnar backend gives to every row what the reference evaluator gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import minsight
from minsight.backends.columnar import ColumnarTables
from minsight.backends.expressions import points_of
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.compiler.lowering import lower
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.circuit import circuit_of
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from random_laws import examples
from strategies import given_sets, shipped
from tables import table_of

SHIPPED = lower(shipped())


def heads(program: Program) -> list[Atom]:
    """Everything that a program can derive, and the absences that it completes."""
    derived = {clause.head for clause in program.clauses}
    absences = {atoms.negated(a) for s in program.strata for a in s.completes}
    return sorted(derived | absences)


@lru_cache(maxsize=1)
def backend_of(program: Program) -> ColumnarTables:
    """The backend of a table with every column that the program can read."""
    columns = table_of(program, []).columns
    return ColumnarTables(program, columns, wanted=heads(program))


def assert_agreement(program: Program, starts: list[frozenset[Atom]]) -> None:
    wanted = heads(program)
    found: pl.DataFrame = backend_of(program).evaluate(table_of(program, starts))
    reference = Reference(program)
    for start, row in zip(starts, found.iter_rows(named=True), strict=True):
        holds = reference.closure(start)
        assert [a for a in wanted if a in holds] == [a for a in wanted if row[a]]
        points = {mineral: row[points_of(mineral)] for mineral in program.minerals}
        assert points == dict(reference.points(holds))


@examples(30)
@given(starts=st.lists(given_sets(SHIPPED, shipped()), min_size=1, max_size=30))
def test_the_shipped_rules_mean_the_same_in_columns(
    starts: list[frozenset[Atom]],
) -> None:
    assert_agreement(SHIPPED, starts)


@examples(10)
@given(
    start=given_sets(SHIPPED, shipped()),
    kept=st.sets(st.integers(0, 10_000), max_size=40),
)
def test_a_column_that_is_not_there_is_a_column_of_unknowns(
    start: frozenset[Atom], kept: set[int]
) -> None:
    table = table_of(SHIPPED, [start])
    names = sorted({table.columns[number % table.width] for number in kept})
    few = table.select(names) if names else table.select(pl.lit(0).alias("row"))
    emptied = table.with_columns(
        pl.lit(None, dtype).alias(name)
        for name, dtype in table.schema.items()
        if name not in names
    )
    wanted = heads(SHIPPED)
    narrow = ColumnarTables(SHIPPED, few.columns, wanted=wanted).evaluate(few)
    wide = backend_of(SHIPPED).evaluate(emptied)
    assert narrow.select(wanted).equals(wide.select(wanted))


FRAMES: Final[Mapping[str, Callable[[pl.DataFrame], Any]]] = {
    "lazy Polars": pl.DataFrame.lazy,
    "PyArrow": lambda table: table.to_arrow(compat_level=pl.CompatLevel.oldest()),
    "pandas": lambda table: table.to_pandas(use_pyarrow_extension_array=True),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_of_every_kind_are_told_the_same(
    kind: str, rules: minsight.Rules
) -> None:
    cases, _ = read_cases(rules_folder())
    answers = (
        enter(subject_of(person.subject), rules.vocabulary)
        for file in cases.values()
        for person in file.people[:2]
    )
    starts = [given_atoms(one, rules.program, rules.vocabulary) for one in answers]
    table = table_of(rules.program, starts)
    backend = backend_of(rules.program)
    given = FRAMES[kind](table)
    found = backend.evaluate(given)
    assert type(found) is type(given)
    expected = backend.evaluate(table)
    assert expected.select(pl.any_horizontal(pl.col(pl.Boolean)).any()).item()
    told = nw.from_native(found).lazy().collect("polars").to_native()
    assert_frame_equal(told, expected, check_dtypes=False)


def test_a_circuit_holds_nothing_that_its_columns_cannot_move() -> None:
    levels = [atoms.level("zinc", "typical_pattern")]
    only = atoms.observed("periorificial_rash")
    whole = circuit_of(SHIPPED, given_inputs(SHIPPED), levels)
    part = circuit_of(SHIPPED, [only], levels)
    assert sum(map(len, part.steps)) < sum(map(len, whole.steps)) / 10
    assert set(part.inputs) <= {only}


def given_inputs(program: Program) -> list[Atom]:
    derived = {clause.head for clause in program.clauses}
    read = {atom for clause in program.clauses for atom in clause.body}
    return sorted(atom for atom in read - derived if not atom.startswith("not:"))
