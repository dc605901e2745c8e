"""Reach: every least set of answers that brings a mineral to a level, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
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
    small,
    step_in,
)
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Hypotheses
from minsight.whatif.minimal_sets import subsets
from minsight.whatif.reach import reach
from random_laws import examples


@examples(10)
@given(
    person=persons(answers=few_answers()),
    mineral=st.sampled_from(MINERALS),
    level=st.sampled_from(LEVELS[1:]),
)
def test_reach_tells_every_least_set_and_no_other(
    person: Person, mineral: str, level: str
) -> None:
    answer = small().reach(mineral, level, subject=person.subject(), most=2)
    step = LEVELS.index(level)
    expected = least_sets(
        person, 2, lambda after: step_in(after, mineral) >= step, to_open=True
    )
    assert {as_pairs(changes) for changes in answer.sets} == expected
    assert answer.complete
    assert answer.count == len(expected)


def test_reach_finds_sets_of_three() -> None:
    """The combination of ochre needs two complaints, and its cap must not act."""
    nobody = Person(age="30", sex="male")
    answer = small().reach("ochre", "typical_pattern", subject=nobody.subject(), most=3)
    expected = least_sets(
        nobody, 3, lambda after: step_in(after, "ochre") >= 3, to_open=True
    )
    assert {as_pairs(changes) for changes in answer.sets} == expected


@pytest.mark.parametrize("subject", [Subject(), WOMAN], ids=["nobody", "a woman"])
@pytest.mark.parametrize(
    ("mineral", "level"),
    [
        ("zinc", "typical_pattern"),
        ("chloride", "typical_pattern"),
        ("molybdenum", "partial_pattern"),
    ],
)
def test_every_set_that_reach_tells_is_enough_and_no_part_of_it_is(
    rules: minsight.Rules, subject: Subject, mineral: str, level: str
) -> None:
    answer = rules.reach(mineral, level, subject=subject)
    hypotheses = Hypotheses(rules, subject)
    wanted = LEVELS.index(level)
    assert answer.complete
    assert answer.count == len(answer.sets) > 0
    for switches in answer.sets:
        whole = as_set(hypotheses, switches)
        assert level_after(rules, hypotheses, whole, mineral) >= wanted
        for part in subsets(whole):
            if part != whole:
                assert level_after(rules, hypotheses, part, mineral) < wanted
        assert all(switch.was == "unknown" for switch in switches)


def test_nothing_more_is_needed_where_the_level_stands(rules: minsight.Rules) -> None:
    answer = rules.reach("iron", "partial_pattern", subject=WOMAN)
    assert answer.already
    assert not rules.reach("iron", "partial_pattern").already


@pytest.mark.parametrize(
    ("mineral", "level", "named"),
    [
        ("irn", "typical_pattern", "did you mean `iron`?"),
        ("sulfur", "typical_pattern", "`sulfur` has no level"),
        ("iron", "typical_patern", "did you mean `typical_pattern`?"),
        ("iron", "no_pattern", "`no_pattern` is not a level to reach"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_advice(
    rules: minsight.Rules, mineral: str, level: str, named: str
) -> None:
    with pytest.raises(SubjectError, match=named.replace("?", r"\?")):
        rules.reach(mineral, level)


# --- the small rules, worked out by hand ----------------------------------------------


def reached(
    mineral: str, level: str, most: int, subject: Subject | None = None
) -> set[frozenset[tuple[str, str]]]:
    answer = reach(small(), mineral, level, subject=subject, most=most)
    assert answer.complete
    assert answer.count == len(answer.sets)
    return {as_pairs(changes) for changes in answer.sets}


def yes(*ids: str) -> frozenset[tuple[str, str]]:
    return frozenset((id_, "yes") for id_ in ids)


def test_a_typical_sign_or_a_low_value_is_part_of_the_picture() -> None:
    found = reached("alum", "partial_pattern", 1)
    assert found == {yes("grey_nails"), yes("pale_smear"), yes("low_alum")}


def test_what_was_denied_is_not_taken_back() -> None:
    no_nails = Subject(absent=["nail_change"])
    found = reached("alum", "partial_pattern", 1, no_nails)
    assert found == {yes("pale_smear"), yes("low_alum")}


def test_only_what_was_told_of_a_low_value_reaches_a_measured_level() -> None:
    """The value itself is not an answer that could be given here."""
    assert reached("alum", "measured_low", 3) == {yes("low_alum")}


def test_where_nothing_is_enough_there_is_no_set() -> None:
    """A typical picture of ochre needs a typical sign and a deep well."""
    assert reached("ochre", "typical_pattern", 1) == set()
    assert reached("ochre", "typical_pattern", 2) == {yes("red_patches", "deep_well")}
    assert reached("ochre", "measured_low", 2) == set()


def test_a_level_that_stands_needs_nothing_more() -> None:
    sign = Subject(present=["red patches"])
    answer = reach(small(), "ochre", "few_findings", subject=sign)
    assert (answer.now, answer.sets, answer.already) == ("partial_pattern", ((),), True)
    assert answer.fingerprint == small().fingerprint


def test_sets_are_told_in_patterns_as_well() -> None:
    """Any of the three, told as one choice."""
    answer = reach(small(), "alum", "partial_pattern", most=1)
    (pattern,) = answer.patterns
    assert pattern.count == answer.count == 3
