"""Vectors: words that mean nearly the same have rows that are near each other."""

from __future__ import annotations

import hashlib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.errors import FileError
from minsight.intake.text import vectors
from minsight.intake.text.lists import DATA
from minsight.intake.text.vectors import (
    LENGTH,
    RAISED,
    TABLE,
    Packed,
    WordVectors,
    word_vectors,
)
from random_laws import examples

FEW = WordVectors(["itch", "##y", "skin"], bytes([3, 4, 0, 1, 255, 0]))


def vector(*numbers: int) -> bytes:
    return array("b", numbers).tobytes()


def product(one: str, other: str) -> float:
    rows = [
        memoryview(word_vectors().of(words) or b"").cast("b") for words in (one, other)
    ]
    return float(sum(a * b for a, b in zip(*rows, strict=True))) / LENGTH**2


def test_pieces_of_a_word_are_added_and_the_length_is_always_the_same() -> None:
    assert FEW.of("skin") == vector(-127, 0)  # as much as a byte holds
    assert FEW.of("itchy") == WordVectors(["itchy"], vector(3, 5)).of("itchy")


def test_words_count_by_their_weight() -> None:
    weights = {"itch": 1.0, "skin": 0.0}
    two = WordVectors(["itch", "skin"], vector(1, 0, 0, 1))
    assert two.of("itch skin", weights.__getitem__) == two.of("itch")
    assert two.of("itch skin") != two.of("itch")


@pytest.mark.parametrize("words", ["", "zz", "q skxn"])
def test_words_without_pieces_have_no_vector(words: str) -> None:
    assert FEW.of(words) is None


def test_words_that_cancel_out_have_none() -> None:
    assert WordVectors(["a", "b"], vector(1, -1)).of("a b") is None


@pytest.mark.parametrize(
    ("words", "near", "far"),
    [
        ("brew", "tea", "knee"),
        ("queasy", "nausea", "ankle"),
        ("weary", "tired", "rash"),
    ],
)
def test_what_means_nearly_the_same_is_near(words: str, near: str, far: str) -> None:
    assert product(words, near) > product(words, far)


def test_the_table_is_the_one_that_its_note_speaks_of() -> None:
    note = (DATA / "vectors.md").read_text(encoding="utf-8")
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() in note
    assert TABLE.stat().st_size < 5_000_000


@pytest.mark.parametrize(
    "held", [b"", b"other 1 2\na\n\1\2", b"minsight-vectors-1 1 3\na\n\1"]
)
def test_a_table_that_is_not_whole_is_told(
    held: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "vectors.bin"
    table.write_bytes(held)
    monkeypatch.setattr(vectors, "TABLE", table)
    with pytest.raises(FileError, match="install the package anew"):
        word_vectors.__wrapped__()


@examples(100)
@given(data=st.data())
def test_all_products_at_once_are_those_of_one_by_one(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 5))
    row = st.lists(st.integers(-127, 127), min_size=size, max_size=size)
    rows = data.draw(st.lists(row, min_size=1, max_size=6))
    asked = data.draw(row)
    packed = Packed(b"".join(vector(*one) for one in rows), size)
    found = [one - RAISED for one in packed.raised_products(vector(*asked))]
    assert found == [sum(map(int.__mul__, one, asked)) for one in rows]
