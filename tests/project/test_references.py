"""What a text names exists: files, folders, modules, pages and their headings.

Texts are the pages for people, and the comments and docstrings of the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from dotted import DOTTED, resolves
from places import ROOT

FOLDERS: Final = ("engine", "cli", "tests", "docs", "rules", "benchmarks", "examples")
ENDINGS: Final = (".py", ".md", ".yaml", ".toml")
PATH: Final = re.compile(rf"(?<![\w./{{}}<-])(?:{'|'.join(FOLDERS)})/[\w./*<>{{}}-]*\w")
QUOTED: Final = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:\.py|/))`")
PYTHON: Final = re.compile(r"```python\n(.*?)```", re.DOTALL)
LINK: Final = re.compile(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)")
MADE_UP: Final = re.compile(r"[<{]|NNNN")
"""What is written in place of a name: `rules/<mineral>/`."""


@cache
def all_files() -> tuple[str, ...]:
    """Every file and folder of the project, below the checkout."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    tops = [ROOT / folder for folder in FOLDERS] + list(ROOT.glob("*.*"))
    return tuple(path.relative_to(ROOT).as_posix() for path in [*tops, *found])


TEXTS: Final = [
    name
    for name in (*all_files(), "Makefile")
    if name.endswith((*ENDINGS, "Makefile")) and not name.startswith("tests/data/")
]
PAGES: Final = [name for name in TEXTS if name.endswith(".md")]


def content(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def is_there(path: str) -> bool:
    """Whether a path below the checkout leads anywhere; `*` stands for any name."""
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()


def missing_paths(text: str) -> Iterator[str]:
    for found in PATH.findall(text):
        if not MADE_UP.search(found) and not is_there(found):
            yield found
    for found in QUOTED.findall(text):
        end = f"/{found.rstrip('/')}"
        if not any(f"/{name}".endswith(end) for name in all_files()):
            yield found


def missing_names(text: str) -> Iterator[str]:
    """The dotted names of the packages that are nowhere."""
    yield from (found for found in DOTTED.findall(text) if not resolves(found))


def imports(example: str) -> Iterator[str]:
    """The dotted names that an example imports from the packages."""
    for node in ast.walk(ast.parse(example)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mins"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them of its headings."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", line).strip().lower() for line in lines)
    return {line.replace(" ", "-") for line in kept}


def leads_somewhere(page: Path, path: str, heading: str) -> bool:
    """Whether a link of a page finds its target, and its heading there."""
    target = page.parent / path if path else page
    return target.exists() and (not heading or heading in headings(target))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("see engine/minsight/api.py and `docs/`, or `api.py`", []),
        ("rules/<mineral>/rules.yaml, engine/minsight/*.py", []),
        ("engine/minsight/nowhere.py", ["engine/minsight/nowhere.py"]),
        ("`nowhere.py` beside engine/minsight/*.pyx", [
            "engine/minsight/*.pyx", "nowhere.py",
        ]),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_found(text: str, missing: list[str]) -> None:
    assert list(missing_paths(text)) == missing


def test_a_name_that_is_nowhere_does_not_resolve() -> None:
    assert resolves("minsight.api.Rules.assess")
    assert not resolves("minsight.api.Rules.nowhere")
    assert not resolves("minsight.nowhere.Rules")


def test_every_path_and_name_in_a_text_exists() -> None:
    missing = [
        (name, found)
        for name in TEXTS
        if name != "tests/project/test_references.py"  # the paths above
        for found in (*missing_paths(content(name)), *missing_names(content(name)))
    ]
    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        (name, path, heading)
        for name in PAGES
        for path, heading in LINK.findall(content(name))
        if not leads_somewhere(ROOT / name, path, heading)
    ]
    assert broken == []


def test_every_import_of_an_example_works() -> None:
    imported = {
        found
        for name in PAGES
        for example in PYTHON.findall(content(name))
        for found in imports(example)
    }
    assert imported, "no page imports anything"
    assert [found for found in sorted(imported) if not resolves(found)] == []
