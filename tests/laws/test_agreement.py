"""One meaning, several engines, the same answers."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import minsight
from minsight.backends.forward import ForwardBackend
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.explanation.proofs import Prover
from minsight.logic.atoms import Atom
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from strategies import given_sets, programs, rule_sets, shipped, subjects_of_programs

SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def assert_agreement(
    program: Program, forward: ForwardBackend, start: frozenset[Atom]
) -> None:
    reference = Reference(program)
    holds = reference.evaluate(start)
    run = forward.evaluate(start)
    assert sorted(holds) == sorted(run.holds)
    assert dict(reference.points(holds)) == dict(forward.points(run.holds))
    assert {clause.head for clause in run.trace} <= run.holds
    assert set(run.trace) == set(Prover(program).prove(start).trace)


@settings(SETTINGS, max_examples=250)
@given(
    program=programs(), starts=st.lists(subjects_of_programs(), min_size=1, max_size=3)
)
def test_any_stratified_program_means_the_same_on_both_engines(
    program: Program, starts: list[frozenset[Atom]]
) -> None:
    with ForwardBackend(program) as forward:
        for start in starts:
            assert_agreement(program, forward, start)


@settings(SETTINGS, max_examples=100)
@given(folder=rule_sets(), data=st.data())
def test_any_rule_set_means_the_same_on_both_engines(
    folder: Folder, data: st.DataObject
) -> None:
    program = lower(folder)
    with ForwardBackend(program) as forward:
        for _ in range(2):
            start = data.draw(given_sets(program, folder))
            assert_agreement(program, forward, start)


SHIPPED = lower(shipped())


@settings(SETTINGS, max_examples=250)
@given(start=given_sets(SHIPPED, shipped()))
def test_the_shipped_rules_mean_the_same_to_any_person(start: frozenset[Atom]) -> None:
    assert_agreement(SHIPPED, shipped_forward(), start)


_FORWARD: list[ForwardBackend] = []


def shipped_forward() -> ForwardBackend:
    """One backend for all examples, as `check` would keep it."""
    if not _FORWARD:
        _FORWARD.append(ForwardBackend(SHIPPED))
    return _FORWARD[0]


def test_every_curated_person_gets_one_assessment_from_both_engines(
    rules: minsight.Rules,
) -> None:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    people = [
        subject_of(written)
        for file in cases.values()
        for written in (
            *(person.subject for person in file.people),
            *(case.match for case in file.rules),
            *(case.near_miss for case in file.rules),
        )
    ]
    assert len(people) > 500
    for person in people:
        expected = rules.assess(person, engine="reference")
        assert rules.assess(person, engine="forward") == expected
