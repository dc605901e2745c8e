"""A copy of `small_rules` with mistakes in it, and the issues it is refused for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from minsight.compiler import documents
from minsight.compiler.compile import compile_folder
from minsight.errors import Issue, RulesError
from mistakes import Edit
from places import SMALL_RULES

SMALL = SMALL_RULES
FOREIGN_WORDS = re.compile(
    r"Traceback|pydantic|Error\b|instance of|NoneType|literal\[|constrained|function-|"
    + "|".join(
        rf"\b{name}\b"
        for name, kind in vars(documents).items()
        if isinstance(kind, type) and issubclass(kind, documents.Document)
    )
)


def copied(tmp_path: Path, *edits: Edit) -> Path:
    """A copy of the small rules with these edits made."""
    root = tmp_path / "rules"
    shutil.copytree(SMALL, root)
    return edited(root, *edits)


def edited(root: Path, *edits: Edit) -> Path:
    """The folder, in which these edits were made."""
    for edit in edits:
        path = root / edit.file
        text = path.read_text("utf-8")
        assert text.count(edit.old) == 1, f"{edit.old!r} does not stand there once"
        path.write_text(text.replace(edit.old, edit.new), "utf-8")
    return root


def issues_of(root: Path) -> tuple[Issue, ...]:
    """The issues for which the folder is refused."""
    with pytest.raises(RulesError) as caught:
        compile_folder(root)
    return caught.value.issues


def only_issue_of(root: Path) -> Issue:
    issues = issues_of(root)
    assert len(issues) == 1, "\n".join(map(str, issues))
    return issues[0]


def line_of(root: Path, file: str, text: str) -> int:
    """The line on which this text stands; it must stand on one line only."""
    lines = (root / file).read_text("utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, start=1) if text in line]
    return number


def assert_well_worded(issue: Issue) -> None:
    """Lowercase, no final stop, no words of the machinery."""
    for text in (issue.message, issue.fix):
        assert text[0] == "`" or text[0].islower()
        assert not text.endswith(".")
        assert "\n" not in text
        assert FOREIGN_WORDS.search(text) is None, text
