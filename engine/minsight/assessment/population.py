"""Population: many hypothetical people evaluated at once.

What an atom is worth for everybody is one whole number: bit n tells whether it holds
for person n. The definitions of a circuit are worked out on such numbers, a thousand
people at the price of one. Points, levels and places are numbers of several bits, each
bit again a number for everybody (see `bitplanes`). The meaning is that of the program;
tests hold it against the reference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import msgspec
from msgspec.structs import replace

from minsight.assessment.ranking import ranked
from minsight.knowledge.catalogue import Catalogue, Link
from minsight.logic import atoms, bitplanes
from minsight.logic.atoms import Atom
from minsight.logic.bitplanes import Planes
from minsight.logic.circuit import (
    Circuit,
    Definition,
    Signal,
    Wire,
    circuit_of,
    needed_for,
)
from minsight.logic.program import SHARED, Clause, PointSum, Program, Stratum
from minsight.scales import LEVELS, URGENCIES

if TYPE_CHECKING:
    from minsight.assessment.engine import Engine

LEVEL_BITS: Final = (len(LEVELS) - 1).bit_length()


class Standing(msgspec.Struct, frozen=True):
    """How things stand for one person: as much of an assessment as can be compared."""

    order: tuple[str, ...]
    levels: Mapping[str, str]
    points: Mapping[str, int]
    urgency: str

    def rank(self, mineral: str) -> int | None:
        """The place of the mineral among the candidates, when it is one."""
        return self.order.index(mineral) + 1 if mineral in self.order else None


class Population:
    """Evaluates people who bring all of the fixed atoms and some of the open ones.

    `inputs` are the open ones that an outcome hangs on.
    """

    def __init__(
        self,
        program: Program,
        catalogue: Catalogue,
        *,
        fixed: Collection[Atom],
        open_: Collection[Atom],
    ) -> None:
        self._program, self._catalogue = program, catalogue
        wanted = dict.fromkeys(_wanted(program, catalogue))
        known = replace(program, strata=(_facts(fixed), *program.strata))
        self.circuit: Circuit = circuit_of(known, sorted(open_), wanted)
        self.inputs = frozenset(self.circuit.inputs)
        self._definitions = {
            definition.name: definition
            for step in self.circuit.steps
            for definition in step
        }

    @property
    def all_definitions(self) -> tuple[Definition, ...]:
        """What everything rests on."""
        return tuple(self._definitions.values())

    def definitions(self, wanted: Iterable[Atom]) -> tuple[Definition, ...]:
        """What the wanted atoms rest on, in an order that reads nothing too early."""
        outputs = (self.circuit.outputs[atom] for atom in wanted)
        needed = needed_for(outputs, self._definitions)
        return tuple(d for name, d in self._definitions.items() if name in needed)

    def evaluate(
        self,
        given: Mapping[Atom, int],
        size: int,
        definitions: Iterable[Definition] | None = None,
    ) -> People:
        """What holds for `size` people; `definitions` are all unless some are given."""
        chosen = self._definitions.values() if definitions is None else definitions
        everyone = (1 << size) - 1
        worth: dict[str, int] = {atom: given.get(atom, 0) for atom in self.inputs}
        for definition in chosen:
            worth[definition.name] = _worth(definition, worth, everyone)
        return People(self._program, self._catalogue, self.circuit, worth, size)


class People:
    """What holds for each of some people."""

    def __init__(
        self,
        program: Program,
        catalogue: Catalogue,
        circuit: Circuit,
        worth: Mapping[str, int],
        size: int,
    ) -> None:
        self._program, self._catalogue = program, catalogue
        self._circuit = circuit
        self.worth = worth
        self.size = size
        self.everyone = (1 << size) - 1
        self._found: dict[tuple[str, str, int], int] = {}
        self._keys: dict[str, Planes] = {}

    def holds(self, atom: Atom) -> int:
        """For whom the atom holds."""
        return self._of(self._circuit.outputs[atom])

    def _of(self, signal: Signal) -> int:
        if not isinstance(signal, Wire):
            return self.everyone if signal else 0
        worth = self.worth[signal.name]
        return self.everyone & ~worth if signal.negated else worth

    # --- numbers ----------------------------------------------------------------------

    def level(self, mineral: str) -> Planes:
        """The level of the mineral by number."""
        found = [0] * LEVEL_BITS
        for number, name in enumerate(LEVELS):
            held = self.holds(atoms.level(mineral, name))
            for bit in range(LEVEL_BITS):
                if number >> bit & 1:
                    found[bit] |= held
        return found

    def points(self, mineral: str) -> Planes:
        """The points of the mineral, and so many more that none is below zero."""
        total = bitplanes.constant(self._lift - self._least(mineral), self.everyone)
        for point_sum in self._program.point_sums:
            if point_sum.mineral == mineral:
                total = bitplanes.add(total, self._summed(point_sum))
        return total

    @cached_property
    def _lift(self) -> int:
        """What is added to points: as much as any mineral can lose."""
        return max(map(self._least, self._program.minerals), default=0)

    def _least(self, mineral: str) -> int:
        return sum(
            _most_lost(t) for t in self._program.point_sums if t.mineral == mineral
        )

    def _summed(self, point_sum: PointSum) -> Planes:
        """The sum of a point_sum, and as many more as it can lose."""
        total = bitplanes.constant(0, self.everyone)
        for atom, points in point_sum.entries:
            held = self.holds(atom)
            counted = held if points > 0 else self.everyone & ~held
            if counted:
                total = bitplanes.add(total, bitplanes.weighed(counted, abs(points)))
        if point_sum.cap is None:
            return total
        return bitplanes.at_most(
            total, point_sum.cap + _most_lost(point_sum), self.everyone
        )

    # --- places -----------------------------------------------------------------------

    def before(self, one: str, other: str) -> int:
        """For whom the one mineral stands before the other.

        Minerals at the lowest level have no place, and stand behind all that have one.
        """
        return self._after_links(one, other, len(self._links))

    def places_before(self, mineral: str) -> Planes:
        """How many minerals stand before this one."""
        total = bitplanes.constant(0, self.everyone)
        for other in self._program.minerals:
            if other != mineral:
                ahead = self.before(other, mineral) & self.placed(other)
                total = bitplanes.add(total, bitplanes.weighed(ahead, 1))
        return total

    def placed(self, mineral: str) -> int:
        """For whom the mineral is a candidate."""
        return self.everyone & ~self.holds(atoms.level(mineral, LEVELS[0]))

    @cached_property
    def _links(self) -> Sequence[Link]:
        return [link for link in self._catalogue.links if link.first is not None]

    def _after_links(self, one: str, other: str, count: int) -> int:
        """For whom the one stands first once so many links have moved their mineral.

        A link puts its mineral before the earliest of the others at its level, and so
        before all that stand between.
        """
        key = (one, other, count)
        if key not in self._found:
            self._found[key] = self._compared(one, other, count)
        return self._found[key]

    def _compared(self, one: str, other: str, count: int) -> int:
        if count == 0:
            return bitplanes.above(self._key(one), self._key(other), self.everyone)
        link = self._links[count - 1]
        if link.first == other:
            return self.everyone & ~self._after_links(other, one, count)
        found = self._after_links(one, other, count - 1)
        if link.first != one or not (active := self.holds(atoms.link(link.id))):
            return found
        for third in link.others:
            same = bitplanes.equal(self.level(one), self.level(third), self.everyone)
            moved = active & same
            if third != other:
                moved &= self._after_links(third, other, count - 1)
            found |= moved
        return found

    def _key(self, mineral: str) -> Planes:
        """One number by which minerals are ordered: level, points, then their rates."""
        if mineral not in self._keys:
            self._keys[mineral] = self._ordered_by(mineral)
        return self._keys[mineral]

    def _ordered_by(self, mineral: str) -> Planes:
        last_first = sorted(
            self._program.minerals,
            key=lambda m: (self._catalogue.profile[m].base_rate, m),
            reverse=True,
        )
        tie = last_first.index(mineral)
        bits = len(last_first).bit_length()
        low = bitplanes.constant(tie, self.everyone)
        points = self.points(mineral)
        return [
            *bitplanes.padded(low, bits),
            *bitplanes.padded(points, self._most_bits),
            *self.level(mineral),
        ]

    @cached_property
    def _most_bits(self) -> int:
        """How many bits any number of points has."""
        most = max(
            (
                sum(
                    abs(points)
                    for point_sum in self._program.point_sums
                    if point_sum.mineral == mineral
                    for _, points in point_sum.entries
                )
                for mineral in self._program.minerals
            ),
            default=0,
        )
        return (2 * most + self._lift).bit_length() + 1

    # --- one by one -------------------------------------------------------------------

    def standings(self) -> list[Standing]:
        """How things stand for each person, in their order."""
        minerals = self._program.minerals
        levels = {m: bitplanes.numbers_of(self.level(m), self.size) for m in minerals}
        points = {m: bitplanes.numbers_of(self.points(m), self.size) for m in minerals}
        base_rates = {m: self._catalogue.profile[m].base_rate for m in minerals}
        urgencies = bitplanes.numbers_of(self._urgency(), self.size)
        links = [
            (link, self.holds(atoms.link(link.id)))
            for link in self._catalogue.links
            if link.first is not None
        ]
        found: list[Standing] = []
        for person in range(self.size):
            named = {m: LEVELS[levels[m][person]] for m in minerals}
            worth = {m: points[m][person] - self._lift for m in minerals}
            active = [link for link, held in links if held >> person & 1]
            order = tuple(ranked(named, worth, base_rates, active))
            urgency = URGENCIES[urgencies[person]]
            found.append(Standing(order, named, worth, urgency))
        return found

    def _urgency(self) -> Planes:
        """The highest urgency by number."""
        held = [self.everyone, *(self.holds(atoms.urgency(u)) for u in URGENCIES[1:])]
        highest = [own & ~_any(held[number + 1 :]) for number, own in enumerate(held)]
        bits = (len(URGENCIES) - 1).bit_length()
        return [
            _any(own for number, own in enumerate(highest) if number >> bit & 1)
            for bit in range(bits)
        ]


def _facts(fixed: Collection[Atom]) -> Stratum:
    """What holds for everybody, so that a circuit takes it for granted."""
    facts = tuple(Clause(atom, (), SHARED) for atom in sorted(fixed))
    return Stratum("facts", facts, ())


def _wanted(program: Program, catalogue: Catalogue) -> Iterator[Atom]:
    """What a standing is made from."""
    for mineral in program.minerals:
        for lower, higher in pairwise(LEVELS):
            yield atoms.level(mineral, lower)
            yield atoms.at_level(mineral, higher)
        yield atoms.level(mineral, LEVELS[-1])
    yield from (atoms.link(link.id) for link in catalogue.links)
    yield from (atoms.urgency(urgency) for urgency in URGENCIES[1:])
    yield from (
        atom for point_sum in program.point_sums for atom, _ in point_sum.entries
    )


def _worth(definition: Definition, worth: Mapping[str, int], everyone: int) -> int:
    """For whom all wires of one of the bodies are true."""
    total = 0
    for body in definition.bodies:
        mask = everyone
        for wire in body:
            held = worth[wire.name]
            mask &= ~held if wire.negated else held
            if not mask:
                break
        total |= mask
    return total


def _most_lost(point_sum: PointSum) -> int:
    """By how much the point_sum can be below zero."""
    return -sum(points for _, points in point_sum.entries if points < 0)


def _any(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


_EVERYBODY: Final[WeakKeyDictionary[Engine, Population]] = WeakKeyDictionary()


def everybody(rules: Engine) -> Population:
    """People who bring anything that can be given, worked out once for the rules.

    Two who ask at once may each work it out; it is the same.
    """
    known = _EVERYBODY.get(rules)
    if known is None:
        clauses = rules.program.clauses
        read = {atoms.positive(one) for clause in clauses for one in clause.body}
        given = [one for one in read if atoms.parse(one).kind in atoms.GIVEN]
        known = Population(rules.program, rules.catalogue, fixed=(), open_=given)
        _EVERYBODY[rules] = known
    return known
