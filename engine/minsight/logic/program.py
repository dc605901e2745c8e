"""The program: what the rules mean, independent of any engine.

A program is a sequence of strata. A stratum holds definite clauses
`head <- atom & atom & ...` and is evaluated to its least fixpoint, starting from the
subject's atoms and everything that earlier strata derived. There is no negation inside
a stratum. When a stratum is finished, each atom in its `completes` that was not derived
gives its absence, `not:<atom>`, to the strata after it (stratified negation).

Points are sums over derived atoms: those of the atoms that hold, cut at the cap of the
sum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

import msgspec

from minsight.logic.atoms import Atom

SHARED = "shared"
"""The part of clauses that belong to no single mineral."""


class Clause(msgspec.Struct, frozen=True):
    """`head` holds when every atom of `body` holds; `part` is a mineral or `shared`."""

    head: Atom
    body: tuple[Atom, ...]
    part: str

    def __str__(self) -> str:
        return f"{self.head} <- {' & '.join(self.body)}"


class Stratum(msgspec.Struct, frozen=True):
    """Clauses without negation, and the atoms whose absence is complete after them."""

    name: str
    clauses: tuple[Clause, ...]
    completes: tuple[Atom, ...]


class PointSum(msgspec.Struct, frozen=True):
    """Points of one mineral: a sum over the atoms that hold, at most `cap` if given."""

    mineral: str
    entries: tuple[tuple[Atom, int], ...]
    cap: int | None


class Cutoff(msgspec.Struct, frozen=True):
    """A boundary of a measurement that some band reads, in the vocabulary's unit."""

    measurement: str
    value: float


class Program(msgspec.Struct, frozen=True, dict=True):
    """The ordered rules in their one meaning.

    `ages` are the age boundaries and `cutoffs` the measurement boundaries that a
    subject is compared with, `minerals` the scored minerals, `knowledge` the digest of
    what the rule files say. Everything is ordered: equal rules, equal bytes.
    """

    strata: tuple[Stratum, ...]
    point_sums: tuple[PointSum, ...] = msgspec.field(name="tallies")
    ages: tuple[str, ...]
    cutoffs: tuple[Cutoff, ...]
    minerals: tuple[str, ...]
    knowledge: str

    @cached_property
    def fingerprint(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the program."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses, stratum by stratum."""
        return tuple(clause for stratum in self.strata for clause in stratum.clauses)

    def as_text(self) -> str:
        """The program as readable lines, for golden tests and for people."""
        lines: list[str] = []
        for number, stratum in enumerate(self.strata):
            lines.append(f"stratum {number}: {stratum.name}")
            lines.extend(f"  {clause}" for clause in stratum.clauses)
            lines.extend(f"  completes {atom}" for atom in stratum.completes)
        for point_sum in self.point_sums:
            cap = "" if point_sum.cap is None else f", at most {point_sum.cap}"
            lines.append(f"points of {point_sum.mineral}{cap}")
            lines.extend(f"  {points:+d} {atom}" for atom, points in point_sum.entries)
        return "\n".join([*lines, ""])


def by_head(clauses: Iterable[Clause]) -> dict[Atom, list[Clause]]:
    """The clauses that derive each atom, in their order."""
    found: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.head, []).append(clause)
    return found


def by_body(clauses: Iterable[Clause]) -> dict[Atom, list[Clause]]:
    """The clauses that read each atom, in their order."""
    found: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        for atom in clause.body:
            found.setdefault(atom, []).append(clause)
    return found
