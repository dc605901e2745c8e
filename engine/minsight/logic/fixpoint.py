"""Fixpoint: all that follows from some atoms by clauses without negation.

The reference has its own, because it is held against what is built on this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsight.logic.atoms import Atom
from minsight.logic.program import Clause


def closed(
    given: Iterable[Atom], readers: Mapping[Atom, Sequence[Clause]]
) -> set[Atom]:
    """The given atoms and all heads that follow; `readers` are the clauses by body.

    >>> from minsight.logic.program import by_body
    >>> rain, wet, cold = Atom("rain"), Atom("wet"), Atom("cold")
    >>> clauses = [Clause(wet, (rain,), "shared"), Clause(cold, (wet, rain), "shared")]
    >>> sorted(closed([rain], by_body(clauses)))
    ['cold', 'rain', 'wet']
    """
    holds = set(given)
    fresh = list(holds & readers.keys())
    while fresh:
        for clause in readers.get(fresh.pop(), ()):
            head = clause.head
            if head not in holds and holds.issuperset(clause.body):
                holds.add(head)
                if head in readers:
                    fresh.append(head)
    return holds
