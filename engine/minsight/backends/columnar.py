"""The columnar backend: a program as Narwhals expressions, for many people at once.

One row is one person. A column named by the id of a finding or group holds true, false
or null (observed, excluded, unknown); `age_days` and each measurement hold numbers,
`sex` holds `female` or `male`. What no column can give is unknown for everybody, and
the circuit leaves it out.

Every expression is made with Narwhals, so any of its frames can be evaluated. For
Polars, what Narwhals made of them is kept: translating thousands of expressions takes
longer than evaluating them for a hundred thousand people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl

from minsight.ages import parse_age
from minsight.atoms import Atom
from minsight.backends.prepared import Prepared
from minsight.circuit import Circuit, Definition, Signal, Wire, circuit_of
from minsight.program import Program, Tally

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

AGE: Final = "age_days"
SEX: Final = "sex"
_MOST_IN_8_BITS: Final = 127


class ColumnarBackend:
    """Evaluates one program for tables with the given columns.

    `wanted` are the atoms whose truth the caller reads.

    >>> import polars
    >>> from minsight.program import Clause, Stratum
    >>> pale, ill = Atom("observed:pallor"), Atom("ill")
    >>> program = Program(
    ...     (Stratum("s", (Clause(ill, (pale,), "shared"),), ()),), (), (), (), (), ""
    ... )
    >>> people = polars.DataFrame({"pallor": [True, False, None]})
    >>> backend = ColumnarBackend(program, ["pallor"], wanted=[ill])
    >>> backend.evaluate(people)["ill"].to_list()
    [True, False, False]
    """

    def __init__(
        self, program: Program, columns: Collection[str], *, wanted: Iterable[Atom]
    ) -> None:
        asked = tuple(dict.fromkeys(wanted))
        tallied = [atom for tally in program.tallies for atom, _ in tally.entries]
        inputs = dict(_inputs(program, [*asked, *tallied], columns))
        circuit = circuit_of(program, inputs, [*asked, *tallied])
        self._first = [inputs[atom].alias(atom) for atom in circuit.inputs]
        self._steps = [list(map(_defined, step)) for step in circuit.steps]
        self._last = [
            *(_signal(circuit.outputs[atom]).alias(atom) for atom in asked),
            *_points(program, circuit),
        ]
        self._names = [*asked, *map(points_of, program.minerals)]
        self._prepared: dict[tuple[str, ...], Prepared] = {}
        self.possible = frozenset(a for a in asked if circuit.outputs[a] is not False)
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
        return self._evaluated(nw.from_native(people)).select(*names).to_native()

    def _of_polars(self, people: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
        if names not in self._prepared:

            def asked(lazy: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
                yield self._evaluated(nw.from_native(lazy)).select(*names).to_native()

            self._prepared[names] = Prepared(asked)
        (found,) = self._prepared[names].of(people)
        return found

    def _evaluated(self, people: Any) -> Any:
        """A frame of Narwhals, with all that is defined."""
        for step in filter(None, (self._first, *self._steps, self._last)):
            people = people.with_columns(*step)
        return people


def points_of(mineral: str) -> str:
    """The column that holds the points of a mineral."""
    return f"points:{mineral}"


def _inputs(
    program: Program, asked: Iterable[Atom], columns: Collection[str]
) -> Iterator[tuple[Atom, nw.Expr]]:
    """What the columns can give of the atoms that are read, derived or asked for."""
    spoken_of = {a for clause in program.clauses for a in (clause.head, *clause.body)}
    for atom in sorted(spoken_of.union(asked)):
        given = _given(atom)
        if given is not None and given[0] in columns:
            yield atom, given[1].fill_null(value=False)


def _given(atom: Atom) -> tuple[str, nw.Expr] | None:
    """The column that can give an atom, and the expression that does."""
    kind, _, rest = atom.partition(":")
    match kind:
        case "observed" | "group":
            return rest, nw.col(rest)
        case "excluded" | "outside_group":
            return rest, ~nw.col(rest)
        case "sex":
            return SEX, nw.col(SEX) == rest
        case "age_from":
            return AGE, nw.col(AGE) >= parse_age(rest)
        case "age_below":
            return AGE, nw.col(AGE) < parse_age(rest)
        case "value_below" | "value_from":
            name, _, cutoff = rest.rpartition(":")
            below, value = kind == "value_below", nw.col(name)
            return name, value < float(cutoff) if below else value >= float(cutoff)
        case _:
            return None


def _defined(definition: Definition) -> nw.Expr:
    ways = (reduce(and_, map(_wire, body)) for body in definition.bodies)
    return reduce(or_, ways).alias(definition.name)


def _wire(wire: Wire) -> nw.Expr:
    return ~nw.col(wire.name) if wire.negated else nw.col(wire.name)


def _signal(signal: Signal) -> nw.Expr:
    return _wire(signal) if isinstance(signal, Wire) else nw.lit(signal)


def _points(program: Program, circuit: Circuit) -> Iterator[nw.Expr]:
    for mineral in program.minerals:
        own = [t for t in program.tallies if t.mineral == mineral]
        total = reduce(add, (_tallied(t, circuit.outputs) for t in own), _number(0))
        yield total.alias(points_of(mineral))


def _tallied(tally: Tally, outputs: Mapping[Atom, Signal]) -> nw.Expr:
    """The sum of one tally, in the fewest bits that hold it."""
    worth = [
        (signal, value)
        for atom, value in tally.entries
        if value and (signal := outputs[atom]) is not False
    ]
    small = sum(abs(value) for _, value in worth) <= _MOST_IN_8_BITS
    kind = nw.Int8() if small else nw.Int16()
    each = (_if(signal, value, kind) for signal, value in worth)
    total = reduce(add, each, nw.lit(0, dtype=kind)).cast(nw.Int16)
    if tally.cap is None:
        return total
    return nw.when(total > tally.cap).then(_number(tally.cap)).otherwise(total)


def _if(signal: Signal, value: int, kind: nw.Int8 | nw.Int16) -> nw.Expr:
    """The value where the signal holds, else 0; faster than a cast of the signal."""
    given, nothing = nw.lit(value, dtype=kind), nw.lit(0, dtype=kind)
    if not isinstance(signal, Wire):
        return given if signal else nothing
    return nw.when(_wire(signal)).then(given).otherwise(nothing)


def _number(value: int) -> nw.Expr:
    return nw.lit(value, dtype=nw.Int16)
