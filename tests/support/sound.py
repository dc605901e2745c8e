"""When a proof is sound, said without the code that makes proofs."""

from __future__ import annotations

from minsight.explanation.proofs import Inference
from minsight.logic.atoms import Atom, positive
from minsight.logic.program import Program
from minsight.logic.reference import Reference


def is_sound(
    inferences: tuple[Inference, ...], program: Program, facts: frozenset[Atom]
) -> bool:
    """Whether every step stands on clauses of the program whose bodies are proved.

    What a step rests on stands after it, so that no step can rest on itself.
    """
    holds = Reference(program).closure(facts)
    clauses = set(program.clauses)
    completed = {a for stratum in program.strata for a in stratum.completes}
    place = {inference.atom: at for at, inference in enumerate(inferences)}
    for at, inference in enumerate(inferences):
        if not inference.clauses:
            absent = positive(inference.atom)
            assert inference.atom in facts or (
                inference.is_absence and absent in completed and absent not in holds
            )
        for clause in inference.clauses:
            assert clause in clauses
            assert clause.head == inference.atom
            assert holds.issuperset(clause.body)
            assert all(place[atom] > at for atom in clause.body)
    return True
