"""The columnar backend: a program as expressions on columns, for many people at once.

One row is one person. A column named by the id of a finding or group holds true, false
or null (observed, excluded, unknown); `age_days` and each measurement hold numbers,
`sex` holds `female` or `male`. Beside a measurement, `limit:<id>` may say that a value
is only known to be on one side of its number, `below` or `above`. What no column can
give is unknown for everybody, and the circuit leaves it out.

Any frame that Narwhals knows can be evaluated. People whose atoms are known are rows of
a table that holds the atoms themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl

from minsight.backends.expressions import Expressions, can_be_given, given_by, points_of
from minsight.backends.prepared import Prepared
from minsight.logic.atoms import Atom, negated
from minsight.logic.backend import Evaluation
from minsight.logic.circuit import circuit_of
from minsight.logic.program import Program

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

_PERSON: Final = ":person"
"""A column beside the atoms, so that people of whom nothing is known have rows."""


class ColumnarBackend:
    """Evaluates one program for people of whom the given atoms are known."""

    def __init__(self, program: Program) -> None:
        derived = {clause.head for clause in program.clauses}
        absences = {negated(a) for s in program.strata for a in s.completes}
        self._wanted = sorted(derived | absences)
        self._points = {mineral: points_of(mineral) for mineral in program.minerals}
        outputs = [*self._wanted, *_summed(program)]
        inputs = filter(can_be_given, _spoken_of(program).union(outputs))
        circuit = circuit_of(program, sorted(inputs), outputs)
        self._inputs = circuit.inputs
        self._steps = Expressions(program, circuit, self._wanted, library=pl).steps
        self._prepared = Prepared(self._asked)

    def evaluate(self, given: Iterable[Atom]) -> Evaluation:
        (evaluation,) = self.evaluate_all([given])
        return evaluation

    def evaluate_all(self, people: Sequence[Iterable[Atom]]) -> list[Evaluation]:
        starts = [frozenset(given) for given in people]
        table = pl.DataFrame({_PERSON: range(len(starts))}).with_columns(
            pl.Series(atom, [atom in start for start in starts], pl.Boolean)
            for atom in self._inputs
        )
        (found,) = self._prepared.of(table)
        rows = found.iter_rows(named=True)
        return [self._told(*pair) for pair in zip(starts, rows, strict=True)]

    def _asked(self, lazy: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
        for step in self._steps:
            lazy = lazy.with_columns(*step)
        yield lazy.select(*self._wanted, *self._points.values())

    def close(self) -> None:
        """There is nothing to free."""

    def _told(self, start: frozenset[Atom], row: Mapping[str, Any]) -> Evaluation:
        holds = start.union(atom for atom in self._wanted if row[atom])
        return Evaluation(holds, {m: row[name] for m, name in self._points.items()})


class ColumnarTables:
    """Evaluates one program for tables with the given columns.

    `wanted` are the atoms whose truth the caller reads. Atoms of `unless` hold of
    whoever gives none of the atoms that rule them out, whatever the columns say.

    >>> import polars
    >>> from minsight.logic.program import Clause, Stratum
    >>> pale, ill = Atom("observed:pallor"), Atom("ill")
    >>> program = Program(
    ...     (Stratum("s", (Clause(ill, (pale,), "shared"),), ()),), (), (), (), (), ""
    ... )
    >>> people = polars.DataFrame({"pallor": [True, False, None]})
    >>> tables = ColumnarTables(program, ["pallor"], wanted=[ill])
    >>> tables.evaluate(people)["ill"].to_list()
    [True, False, False]
    """

    def __init__(
        self,
        program: Program,
        columns: Collection[str],
        *,
        wanted: Iterable[Atom],
        unless: Mapping[Atom, Collection[Atom]] = MappingProxyType({}),
    ) -> None:
        self._program, self._asked = program, tuple(dict.fromkeys(wanted))
        self._columns = frozenset(columns)
        self._unless = {
            a: given_by(columns, ruled_out) for a, ruled_out in unless.items()
        }
        outputs = [*self._asked, *_summed(program)]
        spoken_of = _spoken_of(program).union(outputs)
        inputs = {*given_by(columns, spoken_of), *spoken_of.intersection(unless)}
        self._circuit = circuit_of(program, sorted(inputs), outputs)
        self._names = [*self._asked, *map(points_of, program.minerals)]
        self._prepared: dict[tuple[str, ...], Prepared] = {}
        told = self._circuit.outputs
        self.possible = frozenset(a for a in self._asked if told[a] is not False)
        """The wanted atoms that hold for somebody; the others hold for nobody."""

    def evaluate(self, people: IntoFrame, *, keep: Iterable[str] = ()) -> Any:
        """A table with a Boolean column for each wanted atom, in the order of the rows.

        `points:<mineral>` holds the points of each scored mineral; the columns to
        `keep` come first. The result is a frame of the kind that was given; a lazy one
        stays lazy.
        """
        names = (*keep, *self._names)
        if isinstance(people, pl.DataFrame):
            return self._of_polars(people, names)
        if isinstance(people, pl.LazyFrame):
            return _evaluated(people, names, self._expressions(pl))
        known = nw.from_native(people)
        return _evaluated(known, names, self._expressions(nw)).to_native()

    def _expressions(self, library: ModuleType) -> Expressions:
        return Expressions(
            self._program,
            self._circuit,
            self._asked,
            library=library,
            columns=self._columns,
            unless=self._unless,
        )

    def _of_polars(self, people: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
        if names not in self._prepared:
            expressions = self._expressions(pl)
            self._prepared[names] = Prepared(
                lambda lazy: [_evaluated(lazy, names, expressions)]
            )
        (found,) = self._prepared[names].of(people)
        return found


def _evaluated(people: Any, names: Iterable[str], expressions: Expressions) -> Any:
    """A frame of the library of the expressions, with what was asked."""
    for step in (expressions.given, *expressions.steps):
        people = people.with_columns(*step)
    return people.select(*names)


def _spoken_of(program: Program) -> set[Atom]:
    return {a for clause in program.clauses for a in (clause.head, *clause.body)}


def _summed(program: Program) -> list[Atom]:
    return [atom for points in program.point_sums for atom, _ in points.entries]
