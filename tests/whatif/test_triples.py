"""Triples: all sets of three that reach a goal, as if each were tried alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from hypothetical import level_after, small
from minsight.intake.subject import Subject
from minsight.logic import atoms
from minsight.scales import LEVELS
from minsight.whatif import triples
from minsight.whatif.hypotheses import Changes, Hypotheses
from minsight.whatif.minimal_sets import goal_of
from minsight.whatif.triples import triples_that_reach

IDS = (
    "nail_change", "grey_nails", "sleepiness", "night_cramps", "red_patches",
    "hoarseness", "deep_well",
)  # fmt: skip


def some(hypotheses: Hypotheses) -> list[int]:
    """The changes of these answers."""
    return [n for n, change in enumerate(hypotheses.changes) if change.id in IDS]


def one_by_one(
    hypotheses: Hypotheses, among: Sequence[int], level: str
) -> set[Changes]:
    """The allowed triples after which ochre is at the level, each person assessed."""
    triples_ = (sum(1 << n for n in three) for three in combinations(among, 3))
    return {
        changes
        for changes in triples_
        if hypotheses.allows(changes)
        and level_after(small(), hypotheses, changes, "ochre") >= LEVELS.index(level)
    }


@pytest.mark.parametrize("together", [1, 7, 100_000])
@pytest.mark.parametrize("level", ["few_findings", "partial_pattern", "measured_low"])
def test_the_triples_are_those_that_reach_the_level_one_by_one(
    monkeypatch: pytest.MonkeyPatch, together: int, level: str
) -> None:
    """However many people are evaluated at once."""
    monkeypatch.setattr(triples, "_TOGETHER", together)
    hypotheses = Hypotheses(small(), Subject(present=["sleepiness"], age="30"))
    among = some(hypotheses)
    assert len(among) == len(IDS) + 1, "sleepiness can be denied or taken back"
    goal = goal_of(hypotheses, atoms.at_level("ochre", level), holds=True)
    found = list(triples_that_reach(hypotheses, goal, among))
    assert len(found) == len(set(found))
    assert set(found) == one_by_one(hypotheses, among, level)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_fewer_than_three_changes_there_is_no_triple(count: int) -> None:
    hypotheses = Hypotheses(small(), Subject())
    among = some(hypotheses)[:count]
    goal = goal_of(hypotheses, atoms.at_level("ochre", "few_findings"), holds=True)
    assert list(triples_that_reach(hypotheses, goal, among)) == []
