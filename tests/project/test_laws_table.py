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
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                map(is_random, ast.walk(node))
            ):
                law = node.name.removeprefix("test_").replace("_", " ")
                yield law, path.relative_to(ROOT).as_posix()


def is_random(node: ast.AST) -> bool:
    """Whether a function is called by Hypothesis with examples."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "given"
        for decorator in node.decorator_list
    )


def test_every_random_test_is_in_the_table_in_the_order_of_the_files() -> None:
    """A new law is a new row: `| target | kind | name in words | file |`."""
    listed = [(law, file) for _, _, law, file in rows()]
    assert len(set(listed)) == len(listed)
    assert sorted(set(laws()) - set(listed)) == [], "add a row for each"
    assert sorted(set(listed) - set(laws())) == [], "their tests are gone"
    files = [file for _, file in listed]
    assert files == sorted(files)


def test_every_kind_is_explained_and_every_explained_kind_is_used() -> None:
    explained = {kind for kind in KIND.findall(TABLE) if kind != "kind"}
    assert {kind for _, kind, _, _ in rows()} == explained
