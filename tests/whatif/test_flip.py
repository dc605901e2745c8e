"""Flip: the fewest changed answers that move a level or a place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import minsight
from hypothetical import (
    MINERALS,
    WOMAN,
    Person,
    as_pairs,
    as_set,
    few_answers,
    least_sets,
    level_after,
    persons,
    rank_in,
    small,
    step_in,
)
from minsight.assessment.model import Assessment
from minsight.scales import LEVELS
from minsight.whatif import flip as flipping
from minsight.whatif.flip import Flip, flip
from minsight.whatif.hypotheses import Hypotheses
from random_laws import examples


@examples(10)
@given(person=persons(answers=few_answers()), mineral=st.sampled_from(MINERALS))
@example(
    # "No" to well water stands in the way of deep wells, and can be taken back too.
    person=Person(
        {
            "red_patches": "yes",
            "nail_change": "yes",
            "grey_nails": "yes",
            "well_water": "no",
        }
    ),
    mineral="ochre",
)
def test_flip_tells_all_sets_of_the_least_size_across_a_level(
    person: Person, mineral: str
) -> None:
    answer = small().flip(person.subject(), mineral, most=2)
    now = LEVELS.index(answer.level)
    for one in answer.flips:
        if one.target == "higher":
            _matches(one, person, lambda after: step_in(after, mineral) > now)
        elif one.target == "lower":
            _matches(one, person, lambda after: step_in(after, mineral) < now)


@examples(10)
@given(person=persons(answers=few_answers()), mineral=st.sampled_from(MINERALS))
def test_flip_tells_all_sets_of_the_least_size_to_a_place(
    person: Person, mineral: str
) -> None:
    """Two minerals have two places, so here the first one is what counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flipping, "FIRST", 1)
        answer = flip(small(), person.subject(), mineral, most=2)
    (one,) = [f for f in answer.flips if f.target in ("into_first", "out_of_first")]
    assert (one.target == "out_of_first") == (answer.rank == 1)
    inside = one.target == "into_first"
    _matches(one, person, lambda after: (rank_in(after, mineral) == 1) == inside)


def test_flip_searches_all_sets_of_three_for_a_place() -> None:
    person = Person(
        {"grey_nails": "yes", "pale_smear": "yes", "itch": "yes"}, age="30", sex="male"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flipping, "FIRST", 1)
        answer = flip(small(), person.subject(), "ochre", most=3)
    one = answer.flips[-1]
    assert one.target == "into_first"
    assert one.least == 3
    _matches(one, person, lambda after: rank_in(after, "ochre") == 1, most=3)


def _matches(
    one: Flip, person: Person, met: Callable[[Assessment], bool], *, most: int = 2
) -> None:
    everything = least_sets(person, most, met)
    least = min(map(len, everything), default=None)
    expected = {changed for changed in everything if len(changed) == least}
    # A flip leaves out changes that nothing reads; they are in no least set.
    assert one.least == least
    assert {as_pairs(changes) for changes in one.sets} == expected
    assert one.count == len(expected)


@pytest.mark.parametrize("mineral", ["iron", "zinc", "sodium"])
def test_a_flip_does_what_it_says(rules: minsight.Rules, mineral: str) -> None:
    answer = rules.flip(WOMAN, mineral)
    hypotheses = Hypotheses(rules, WOMAN)
    now = LEVELS.index(answer.level)
    for one in answer.flips:
        for switches in one.sets[:40]:
            changes = as_set(hypotheses, switches)
            assessment = rules.assess(hypotheses.subject(changes))
            first = [c.mineral for c in assessment.candidates[:3]]
            after = level_after(rules, hypotheses, changes, mineral)
            assert {
                "higher": after > now,
                "lower": after < now,
                "into_first": mineral in first,
                "out_of_first": mineral not in first,
            }[one.target]
            assert len(switches) == one.least
