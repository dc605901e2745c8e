"""Every phrase is counted, the most frequent are listed, and nothing personal is."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest

import minsight
from minsight.intake.recognition import Unrecognised
from minsight.screening.runs import unread as listing
from minsight.screening.runs.unread import Listing, list_unread, unread_phrases


def unread(**times: int) -> Mapping[Unrecognised, int]:
    return {Unrecognised(text, ()): number for text, number in times.items()}


def listed(
    file: Path, rules: minsight.Rules, **about: int
) -> tuple[Listing, list[dict[str, str]]]:
    out = io.BytesIO()
    with unread_phrases(file) as phrases:
        told = phrases.write(out, rules.vocabulary, **about)
    return told, list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def test_phrases_stand_once_the_most_frequent_first_then_by_alphabet(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add(unread(wibble=2, zonk=1))
        phrases.add(unread(ZONK=4, gribble=2))
    told, rows = listed(tmp_path / "u", rules)
    found = [(row["phrase"], row["times"], row["means"]) for row in rows]
    assert found == [("zonk", "5", ""), ("gribble", "2", ""), ("wibble", "2", "")]
    assert told == Listing(3, 0, 0)


def test_suggestions_stand_with_id_and_label(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add({Unrecognised("zonky hair, wibble", ()): 1})
    _, rows = listed(tmp_path / "u", rules)
    ids = [rows[1][f"id_{number}"] for number in (1, 2, 3)]
    labels = [rows[1][f"label_{number}"] for number in (1, 2, 3)]
    assert rows[1]["phrase"] == "zonky hair"
    assert all(ids)
    assert labels == [rules.vocabulary.label(id_) for id_ in ids]


def test_why_it_was_not_understood_stands_beside(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add({Unrecognised("my aunt, fever", (), "said of somebody else"): 1})
    _, (row,) = listed(tmp_path / "u", rules)
    assert (row["phrase"], row["because"]) == (
        "my aunt, fever",
        "said of somebody else",
    )


@pytest.mark.parametrize(
    "text",
    [
        "call 0171 555 1234",
        "born 12/03/1985",
        "+49 (0)30-1234",
        "ask ann@example.org",
        "see https://example.org/ann",
        "see www.example.org",
        "nhs 9434765919",
        "z" * 201,
    ],
)
def test_what_may_tell_who_somebody_is_is_counted_and_not_kept(
    text: str, tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add({Unrecognised(text, ()): 3})
    assert listed(tmp_path / "u", rules) == (Listing(0, 0, 3), [])
    assert text.encode() not in (tmp_path / "u").read_bytes()


@pytest.mark.parametrize("text", ["zonk for 3 weeks", "bp 120/80", "zonk 36.5 at 10"])
def test_few_numbers_are_nobody(
    text: str, tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add({Unrecognised(text, ()): 1})
    _, (row,) = listed(tmp_path / "u", rules)
    assert row["phrase"] == text


def test_a_list_has_a_bound_and_tells_how_many_are_beyond_it(
    tmp_path: Path, rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_PHRASES", 2)
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add(unread(a=1, b=5, c=3, d=2))
    told, rows = listed(tmp_path / "u", rules)
    assert [row["phrase"] for row in rows] == ["b", "c"]
    assert told == Listing(2, 2, 0)


def test_rare_phrases_are_left_out_where_small_counts_are_hidden(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add(unread(a=1, b=5))
    told, rows = listed(tmp_path / "u", rules, smallest=5)
    assert [row["phrase"] for row in rows] == ["b"]
    assert told == Listing(1, 1, 0)


def test_parts_are_added_up(tmp_path: Path, rules: minsight.Rules) -> None:
    for name, times in (("one", 2), ("two", 3)):
        with unread_phrases(tmp_path / name) as phrases:
            phrases.add(unread(zonk=times, **{name: 1, "a@b": 1}))
    told = list_unread(
        [tmp_path / "one", tmp_path / "two"],
        tmp_path / "list.csv",
        rules.vocabulary,
        smallest=0,
        beside=tmp_path / "beside",
    )
    text = (tmp_path / "list.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = [(row["phrase"], row["times"]) for row in rows]
    assert found == [("zonk", "5"), ("one", "1"), ("two", "1")]
    assert told == Listing(3, 0, 2)
    assert not (tmp_path / "beside").exists()


def test_memory_does_not_grow_with_the_number_of_phrases(tmp_path: Path) -> None:
    """They wait on the disk; what is added at once is a batch."""
    with unread_phrases(tmp_path / "u") as phrases:
        phrases.add(unread(first=1))
        tracemalloc.start()
        for batch in range(100):
            phrases.add({Unrecognised(f"z{batch}-{n}", ()): 1 for n in range(1_000)})
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 4_000_000
