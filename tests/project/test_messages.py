"""Messages of the library speak of the library; the command line adds its own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import minsight
from command_line import CommandLine
from minsight.errors import Remedy
from minsight.whatif.changes import Change
from minsight_cli.app import COMMANDS
from minsight_cli.exits import Exit
from minsight_cli.remedies import as_done_here
from places import ROOT

ENGINE: Final = ROOT / "engine" / "minsight"
OF_THE_COMMAND_LINE: Final = re.compile(rf"--[a-z]|minsight (?:{'|'.join(COMMANDS)})\b")
"""An option, or a command; "Made from minsight rules" is neither."""
REMEDIES: Final = {name: text for name, text in vars(Remedy).items() if name.isupper()}


def texts(module: Path) -> Iterator[str]:
    """Every text in the code of a module, docstrings apart."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def test_no_text_of_the_library_names_a_command_or_an_option() -> None:
    modules = sorted(ENGINE.rglob("*.py"))
    assert len(modules) > 100
    found = [
        (module.relative_to(ENGINE).as_posix(), text)
        for module in modules
        for text in texts(module)
        if OF_THE_COMMAND_LINE.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("remedy", REMEDIES.values(), ids=REMEDIES)
def test_the_command_line_says_how_each_remedy_is_done_there(remedy: str) -> None:
    assert OF_THE_COMMAND_LINE.search(as_done_here(f"it cannot be done; {remedy}"))


def test_what_the_library_refuses_is_told_in_words_of_the_command_line(
    rules: minsight.Rules, command: CommandLine
) -> None:
    with pytest.raises(minsight.SubjectError, match=Remedy.KNOWN_WORDS):
        rules.change(minsight.Subject(present=["fatigue"]), Change("add", "xyzzy"))
    run = command.run("whatif", "fatigue", "--add", "xyzzy")
    assert run.code == Exit.USAGE
    assert "`minsight symptoms`" in run.err
