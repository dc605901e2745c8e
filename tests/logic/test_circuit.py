"""A circuit tells of its outputs what the reference does, for all inputs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic.atoms import Atom, negated
from minsight.logic.circuit import Circuit, Definition, Wire, circuit_of, needed_for
from minsight.logic.program import Clause, Program, Stratum
from minsight.logic.reference import Reference
from strategies import ATOMS, programs, subjects_of_programs

A, B, C, D = map(Atom, "abcd")


def program_of(*clauses: Clause, completes: tuple[Atom, ...] = ()) -> Program:
    return Program((Stratum("s", clauses, completes),), (), (), (), (), "")


def test_what_can_not_be_given_is_left_out() -> None:
    program = program_of(Clause(C, (A,), "shared"), Clause(C, (B, D), "shared"))
    assert circuit_of(program, [A, B], [C]) == Circuit((A,), (), {C: Wire("a")})


def test_an_absence_is_the_opposite_wire() -> None:
    program = program_of(Clause(C, (A, B), "shared"), completes=(C,))
    found = circuit_of(program, [A, B], [negated(C), C])
    assert found.outputs == {negated(C): Wire("c", negated=True), C: Wire("c")}
    assert found.steps == ((Definition("c", ((Wire("a"), Wire("b")),)),),)


def test_outputs_need_what_they_rest_on_and_nothing_else() -> None:
    definitions = {
        "c": Definition("c", ((Wire("a"),),)),
        "d": Definition("d", ((Wire("c"), Wire("b", negated=True)),)),
        "e": Definition("e", ((Wire("b"),),)),
    }
    assert needed_for([Wire("c"), True], definitions) == {"c", "a"}
    assert needed_for([Wire("d")], definitions) == {"d", "c", "a", "b"}


def worth(circuit: Circuit, given_: frozenset[Atom], wanted: Atom) -> bool:
    """What an output is worth, definition by definition."""
    true: set[str] = set(given_.intersection(circuit.inputs))
    for step in circuit.steps:
        true |= {
            definition.name
            for definition in step
            if any(
                all((wire.name in true) != wire.negated for wire in body)
                for body in definition.bodies
            )
        }
    signal = circuit.outputs[wanted]
    return (
        (signal.name in true) != signal.negated if isinstance(signal, Wire) else signal
    )


@given(program=programs(), start=subjects_of_programs(), data=st.data())
def test_outputs_are_what_the_reference_derives(
    program: Program, start: frozenset[Atom], data: st.DataObject
) -> None:
    available = data.draw(st.sets(st.sampled_from(ATOMS)))
    heads = sorted({clause.head for clause in program.clauses})
    completed = [negated(a) for stratum in program.strata for a in stratum.completes]
    circuit = circuit_of(program, sorted(available), [*heads, *completed])
    holds = Reference(program).evaluate(start & available).holds
    for atom in (*heads, *completed):
        assert worth(circuit, start, atom) == (atom in holds)
