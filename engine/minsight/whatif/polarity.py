"""Polarity: which changes can push an atom up, and which can push it down.

Read off the definitions of a circuit, for all people at once: a change that is in
neither set can never matter to the atom, and one that is only in the first can never
stand in its way, whatever else is answered.
"""

from __future__ import annotations

from typing import NamedTuple

from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.circuit import Signal, Wire
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses


class Pushes(NamedTuple):
    """The changes that can make an atom hold, and those that can make it fail."""

    up: Changes
    down: Changes


class Polarity:
    """Which changes push which atom, for one person."""

    def __init__(self, hypotheses: Hypotheses) -> None:
        self._population = hypotheses.population
        self._program = hypotheses.rules.program
        self._pushes = {
            str(atom): Pushes(hypotheses.bringing(atom), hypotheses.taking(atom))
            for atom in self._population.inputs
        }
        for definition in self._population.definitions(
            self._population.circuit.outputs
        ):
            up = down = 0
            for body in definition.bodies:
                for wire in body:
                    pushes = self._of(wire)
                    up, down = up | pushes.up, down | pushes.down
            self._pushes[definition.name] = Pushes(up, down)

    def on(self, atom: Atom) -> Pushes:
        """The changes that push this atom."""
        return self._of(self._population.circuit.outputs[atom])

    def on_mineral(self, mineral: str) -> Pushes:
        """The changes that push the level or the points of a mineral."""
        up = down = 0
        for level in LEVELS[1:]:
            one = self.on(atoms.at_level(mineral, level))
            up, down = up | one.up, down | one.down
        for point_sum in self._program.point_sums:
            if point_sum.mineral == mineral:
                for atom, points in point_sum.entries:
                    one = self.on(atom)
                    more, fewer = one if points > 0 else (one.down, one.up)
                    up, down = up | more, down | fewer
        return Pushes(up, down)

    def _of(self, signal: Signal) -> Pushes:
        if not isinstance(signal, Wire):
            return Pushes(0, 0)
        up, down = self._pushes[signal.name]
        return Pushes(down, up) if signal.negated else Pushes(up, down)
