"""What atoms can lead to, worked out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic.atoms import Atom
from minsight.logic.dependencies import Flow
from minsight.logic.program import Clause, Program
from minsight.logic.reference import Reference
from strategies import ATOMS, programs, subjects_of_programs


def clause(head: str, *body: str) -> Clause:
    return Clause(Atom(head), tuple(map(Atom, body)), "shared")


CLAUSES = [
    clause("wet", "rain"),
    clause("slippery", "wet", "cold"),
    clause("walk", "not:slippery"),
    clause("swim", "warm"),
]


def test_clauses_fire_whose_atoms_are_given_or_follow() -> None:
    flow = Flow(CLAUSES, [Atom("rain")])
    assert flow.live == (CLAUSES[0], CLAUSES[2])
    assert flow.possible == {"rain", "wet", "walk"}
    assert list(flow.readers(Atom("rain"))) == [CLAUSES[0]]
    assert list(flow.readers(Atom("cold"))) == []


def test_an_absence_is_a_way_from_its_atom() -> None:
    flow = Flow(CLAUSES, [Atom("rain"), Atom("cold")])
    assert flow.reached_from([Atom("rain")]) == {"rain", "wet", "slippery", "walk"}
    assert flow.leading_to([Atom("walk")]) == {
        "walk",
        "slippery",
        "wet",
        "cold",
        "rain",
    }
    assert flow.implied_by(Atom("rain")) == {"rain", "wet"}
    assert flow.implied_by(Atom("swim")) == {"swim"}


@given(program=programs(), start=subjects_of_programs(), data=st.data())
def test_whatever_holds_for_somebody_is_possible(
    program: Program, start: frozenset[Atom], data: st.DataObject
) -> None:
    flow = Flow(program.clauses, start)
    fewer = start & data.draw(subjects_of_programs())
    holds = Reference(program).evaluate(fewer).holds
    derived = {c.head for c in program.clauses if holds.issuperset(c.body)}
    assert derived <= flow.possible


@given(program=programs(), atom=st.sampled_from(ATOMS))
def test_ways_there_are_ways_back(program: Program, atom: Atom) -> None:
    flow = Flow(program.clauses, ATOMS)
    for reached in flow.reached_from([atom]):
        assert atom in flow.leading_to([reached])
