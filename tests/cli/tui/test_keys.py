"""The foot of the screen says which keys there are, in as few lines as hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight_cli.tui.keys import FOOT, HELP, packed
from random_laws import examples


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (6, ["u undo", "r redo", "q quit"]),
        (13, ["u undo", "r redo", "q quit"]),
        (14, ["u undo  r redo", "q quit"]),
        (21, ["u undo  r redo", "q quit"]),
        (22, ["u undo  r redo  q quit"]),
        (1, ["u undo", "r redo", "q quit"]),
    ],
)
def test_a_line_is_full_before_the_next_begins(columns: int, lines: list[str]) -> None:
    assert packed(["u undo", "r redo", "q quit"], columns).splitlines() == lines


def test_without_keys_there_is_no_line() -> None:
    assert packed([], 10) == ""


@examples(40)
@given(
    st.lists(st.text("abc ", min_size=1, max_size=12).map(str.strip).filter(bool)),
    st.integers(1, 40),
)
def test_no_key_is_torn_apart_or_lost(keys: list[str], columns: int) -> None:
    lines = packed(keys, columns).split("\n") if keys else []
    assert "  ".join(lines).split("  ") == "  ".join(keys).split("  ")
    for line in lines:
        assert len(line) <= columns or line in keys


def test_the_help_names_each_key_of_the_foot() -> None:
    for key in FOOT:
        letter = key.partition(" ")[0]
        assert letter == "?" or f"  {letter}" in HELP or f", {letter}" in HELP, key
