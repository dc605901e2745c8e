"""Backends: the ways to run a program, and what each of them says of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol, TypeAlias

import msgspec

from minsight.logic.atoms import Atom
from minsight.logic.program import Clause

BackendName: TypeAlias = Literal["reference", "forward", "columnar"]
"""What a caller chooses by; `minsight.backends.open_backend` knows what it means."""


class Evaluation(msgspec.Struct, frozen=True):
    """What a backend found: the atoms that hold, the points, and the firings.

    `points` has every scored mineral. `trace` is in the order of the firings; only a
    backend that fires clauses one by one has any.
    """

    holds: frozenset[Atom]
    points: Mapping[str, int]
    trace: tuple[Clause, ...] = ()


class Backend(Protocol):
    """Runs one program. All backends find the same of everybody, traces aside."""

    def evaluate(self, given: Iterable[Atom]) -> Evaluation:
        """What holds when the given atoms hold.

        Raises:
            BackendError: when the backend fails, or was closed.
        """

    def evaluate_all(self, people: Sequence[Iterable[Atom]]) -> list[Evaluation]:
        """The same of each of many people, in their order."""

    def close(self) -> None:
        """Free what the backend holds; it cannot be used afterwards."""
