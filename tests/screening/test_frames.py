"""Frames of every kind are assessed as files are, and come back as what they were."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import minsight

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


def test_what_is_no_frame_is_refused(rules: minsight.Rules) -> None:
    with pytest.raises(TypeError):
        rules.assess_table([1, 2])
