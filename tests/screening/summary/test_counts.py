"""Counts of screened rows, worked out by hand; the tally adds them up."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.rejects import Reject
from minsight.screening.results.schema import LEVEL, URGENCY
from minsight.screening.summary.counts import (
    MOST_WORDS,
    candidates,
    people,
    questions,
    reason_kind,
    rejected,
    standing_counts,
    unanswered,
)
from minsight.screening.summary.strata import STRATA, strata_of
from random_laws import examples

RESULTS = pl.DataFrame(
    [
        (1, "none", True, "iron", "typical_pattern"),
        (1, "none", True, "zinc", "few_findings"),
        (4, "soon", False, None, "no_pattern"),
        (7, "none", False, "zinc", "few_findings"),
        (7, "none", False, "iron", "partial_pattern"),
    ],
    schema={
        "row": pl.UInt64,
        "urgency": URGENCY,
        "urgency_judged": pl.Boolean,
        "mineral": pl.String,
        "level": LEVEL,
    },
    orient="row",
)
"""Three people; the third has a mineral ahead of one of a higher level."""
GIRL, UNKNOWN = ("1-3y", "female"), ("unknown", "unknown")
STRATA_OF_RESULTS = pl.Series([STRATA.index(s) for s in (GIRL, UNKNOWN, GIRL)])


def test_people_are_counted_by_age_group_and_sex() -> None:
    assert people(STRATA_OF_RESULTS) == {GIRL: 2, UNKNOWN: 1}
    assert people(pl.Series([], dtype=pl.UInt8)) == {}


def test_candidates_are_counted_with_the_stratum_of_their_person() -> None:
    assert candidates(STRATA_OF_RESULTS, RESULTS) == {
        ("iron", "typical_pattern", *GIRL): 1,
        ("zinc", "few_findings", *GIRL): 2,
        ("iron", "partial_pattern", *GIRL): 1,
    }


def test_results_of_other_people_are_not_counted() -> None:
    with pytest.raises(AssertionError, match="a person is amiss"):
        candidates(STRATA_OF_RESULTS[:2], RESULTS)


def test_a_person_stands_by_what_is_told_and_the_highest_level_of_all_rows() -> None:
    assert standing_counts(RESULTS) == {
        ("none", "typical_pattern"): 1,
        ("soon", "no_pattern"): 1,
        ("not_judged", "partial_pattern"): 1,
    }
    assert standing_counts(RESULTS.clear()) == {}


def test_questions_are_all_columns_but_the_row_and_the_id() -> None:
    answers = pl.DataFrame(
        {
            "row": [1, 2],
            "subject_id": ["a", "b"],
            "age_days": [None, 3.0],
            "sex": ["female", "male"],
            "fever": [None, None],
        }
    )
    assert questions(answers) == ["age_days", "sex", "fever"]
    assert unanswered(answers) == {"age_days": 1, "sex": 0, "fever": 2}


def test_a_rejected_row_counts_once_for_each_kind_and_column() -> None:
    told = [
        Reject("f", 7, "fever", "x", "`x` is no answer to `fever`; write yes"),
        Reject("f", 7, "pica", "y", "`y` is no answer to `pica`; write yes"),
        Reject("f", 7, "pica", "y", "the value is odd"),
        Reject("f", 8, "", "", "the value is odd"),
    ]
    kinds, columns = rejected(iter(told))
    assert kinds == {"`…` is no answer to `…`": 1, "the value is odd": 2}
    assert columns == {"fever": 1, "pica": 1}


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("the line is cut", "the line is cut"),
        ("`a; b` is odd; write c", "`…` is odd"),
        ("`` is odd", "`…` is odd"),
        ("an open ` is odd", "an open ` is odd"),
        ("x" * 40 + " " + "y" * 59, "x" * 40 + " " + "y" * 59),
        ("x" * 40 + " " + "y" * 60, "x" * 40 + " …"),
    ],
)
def test_a_kind_is_the_reason_without_what_it_quotes_and_advises(
    reason: str, kind: str
) -> None:
    assert reason_kind(reason) == kind


@examples(30)
@given(st.text(alphabet="ab` ;", max_size=250))
def test_kinds_are_short_and_quote_nothing(reason: str) -> None:
    kind = reason_kind(reason)
    assert len(kind) <= MOST_WORDS + 2
    assert set(re.findall(r"`([^`]*)`", kind)) <= {"…"}


def test_a_stage_begins_at_its_age_and_ends_where_the_next_begins() -> None:
    ages = [0.0, 182.6, 182.625, 365.25, 1460.9, 1461.0, 23741.25, 45000.0, None]
    answers = pl.DataFrame(
        {"age_days": ages, "sex": ["female", "male", None] * 3},
        schema={"age_days": pl.Float64, "sex": pl.String},
    )
    assert [STRATA[place] for place in strata_of(answers)] == [
        ("0-5mo", "female"), ("0-5mo", "male"), ("6-11mo", "unknown"),
        ("1-3y", "female"), ("1-3y", "male"), ("4-8y", "unknown"),
        ("65y+", "female"), ("65y+", "male"), ("unknown", "unknown"),
    ]  # fmt: skip
