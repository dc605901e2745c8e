"""One meaning, several backends: each of them finds the same of everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from engines import BACKENDS
from minsight.backends import open_backend
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.explanation.proofs import Prover
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.logic.atoms import Atom, negated
from minsight.logic.backend import Backend, BackendName
from minsight.logic.program import Clause, Program, Stratum
from random_laws import examples
from strategies import given_sets, programs, rule_sets, shipped, subjects_of_programs

SHIPPED = lower(shipped())

on_every_backend = pytest.mark.parametrize("name", BACKENDS)


# --- the meaning, written out once more and as plainly as can be ----------------------


def meaning(program: Program, given: frozenset[Atom]) -> frozenset[Atom]:
    """What holds: each stratum goes round until nothing comes, then tells absences."""
    holds = set(given)
    for stratum in program.strata:
        while new := {c.head for c in stratum.clauses if holds.issuperset(c.body)}:
            if new <= holds:
                break
            holds |= new
        holds |= {negated(atom) for atom in stratum.completes if atom not in holds}
    return frozenset(holds)


def points(program: Program, mineral: str, holds: frozenset[Atom]) -> int:
    """The sums of a mineral, each cut at its cap."""
    sums = [
        (sum(worth for atom, worth in one.entries if atom in holds), one.cap)
        for one in program.point_sums
        if one.mineral == mineral
    ]
    return sum(total if cap is None else min(total, cap) for total, cap in sums)


def assert_means(
    backend: Backend, program: Program, people: Sequence[frozenset[Atom]]
) -> None:
    for given_, found in zip(people, backend.evaluate_all(people), strict=True):
        holds = meaning(program, given_)
        assert sorted(found.holds) == sorted(holds)
        assert dict(found.points) == {
            mineral: points(program, mineral, holds) for mineral in program.minerals
        }


# --- the laws -------------------------------------------------------------------------


@on_every_backend
@examples(120)
@given(
    program=programs(), people=st.lists(subjects_of_programs(), min_size=1, max_size=5)
)
def test_any_stratified_program_means_the_same(
    name: BackendName, program: Program, people: list[frozenset[Atom]]
) -> None:
    with closing(open_backend(name, program)) as backend:
        assert_means(backend, program, people)


@on_every_backend
@examples(60)
@given(folder=rule_sets(), data=st.data())
def test_any_rule_set_means_the_same(
    name: BackendName, folder: Folder, data: st.DataObject
) -> None:
    program = lower(folder)
    people = [data.draw(given_sets(program, folder)) for _ in range(2)]
    with closing(open_backend(name, program)) as backend:
        assert_means(backend, program, people)


@lru_cache
def shipped_backend(name: BackendName) -> Backend:
    """One backend for all examples, as `Rules` keeps it."""
    return open_backend(name, SHIPPED)


@on_every_backend
@examples(40)
@given(people=st.lists(given_sets(SHIPPED, shipped()), min_size=1, max_size=4))
def test_the_shipped_rules_mean_the_same_of_anybody(
    name: BackendName, people: list[frozenset[Atom]]
) -> None:
    assert_means(shipped_backend(name), SHIPPED, people)


@on_every_backend
@examples(30)
@given(
    program=programs(), people=st.lists(subjects_of_programs(), min_size=2, max_size=5)
)
def test_many_are_told_what_each_alone_would_be(
    name: BackendName, program: Program, people: list[frozenset[Atom]]
) -> None:
    with closing(open_backend(name, program)) as backend:
        alone = [backend.evaluate(given_) for given_ in people]
        assert backend.evaluate_all(people) == alone
        assert backend.evaluate_all([]) == []


@on_every_backend
@examples(100)
@given(program=programs(), given_=subjects_of_programs())
def test_what_fired_is_what_a_proof_stands_on_or_nothing_is_told_of_it(
    name: BackendName, program: Program, given_: frozenset[Atom]
) -> None:
    with closing(open_backend(name, program)) as backend:
        found = backend.evaluate(given_)
    if name == "forward":
        assert {clause.head for clause in found.trace} <= found.holds
        assert set(found.trace) == set(Prover(program).prove(given_).trace)
    else:
        assert found.trace == ()


@on_every_backend
def test_atoms_that_read_each_other_come_to_the_least_fixpoint(
    name: BackendName,
) -> None:
    rain, wet, mud = Atom("observed:rain"), Atom("wet"), Atom("mud")
    clauses = (
        Clause(wet, (mud,), "shared"),
        Clause(mud, (wet,), "shared"),
        Clause(wet, (rain,), "shared"),
    )
    program = Program((Stratum("s", clauses, (mud,)),), (), (), (), (), "")
    with closing(open_backend(name, program)) as backend:
        wet_one, dry_one = backend.evaluate_all([{rain}, set()])
    assert wet_one.holds == {rain, wet, mud}
    assert dry_one.holds == {Atom("not:mud")}


def curated(rules: minsight.Rules) -> Iterator[frozenset[Atom]]:
    """What is given of every person who was written beside the rules."""
    cases, issues = read_cases(rules_folder())
    assert issues == []
    for file in cases.values():
        for written in (
            *(person.subject for person in file.people),
            *(case.match for case in file.rules),
            *(case.near_miss for case in file.rules),
        ):
            answers = enter(subject_of(written), rules.vocabulary)
            yield given_atoms(answers, rules.program, rules.vocabulary)


@on_every_backend
def test_every_curated_person_means_the_same(
    name: BackendName, rules: minsight.Rules
) -> None:
    people = list(curated(rules))
    assert len(people) > 1_000
    assert_means(shipped_backend(name), rules.program, people)
