"""Expressions: a circuit in the words of a library of frames.

The words are those that Polars and Narwhals have in common. Narwhals speaks to frames
of every kind; to Polars its own words are given, because to make thousands of
expressions and have them translated takes longer than to assess a hundred thousand
people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import add, and_, or_
from types import MappingProxyType, ModuleType
from typing import Any, Final, TypeAlias

from minsight.ages import parse_age
from minsight.logic.atoms import GIVEN, Atom, parse
from minsight.logic.circuit import Circuit, Definition, Signal, Wire
from minsight.logic.program import PointSum, Program

AGE_COLUMN: Final = "age_days"
SEX_COLUMN: Final = "sex"
LIMITS: Final = "limit:"
"""How the names of columns begin that say on which side of numbers values are."""
_MOST_IN_8_BITS: Final = 127
_BEYOND: Final = {"value_from": "below", "value_below": "above"}
"""On which side a limit leaves open what the atoms say."""

Expr: TypeAlias = Any
"""An expression of the library."""


def points_of(mineral: str) -> str:
    """The column that holds the points of a mineral."""
    return f"points:{mineral}"


def limit_column(measurement: str) -> str:
    """The column that says on which side of its numbers values are, if on one only.

    `below` or `above`; null where the number is the value.
    """
    return f"{LIMITS}{measurement}"


def can_be_given(atom: Atom) -> bool:
    """Whether the column of some table could give the atom."""
    return _column_of(atom) is not None


def given_by(columns: Collection[str], atoms: Iterable[Atom]) -> list[Atom]:
    """Those of the atoms that tables with these columns can give."""
    return [atom for atom in atoms if _column_of(atom) in columns]


class Expressions:
    """The expressions of a circuit, as steps that each read what was there before.

    `given` tells its inputs from the columns of a table. `steps` go on from the inputs;
    the last one tells the outputs of `asked` and the points of each scored mineral.
    Atoms of `unless` hold of whoever gives none of the atoms that rule them out.
    `columns` are those of the table, among them such as tell limits.
    """

    def __init__(
        self,
        program: Program,
        circuit: Circuit,
        asked: Iterable[Atom],
        *,
        library: ModuleType,
        columns: Collection[str] = (),
        unless: Mapping[Atom, Collection[Atom]] = MappingProxyType({}),
    ) -> None:
        self._in, self._columns = library, columns
        self.given: list[Expr] = [
            (self._but(unless[atom]) if atom in unless else self._given(atom)).alias(
                atom
            )
            for atom in circuit.inputs
        ]
        between = [list(map(self._defined, step)) for step in circuit.steps]
        outputs = circuit.outputs
        last = [
            *(self._signal(outputs[atom]).alias(atom) for atom in asked),
            *self._points(program, outputs),
        ]
        self.steps: list[list[Expr]] = [s for s in (*between, last) if s]

    def _given(self, atom: Atom) -> Expr:
        """Whether what a column gives says so; not where it is null."""
        told = _told(atom, self._in.col(_column_of(atom))).fill_null(value=False)
        match parse(atom):
            case (("value_from" | "value_below") as kind, (of, _)) if (
                limit_column(of) in self._columns
            ):
                limit = self._in.col(limit_column(of))
                return told & ~(limit == _BEYOND[kind]).fill_null(value=False)
            case _:
                return told

    def _but(self, unless: Iterable[Atom]) -> Expr:
        """Whether none of the atoms is given."""
        return reduce(and_, (~self._given(a) for a in unless), self._in.lit(value=True))

    def _defined(self, definition: Definition) -> Expr:
        ways = (reduce(and_, map(self._wire, body)) for body in definition.bodies)
        return reduce(or_, ways).alias(definition.name)

    def _wire(self, wire: Wire) -> Expr:
        column = self._in.col(wire.name)
        return ~column if wire.negated else column

    def _signal(self, signal: Signal) -> Expr:
        return self._wire(signal) if isinstance(signal, Wire) else self._in.lit(signal)

    def _points(
        self, program: Program, outputs: Mapping[Atom, Signal]
    ) -> Iterator[Expr]:
        for mineral in program.minerals:
            own = [t for t in program.point_sums if t.mineral == mineral]
            total = reduce(
                add, (self._summed(t, outputs) for t in own), self._number(0)
            )
            yield total.alias(points_of(mineral))

    def _summed(self, point_sum: PointSum, outputs: Mapping[Atom, Signal]) -> Expr:
        """The sum of one point_sum, in the fewest bits that hold it."""
        worth = [
            (signal, value)
            for atom, value in point_sum.entries
            if value and (signal := outputs[atom]) is not False
        ]
        small = sum(abs(value) for _, value in worth) <= _MOST_IN_8_BITS
        kind = self._in.Int8 if small else self._in.Int16
        nothing = self._in.lit(0, dtype=kind)
        each = (
            self._in.when(self._signal(signal))
            .then(self._in.lit(value, dtype=kind))  # faster than a cast of the signal
            .otherwise(nothing)
            for signal, value in worth
        )
        total = reduce(add, each, nothing).cast(self._in.Int16)
        if point_sum.cap is None:
            return total
        most = self._number(point_sum.cap)
        return self._in.when(total > point_sum.cap).then(most).otherwise(total)

    def _number(self, value: int) -> Expr:
        return self._in.lit(value, dtype=self._in.Int16)


def _column_of(atom: Atom) -> str | None:
    """The column that can give an atom, whatever its value."""
    match parse(atom):
        case "sex", _:
            return SEX_COLUMN
        case (("age_from" | "age_below"), _):
            return AGE_COLUMN
        case kind, (name, *_) if kind in GIVEN:
            return name
        case _:
            return None


def _told(atom: Atom, column: Expr) -> Expr:
    """Whether the values of its column say what the atom does."""
    match parse(atom):
        case (("observed" | "group"), _):
            return column
        case (("excluded" | "outside_group"), _):
            return ~column
        case "sex", (sex,):
            return column == sex
        case "age_from", (age,):
            return column >= parse_age(age)
        case "age_below", (age,):
            return column < parse_age(age)
        case "value_from", (_, cutoff):
            return column >= float(cutoff)
        case "value_below", (_, cutoff):
            return column < float(cutoff)
        case _:
            raise ValueError(f"no column can give `{atom}`")
