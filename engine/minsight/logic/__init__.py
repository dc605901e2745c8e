"""Logic: programs, what they mean, and what holds of them for everybody."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.logic.backend import (
        Backend as Backend,
        BackendName as BackendName,
        Evaluation as Evaluation,
    )
    from minsight.logic.program import (
        Clause as Clause,
        Cutoff as Cutoff,
        PointSum as PointSum,
        Program as Program,
        Stratum as Stratum,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "backend": "Backend BackendName Evaluation",
        "program": "Clause Cutoff PointSum Program Stratum",
    },
)
