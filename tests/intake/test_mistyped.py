"""Mistyped: a phrase with slips is the one it was meant as, and no other."""

from __future__ import annotations

import pytest

from minsight.compiler.compile import compile_folder
from minsight.intake.mistyped import mistyped
from places import SMALL_RULES

SMALL = compile_folder(SMALL_RULES).vocabulary


@pytest.mark.parametrize(
    ("words", "id_", "by"),
    [
        ("itchy skni", "itch", "spelling"),
        ("skin itchy", "itch", "order"),
    ],
)
def test_a_slip_or_another_order_is_the_phrase_all_the_same(
    words: str, id_: str, by: str
) -> None:
    found = mistyped(words, SMALL)
    assert found is not None
    assert (found[0].id, found[2]) == (id_, by)


@pytest.mark.parametrize("words", ["", "no itchy skin", "purple elephants"])
def test_what_is_no_slip_is_none(words: str) -> None:
    assert mistyped(words, SMALL) is None
