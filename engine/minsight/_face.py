"""Faces: what a room exports, imported when it is first asked for.

The exports stand once, as imports of the stub beside the room, which type checkers and
editors read too. It is read when the first of them is asked for, so start-up does not
pay for it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path


def face(
    room: str, file: str
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a room, whose module is this file."""

    @cache
    def exports() -> dict[str, str]:
        """The module of each name."""
        stub = Path(file).with_suffix(".pyi").read_text(encoding="utf-8")
        return {
            alias.name: f"{node.module}"
            for node in ast.parse(stub).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def get(name: str) -> object:
        if name == "__all__":
            return sorted(exports())
        if name.startswith("__") or name not in exports():
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(exports()[name]), name)
        setattr(sys.modules[room], name, value)
        return value

    return get, lambda: sorted(exports())
