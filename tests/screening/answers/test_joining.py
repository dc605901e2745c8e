"""Small files of one shape are one table, in which each row knows its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import pytest

import minsight
from minsight.screening.answers.joining import Joined, Joining
from minsight.screening.answers.places import place
from minsight.screening.rejects import BETWEEN_FILES, Notice
from minsight.screening.runs.manifest import digest_of
from minsight.screening.sources.files import find_sources
from minsight.screening.sources.source import Source


def joined(
    texts: Sequence[str], folder: Path, rules: minsight.Rules, fewest: int = 2
) -> Joined | None:
    """What is joined of `f0.csv`, `f1.csv` and so on."""
    for number, text in enumerate(texts):
        (folder / f"f{number}.csv").write_text(text, encoding="utf-8")
    found = find_sources(folder / f"f{number}.csv" for number in range(len(texts)))
    return join(found.sources, rules, fewest)


def join(
    sources: Iterable[Source], rules: minsight.Rules, fewest: int = 2
) -> Joined | None:
    joining = Joining(rules.vocabulary)
    placed = partial(place, vocabulary=rules.vocabulary)
    return joining.joined(sources, placed, fewest=fewest)


def how_many(texts: Sequence[str], folder: Path, rules: minsight.Rules) -> int:
    found = joined(texts, folder, rules, fewest=1)
    return 0 if found is None else len(found.sources)


def test_rows_are_numbered_on_from_file_to_file(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    texts = ["id,fever\na,yes\nb,\n", "id,fever\n", 'id,fever\n"c",no\n']
    found = joined(texts, tmp_path, rules)
    assert found is not None
    assert found.names == tuple(str(tmp_path / f"f{n}.csv") for n in range(3))
    assert found.digests == tuple(digest_of(Path(name))[0] for name in found.names)
    (table,) = found.tables
    assert table.raw.frame["row"].to_list() == [1, 2, 2 * BETWEEN_FILES + 1]
    assert table.raw.frame["1"].to_list() == ["yes", None, "no"]
    (ids,) = table.placing.of("id")
    assert table.raw.frame[str(ids.index)].to_list() == ["a", "b", "c"]


def test_who_has_no_id_has_the_row_in_the_own_file(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    for head, first in (("id,fever", " ,yes"), ("fever,pica", "yes,no")):
        found = joined([f"{head}\n{first}\n"] * 2, tmp_path, rules)
        assert found is not None
        (table,) = found.tables
        (ids,) = table.placing.of("id")
        assert table.raw.frame[str(ids.index)].to_list() == ["1", "1"]


@pytest.mark.parametrize(
    "other",
    [
        "fever,id\nyes,b\n",  # another order
        "id;fever\nb;yes\n",  # another separator
        "id,fever,sex\nb,yes,1\n",  # of which the first look says something else
    ],
)
def test_files_of_each_shape_are_a_table(
    other: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    alike = "id,fever,sex\na,yes,f\n"
    found = joined([alike, other, alike, other], tmp_path, rules)
    assert found is not None
    places = [
        [number // BETWEEN_FILES for number in table.raw.frame["row"]]
        for table in found.tables
    ]
    assert places == [[0, 2], [1, 3]]


@pytest.mark.parametrize(
    "odd",
    [
        "id,fever\nb,yes,no\n",  # a row is put aside
        "id,oddly\nb,yes\n",  # no column is a question
        "id,fever\nb,2\nc,1\n",  # nor is one left after the first look
    ],
)
def test_a_file_that_is_odd_ends_what_is_joined(
    odd: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    alike = "id,fever\na,yes\n"
    assert how_many([alike, alike, odd, alike], tmp_path, rules) == 2
    assert joined([alike, odd], tmp_path, rules) is None


def test_words_of_several_rows_and_lines_of_a_long_file_are_read_alone(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    """What columns a row in words has may depend on others in words beside it."""
    head = "id,fever,symptoms\n"
    one, two = "a,yes,always tired\nb,no, \n", "a,yes,always tired\nb,no,no appetite\n"
    assert how_many([head + one, head + one, head + two], tmp_path, rules) == 2
    lines = "subject,question,answer\na,fever,yes\n"
    assert how_many([lines, lines], tmp_path, rules) == 0


def test_names_that_do_not_ascend_are_not_joined(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    for name in ("b", "c", "a"):
        (tmp_path / f"{name}.csv").write_text("id,fever\na,yes\n", encoding="utf-8")
    found = find_sources(tmp_path / f"{name}.csv" for name in ("b", "c", "a"))
    together = join(found.sources, rules)
    assert together is not None
    assert [Path(name).name for name in together.names] == ["b.csv", "c.csv"]


def test_what_is_known_before_the_rows_is_told_of_each_file(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    found = joined(["id,fever,sex\na,yes,1\n"] * 2, tmp_path, rules)
    assert found is not None
    told = (
        "`sex` was not read: it holds 1, and nobody says which is female; say it in a"
        " map"
    )
    assert found.notices == tuple(Notice(name, told) for name in found.names)
