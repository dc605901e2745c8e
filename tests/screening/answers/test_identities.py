"""Ids that stand more than once are told, within a file and across files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.answers.identities import Identities
from minsight.screening.rejects import Notice
from random_laws import examples
from reading_tables import read


def answers(ids: Sequence[str], first: int = 1) -> pl.DataFrame:
    return pl.DataFrame({"subject_id": ids}).with_row_index("row", first)


def test_ids_that_stand_once_are_not_told() -> None:
    seen = Identities()
    assert seen.notices() == ()
    seen.add("a.csv", answers(["x", "y"]))
    seen.add("b.csv", answers([]))
    seen.add("b.csv", answers(["z"]))
    assert seen.notices() == ()


def test_an_id_that_stands_again_is_told_once_a_file_with_its_first_place() -> None:
    seen = Identities()
    seen.add("a.csv", answers(["x", "y", "x", "x"]))
    seen.add("b.csv", answers(["new", "y"]))
    assert seen.notices() == (
        Notice(
            "a.csv",
            "2 subject ids stand more than once; row 3 has that of row 1",
            2,
        ),
        Notice(
            "b.csv",
            "1 subject id stands more than once; row 2 has that of row 2 of `a.csv`",
            1,
        ),
    )


def test_the_batches_of_one_file_are_one_file() -> None:
    seen = Identities()
    seen.add("a.csv", answers(["x"]))
    seen.add("a.csv", answers(["x"], first=2))
    (notice,) = seen.notices()
    assert notice.message.endswith("row 2 has that of row 1")


def test_row_numbers_that_stand_for_ids_are_no_ids() -> None:
    seen = Identities()
    for file in ("a.csv", "b.csv"):
        seen.add(file, answers(["1", "2", "3"]))
    assert seen.notices() == ()


@examples(30)
@given(st.lists(st.lists(st.sampled_from("uvwxyz"), max_size=6), max_size=3))
def test_as_many_ids_are_told_as_stand_again(files: list[list[str]]) -> None:
    seen = Identities()
    again: dict[str, int] = {}
    before: set[str] = set()
    for number, ids in enumerate(files):
        seen.add(f"{number}.csv", answers(ids))
        for id_ in ids:
            if id_ in before:
                again[f"{number}.csv"] = again.get(f"{number}.csv", 0) + 1
            before.add(id_)
    assert {notice.file: notice.rows for notice in seen.notices()} == again


def test_ids_that_stand_twice_in_a_file_are_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "d.csv"
    path.write_text("id,fatigue\n1a,yes\n1a,no\n", encoding="utf-8")
    seen = Identities()
    seen.add("d.csv", read(path, rules).answers)
    (notice,) = seen.notices()
    assert "more than once" in notice.message
