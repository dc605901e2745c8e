"""Proofs: why an atom holds, clause by clause, down to what was given.

A proof is built on what the reference evaluator derives. Of the clauses that could
justify an atom the earliest is chosen, then the shortest, then the first of the
program, so that equal subjects have equal proofs. The others are kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from minsight.logic.atoms import Atom, is_negated, negated
from minsight.logic.graph import reachable
from minsight.logic.program import Clause, Program, by_head
from minsight.logic.reference import Reference


class Inference(msgspec.Struct, frozen=True):
    """Why one atom holds: by the first of `clauses`, and as well by each other.

    Without clauses it was given, or it is a completed absence, which holds because
    nothing derived what it denies.
    """

    atom: Atom
    clauses: tuple[Clause, ...]

    @property
    def is_absence(self) -> bool:
        return is_negated(self.atom)


class Prover:
    """Proves for any number of subjects what one program derives."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._reference = Reference(program)

    def prove(self, given: Iterable[Atom]) -> Proofs:
        """All that holds for a subject, each atom with the clauses that justify it."""
        facts = frozenset(given)
        return Proofs(self._program, facts, self._reference.closure(facts))


class Proofs:
    """What holds for one subject, and why.

    >>> from minsight.logic.program import Stratum
    >>> rain, wet, cold = Atom("rain"), Atom("wet"), Atom("cold")
    >>> clauses = (Clause(wet, (rain,), "shared"), Clause(cold, (wet,), "shared"))
    >>> program = Program(
    ...     strata=(Stratum("weather", clauses, ()),),
    ...     point_sums=(), ages=(), cutoffs=(), minerals=(), knowledge="",
    ... )
    >>> proofs = Prover(program).prove([rain])
    >>> [inference.atom for inference in proofs.of([cold])]
    ['cold', 'wet', 'rain']
    >>> sorted(proofs.support(cold))
    ['rain']
    """

    def __init__(
        self, program: Program, given: frozenset[Atom], holds: frozenset[Atom]
    ) -> None:
        self.given = given
        self.holds = holds
        self._fired = {s.name: _fired(s.clauses, holds) for s in program.strata}
        self._chosen = self._choose(program)

    @property
    def trace(self) -> tuple[Clause, ...]:
        """Every clause whose body holds, in the order of the program."""
        return tuple(clause for fired in self._fired.values() for clause in fired)

    def support(self, atom: Atom) -> frozenset[Atom]:
        """The given atoms that any derivation of this atom starts from.

        When all of them are taken back, and the atom rests on no completed absence, it
        no longer holds.
        """

        def read(one: Atom) -> Iterator[Atom]:
            return (a for clause in self._justifying.get(one, ()) for a in clause.body)

        return frozenset(reachable([atom], read)) & self.given

    def smallest(self, atom: Atom) -> frozenset[Atom]:
        """All atoms of the one chosen proof of this atom, itself among them."""

        def read(one: Atom) -> Iterable[Atom]:
            clause = self._chosen.get(one)
            return clause.body if clause else ()

        return frozenset(reachable([atom], read))

    def of(self, conclusions: Iterable[Atom]) -> tuple[Inference, ...]:
        """The proof of these atoms; each atom stands before those that it rests on.

        Atoms that several steps rest on stand once. A clause that would lead in a
        circle is not a justification and is left out.
        """
        found: dict[Atom, Inference] = {}
        for atom in reversed(list(conclusions)):
            self._visit(atom, found, frozenset())
        return tuple(reversed(found.values()))

    def _visit(
        self, atom: Atom, found: dict[Atom, Inference], path: frozenset[Atom]
    ) -> None:
        if atom in found:
            return
        path |= {atom}
        clauses = tuple(self._sound(atom, path))
        for clause in reversed(clauses):
            for part in reversed(clause.body):
                self._visit(part, found, path)
        found[atom] = Inference(atom, clauses)

    def _sound(self, atom: Atom, path: frozenset[Atom]) -> Iterator[Clause]:
        """The chosen clause first, then each other that does not lead back to the path.

        INVARIANT: the chosen proof of an atom never meets the path that led to it, so
        every proof ends in what was given.
        """
        chosen = self._chosen.get(atom)
        if chosen is not None:
            yield chosen
        for clause in self._justifying.get(atom, ()):
            if clause != chosen and not any(
                path & self.smallest(part) for part in clause.body
            ):
                yield clause

    @cached_property
    def _justifying(self) -> Mapping[Atom, list[Clause]]:
        return by_head(self.trace)

    def _choose(self, program: Program) -> Mapping[Atom, Clause]:
        """For each derived atom the clause of its smallest proof, round by round."""
        chosen: dict[Atom, Clause] = {}
        known = set(self.given)
        for stratum in program.strata:
            waiting = self._fired[stratum.name]
            while waiting:
                ready = [c for c in waiting if known.issuperset(c.body)]
                shortest_first = sorted(ready, key=lambda clause: len(clause.body))
                heads = {c.head: c for c in reversed(shortest_first)}
                chosen |= {a: c for a, c in heads.items() if a not in known}
                known |= heads.keys()
                left = [c for c in waiting if c.head not in known]
                waiting = left if len(left) < len(waiting) else []
            known |= self.holds.intersection(map(negated, stratum.completes))
        return chosen


def _fired(clauses: Iterable[Clause], holds: frozenset[Atom]) -> list[Clause]:
    return [clause for clause in clauses if holds.issuperset(clause.body)]
