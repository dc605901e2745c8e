"""Triples: all sets of three changes, evaluated without listing them one by one.

Three hundred changes make four million triples: too many to write down, not too many to
evaluate. All pairs are written down once, those of high numbers first, so that the
pairs of higher numbers than a given change are the first so many of them. The triples
of a change are those pairs, with the change beside each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import comb
from typing import Final

from minsight.whatif.hypotheses import Changes, Hypotheses, members, who_makes
from minsight.whatif.minimal_sets import Goal

_TOGETHER: Final = 100_000
"""How many people are evaluated at once, about."""


def triples_that_reach(
    hypotheses: Hypotheses, goal: Goal, among: Sequence[int]
) -> Iterator[Changes]:
    """All allowed sets of three of these changes after which the goal is reached."""
    numbers = range(len(among))
    pairs = [
        1 << among[low] | 1 << among[high]
        for low in reversed(numbers)
        for high in numbers[low + 1 :]
    ]
    who = who_makes(pairs)
    waiting: list[int] = []
    size = 0
    for place in numbers:
        waiting.append(place)
        size += _pairs_above(place, among)
        if size >= _TOGETHER or place == numbers[-1]:
            yield from _among(hypotheses, goal, among, waiting, pairs=pairs, who=who)
            waiting, size = [], 0


def _pairs_above(place: int, among: Sequence[int]) -> int:
    return comb(len(among) - place - 1, 2)


def _among(
    hypotheses: Hypotheses,
    goal: Goal,
    among: Sequence[int],
    places: Sequence[int],
    *,
    pairs: Sequence[Changes],
    who: Mapping[int, int],
) -> Iterator[Changes]:
    """The triples whose lowest change is at one of the places."""
    starts: list[int] = []
    made: dict[int, int] = dict.fromkeys(among, 0)
    start = 0
    for place in places:
        starts.append(start)
        count = _pairs_above(place, among)
        everyone = (1 << count) - 1
        for n in among[place + 1 :]:
            made[n] |= (who[n] & everyone) << start
        made[among[place]] |= everyone << start
        start += count
    given = hypotheses.given_by(made, start)
    people = hypotheses.population.evaluate(given, start, goal.definitions)
    met, at = goal.met(people), 0
    for person in members(met):
        while at + 1 < len(starts) and starts[at + 1] <= person:
            at += 1
        changes = 1 << among[places[at]] | pairs[person - starts[at]]
        if hypotheses.allows(changes):
            yield changes
