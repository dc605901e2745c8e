"""Tests stand in the rooms: each module of some size is imported by one of its room."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from places import ROOT

SMALL: Final = 60
"""How many lines a module may have without a test that imports it."""
SOURCES: Final = (ROOT / "engine" / "minsight", ROOT / "cli" / "minsight_cli")
TESTS: Final = ROOT / "tests"


def modules() -> Iterator[tuple[str, ...]]:
    """The parts of the name of each module that is not small."""
    for source in SOURCES:
        for path in sorted(source.rglob("*.py")):
            if len(path.read_text(encoding="utf-8").splitlines()) > SMALL:
                parts = path.relative_to(source.parent).with_suffix("").parts
                yield parts[:-1] if parts[-1] == "__init__" else parts


def room_of(module: tuple[str, ...]) -> str:
    """The folder of tests for a module, or the file for one that stands alone."""
    return "cli" if module[0] == "minsight_cli" else module[1]


@cache
def imported_in(room: str) -> frozenset[str]:
    """The dotted names that the tests of a room import."""
    alone = TESTS / f"test_{room}.py"
    files = [alone] if alone.exists() else sorted((TESTS / room).rglob("test_*.py"))
    return frozenset(name for file in files for name in imports(file))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file may import: what `from a import b` brings is either."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)


def without_a_test(every: Iterable[tuple[str, ...]]) -> set[str]:
    return {
        ".".join(module)
        for module in every
        if ".".join(module) not in imported_in(room_of(module))
    }


def test_every_module_of_some_size_is_imported_by_a_test_of_its_room() -> None:
    """Whoever changes a module knows where to look."""
    assert sorted(without_a_test(modules())) == []


def test_a_module_is_seen_however_it_is_imported() -> None:
    assert "minsight.logic.atoms" in imported_in("assessment"), (
        "from logic import atoms"
    )
    assert "minsight.errors" in imported_in("errors"), "a module that stands alone"
    assert "minsight.errors.Issue" in imported_in("errors")
    assert len(list(modules())) > 150
    assert without_a_test([("minsight", "errors", "unheard_of")])


def test_every_folder_of_tests_is_a_room_or_is_about_all_of_them() -> None:
    rooms = {
        path.name for path in SOURCES[0].iterdir() if (path / "__init__.py").exists()
    }
    about_all = {
        "cli",
        "data",
        "hostile",
        "laws",
        "page",
        "project",
        "shipped",
        "support",
    }
    folders = {path.name for path in TESTS.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == rooms | about_all
