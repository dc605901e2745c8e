"""Flow: what given atoms can lead to in a program, and what leads to a conclusion.

Looks at the clauses only, so it answers for all people at once: "can" means that no
clause speaks against it. An absence counts as possible, and both answers to a question
may be given together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from minsight.logic.atoms import Atom, is_negated, positive
from minsight.logic.fixpoint import closed
from minsight.logic.graph import reachable
from minsight.logic.program import Clause, by_body, by_head


class Flow:
    """The clauses that can fire when some atoms are given.

    `possible` holds the given atoms and all heads of those clauses, which are `live`.

    >>> a, b, c = Atom("a"), Atom("b"), Atom("c")
    >>> clauses = [Clause(b, (a,), "shared"), Clause(c, (b, Atom("d")), "shared")]
    >>> sorted(Flow(clauses, [a]).possible)
    ['a', 'b']
    """

    def __init__(self, clauses: Iterable[Clause], given: Iterable[Atom]) -> None:
        every = tuple(clauses)
        absences = {a for c in every for a in c.body if is_negated(a)}
        holds = closed(absences.union(given), by_body(every))
        self.possible = frozenset(holds - absences)
        self.live = tuple(c for c in every if holds.issuperset(c.body))
        self._makers = by_head(self.live)
        self._read_for: dict[Atom, tuple[Atom, ...]] = {}

    @cached_property
    def _readers(self) -> Mapping[Atom, Sequence[Clause]]:
        """The live clauses by what they read; not every walk goes that way."""
        found: dict[Atom, list[Clause]] = {}
        for clause in self.live:
            for atom in dict.fromkeys(map(positive, clause.body)):
                found.setdefault(atom, []).append(clause)
        return found

    def readers(self, atom: Atom) -> Sequence[Clause]:
        """The clauses that read the atom or its absence."""
        return self._readers.get(atom, ())

    def reached_from(self, start: Iterable[Atom]) -> frozenset[Atom]:
        """The atoms to which one of the given ones can contribute, themselves too."""
        return frozenset(
            reachable(start, lambda atom: (c.head for c in self.readers(atom)))
        )

    def implied_by(self, atom: Atom) -> frozenset[Atom]:
        """The atoms that hold because this one does, whatever else is known."""

        def implied(one: Atom) -> Iterator[Atom]:
            return (c.head for c in self.readers(one) if c.body == (one,))

        return frozenset(reachable([atom], implied))

    def leading_to(self, targets: Iterable[Atom]) -> frozenset[Atom]:
        """The atoms that can contribute to a target or stand in its way, it too."""
        return frozenset(reachable(targets, self._read))

    def _read(self, atom: Atom) -> tuple[Atom, ...]:
        """What the clauses that make the atom read, found once for every walk."""
        if atom not in self._read_for:
            makers = self._makers.get(atom, ())
            self._read_for[atom] = tuple(
                dict.fromkeys(positive(one) for clause in makers for one in clause.body)
            )
        return self._read_for[atom]
