"""Faces: what a room exports, imported when it is first asked for.

A room lists its exports twice: as imports that only a type checker runs, and by module
for `lazy`. A test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazy(
    room: str, exports: Mapping[str, str]
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """The `__all__`, `__getattr__` and `__dir__` of a room.

    `exports` are the names of each of its modules, with blanks between them.
    """
    module_of = {
        name: f"{room}.{module}"
        for module, names in exports.items()
        for name in names.split()
    }

    def get(name: str) -> object:
        if name not in module_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(module_of[name]), name)
        setattr(sys.modules[room], name, value)
        return value

    return sorted(module_of), get, lambda: sorted(module_of)
