"""The meaning of a program, in plain Python.

This module says what the right answer is. It is obvious rather than clever, shares no
code with the other backends, and serves where they cannot run. When another backend
disagrees with it, that backend is wrong until shown otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsight.logic.atoms import Atom, negated
from minsight.logic.backend import Evaluation
from minsight.logic.program import Clause, Program, Stratum


class Reference:
    """Evaluates one program; keeps nothing between subjects.

    >>> rain, wet, dry = Atom("rain"), Atom("wet"), Atom("dry")
    >>> program = Program(
    ...     strata=(
    ...         Stratum("weather", (Clause(wet, (rain,), "shared"),), (wet,)),
    ...         Stratum("street", (Clause(dry, (Atom("not:wet"),), "shared"),), ()),
    ...     ),
    ...     point_sums=(), ages=(), cutoffs=(), minerals=(), knowledge="",
    ... )
    >>> reference = Reference(program)
    >>> sorted(reference.closure([rain])), sorted(reference.closure([]))
    (['rain', 'wet'], ['dry', 'not:wet'])
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._strata = [
            (_readers(stratum), [(a, negated(a)) for a in stratum.completes])
            for stratum in program.strata
        ]

    def evaluate(self, given: Iterable[Atom]) -> Evaluation:
        holds = self.closure(given)
        return Evaluation(holds, self.points(holds))

    def evaluate_all(self, people: Sequence[Iterable[Atom]]) -> list[Evaluation]:
        return [self.evaluate(given) for given in people]

    def close(self) -> None:
        """There is nothing to free."""

    def closure(self, given: Iterable[Atom]) -> frozenset[Atom]:
        """All atoms that hold for a subject: the given ones and everything derived."""
        holds = set(given)
        for readers, completes in self._strata:
            _close(holds, readers)
            holds.update(absence for atom, absence in completes if atom not in holds)
        return frozenset(holds)

    def points(self, holds: frozenset[Atom]) -> Mapping[str, int]:
        """The points of every scored mineral, given the atoms that hold."""
        totals = dict.fromkeys(self._program.minerals, 0)
        for point_sum in self._program.point_sums:
            total = sum(value for atom, value in point_sum.entries if atom in holds)
            totals[point_sum.mineral] += (
                total if point_sum.cap is None else min(total, point_sum.cap)
            )
        return totals


def _readers(stratum: Stratum) -> Mapping[Atom, list[Clause]]:
    """For each atom, the clauses of the stratum that read it."""
    readers: dict[Atom, list[Clause]] = {}
    for clause in stratum.clauses:
        for atom in clause.body:
            readers.setdefault(atom, []).append(clause)
    return readers


def _close(holds: set[Atom], readers: Mapping[Atom, list[Clause]]) -> None:
    """Add the head of every clause whose body holds, until nothing new comes."""
    fresh = list(holds & readers.keys())
    while fresh:
        for clause in readers.get(fresh.pop(), ()):
            if clause.head not in holds and holds.issuperset(clause.body):
                holds.add(clause.head)
                fresh.append(clause.head)
