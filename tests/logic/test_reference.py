"""The reference is the meaning: strata in order, each to its least fixpoint."""

from __future__ import annotations

from hypothesis import given

from minsight.logic.atoms import Atom, negated
from minsight.logic.program import Clause, PointSum, Program, Stratum
from minsight.logic.reference import Reference
from strategies import programs, subjects_of_programs

RAIN, WET, COLD, ICE, DRY = map(Atom, ("rain", "wet", "cold", "ice", "dry"))
WEATHER = Program(
    strata=(
        Stratum(
            "weather",
            (Clause(ICE, (WET, COLD), "shared"), Clause(WET, (RAIN,), "shared")),
            (WET, ICE),
        ),
        Stratum("street", (Clause(DRY, (negated(WET),), "shared"),), ()),
    ),
    point_sums=(
        PointSum("alum", ((WET, 3), (ICE, 4)), 5),
        PointSum("alum", ((DRY, 1), (COLD, -2)), None),
        PointSum("ochre", ((ICE, 1),), None),
    ),
    ages=(),
    cutoffs=(),
    minerals=("alum", "ochre", "none"),
    knowledge="",
)


def test_an_absence_holds_when_its_stratum_is_over() -> None:
    reference = Reference(WEATHER)
    assert reference.evaluate([RAIN]).holds == {RAIN, WET, negated(ICE)}
    assert reference.evaluate([COLD]).holds == {
        COLD,
        negated(WET),
        negated(ICE),
        DRY,
    }


def test_points_are_summed_and_cut_at_the_cap_of_each_sum() -> None:
    reference = Reference(WEATHER)
    assert reference.evaluate([RAIN, COLD]).points == {
        "alum": 5 - 2,
        "ochre": 1,
        "none": 0,
    }
    assert reference.evaluate([]).points == {"alum": 1, "ochre": 0, "none": 0}


@given(program=programs(), start=subjects_of_programs())
def test_nothing_follows_that_is_not_there_and_all_of_it_is_founded(
    program: Program, start: frozenset[Atom]
) -> None:
    holds = Reference(program).evaluate(start).holds
    founded = set(start)
    for stratum in program.strata:
        for _ in stratum.clauses:
            founded |= {c.head for c in stratum.clauses if founded.issuperset(c.body)}
        founded |= {negated(a) for a in stratum.completes if a not in founded}
    assert holds == founded
