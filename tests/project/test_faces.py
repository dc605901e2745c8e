"""Faces: what the methods of the rules take and give can be imported from a room."""

from __future__ import annotations

import ast
import inspect
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

import minsight

ROOMS: Final = (
    "assessment",
    "explanation",
    "intake",
    "knowledge",
    "logic",
    "questions",
    "screening",
    "service",
    "whatif",
)
FACES: Final = [minsight, *(import_module(f"minsight.{room}") for room in ROOMS)]
NAMES: Final[dict[str, Any]] = {
    name: getattr(face, name) for face in FACES for name in face.__all__
}


NOT_OURS: Final = {"Frame": Any, "Self": Any}
"""Names that stand for what a caller brings."""


def parts(hint: Any) -> Iterator[type]:
    """The classes of the library that a type is made of."""
    for one in (hint, typing.get_origin(hint)):
        if isinstance(one, type) and one.__module__.startswith("minsight"):
            yield one
    for argument in typing.get_args(hint):
        yield from parts(argument)


def hints(of: Any) -> dict[str, Any]:
    """The types that are written at a method or class; the faces know every name."""
    own = vars(import_module(of.__module__))
    return typing.get_type_hints(of, {**vars(typing), **NOT_OURS, **NAMES, **own})


def asked() -> Iterator[type]:
    """The classes in the types of all that the rules offer."""
    for name, member in inspect.getmembers(minsight.Rules):
        if not name.startswith("_"):
            method = member.fget if isinstance(member, property) else member
            for hint in hints(method).values():
                yield from parts(hint)


def test_all_that_the_rules_take_and_give_is_in_a_face() -> None:
    """So is what their fields hold, to any depth."""
    reached, waiting = set[type](), list(asked())
    while waiting:
        kind = waiting.pop()
        if kind not in reached:
            reached.add(kind)
            for name, hint in hints(kind).items():
                if not name.startswith("_"):
                    waiting.extend(parts(hint))
    assert len(reached) > 60
    exported = {id(getattr(face, name)) for face in FACES for name in face.__all__}
    hidden = [f"{k.__module__}.{k.__name__}" for k in reached if id(k) not in exported]
    assert sorted(hidden) == []


@pytest.mark.parametrize("face", FACES[1:], ids=ROOMS)
def test_a_face_says_what_its_room_is_and_exports_what_type_checkers_see(
    face: ModuleType,
) -> None:
    assert face.__doc__
    assert face.__file__ is not None
    stub = Path(face.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    seen = [
        (node.module, alias.name)
        for node in ast.parse(stub).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert sorted(name for _, name in seen) == face.__all__ == dir(face)
    for module, name in seen:
        assert getattr(face, name) is getattr(import_module(str(module)), name)


def test_what_a_face_does_not_export_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match=r"minsight\.whatif.*no_such_thing"):
        _ = import_module("minsight.whatif").no_such_thing
