"""Circuit: a program as definitions in order, for those who bring certain atoms only.

A backend that works on columns evaluates every clause for everybody, so what can never
hold for its table is left out before: a questionnaire with ten questions runs a program
of ten questions. What always holds becomes a constant, what only repeats another
definition is that definition, and what nobody asks for is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

import msgspec

from minsight.logic.atoms import Atom, negated
from minsight.logic.graph import reachable
from minsight.logic.program import Clause, Program, Stratum, by_head


class Wire(msgspec.Struct, frozen=True, order=True):
    """The value of a definition or input, or its opposite."""

    name: str
    negated: bool = False

    def opposite(self) -> Wire:
        return Wire(self.name, not self.negated)


Signal: TypeAlias = Wire | bool
"""What an atom is worth: a wire, or the same for everybody."""

Bodies: TypeAlias = tuple[tuple[Wire, ...], ...]


class Definition(msgspec.Struct, frozen=True):
    """`name` is true where all wires of one of the bodies are."""

    name: str
    bodies: Bodies


class Circuit(msgspec.Struct, frozen=True):
    """Definitions in steps, each step reading inputs and earlier steps only."""

    inputs: tuple[Atom, ...]
    steps: tuple[tuple[Definition, ...], ...]
    outputs: Mapping[Atom, Signal]


def circuit_of(
    program: Program, available: Collection[Atom], wanted: Iterable[Atom]
) -> Circuit:
    """The definitions that tell the wanted atoms, when only `available` can be given.

    >>> wet, rain, sun = Atom("wet"), Atom("rain"), Atom("sun")
    >>> weather = Stratum("s", (Clause(wet, (rain,), "shared"),), (wet,))
    >>> dry = Stratum("t", (Clause(sun, (Atom("not:wet"),), "shared"),), ())
    >>> program = Program((weather, dry), (), (), (), (), "")
    >>> circuit_of(program, [rain], [sun]).outputs
    {'sun': Wire(name='rain', negated=True)}
    >>> circuit_of(program, [], [sun]).outputs
    {'sun': True}
    """
    drawing = _Drawing(available)
    for stratum in program.strata:
        drawing.add(stratum)
    outputs = {atom: drawing.signal(atom) for atom in wanted}
    needed = needed_for(outputs.values(), drawing.definitions)
    return Circuit(
        inputs=tuple(a for a in drawing.inputs if a in needed),
        steps=tuple(_steps(drawing.definitions, needed)),
        outputs=outputs,
    )


class _Drawing:
    """A circuit in the making: what each atom is worth so far."""

    def __init__(self, available: Collection[Atom]) -> None:
        self.inputs = dict.fromkeys(available)
        self.definitions: dict[str, Definition] = {}
        self._worth: dict[Atom, Signal] = {atom: Wire(atom) for atom in self.inputs}
        self._same: dict[frozenset[frozenset[Wire]], Wire] = {}

    def signal(self, atom: Atom) -> Signal:
        return self._worth.get(atom, False)

    def add(self, stratum: Stratum) -> None:
        """Define what the stratum derives, then the absences that it completes."""
        clauses = by_head(stratum.clauses)
        for head in _rounds(clauses):
            self._worth[head] = self._defined(head, clauses[head])
        for atom in stratum.completes:
            self._worth[negated(atom)] = _opposite(self.signal(atom))

    def _defined(self, head: Atom, clauses: Iterable[Clause]) -> Signal:
        """What holds already, or through one of the clauses."""
        bodies = [_conjunction(map(self.signal, clause.body)) for clause in clauses]
        already = self.signal(head)
        if already is True or frozenset() in bodies:
            return True
        ways = {body for body in bodies if body is not None}
        if isinstance(already, Wire):
            ways.add(frozenset([already]))
        return self._wire(head, _without_longer(ways))

    def _wire(self, head: Atom, ways: Collection[frozenset[Wire]]) -> Signal:
        if not ways:
            return False
        if len(ways) == 1 and len(only := next(iter(ways))) == 1:
            return next(iter(only))
        key = frozenset(ways)
        if key not in self._same:
            name = self._unused(head)
            ordered = tuple(sorted(tuple(sorted(way)) for way in ways))
            self.definitions[name] = Definition(name, ordered)
            self._same[key] = Wire(name)
        return self._same[key]

    def _unused(self, head: Atom) -> str:
        """The head, with a number where it was an input or is defined once more."""
        number, name = 1, str(head)
        while name in self.definitions or name in self.inputs:
            number, name = number + 1, f"{head}#{number + 1}"
        return name


def _rounds(clauses: Mapping[Atom, Sequence[Clause]]) -> Iterator[Atom]:
    """The heads in an order that defines each after what it reads.

    Where heads read each other, all are defined as often as there are heads: a round
    that adds nothing ends the least fixpoint, and each one before it adds one at least.
    """
    reads = {
        head: {a for clause in own for a in clause.body if a in clauses}
        for head, own in clauses.items()
    }
    try:
        yield from tuple(TopologicalSorter(reads).static_order())
    except CycleError:
        for _ in clauses:
            yield from clauses


def _conjunction(signals: Iterable[Signal]) -> frozenset[Wire] | None:
    """The wires that must all be true, or None where that is impossible."""
    wires: set[Wire] = set()
    for signal in signals:
        if signal is False or (isinstance(signal, Wire) and signal.opposite() in wires):
            return None
        if isinstance(signal, Wire):
            wires.add(signal)
    return frozenset(wires)


def _without_longer(ways: Collection[frozenset[Wire]]) -> list[frozenset[Wire]]:
    """The ways without those that ask for more than a shorter one does."""
    short = [way for way in ways if len(way) == 1]
    return [way for way in ways if not any(one < way for one in short)]


def _opposite(signal: Signal) -> Signal:
    return signal.opposite() if isinstance(signal, Wire) else not signal


def needed_for(
    outputs: Iterable[Signal], definitions: Mapping[str, Definition]
) -> AbstractSet[str]:
    """The names that the outputs rest on."""

    def read(name: str) -> Iterator[str]:
        bodies = definitions[name].bodies if name in definitions else ()
        return (wire.name for body in bodies for wire in body)

    return reachable((s.name for s in outputs if isinstance(s, Wire)), read)


def _steps(
    definitions: Mapping[str, Definition], needed: Collection[str]
) -> Iterator[tuple[Definition, ...]]:
    """The needed definitions by how many others stand one behind the other."""
    depth: dict[str, int] = {}
    steps: dict[int, list[Definition]] = {}
    for name, definition in definitions.items():
        if name in needed:
            reads = (w.name for body in definition.bodies for w in body)
            depth[name] = 1 + max(depth.get(read, 0) for read in reads)
            steps.setdefault(depth[name], []).append(definition)
    for number in sorted(steps):
        yield tuple(steps[number])
