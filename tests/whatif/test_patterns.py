"""Patterns: sets of answers that differ in one place told as one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

import minsight
from hypothetical import (
    WOMAN,
)
from minsight.whatif.hypotheses import Hypotheses, StatusChange
from minsight.whatif.patterns import patterns_of, sets_of


def test_patterns_hold_exactly_the_sets_of_a_reach(rules: minsight.Rules) -> None:
    answer = rules.reach("copper", "typical_pattern", subject=WOMAN)
    told = [way for pattern in answer.patterns for way in sets_of(pattern)]
    assert len(told) == len(set(told)) == answer.count
    assert set(told) == {frozenset(switches) for switches in answer.sets}
    assert answer.count > len(answer.patterns)


class Numbered(Hypotheses):
    """Changes that are told by their number."""

    def __init__(self) -> None:
        self.changes = tuple(
            StatusChange(f"a{n}", "unknown", "observed") for n in range(7)
        )


@given(
    sets=st.sets(
        st.frozensets(st.integers(0, 6), min_size=1, max_size=3),
        min_size=1,
        max_size=25,
    )
)
def test_patterns_hold_exactly_the_sets_they_are_made_of(
    sets: set[frozenset[int]],
) -> None:
    hypotheses = Numbered()
    patterns = patterns_of([sum(1 << n for n in one) for one in sets], hypotheses)
    told = [way for pattern in patterns for way in sets_of(pattern)]
    expected = {frozenset(hypotheses.told(sum(1 << n for n in one))) for one in sets}
    assert set(told) == expected
    assert len(told) == sum(pattern.count for pattern in patterns) == len(expected)


def test_any_two_of_five_is_one_pattern() -> None:
    pairs = [1 << a | 1 << b for a, b in combinations(range(5), 2)]
    (pattern,) = patterns_of(pairs, Numbered())
    assert [(choice.take, len(choice.of)) for choice in pattern.choices] == [(2, 5)]
