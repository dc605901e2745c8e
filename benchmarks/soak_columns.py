"""The columnar engine against the reference, table by table, in several processes."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import polars as pl

import minsight
from minsight.backends.columnar import ColumnarTables
from minsight.backends.expressions import AGE_COLUMN, SEX_COLUMN, points_of
from minsight.logic import atoms
from minsight.logic.atoms import Atom, is_negated
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from subjects import Choices, Drawn, Given, choices_of, random_subject

ROWS: Final = 2_000
"""How many subjects make a table."""

Difference: TypeAlias = tuple[Given, frozenset[Atom], frozenset[Atom]]
"""Given atoms, and what only the reference and only the columns derive from them."""


@dataclass(frozen=True)
class Compared:
    """What the tables of one seed came to; differences in full for the first only."""

    subjects: int
    holds_differ: int = 0
    points_differ: int = 0
    first: tuple[Difference, ...] = field(default=())


class Comparison:
    """Both engines, for tables with every column that a subject can answer."""

    def __init__(self, program: Program, choices: Choices) -> None:
        self._program = program
        self._reference = Reference(program)
        self._schema = _schema(choices)
        heads = {clause.head for clause in program.clauses}
        self._derived = sorted(heads)
        self._absences = sorted(
            atoms.negated(atom) for s in program.strata for atom in s.completes
        )
        wanted = [*self._derived, *self._absences]
        self._columns = ColumnarTables(program, list(self._schema), wanted=wanted)

    def compare(self, people: Sequence[Drawn]) -> Compared:
        """Everything derived, how many absences, and all points must be equal."""
        found = self._columns.evaluate(self._table(people))
        derived = self._held(found)
        absent = found.select(pl.sum_horizontal(self._absences)).to_series()
        points = found.select(map(points_of, self._program.minerals))
        differing: list[Difference] = []
        wrong_points = 0
        for person, mine, absences, own in zip(
            people, derived, absent, points.iter_rows(), strict=True
        ):
            holds = self._reference.closure(person.given)
            expected = holds.intersection(self._derived)
            if mine != expected or absences != _absences(holds):
                differing.append((person.given, expected - mine, mine - expected))
            wrong_points += own != tuple(self._reference.points(holds).values())
        return Compared(len(people), len(differing), wrong_points, tuple(differing[:1]))

    def _table(self, people: Sequence[Drawn]) -> pl.DataFrame:
        columns = {
            name: [person.cells.get(name) for person in people] for name in self._schema
        }
        return pl.DataFrame(columns, schema=self._schema)

    def _held(self, found: pl.DataFrame) -> list[frozenset[Atom]]:
        """For each row, which of the derived atoms hold."""
        held: list[set[Atom]] = [set() for _ in range(found.height)]
        for atom in self._derived:
            for row in found[atom].arg_true().to_list():
                held[row].add(atom)
        return [frozenset(atoms_) for atoms_ in held]


def _absences(holds: frozenset[Atom]) -> int:
    return sum(map(is_negated, holds))


def _schema(choices: Choices) -> Mapping[str, Any]:
    return {
        **dict.fromkeys((*choices.findings, *choices.groups), pl.Boolean),
        **dict.fromkeys(choices.cutoffs, pl.Float64),
        AGE_COLUMN: pl.Float64,
        SEX_COLUMN: pl.String,
    }


def compared(subjects: int, seed: int) -> Iterator[Compared]:
    """Tables of random subjects, compared in as many processes as there are cores."""
    tables = [
        (f"{seed} {first}", min(ROWS, subjects - first))
        for first in range(0, subjects, ROWS)
    ]
    context = multiprocessing.get_context("spawn")  # Polars must not be forked
    with context.Pool(min(len(tables), os.cpu_count() or 1)) as pool:
        yield from pool.imap_unordered(_compared, tables)


def _compared(table: tuple[str, int]) -> Compared:
    comparison, choices = _made()
    seed, rows = table
    chance = random.Random(seed)
    return comparison.compare([random_subject(chance, choices) for _ in range(rows)])


@lru_cache(maxsize=1)
def _made() -> tuple[Comparison, Choices]:
    """What each process makes once."""
    with minsight.load() as rules:
        choices = choices_of(rules)
        return Comparison(rules.program, choices), choices
