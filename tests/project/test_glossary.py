"""The words of `docs/glossary.md`: each has one meaning, and some are not used.

Words that nobody may be shown have a test of their own, `test_words.py`.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import pytest

from places import ROOT

GLOSSARY: Final = ROOT / "docs" / "glossary.md"
MEANT, UNUSED = (
    re.findall(r"^\| (?!word \||not \|)([^-|][^|]*) \|(.*)\|$", part, re.MULTILINE)
    for part in GLOSSARY.read_text(encoding="utf-8").split("## Words not used")
)
TWICE: Final = ["source"]
"""A cited work and a file to read: the room says which."""

CITED: Final = ("coverage.md", "glossary.md", "seed_claims.md", "sources.md")
"""Pages that quote titles, articles or these words."""

QUOTED: Final = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def words_of(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",")]


NOT_USED: Final = [
    (words_of(words), re.findall(r"`([^`]+)`", rest)) for words, rest in UNUSED
]
"""Words of one kind that are not used, and the ends of the paths where they are."""


def found_in(text: str) -> list[str]:
    """The words of a text that are not used, also in the plural."""
    words = chain.from_iterable(words for words, _ in NOT_USED)
    return [word for word in words if re.search(rf"(?i)\b{word}s?\b", text)]


# --- the texts ------------------------------------------------------------------------


def pages() -> Iterator[tuple[str, str]]:
    """What is written for people, by path, without code."""
    folders = (ROOT, ROOT / "docs", ROOT / "docs/decisions", ROOT / "rules")
    for folder in (*folders, ROOT / "benchmarks"):
        for page in folder.glob("*.md"):
            if page.name not in CITED:
                yield name_of(page), QUOTED.sub("", page.read_text(encoding="utf-8"))


def code() -> Iterator[tuple[str, str]]:
    """Docstrings, messages and other strings that are more than a name, by path."""
    for folder in ("engine", "cli", "docs/generate", "benchmarks"):
        for module in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(module.read_text(encoding="utf-8"))
            name = name_of(module)
            listed = "intake/text/" in name  # words that people may say
            for text in docstrings(tree) if listed else strings(tree):
                yield name, QUOTED.sub("", text)


@cache
def uses() -> tuple[tuple[str, str], ...]:
    """Each path with each of the words that its texts use."""
    texts = (*pages(), *code())
    return tuple((name, word) for name, text in texts for word in found_in(text))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and " " in value:
            yield value


def docstrings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield ast.get_docstring(node) or ""


# --- the laws -------------------------------------------------------------------------


def test_a_word_has_one_meaning() -> None:
    counted = Counter(word for words, _ in MEANT for word in words_of(words))
    assert len(counted) > 60
    assert [word for word, count in counted.items() if count > 1] == TWICE


def test_every_word_has_a_meaning() -> None:
    assert [word for word, rest in MEANT if not rest.partition("|")[0].strip()] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rulesets fire.", ["ruleset"]),
        ("of course it triggered", ["triggered", "of course"]),
        ("the configured source", []),
    ],
)
def test_words_are_found_whole_and_in_the_plural(text: str, found: list[str]) -> None:
    assert found_in(text) == found


def test_no_text_uses_a_word_that_is_not_used() -> None:
    right = {word: tuple(places) for words, places in NOT_USED for word in words}
    assert [use for use in uses() if not use[0].endswith(right[use[1]])] == []


def test_a_word_is_used_wherever_it_is_said_to_be_right() -> None:
    used = uses()
    needless = [
        (words, place)
        for words, places in NOT_USED
        for place in places
        if not any(name.endswith(place) and word in words for name, word in used)
    ]
    assert needless == []
