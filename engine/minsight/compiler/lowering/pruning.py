"""Dead clauses: what can never hold, and what nobody would ever read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from minsight.logic.atoms import GIVEN, Atom, Kind, is_negated, parse, positive
from minsight.logic.program import Clause, PointSum, Stratum

SHOWN: Final = frozenset[Kind]([
    "excluded", "evidence", "outside_age", "level", "at_level", "reached", "brake",
    "flag", "urgency", "link",
])  # fmt: skip
"""Kinds of atoms that an assessment, its explanation or its questions read."""


def prune(
    strata: Sequence[Stratum], point_sums: Iterable[PointSum]
) -> tuple[Stratum, ...]:
    """The strata without clauses that cannot fire or whose head nothing reads."""
    alive = _derivable([c for s in strata for c in s.clauses])
    counted = {atom for point_sum in point_sums for atom, _ in point_sum.entries}
    read = _read(alive, counted)
    kept = {clause for clause in alive if clause.head in read}
    negated = {positive(a) for c in kept for a in c.body if is_negated(a)}
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
    return atom in possible or is_negated(atom) or parse(atom).kind in GIVEN


def _read(clauses: Iterable[Clause], counted: set[Atom]) -> set[Atom]:
    by_head: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        by_head.setdefault(clause.head, []).append(clause)
    read: set[Atom] = set()
    waiting = [h for h in by_head if parse(h).kind in SHOWN or h in counted]
    while waiting:
        atom = waiting.pop()
        if atom in read:
            continue
        read.add(atom)
        for clause in by_head.get(atom, ()):
            waiting += map(positive, clause.body)
    return read
