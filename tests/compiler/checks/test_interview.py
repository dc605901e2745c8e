"""How people are asked: each mistake is told once, with its line and what to do.

Each test copies the small rules with their interview, and makes one mistake in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guides import SMALL_INTERVIEW, small_asked, small_rules_with_interview
from minsight.compiler.checks.content import Content
from minsight.compiler.checks.interview import interview_stands
from minsight.compiler.compile import compile_folder
from minsight.compiler.layout import FREQUENCIES, HISTORY, WARNINGS, WORDINGS
from mistakes import Mistake
from mistakes.damage import (
    assert_well_worded,
    edited,
    issues_of,
    line_of,
    only_issue_of,
)
from mistakes.of_interview import ASKED
from small_folder import small_folder


def test_the_small_interview_is_sound() -> None:
    """The folder that every test here damages has no problem by itself."""
    assert len(small_asked().guide.questions) == 7


def test_rules_without_an_interview_are_sound() -> None:
    assert list(interview_stands(Content(small_folder()))) == []


@pytest.mark.parametrize("mistake", ASKED, ids=[m.law for m in ASKED])
def test_one_mistake_is_one_issue_with_its_line_and_its_fix(
    mistake: Mistake, tmp_path: Path
) -> None:
    root = edited(small_rules_with_interview(tmp_path), mistake.edit)
    issue = only_issue_of(root)
    file = mistake.edit.file
    assert issue.place.file == file
    assert [words for words in mistake.says if words not in issue.message] == []
    assert mistake.fix in issue.fix
    assert issue.place.line == line_of(root, file, mistake.at)
    assert_well_worded(issue)


@pytest.mark.parametrize("left_out", [WORDINGS, WARNINGS, FREQUENCIES])
def test_each_file_may_be_missing(left_out: str, tmp_path: Path) -> None:
    root = small_rules_with_interview(tmp_path)
    (root / left_out).unlink()
    assert len(compile_folder(root).guide.questions) == 7


def test_warning_signs_name_questions_that_are_there(tmp_path: Path) -> None:
    root = small_rules_with_interview(tmp_path)
    (root / HISTORY).unlink()
    assert {issue.place.file for issue in issues_of(root)} == {WARNINGS}


def test_the_small_interview_has_every_file_that_a_rule_folder_may_have() -> None:
    names = {path.name for path in SMALL_INTERVIEW.iterdir()}
    files = (HISTORY, WORDINGS, WARNINGS, FREQUENCIES)
    assert names == {file.split("/")[1] for file in files}
