"""The outlook: what open answers would change, for many people at once.

Two kinds of people are evaluated beside the person as they are: with one more yes each,
and with all open questions answered as people of their age and sex answer them. The
first say what a question is worth, the second whether anything likely can still change.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from minsight.assessment.population import Population, Standing
from minsight.assessment.standings import FIRST
from minsight.logic.atoms import Atom
from minsight.scales import LEVELS, URGENCIES

COMPLETED_PEOPLE: Final = 256
"""How many people with all answers are drawn."""
SEED: Final = 20_261_129
FEW_FINDINGS_COUNT: Final = 0.05
"""How much of a step from `no_pattern` to `few_findings` is."""
LISTED_FROM: Final = LEVELS.index("few_findings") + 1
"""From which level on a place among the first counts, and not only who is first."""


class Outlook(msgspec.Struct, frozen=True, dict=True):
    """How things stand, with one yes more, and with every answer given."""

    now: Standing
    with_yes: Mapping[str, Standing]
    completed: tuple[Standing, ...]
    said_yes: Mapping[str, int]

    @cached_property
    def blame(self) -> Mapping[str, float]:
        """What each entry has to do with the completed people that come out otherwise.

        Each of them counts once, divided among all to which they say yes by how much
        one such yes changes.
        """
        found = dict.fromkeys(self._effects, 0.0)
        weights = [(i, self.said_yes[i], w) for i, w in self._effects.items() if w]
        for number in self._changed:
            yes = [(id_, weight) for id_, said, weight in weights if said >> number & 1]
            total = sum(weight for _, weight in yes)
            for id_, weight in yes:
                found[id_] += weight / total / len(self.completed)
        return found

    @cached_property
    def _effects(self) -> Mapping[str, float]:
        return {id_: effect(self.now, one) for id_, one in self.with_yes.items()}

    @cached_property
    def _changed(self) -> tuple[int, ...]:
        """Which of the completed people have other first candidates."""
        same = picture_of(self.now)
        every = enumerate(self.completed)
        return tuple(number for number, one in every if picture_of(one) != same)

    @cached_property
    def share_changed(self) -> float:
        """In which share of the completed people the first candidates are others."""
        if not self.completed:
            return 0.0
        return len(self._changed) / len(self.completed)

    def effect(self, id_: str) -> float:
        """How much a yes would change: first who is first, levels, and urgency."""
        return self._effects[id_]

    def could_change(self) -> tuple[str, ...]:
        """The entries of which one yes alone would change the first candidates."""
        same = picture_of(self.now)
        return tuple(i for i, one in self.with_yes.items() if picture_of(one) != same)


def picture_of(standing: Standing) -> tuple[tuple[str, str], ...]:
    """The first candidates with their levels, as far as their order says something.

    Below `partial_pattern` only the first of all counts: there base rates order what
    single unspecific complaints list.
    """
    first = standing.order[:FIRST]
    told = [
        (mineral, standing.levels[mineral])
        for place, mineral in enumerate(first)
        if place == 0 or LEVELS.index(standing.levels[mineral]) >= LISTED_FROM
    ]
    return tuple(told)


def effect(before: Standing, after: Standing) -> float:
    """How much changes between two standings: urgency most, then who is first.

    Steps and places below `partial_pattern` count little, points hardly.
    """
    change = 4.0 * max(0, _urgency(after) - _urgency(before))
    if after.order[:1] != before.order[:1]:
        change += 2.0
    first, then = before.order[:FIRST], after.order[:FIRST]
    for mineral in {*first, *then}:
        change += abs(_height(after, mineral) - _height(before, mineral))
        change += 0.05 * ((mineral in first) != (mineral in then))
        change += 0.02 * abs(after.points[mineral] - before.points[mineral])
    return change


def _height(standing: Standing, mineral: str) -> float:
    """The level as a number; the step from nothing to a few findings is a small one."""
    level = LEVELS.index(standing.levels[mineral])
    return max(level - LISTED_FROM + 1, 0) + FEW_FINDINGS_COUNT * min(level, 1)


def _urgency(standing: Standing) -> int:
    return URGENCIES.index(standing.urgency)


class Forecaster:
    """Evaluates people who differ from one person in what is still open.

    `atoms_of` gives what yes and no to an entry say, `above` what else a yes says yes
    to: nobody is drawn who says no to that.
    """

    def __init__(
        self,
        population: Population,
        atoms_of: Mapping[str, tuple[Atom, Atom]],
        above: Mapping[str, Collection[str]],
    ) -> None:
        self._population, self._atoms_of, self._above = population, atoms_of, above
        self._draws: dict[tuple[str, float], int] = {}

    def outlook(
        self,
        given: Collection[Atom],
        singly: Sequence[str],
        likely: Mapping[str, float],
    ) -> Outlook:
        """The outlook of who brings `given`.

        `singly` are the entries of which one yes is tried; `likely` are all open ones
        with the likelihood of their yes.
        """
        size = 1 + len(singly) + COMPLETED_PEOPLE
        everyone, drawn_from = (1 << size) - 1, 1 + len(singly)
        bits = dict.fromkeys(given, everyone)
        for number, id_ in enumerate(singly):
            yes, _ = self._atoms_of[id_]
            bits[yes] = bits.get(yes, 0) | 1 << number + 1
        drawn = {id_: self._drawn(id_, share) for id_, share in likely.items()}
        implied = dict(drawn)
        for id_, said in drawn.items():
            for broader in self._above[id_]:
                implied[broader] = implied.get(broader, 0) | said
        for id_, said in drawn.items():
            yes, no = self._atoms_of[id_]
            bits[yes] = bits.get(yes, 0) | said << drawn_from
            denied = _all(COMPLETED_PEOPLE) & ~implied[id_]
            bits[no] = bits.get(no, 0) | denied << drawn_from
        standings = self._population.evaluate(bits, size).standings()
        with_yes = dict(zip(singly, standings[1:drawn_from], strict=True))
        return Outlook(standings[0], with_yes, tuple(standings[drawn_from:]), drawn)

    def _drawn(self, id_: str, share: float) -> int:
        """Who says yes, the same people whenever the likelihood is the same."""
        key = id_, round(share, 6)
        if key not in self._draws:
            chance = random.Random(f"{SEED} {id_}")  # noqa: S311  # no secret
            said = ["01"[chance.random() < share] for _ in range(COMPLETED_PEOPLE)]
            self._draws[key] = int("".join(reversed(said)), 2)
        return self._draws[key]


def _all(size: int) -> int:
    return (1 << size) - 1
