"""What the questions say of the shipped rules, each answer assessed anew."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses, Switch
from minsight.whatif.minimal_sets import parts
from minsight.whatif.patterns import patterns_of, sets_of

WOMAN: Final = Subject(
    present=["always tired", "craving ice"], groups=["vegetarian"], age="28", sex="f"
)


def level_after(
    rules: minsight.Rules, hypotheses: Hypotheses, changes: Changes, mineral: str
) -> int:
    assessment = rules.assess(hypotheses.subject(changes))
    levels = {c.mineral: LEVELS.index(c.level) for c in assessment.candidates}
    return levels.get(mineral, 0)


def as_set(hypotheses: Hypotheses, switches: tuple[Switch, ...]) -> Changes:
    return sum(1 << hypotheses.changes.index(switch) for switch in switches)


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
        for part in parts(whole):
            if part != whole:
                assert level_after(rules, hypotheses, part, mineral) < wanted
        assert all(switch.was == "unknown" for switch in switches)


@pytest.mark.parametrize("mineral", ["iron", "zinc", "sodium"])
def test_a_flip_does_what_it_says(rules: minsight.Rules, mineral: str) -> None:
    answer = rules.flip(WOMAN, mineral)
    hypotheses = Hypotheses(rules, WOMAN)
    now = LEVELS.index(answer.level)
    for flip in answer.flips:
        for switches in flip.sets[:40]:
            changes = as_set(hypotheses, switches)
            assessment = rules.assess(hypotheses.subject(changes))
            first = [c.mineral for c in assessment.candidates[:3]]
            after = level_after(rules, hypotheses, changes, mineral)
            assert {
                "higher": after > now,
                "lower": after < now,
                "into_first": mineral in first,
                "out_of_first": mineral not in first,
            }[flip.target]
            assert len(switches) == flip.least


def test_patterns_hold_exactly_the_sets_of_a_reach(rules: minsight.Rules) -> None:
    answer = rules.reach("copper", "typical_pattern", subject=WOMAN)
    told = [way for pattern in answer.patterns for way in sets_of(pattern)]
    assert len(told) == len(set(told)) == answer.count
    assert set(told) == {frozenset(switches) for switches in answer.sets}
    assert answer.count > len(answer.patterns)


class Numbered(Hypotheses):
    """Changes that are told by their number."""

    def __init__(self) -> None:
        self.changes = tuple(Switch(f"a{n}", "unknown", "yes") for n in range(7))


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
    expected = {frozenset(hypotheses.changes[n] for n in one) for one in sets}
    assert set(told) == expected
    assert len(told) == sum(pattern.count for pattern in patterns) == len(expected)


def test_any_two_of_five_is_one_pattern() -> None:
    pairs = [1 << a | 1 << b for a, b in combinations(range(5), 2)]
    (pattern,) = patterns_of(pairs, Numbered())
    assert [(choice.take, len(choice.of)) for choice in pattern.choices] == [(2, 5)]


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


def test_a_mineral_is_not_told_from_itself(rules: minsight.Rules) -> None:
    with pytest.raises(SubjectError, match="name two"):
        rules.duel(WOMAN, "iron", "iron")


def test_every_answer_is_a_record(rules: minsight.Rules) -> None:
    answers = (
        rules.flip(WOMAN, "iron", most=1),
        rules.reach("zinc", "typical_pattern"),
        rules.bounds(WOMAN),
        rules.duel(WOMAN, "iron", "zinc"),
        rules.sensitivity(WOMAN),
    )
    for answer in answers:
        assert msgspec.json.decode(msgspec.json.encode(answer), type=type(answer)) == (
            answer
        )


def test_the_bounds_of_every_shipped_level_are_exact(rules: minsight.Rules) -> None:
    for subject in (Subject(), WOMAN, Subject(present=["cramps"], age="9mo", sex="m")):
        rooms = rules.bounds(subject).rooms
        assert {room.mineral for room in rooms} == set(rules.program.minerals)
        assert all(room.lowest.exact and room.highest.exact for room in rooms)
