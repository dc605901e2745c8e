"""Minimal sets: the least sets of changes without which an atom stays as it is.

Every atom holds for the person as they are, or it does not. What would turn it is
worked out along the definitions of a circuit: one that does not hold needs all of what
some body lacks; one that holds needs, for each body that carries it, one of its wires
turned. What is as it should be is taken to stay so, whatever else is changed.

So the sets are necessary: whoever differs from the person in the atom has made all the
changes of one of them at least. They need not be enough, because a change may also undo
something. Where each answer acts one way (`compiler.checks.directions` refuses other
rules) they are, and `completed` finds out: it tries every set, and where one is not
enough it tries what is more than it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import combinations, islice
from typing import Final, TypeAlias

import msgspec

from minsight.assessment.population import People
from minsight.logic.atoms import Atom
from minsight.logic.circuit import Definition, Signal, Wire
from minsight.whatif.hypotheses import Changes, Hypotheses, members

Sets: TypeAlias = tuple[Changes, ...]
"""Sets of changes of which none is part of another, small ones first."""

NOTHING: Final[Sets] = (0,)
NEVER: Final[Sets] = ()
MOST_TRIED: Final = 200_000
"""How many sets are held at once; more is told as not searched through."""
_TOGETHER: Final = 20_000
"""How many people are evaluated at once: few enough for the memory of the processor."""


class MinimalSets:
    """What would turn the atoms for one person, in sets of at most `most` changes.

    `usable` are the changes that may be made.
    """

    def __init__(self, hypotheses: Hypotheses, *, most: int, usable: Changes) -> None:
        self._hypotheses, self._most, self._usable = hypotheses, most, usable
        self._people = hypotheses.evaluated([0])
        self._sets: dict[str, Sets] = {}

    def to_hold(self, atom: Atom) -> Sets:
        """What makes the atom hold: `NOTHING` if it does, `NEVER` if nothing can."""
        return self._to_be(atom, wanted=True)

    def to_fail(self, atom: Atom) -> Sets:
        """What makes the atom fail: `NOTHING` if it does, `NEVER` if nothing can."""
        return self._to_be(atom, wanted=False)

    def both(self, one: Sets, other: Sets) -> Sets:
        """The least sets that hold one of each."""
        if one == NOTHING or not other:
            return other
        if other == NOTHING or not one:
            return one
        allowed = self._hypotheses.clashes
        found: set[Changes] = set()
        for a in one:
            forbidden = 0
            for n in members(a):
                forbidden |= allowed[n]
            found.update(
                a | b
                for b in other
                if not b & forbidden and (a | b).bit_count() <= self._most
            )
        return least(found)

    def _to_be(self, atom: Atom, *, wanted: bool) -> Sets:
        if bool(self._people.holds(atom)) == wanted:
            return NOTHING
        for definition in self._hypotheses.population.definitions([atom]):
            if definition.name not in self._sets:
                self._sets[definition.name] = self._turning(definition)
        return self._of(self._hypotheses.population.circuit.outputs[atom])

    def _of(self, signal: Signal) -> Sets:
        """What turns a signal."""
        if not isinstance(signal, Wire):
            return NEVER
        if signal.name not in self._sets:
            self._sets[signal.name] = self._paid(Atom(signal.name))
        return self._sets[signal.name]

    def _turning(self, definition: Definition) -> Sets:
        if self._people.worth[definition.name]:
            carrying = [b for b in definition.bodies if all(map(self._true, b))]
            found = NOTHING
            for body in carrying:
                found = self.both(found, either(map(self._of, body)))
            return found
        return either(map(self._lacking, definition.bodies))

    def _lacking(self, body: Iterable[Wire]) -> Sets:
        """What makes all wires of the body true."""
        found = NOTHING
        for sets in sorted((self._of(w) for w in body if not self._true(w)), key=len):
            found = self.both(found, sets)
            if not found:
                break
        return found

    def _true(self, wire: Wire) -> bool:
        return bool(self._people.worth[wire.name]) != wire.negated

    def _paid(self, atom: Atom) -> Sets:
        """The changes that turn an answer, each with what must be changed beside it."""
        hypotheses, found = self._hypotheses, list[Changes]()
        for n in members(hypotheses.moving(atom) & self._usable):
            sets: Sets = (1 << n,)
            for ways in hypotheses.prices[n]:
                usable = members(ways & self._usable)
                sets = self.both(sets, tuple(1 << other for other in usable))
            found += sets
        return least(found)


class Enough(msgspec.Struct, frozen=True):
    """The least sets that reach a goal; no other one has up to `searched` changes."""

    sets: Sets
    searched: int


class Goal(msgspec.Struct, frozen=True):
    """What is to be true of a person: `met` tells for whom of some people it is.

    It hangs on the definitions, and on nothing else.
    """

    definitions: tuple[Definition, ...]
    met: Callable[[People], int]


def goal_of(hypotheses: Hypotheses, atom: Atom, *, holds: bool) -> Goal:
    """That the atom holds, or that it fails."""

    def met(people: People) -> int:
        held = people.holds(atom)
        return held if holds else people.everyone & ~held

    return Goal(hypotheses.population.definitions([atom]), met)


def completed(
    hypotheses: Hypotheses,
    goal: Goal,
    sets: Sets,
    *,
    most: int,
    usable: Changes,
    fewest: bool = False,
) -> Enough:
    """The sets that are enough, and those that are once more is added to them.

    `sets` are necessary: whoever reaches the goal has made one of them at least. With
    `fewest`, only those of the least size are looked for.
    """
    enough: dict[Changes, None] = {}
    waiting: dict[Changes, None] = dict.fromkeys(sets)
    bearing = _bearing(hypotheses, goal, usable)
    for size in range(most + 1):
        now = [s for s in waiting if s.bit_count() == size and not _has_part(s, enough)]
        reached = set(reaching(hypotheses, goal, filter(hypotheses.allows, now)))
        enough.update((s, None) for s in now if s in reached)
        if enough and fewest:
            return Enough(tuple(enough), size)
        for changes in now:
            if changes not in reached and size < most:
                waiting.update(dict.fromkeys(_larger(hypotheses, changes, bearing)))
                if len(waiting) > MOST_TRIED:
                    return Enough(tuple(enough), size)
    return Enough(tuple(enough), most)


def reaching(
    hypotheses: Hypotheses, goal: Goal, sets: Iterable[Changes]
) -> Iterator[Changes]:
    """Those of the sets that reach the goal, each person evaluated as they are."""
    for some in batched(sets, _TOGETHER):
        met = goal.met(hypotheses.evaluated(some, goal.definitions))
        yield from (some[person] for person in members(met))


def batched(sets: Iterable[Changes], size: int) -> Iterator[list[Changes]]:
    """The sets in lists of so many."""
    rest = iter(sets)
    while some := list(islice(rest, size)):
        yield some


def _bearing(hypotheses: Hypotheses, goal: Goal, usable: Changes) -> Changes:
    """The usable changes on which the goal can hang, with what they ask for."""
    read = {w.name for d in goal.definitions for body in d.bodies for w in body}
    found = 0
    for name in read:
        found |= hypotheses.moving(Atom(name))
    for n in members(found):
        for ways in hypotheses.prices[n]:
            found |= ways
    return found & usable


def _larger(
    hypotheses: Hypotheses, changes: Changes, bearing: Changes
) -> Iterator[Changes]:
    free = bearing & ~changes
    for n in members(changes):
        free &= ~hypotheses.clashes[n]
    yield from (changes | 1 << n for n in members(free))


def _has_part(changes: Changes, sets: Container[Changes]) -> bool:
    return any(part in sets for part in subsets(changes))


def either(several: Iterable[Sets]) -> Sets:
    """The least of all sets."""
    return least({changes for sets in several for changes in sets})


def least(sets: Iterable[Changes]) -> Sets:
    """Those of which no other is a part, small ones first.

    >>> least([0b111, 0b1, 0b110])
    (1, 6)
    """
    kept: dict[Changes, None] = {}
    for changes in sorted(sets, key=lambda s: (s.bit_count(), s)):
        if not _has_part(changes, kept):
            kept[changes] = None
    return tuple(kept)


def subsets(changes: Changes) -> Iterator[Changes]:
    """All subsets, the set itself too."""
    bits = [1 << n for n in members(changes)]
    for size in range(len(bits) + 1):
        for some in combinations(bits, size):
            yield sum(some)
