"""Cells that a spreadsheet would run, or that a format cannot hold, are changed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.sinks.safety import held, made_safe
from random_laws import examples


def safe(*texts: str | None) -> tuple[list[str | None], int]:
    table, count = made_safe(pl.DataFrame({"id": texts}, schema={"id": pl.String}))
    return table["id"].to_list(), count


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "'=", "''-"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert safe(f"{start}1") == ([f"'{start}1"], 1)


@pytest.mark.parametrize("text", ["", "a=1", "1-1", "'quoted", " =1", "x", "007", None])
def test_other_texts_stay_as_they_are(text: str | None) -> None:
    assert safe(text) == ([text], 0)


def test_every_text_is_looked_at_and_nothing_else() -> None:
    table = pl.DataFrame({"n": [-1, 2], "a": ["-", "x"], "b": ["=", None]})
    changed, count = made_safe(table)
    assert changed.rows() == [(-1, "'-", "'="), (2, "x", None)]
    assert count == 2
    assert made_safe(pl.DataFrame({"n": [-1]}))[1] == 0


@examples(60)
@given(st.lists(st.text(alphabet="'=-a\n", max_size=4), max_size=6))
def test_no_two_texts_become_one_and_each_comes_back(texts: list[str]) -> None:
    changed, count = safe(*texts)
    assert count == sum(a != b for a, b in zip(texts, changed, strict=True))
    assert len(set(changed)) == len(set(texts))
    again, _ = safe(*changed)
    back = [
        text[1:] if text is not None and text != more else text
        for text, more in zip(changed, texts, strict=True)
    ]
    assert back == texts
    assert all(text is not None and not text.startswith(("=", "-")) for text in again)


def kept(*texts: str | None, most: int) -> tuple[list[str | None], int]:
    table, count = held(
        pl.DataFrame({"id": texts}, schema={"id": pl.String}), most=most
    )
    return table["id"].to_list(), count


@pytest.mark.parametrize(
    ("text", "held_as", "changed"),
    [
        ("abc", "abc", 0),
        ("abcd", "ab\u2026", 1),
        ("\u00e4\u00f6\u00fc", "\u00e4\u00f6\u00fc", 0),
        ("\u00e4\u00f6\u00fc\u00df", "\u00e4\u00f6\u2026", 1),
        ("a\x00b", "a\ufffdb", 1),
        ("a\tb", "a\tb", 0),
        ("\ufffea", "\ufffda", 1),
        ("\x00\x01\x02\x03", "\ufffd\ufffd\u2026", 1),
        (None, None, 0),
    ],
)
def test_a_text_is_held_in_so_many_characters_that_can_be_written(
    text: str | None, held_as: str | None, changed: int
) -> None:
    assert kept(text, most=3) == ([held_as], changed)


@examples(40)
@given(st.text(max_size=8), st.integers(1, 6))
def test_nothing_that_is_held_is_too_long_or_changed_twice(
    text: str, most: int
) -> None:
    (once,), _ = kept(text, most=most)
    assert once is not None
    assert len(once) <= most
    assert kept(once, most=most) == ([once], 0)
