"""A check of a map counts what reading the file by it gives."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.drafting.map_check import check_map
from minsight.screening.drafting.map_draft import draft_map
from minsight.screening.sources.source import source_of
from random_laws import examples
from reading_tables import csv_text, mapped, read


def test_what_would_reject_a_row_is_shown(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "d.csv"
    path.write_text("id,age,pica\na,30,yes\nb,old,mabye\n", encoding="utf-8")
    found = check_map(source_of(path), rules.vocabulary, None)
    by = {one.column: one for one in found.columns}
    assert found.rows == 2
    assert by["pica"].counts == (("yes", 1), ("no", 0))
    assert (by["pica"].unread, by["age"].unread) == (("mabye",), ("old",))
    assert by["id"].counts == (("filled in", 2),)


_CELLS = st.sampled_from(["yes", "no", "", "unknown", "Y", "n"])


@examples(30)
@given(answers=st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=8))
def test_a_draft_is_counted_as_it_is_read(
    answers: list[tuple[str, str]], rules: minsight.Rules, tmp_path: Path
) -> None:
    rows = [[f"p{n}", *cells] for n, cells in enumerate(answers)]
    path = tmp_path / "law.csv"
    path.write_text(csv_text(("id", "fatigue", "pica"), rows), encoding="utf-8")
    draft = draft_map(source_of(path), rules.vocabulary)
    if "fatigue" not in draft.placed or "pica" not in draft.placed:
        return
    mapping = mapped(draft.text, tmp_path, rules)
    outcome = read(path, rules, mapping=mapping)
    assert not outcome.rejects
    for one in check_map(source_of(path), rules.vocabulary, mapping).columns:
        if one.column in ("fatigue", "pica"):
            given_ = outcome.answers[one.column].to_list()
            counted = (("yes", given_.count(True)), ("no", given_.count(False)))
            assert one.counts == counted
