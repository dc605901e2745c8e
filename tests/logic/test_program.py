"""A program is told by its content: the same rules, the same bytes."""

from __future__ import annotations

from hypothesis import given
from msgspec.structs import replace

from minsight.logic.atoms import Atom
from minsight.logic.program import (
    Clause,
    Cutoff,
    PointSum,
    Program,
    Stratum,
    by_body,
    by_head,
)
from strategies import programs

RAIN, WET, DRY = Atom("rain"), Atom("wet"), Atom("dry")
WEATHER = Program(
    strata=(
        Stratum("weather", (Clause(WET, (RAIN,), "shared"),), (WET,)),
        Stratum("street", (Clause(DRY, (Atom("not:wet"),), "alum"),), ()),
    ),
    point_sums=(PointSum("alum", ((DRY, 2), (WET, -1)), 1),),
    ages=("9mo",),
    cutoffs=(Cutoff("level", 2.5),),
    minerals=("alum",),
    knowledge="",
)


def test_a_program_reads_as_its_strata_and_sums() -> None:
    assert WEATHER.as_text() == (
        "stratum 0: weather\n"
        "  wet <- rain\n"
        "  completes wet\n"
        "stratum 1: street\n"
        "  dry <- not:wet\n"
        "points of alum, at most 1\n"
        "  +2 dry\n"
        "  -1 wet\n"
    )


def test_every_part_is_in_the_fingerprint() -> None:
    others = [
        replace(WEATHER, strata=WEATHER.strata[:1]),
        replace(WEATHER, point_sums=()),
        replace(WEATHER, ages=()),
        replace(WEATHER, cutoffs=()),
        replace(WEATHER, minerals=()),
        replace(WEATHER, knowledge="of other rules"),
    ]
    prints = {program.fingerprint for program in (WEATHER, *others)}
    assert len(prints) == 1 + len(others)
    assert replace(WEATHER).fingerprint == WEATHER.fingerprint
    assert len(WEATHER.fingerprint) == 16


@given(program=programs())
def test_clauses_are_found_by_what_they_derive_and_read(program: Program) -> None:
    made, read = by_head(program.clauses), by_body(program.clauses)
    assert sum(map(len, made.values())) == len(program.clauses)
    assert sum(map(len, read.values())) == sum(len(c.body) for c in program.clauses)
    assert all(clause in made[clause.head] for clause in program.clauses)
    assert all(c in read[atom] for c in program.clauses for atom in c.body)
