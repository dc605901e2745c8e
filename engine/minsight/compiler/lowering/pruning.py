"""Dead clauses: what can never hold, and what nobody would ever read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minsight.logic.atoms import NEGATION, Atom
from minsight.logic.program import Clause, PointSum, Stratum

GIVEN = (
    "observed:", "excluded:", "group:", "outside_group:",
    "age_from:", "age_below:", "sex:", "value_below:", "value_from:",
)  # fmt: skip
"""Kinds of atoms that a subject can bring along."""

SHOWN = (
    "excluded:", "evidence:", "outside_age:", "level:", "at_level:", "reached:",
    "brake:", "flag:", "urgency:", "link:",
)  # fmt: skip
"""Kinds of atoms that an assessment, its explanation or its questions read."""


def prune(
    strata: Sequence[Stratum], point_sums: Iterable[PointSum]
) -> tuple[Stratum, ...]:
    """The strata without clauses that cannot fire or whose head nothing reads."""
    alive = _derivable([c for s in strata for c in s.clauses])
    counted = {atom for point_sum in point_sums for atom, _ in point_sum.entries}
    read = _read(alive, counted)
    kept = {clause for clause in alive if clause.head in read}
    negated = {
        atom.removeprefix(NEGATION)
        for c in kept
        for atom in c.body
        if atom.startswith(NEGATION)
    }
    return tuple(
        Stratum(
            stratum.name,
            tuple(clause for clause in stratum.clauses if clause in kept),
            tuple(atom for atom in stratum.completes if atom in negated),
        )
        for stratum in strata
    )


def _derivable(clauses: list[Clause]) -> list[Clause]:
    possible: set[Atom] = set()
    alive: list[Clause] = []
    waiting = clauses
    while True:
        ready = [c for c in waiting if all(_may_hold(a, possible) for a in c.body)]
        if not ready:
            return alive
        alive += ready
        possible.update(clause.head for clause in ready)
        fired = set(ready)
        waiting = [clause for clause in waiting if clause not in fired]


def _may_hold(atom: Atom, possible: set[Atom]) -> bool:
    return atom in possible or atom.startswith(GIVEN) or atom.startswith(NEGATION)


def _read(clauses: Iterable[Clause], counted: set[Atom]) -> set[Atom]:
    by_head: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        by_head.setdefault(clause.head, []).append(clause)
    read: set[Atom] = set()
    waiting = [head for head in by_head if head.startswith(SHOWN) or head in counted]
    while waiting:
        atom = waiting.pop()
        if atom in read:
            continue
        read.add(atom)
        for clause in by_head.get(atom, ()):
            waiting += [Atom(a.removeprefix(NEGATION)) for a in clause.body]
    return read
