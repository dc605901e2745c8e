"""One name, one thing: no public name stands in two modules without a reason."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from places import ROOT

MOST: Final = 15
ALLOWED: Final = {
    "Source": "a cited work; a file to read",
    "questionnaire": "a command, and the function of the library that it calls",
    "verify": "a command, and the function of the library that it calls",
}
"""Names that stand in more than one module, and why each may."""


def defined_in(module: Path) -> Iterator[str]:
    """The public names that a module defines at its top level."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                names = [node.name]
            case ast.Assign():
                names = [one.id for one in node.targets if isinstance(one, ast.Name)]
            case ast.AnnAssign(target=ast.Name()):
                names = [node.target.id]  # type: ignore[union-attr]  # a name
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def repeated() -> dict[str, list[str]]:
    """Each name that is defined in more than one module, and the modules."""
    found = defaultdict[str, list[str]](list)
    for folder in (ROOT / "engine" / "minsight", ROOT / "cli" / "minsight_cli"):
        for module in sorted(folder.rglob("*.py")):
            for name in set(defined_in(module)):
                found[name].append(module.relative_to(ROOT).as_posix())
    assert len(found) > 500
    return {name: modules for name, modules in found.items() if len(modules) > 1}


def test_a_name_in_two_modules_has_a_reason() -> None:
    unexplained = {n: where for n, where in repeated().items() if n not in ALLOWED}
    assert unexplained == {}


def test_few_names_are_allowed_to_stand_twice() -> None:
    assert len(ALLOWED) <= MOST
    assert all(ALLOWED.values())
