"""The columnar backend: a program as expressions on columns, for many people at once.

One row is one person. A column named by the id of a finding or group holds true, false
or null (observed, excluded, unknown); `age_days` and each measurement hold numbers,
`sex` holds `female` or `male`. What no column can give is unknown for everybody, and
the circuit leaves it out.

Any frame that Narwhals knows can be evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from minsight.backends.expressions import Expressions, given_by, points_of
from minsight.backends.prepared import Prepared
from minsight.logic.atoms import Atom
from minsight.logic.circuit import circuit_of
from minsight.logic.program import Program

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame


class ColumnarBackend:
    """Evaluates one program for tables with the given columns.

    `wanted` are the atoms whose truth the caller reads.

    >>> import polars
    >>> from minsight.logic.program import Clause, Stratum
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
        self._program, self._asked = program, tuple(dict.fromkeys(wanted))
        summed = [
            atom for point_sum in program.point_sums for atom, _ in point_sum.entries
        ]
        outputs = [*self._asked, *summed]
        spoken_of = {
            a for clause in program.clauses for a in (clause.head, *clause.body)
        }
        inputs = given_by(columns, sorted(spoken_of.union(outputs)))
        self._circuit = circuit_of(program, inputs, outputs)
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
            return self._evaluated(people, names, library=pl)
        known = nw.from_native(people)
        return self._evaluated(known, names, library=nw).to_native()

    def _evaluated(
        self, people: Any, names: Iterable[str], *, library: ModuleType
    ) -> Any:
        """A frame of the library, with what was asked."""
        expressions = Expressions(
            self._program, self._circuit, self._asked, library=library
        )
        for step in expressions.steps:
            people = people.with_columns(*step)
        return people.select(*names)

    def _of_polars(self, people: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
        if names not in self._prepared:

            def asked(lazy: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
                yield self._evaluated(lazy, names, library=pl)

            self._prepared[names] = Prepared(asked)
        (found,) = self._prepared[names].of(people)
        return found
