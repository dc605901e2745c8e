"""Atoms are taken apart in `logic/atoms` alone: their spelling is written down once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final, get_args

from minsight.logic.atoms import Kind
from places import ROOT

ENGINE: Final = ROOT / "engine" / "minsight"
HOME: Final = "logic/atoms.py"
ALLOWED: Final = {
    ("explanation/steps.py", "cluster:"): "the step of a cluster stands for no one atom"
}
CUTTING: Final = {"split", "rsplit", "partition", "rpartition"}
BEGINNING: Final = re.compile(rf"({'|'.join(get_args(Kind))}):(?! )")


def test_no_module_but_one_spells_or_splits_an_atom() -> None:
    """Modules that import nothing of `minsight.logic` meet no atoms."""
    found = {
        (name, text): line
        for path in sorted(ENGINE.rglob("*.py"))
        if (name := path.relative_to(ENGINE).as_posix()) != HOME
        if "minsight.logic" in (source := path.read_text(encoding="utf-8"))
        for text, line in by_hand(source)
    }
    assert {place: found[place] for place in found.keys() - ALLOWED.keys()} == {}
    assert ALLOWED.keys() - found.keys() == set(), "allowed, and done nowhere"


def by_hand(source: str) -> Iterator[tuple[str, int]]:
    """Texts that begin as atoms do, and colons at which something is cut."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose:
                if BEGINNING.match(text):
                    yield text, node.lineno
            case ast.Call(
                func=ast.Attribute(attr=way), args=[ast.Constant(value=":"), *_]
            ) if way in CUTTING:
                yield f"{way}(':')", node.lineno


def test_what_is_done_by_hand_is_found() -> None:
    source = '''"""flag: prose may begin so."""
kind, _, rest = atom.partition(":")
match atom.split(":", 1):
    case _ if atom.startswith(("gate:", "not:")):
        atom = f"level:{mineral}"
rest = text.split(",")
'''
    assert sorted(by_hand(source), key=lambda one: (one[1], one[0])) == [
        ("partition(':')", 2),
        ("split(':')", 3),
        ("gate:", 4),
        ("not:", 4),
        ("level:", 5),
    ]
