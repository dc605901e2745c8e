"""Overtaking: what a mineral cannot do without to get into the first, or out of them.

Out of the first it comes when enough others get before it; into them when it gets
before enough others. One mineral is before another at a level when it is above that
level, or at it with enough points. For each level that the mineral may end at, the sets
of `turning` say what the levels cost at least, and no change is worth more points than
the entries that it can turn: so each pair of minerals has its necessary sets, and so
has "enough pairs". Whoever reaches the place has made one of those at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minsight import atoms
from minsight.exploring.hypotheses import Changes, Hypotheses, members
from minsight.exploring.leaning import Leaning
from minsight.exploring.turning import NEVER, NOTHING, Sets, Turning, either, least
from minsight.scales import LEVELS
from minsight.settling import FIRST

MOST_SETS: Final = 20_000
"""How many necessary sets are held; where there are more, nothing is said."""


class TooManyError(Exception):
    """There are more necessary sets than are looked at."""


class Overtaking:
    """The necessary sets of one mineral, of at most `most` changes."""

    def __init__(
        self,
        hypotheses: Hypotheses,
        leaning: Leaning,
        mineral: str,
        *,
        inside: bool,
        most: int,
    ) -> None:
        self._hypotheses, self._leaning, self._mineral = hypotheses, leaning, mineral
        self._inside, self._most = inside, most
        self._turning = Turning(hypotheses, most=most, usable=hypotheses.all_changes)

    def sets(self) -> Sets:
        """Of which each solution of up to `most` changes has one at least.

        Raises:
            TooManyError: when there are too many to look at.
        """
        lowest = 1 if self._inside else 0
        return either(self._ending_at(step) for step in range(lowest, len(LEVELS)))

    def _ending_at(self, step: int) -> Sets:
        """The necessary sets when the mineral ends at this level."""
        mineral = self._mineral
        own = self._both(self._at_least(mineral, step), self._at_most(mineral, step))
        if step == 0:
            return own
        minerals = self._hypotheses.rules.program.minerals
        others = [other for other in minerals if other != mineral]
        ahead = [other for other in others if self._is_before(other)]
        if self._inside:
            return self._enough(own, step, ahead, len(ahead) - (FIRST - 1))
        behind = [other for other in others if other not in ahead]
        return self._enough(own, step, behind, FIRST - len(ahead))

    def _is_before(self, other: str) -> bool:
        order = self._hypotheses.standing.order
        if other not in order:
            return False
        mine = order.index(self._mineral) if self._mineral in order else len(order)
        return order.index(other) < mine

    def _enough(
        self, own: Sets, step: int, others: Sequence[str], wanted: int
    ) -> Sets:
        """The sets after which so many of the others have changed sides."""
        ways: list[Sets] = [own, *[NEVER] * max(0, wanted)]
        for other in others:
            one = self._changing_sides(other, step)
            for done in range(wanted - 1, -1, -1):
                more = self._both(ways[done], one)
                ways[done + 1] = self._bounded(either([ways[done + 1], more]))
        return ways[max(0, wanted)]

    def _changing_sides(self, other: str, step: int) -> Sets:
        """What it takes that the pair stands the other way round at this level."""
        if self._inside:
            sure = self._at_most(other, step - 1)
            level = self._at_most(other, step)
            front, rear = self._mineral, other
        else:
            sure = self._at_least(other, step + 1)
            level = self._at_least(other, step)
            front, rear = other, self._mineral
        return either([sure, self._with_points(level, front, rear)])

    def _at_least(self, mineral: str, step: int) -> Sets:
        if step == 0:
            return NOTHING
        if step == len(LEVELS):
            return NEVER
        return self._turning.to_hold(atoms.at_level(mineral, LEVELS[step]))

    def _at_most(self, mineral: str, step: int) -> Sets:
        if step == len(LEVELS) - 1:
            return NOTHING
        return self._turning.to_fail(atoms.at_level(mineral, LEVELS[step + 1]))

    # --- points -----------------------------------------------------------------------

    def _with_points(self, sets: Sets, front: str, rear: str) -> Sets:
        """The sets with what may bring the one before the other in points."""
        links = self._hypotheses.rules.catalogue.links
        if any(link.first == front for link in links):
            return sets  # a link may put it there without points
        worth, gap = self._worth(front, rear), self._gap(front, rear)
        helpers = sorted(
            (n for n, gain in enumerate(worth) if gain > 0), key=lambda n: -worth[n]
        )
        found: set[Changes] = set()
        for changes in sets:
            missing = gap - sum(worth[n] for n in members(changes))
            for more in self._gaining(changes, helpers, worth, missing):
                found.add(more)
                if len(found) > 10 * MOST_SETS:
                    raise TooManyError
        return self._bounded(least(found))

    def _gap(self, front: str, rear: str) -> int:
        """How many points are missing for the one to stand before the other."""
        now, profile = self._hypotheses.standing, self._hypotheses.rules.profiles
        tie = (profile[front].base_rate, front) < (profile[rear].base_rate, rear)
        return now.points[rear] - now.points[front] + (0 if tie else 1)

    def _worth(self, front: str, rear: str) -> list[int]:
        """For each change, at most how many points it brings the one nearer."""
        up, down = self._leaning.points(front), self._leaning.points(rear)
        return [u + d for (u, _), (_, d) in zip(up, down, strict=True)]

    def _gaining(
        self, changes: Changes, helpers: Sequence[int], worth: Sequence[int], missing: int
    ) -> Iterator[Changes]:
        """The changes with as few more as may gain what is missing."""
        if missing <= 0:
            yield changes
            return
        left = self._most - changes.bit_count()
        for place, n in enumerate(helpers):
            if missing > left * worth[n]:
                return
            if not (changes | self._clashing(changes)) >> n & 1:
                yield from self._gaining(
                    changes | 1 << n, helpers[place + 1 :], worth, missing - worth[n]
                )

    def _clashing(self, changes: Changes) -> Changes:
        found = 0
        for n in members(changes):
            found |= self._hypotheses.clashes[n]
        return found

    # --- bounds of the search ---------------------------------------------------------

    def _both(self, one: Sets, other: Sets) -> Sets:
        if len(one) * len(other) > 100 * MOST_SETS:
            raise TooManyError
        return self._turning.both(one, other)

    def _bounded(self, sets: Sets) -> Sets:
        if len(sets) > MOST_SETS:
            raise TooManyError
        return sets
