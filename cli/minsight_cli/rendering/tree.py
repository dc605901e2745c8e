"""Trees of text, drawn with lines from each branch to those below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from minsight_cli.printable import can_be_shown

_LINES: Final = ("├── ", "└── ", "│   ", "    ")
_PLAIN: Final = ("|-- ", "`-- ", "|   ", "    ")


class Tree:
    """A label and the trees below it; without a label they stand side by side."""

    def __init__(self, label: Text | None = None) -> None:
        self.label = label
        self.branches: list[Tree] = []

    def add(self, label: Text | str) -> Tree:
        """Add a branch, which comes back so that others can be added to it."""
        branch = Tree(Text(label) if isinstance(label, str) else label)
        self.branches.append(branch)
        return branch


def drawn(tree: Tree) -> Iterator[tuple[str, str, Text]]:
    """Each label from the top down, with what stands before its lines.

    That is the margin of its first line and the margin of all further ones.
    """
    if tree.label is None:
        for branch in tree.branches:
            yield from drawn(branch)
        return
    yield "", "", tree.label
    yield from _below(tree, "", _LINES if can_be_shown("".join(_LINES)) else _PLAIN)


def _below(
    tree: Tree, margin: str, lines: tuple[str, str, str, str]
) -> Iterator[tuple[str, str, Text]]:
    fork, end, along, past = lines
    for branch in tree.branches:
        is_last = branch is tree.branches[-1]
        further = margin + (past if is_last else along)
        yield margin + (end if is_last else fork), further, branch.label or Text()
        yield from _below(branch, further, lines)
