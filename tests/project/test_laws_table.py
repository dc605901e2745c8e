"""The table of laws: every random test of the suite is in it, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from places import ROOT

TABLE: Final = (ROOT / "tests" / "laws" / "README.md").read_text(encoding="utf-8")
ROW: Final = re.compile(r"\| ([^|]+) \| ([^|]+) \| ([^|]+) \| `([\w/]+\.py)` \|")
KIND: Final = re.compile(r"^\| ([a-z ]+) \| [^|]+ \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """Target, kind, law and file of each row."""
    return [row.groups() for row in ROW.finditer(TABLE)]  # type: ignore[misc]  # four


def laws() -> Iterator[tuple[str, str]]:
    """The name in words and the file of every test that is random, or has a part so."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body if "@given(" in text else ():
            if isinstance(node, ast.FunctionDef) and is_random(node):
                law = node.name.removeprefix("test_").replace("_", " ")
                yield law, path.relative_to(ROOT).as_posix()


def is_random(test: ast.FunctionDef) -> bool:
    """Whether Hypothesis calls the test, or a function inside it, with examples."""
    inside = (node for node in test.body if isinstance(node, ast.FunctionDef))
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "given"
        for function in (test, *inside)
        for decorator in function.decorator_list
    )


def test_every_random_test_is_in_the_table_in_the_order_of_the_files() -> None:
    """A new law is a new row: `| target | kind | name in words | file |`."""
    listed = [(law, file) for _, _, law, file in rows()]
    assert len(set(listed)) == len(listed)
    there = set(laws())
    assert sorted(there - set(listed)) == [], "add a row for each"
    assert sorted(set(listed) - there) == [], "their tests are gone"
    files = [file for _, file in listed]
    assert files == sorted(files)


def test_every_kind_is_explained_and_every_explained_kind_is_used() -> None:
    explained = {kind for kind in KIND.findall(TABLE) if kind != "kind"}
    assert {kind for _, kind, _, _ in rows()} == explained
