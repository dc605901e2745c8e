"""Backends: other ways to run a program, each with the answers of the reference."""

from __future__ import annotations

from minsight.errors import BackendError, Remedy
from minsight.logic.backend import Backend, BackendName
from minsight.logic.program import Program

__all__ = ["open_backend"]


def open_backend(name: BackendName, program: Program) -> Backend:
    """The backend of this name for a program; what it needs is imported here.

    Raises:
        BackendError: when durable-rules, which the forward one needs, cannot run.
    """
    if name == "reference":
        from minsight.logic.reference import Reference

        return Reference(program)
    if name == "columnar":
        from minsight.backends.columnar import ColumnarBackend

        return ColumnarBackend(program)
    try:
        from minsight.backends.forward import ForwardBackend
    except ImportError:
        raise BackendError(
            "durable-rules is not installed, so the forward engine cannot run"
            f" (it supports Python up to 3.12); {Remedy.REFERENCE_ENGINE}"
        ) from None
    return ForwardBackend(program)
