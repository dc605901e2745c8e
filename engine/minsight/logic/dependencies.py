"""Flow: what given atoms can lead to in a program, and what leads to a conclusion.

Looks at the clauses only, so it answers for all people at once: "can" means that no
clause speaks against it. An absence counts as possible, and both answers to a question
may be given together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minsight.logic.atoms import Atom, is_negated, positive
from minsight.logic.program import Clause


class Flow:
    """The clauses that can fire when some atoms are given.

    `possible` holds the given atoms and all heads of those clauses.

    >>> a, b, c = Atom("a"), Atom("b"), Atom("c")
    >>> clauses = [Clause(b, (a,), "shared"), Clause(c, (b, Atom("d")), "shared")]
    >>> sorted(Flow(clauses, [a]).possible)
    ['a', 'b']
    """

    def __init__(self, clauses: Iterable[Clause], given: Iterable[Atom]) -> None:
        readers = _readers(clauses)
        self.possible, live = _fired(readers, given)
        self._readers = _readers(live)
        self._makers: dict[Atom, list[Clause]] = {}
        for clause in live:
            self._makers.setdefault(clause.head, []).append(clause)

    def readers(self, atom: Atom) -> tuple[Clause, ...]:
        """The clauses that read the atom or its absence."""
        return tuple(self._readers.get(atom, ()))

    def reached_from(self, start: Iterable[Atom]) -> frozenset[Atom]:
        """The atoms to which one of the given ones can contribute, themselves too."""
        found: set[Atom] = set()
        waiting = list(start)
        while waiting:
            atom = waiting.pop()
            if atom not in found:
                found.add(atom)
                waiting += (clause.head for clause in self.readers(atom))
        return frozenset(found)

    def implied_by(self, atom: Atom) -> frozenset[Atom]:
        """The atoms that hold because this one does, whatever else is known."""
        found: set[Atom] = set()
        waiting = [atom]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                clauses = self.readers(one)
                waiting += (c.head for c in clauses if c.body == (one,))
        return frozenset(found)

    def leading_to(self, targets: Iterable[Atom]) -> frozenset[Atom]:
        """The atoms that can contribute to a target or stand in its way, it too."""
        found: set[Atom] = set()
        waiting = list(targets)
        while waiting:
            atom = waiting.pop()
            if atom not in found:
                found.add(atom)
                for clause in self._makers.get(atom, ()):
                    waiting += map(positive, clause.body)
        return frozenset(found)


def _readers(clauses: Iterable[Clause]) -> dict[Atom, list[Clause]]:
    readers: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        for atom in dict.fromkeys(map(positive, clause.body)):
            readers.setdefault(atom, []).append(clause)
    return readers


def _fired(
    readers: Mapping[Atom, list[Clause]], given: Iterable[Atom]
) -> tuple[frozenset[Atom], list[Clause]]:
    """What holds in the end, and the clauses that fired on the way."""
    missing = {
        clause: {atom for atom in clause.body if not is_negated(atom)}
        for read in readers.values()
        for clause in read
    }
    live = [clause for clause, wanted in missing.items() if not wanted]
    held: set[Atom] = set()
    waiting = [*given, *(clause.head for clause in live)]
    while waiting:
        atom = waiting.pop()
        if atom in held:
            continue
        held.add(atom)
        for clause in readers.get(atom, ()):
            if atom in missing[clause]:
                missing[clause].remove(atom)
                if not missing[clause]:
                    live.append(clause)
                    waiting.append(clause.head)
    return frozenset(held), live
