"""The program while it is being written: clauses by stratum, in order, once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from minsight.logic.atoms import Atom, is_negated, on_the_way_to, positive
from minsight.logic.program import Clause, Stratum


class StratumName(IntEnum):
    """The strata, in the order in which they are evaluated."""

    SUBJECT = 0
    EVIDENCE = 1
    STRENGTH = 2
    COUNT = 3
    WEIGHT = 4
    BRAKE = 5
    LEVEL = 6
    RESULT = 7


class ProgramBuilder:
    """Collects clauses; `strata()` orders the completed absences between them."""

    def __init__(self) -> None:
        self._clauses: dict[StratumName, dict[Clause, None]] = {
            step: {} for step in StratumName
        }

    def add(
        self, step: StratumName, part: str, head: Atom, body: Iterable[Atom]
    ) -> None:
        """Add `head <- body`; a clause that is there already is not added again."""
        self._clauses[step].setdefault(Clause(head, tuple(dict.fromkeys(body)), part))

    def count(
        self,
        step: StratumName,
        part: str,
        head: Atom,
        atoms: Sequence[Atom],
        *,
        least: int,
    ) -> None:
        """Let `head` hold when at least `least` of `atoms` hold (a sequential counter).

        The counter atom `head:i:k` means "at least k of the first i". Their number is
        at most `least` times the number of atoms; combinations are never listed.
        """
        if least > len(atoms):
            return
        if least == 1:
            for atom in atoms:
                self.add(step, part, head, [atom])
            return
        total = len(atoms)
        for i, atom in enumerate(atoms, start=1):
            for k in range(max(1, least - (total - i)), min(i, least) + 1):
                counted = _counter(head, i, k, total=total, least=least)
                if k <= i - 1:
                    self.add(step, part, counted, [_counter(head, i - 1, k)])
                before = [_counter(head, i - 1, k - 1)] if k > 1 else []
                self.add(step, part, counted, [*before, atom])

    def atoms_read(self) -> set[Atom]:
        """Every atom that some clause reads."""
        every = (clause for clauses in self._clauses.values() for clause in clauses)
        return {atom for clause in every for atom in clause.body}

    def strata(self) -> tuple[Stratum, ...]:
        """The finished strata; each completes the atoms that later strata negate.

        Raises:
            AssertionError: when a clause negates an atom of its own or a later stratum.
        """
        derived_in = {c.head: step for step in StratumName for c in self._clauses[step]}
        completes: dict[StratumName, set[Atom]] = {step: set() for step in StratumName}
        for step in StratumName:
            for clause in self._clauses[step]:
                for atom in map(positive, filter(is_negated, clause.body)):
                    origin = derived_in.get(atom, StratumName.SUBJECT)
                    # INVARIANT: negation looks back, never sideways.
                    assert origin < step, f"{clause} negates an unfinished atom"
                    completes[origin].add(atom)
        return tuple(
            Stratum(
                step.name.lower(),
                tuple(self._clauses[step]),
                tuple(sorted(completes[step])),
            )
            for step in StratumName
        )


def _counter(head: Atom, i: int, k: int, *, total: int = 0, least: int = 0) -> Atom:
    return head if (i, k) == (total, least) else on_the_way_to(head, i, k)
