"""Frames of every kind are assessed as files are, and come back as what they were."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import minsight
from minsight.screening import frames
from minsight.screening.frames import assess_table, is_spark, raws_of
from minsight.screening.mapping.maps import Answering, Map
from minsight.screening.mapping.value_sets import Spellings

ANSWERS: Final = {
    "id": ["007", "8", "9", "10"],
    "age_years": [28, 40, 1000, 3],
    "sex": ["f", "m", "f", "f"],
    "spoon-shaped nails": ["yes", "no", "yes", "mabye"],
    "fatigue": ["1", "", "0", "1"],
}
KINDS: Final = {
    "polars": pl.DataFrame,
    "lazy": pl.LazyFrame,
    "pandas": pd.DataFrame,
    "arrow": pa.table,
}


def as_polars(frame: Any) -> pl.DataFrame:
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pd.DataFrame):
        return pl.from_pandas(frame)
    found = pl.from_arrow(frame)
    assert isinstance(found, pl.DataFrame)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_gives_what_each_person_gives(kind: str, rules: minsight.Rules) -> None:
    given: Any = KINDS[kind](ANSWERS)
    found = rules.assess_table(given)
    for part in (found.results, found.rejects, found.notices):
        assert type(part) is type(given)
    results, rejects = as_polars(found.results), as_polars(found.rejects)
    assert set(results["row"]) == {1, 2}
    assert set(rejects["row"]) == {3, 4}
    person = minsight.Subject(present=["spoon_nails", "fatigue"], age="28", sex="f")
    expected = [(c.mineral, c.level) for c in rules.assess(person).candidates]
    own = results.filter(pl.col("subject_id") == "007").sort("rank")
    assert own.select("mineral", pl.col("level").cast(pl.String)).rows() == expected


def test_columns_that_nobody_knows_are_told(rules: minsight.Rules) -> None:
    found = rules.assess_table(pl.DataFrame({"fatigue": [True], "xyzzy": [1]}))
    assert any("xyzzy" in text for text in found.notices["message"])


def test_a_frame_without_a_question_is_refused(rules: minsight.Rules) -> None:
    with pytest.raises(minsight.FileError, match="no column is a question"):
        rules.assess_table(pl.DataFrame({"xyzzy": [1]}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_means_other_columns_is_a_name(
    kind: str, rules: minsight.Rules
) -> None:
    yes_or_no = Spellings(frozenset("1"), frozenset("2"))
    answers = (
        Answering("*", "fatigue", yes_or_no),
        Answering("^.*$", "spoon_nails", yes_or_no),
    )
    frame: Any = KINDS[kind]({"*": [1, 2], "^.*$": [2, 1], "who": ["a", "b"]})
    found = assess_table(rules, frame, mapping=Map("m.yaml", id="who", answers=answers))
    assert as_polars(found.rejects).is_empty()
    plain: Any = KINDS[kind](
        {"fatigue": [1, 0], "spoon_nails": [0, 1], "id": ["a", "b"]}
    )
    expected = assess_table(rules, plain)
    assert as_polars(found.results).equals(as_polars(expected.results))


def test_what_is_no_frame_is_refused(rules: minsight.Rules) -> None:
    with pytest.raises(TypeError):
        rules.assess_table([1, 2])


# --- rows of a frame ------------------------------------------------------------------


def test_rows_are_numbered_from_the_first_unless_they_have_numbers() -> None:
    frame = pl.DataFrame({"0": ["a", "b"]})
    (raw,) = raws_of(frame, first=5)
    assert raw.frame.rows() == [(5, "a"), (6, "b")]
    assert (raw.rows, raw.rejects) == (2, ())
    (numbered,) = raws_of(frame.with_columns(row=pl.Series([9, 3])))
    assert numbered.frame["row"].to_list() == [9, 3]


def test_many_rows_come_in_pieces_and_no_row_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "_ROWS", 3)
    pieces = list(raws_of(pl.DataFrame({"0": range(7)})))
    assert [piece.rows for piece in pieces] == [3, 3, 1]
    assert [n for piece in pieces for n in piece.frame["0"]] == list(range(7))
    assert list(raws_of(pl.DataFrame({"0": []}))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_frames_of_this_process_are_not_those_of_spark(kind: str) -> None:
    frame: Any = KINDS[kind]({"fatigue": ["yes"]})
    assert not is_spark(frame)


def test_a_map_says_what_the_columns_of_a_frame_are(rules: minsight.Rules) -> None:
    mapping = Map(
        "m.yaml",
        id="who",
        answers=(Answering("q", "fatigue", Spellings(frozenset("1"), frozenset("2"))),),
    )
    frame = pl.DataFrame({"q": [1, 2, 3], "who": ["a", "b", "c"], "fever": [1, 1, 1]})
    found = assess_table(rules, frame, mapping=mapping)
    assert found.results["subject_id"].unique().sort().to_list() == ["a", "b"]
    assert found.rejects.select("row", "column", "value").rows() == [(3, "q", "3")]
    assert any("`fever`" in text for text in found.notices["message"])


def test_answers_at_odds_are_rejected_or_taken_as_unknown(
    rules: minsight.Rules,
) -> None:
    frame = pl.DataFrame({"sex": ["m"], "pregnant": ["yes"], "fatigue": ["yes"]})
    assert assess_table(rules, frame).rejects.height == 1
    going_on = assess_table(rules, frame, keep_going=True)
    assert going_on.rejects.height == 0
    assert going_on.results["row"].unique().to_list() == [1]


def test_a_lazy_frame_runs_once_and_not_before_it_is_collected(
    rules: minsight.Rules,
) -> None:
    runs: list[int] = []

    def counted(frame: pl.DataFrame) -> pl.DataFrame:
        runs.append(frame.height)
        return frame

    lazy = pl.LazyFrame({"fatigue": ["yes", "no"], "hats": [1, 2]})
    schema = lazy.collect_schema()
    found = assess_table(rules, lazy.map_batches(counted, schema=schema))
    assert runs == []
    results, rejects, notices = pl.collect_all(
        [found.results, found.rejects, found.notices]
    )
    assert runs == [2]
    assert set(results["row"]) == {1, 2}
    assert rejects.is_empty()
    assert not notices.is_empty()


def test_a_column_of_mixed_types_is_read_as_text(rules: minsight.Rules) -> None:
    mixed = pd.DataFrame({"fatigue": ["yes", 0, None, 2.5], "id": ["a", 7, "c", "d"]})
    found = assess_table(rules, mixed)
    assert set(found.results["subject_id"]) == {"a", "7", "c"}
    (reject,) = found.rejects.to_dict("records")
    assert (reject["row"], reject["column"], reject["value"]) == (4, "fatigue", "2.5")


def test_ids_that_stand_twice_in_a_frame_are_told(rules: minsight.Rules) -> None:
    frame = pl.DataFrame({"id": ["x", "x"], "fatigue": [True, False]})
    (message,) = assess_table(rules, frame).notices["message"]
    assert message == "1 subject id stands more than once; row 2 has that of row 1"
