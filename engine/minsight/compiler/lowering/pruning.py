"""Dead clauses: what can never hold, and what nobody would ever read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from minsight.logic.atoms import GIVEN, Atom, Kind, is_negated, parse, positive
from minsight.logic.dependencies import Flow
from minsight.logic.program import PointSum, Stratum

SHOWN: Final = frozenset[Kind]([
    "excluded", "evidence", "outside_age", "level", "at_level", "reached", "brake",
    "flag", "urgency", "link",
])  # fmt: skip
"""Kinds of atoms that an assessment, its explanation or its questions read."""


def prune(
    strata: Sequence[Stratum],
    point_sums: Iterable[PointSum],
    *,
    told: Container[Atom] = frozenset(),
) -> tuple[Stratum, ...]:
    """The strata without clauses that cannot fire or whose head nothing reads.

    The atoms that are `told` by are read besides the kinds that every program shows.
    """
    clauses = [c for stratum in strata for c in stratum.clauses]
    bodies = {atom for clause in clauses for atom in clause.body}
    flow = Flow(clauses, [atom for atom in bodies if parse(atom).kind in GIVEN])
    counted = {atom for point_sum in point_sums for atom, _ in point_sum.entries}
    heads = {clause.head for clause in clauses}
    read = flow.leading_to(
        h for h in heads if parse(h).kind in SHOWN or h in counted or h in told
    )
    kept = {clause for clause in flow.live if clause.head in read}
    negated = {positive(a) for c in kept for a in c.body if is_negated(a)}
    return tuple(
        Stratum(
            stratum.name,
            tuple(clause for clause in stratum.clauses if clause in kept),
            tuple(atom for atom in stratum.completes if atom in negated),
        )
        for stratum in strata
    )
