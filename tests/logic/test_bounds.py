"""Bounds are safe: whatever is still answered, all that is certain holds."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic.atoms import Atom, negated
from minsight.logic.bounds import Bounder, Interval
from minsight.logic.program import Clause, PointSum, Program, Stratum
from minsight.logic.reference import Reference
from strategies import ATOMS, programs

A, B, C, D = map(Atom, "abcd")


def program_of(*sums: PointSum) -> Program:
    return Program(
        strata=(
            Stratum("first", (Clause(C, (A, B), "shared"),), (C,)),
            Stratum("second", (Clause(D, (negated(C),), "shared"),), ()),
        ),
        point_sums=sums,
        ages=(),
        cutoffs=(),
        minerals=("alum",),
        knowledge="",
    )


def test_an_open_answer_leaves_open_what_rests_on_it() -> None:
    found = Bounder(program_of()).bounds([A], open_=[B])
    assert found.certain == {A}
    assert found.possible == {A, B, C, D, negated(C)}


def test_what_can_not_be_is_surely_absent() -> None:
    found = Bounder(program_of()).bounds([B], open_=[])
    assert found.certain == found.possible == {B, negated(C), D}


def test_points_range_over_what_may_hold() -> None:
    sums = (PointSum("alum", ((A, 2), (B, 3), (C, -4)), 4),)
    found = Bounder(program_of(*sums)).bounds([A], open_=[B])
    assert found.points == {"alum": Interval(2 - 4, 4)}


@given(
    program=programs(),
    given_=st.frozensets(st.sampled_from(ATOMS), max_size=3),
    open_=st.sets(st.sampled_from(ATOMS), max_size=4),
)
def test_everybody_is_within_the_bounds(
    program: Program, given_: frozenset[Atom], open_: set[Atom]
) -> None:
    found = Bounder(program).bounds(given_, open_=open_)
    reference = Reference(program)
    sizes = range(len(open_) + 1)
    for some in chain.from_iterable(combinations(sorted(open_), n) for n in sizes):
        evaluated = reference.evaluate(given_.union(some))
        assert found.certain <= evaluated.holds <= found.possible
        for mineral, points in evaluated.points.items():
            assert found.points[mineral].least <= points <= found.points[mineral].most
