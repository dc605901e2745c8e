"""Notices are told once, with the rows that they touch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.rejects import Notebook, Notice, merged
from random_laws import examples

_NOTICES = st.lists(
    st.builds(Notice, st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 9)),
    max_size=12,
)


def test_merged_notices_of_two_files_stay_apart() -> None:
    notices = [Notice("b", "x", 1), Notice("a", "x", 2), Notice("b", "x", 4)]
    assert merged(notices) == (Notice("b", "x", 5), Notice("a", "x", 2))
    assert merged([]) == ()


@examples(30)
@given(_NOTICES)
def test_merging_keeps_each_message_once_and_loses_no_row(
    notices: list[Notice],
) -> None:
    found = merged(notices)
    keys = [(one.file, one.message) for one in found]
    assert keys == list(dict.fromkeys((one.file, one.message) for one in notices))
    assert sum(one.rows for one in found) == sum(one.rows for one in notices)
    assert merged(found) == found


@examples(30)
@given(_NOTICES, _NOTICES)
def test_batches_merged_apart_and_then_together_tell_the_same(
    first: list[Notice], second: list[Notice]
) -> None:
    assert merged([*merged(first), *merged(second)]) == merged([*first, *second])


def test_a_notebook_adds_up_what_it_notes_and_forgets_what_it_told() -> None:
    notebook = Notebook("f.csv")
    assert not notebook
    assert notebook.told() == ()
    notebook.note("odd", 2)
    notebook.note("read as UTF-16")
    notebook.note("odd", 1)
    assert notebook
    assert notebook.told() == (
        Notice("f.csv", "odd", 3),
        Notice("f.csv", "read as UTF-16", 0),
    )
    assert not notebook
    notebook.note("odd", 4)
    assert notebook.told() == (Notice("f.csv", "odd", 4),)
