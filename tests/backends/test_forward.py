"""The guards of the forward engine against what its library does wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

import minsight
from minsight.backends import forward
from minsight.errors import BackendError
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import SHARED, Clause, Program, Stratum
from minsight.logic.reference import Reference

A, B, C, D = (Atom(f"observed:{name}") for name in "abcd")


def program(*clauses: Clause) -> Program:
    return Program((Stratum("only", clauses, ()),), (), (), (), (), "")


def chain(length: int) -> Program:
    """A -> x1 -> x2 -> ... in one ruleset."""
    names = [A, *(Atom(f"x{number}") for number in range(length))]
    links = pairwise(names)
    return program(*(Clause(head, (body,), SHARED) for body, head in links))


def test_a_case_that_stops_short_is_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that sleeps inside a case loses the rest of it without an error."""
    whole = forward._Ruleset._fire
    lost: list[Clause] = []

    def stop_short(self: Any, *arguments: Any) -> list[Clause]:
        fired: list[Clause] = whole(self, *arguments)
        if not lost:
            lost.append(fired.pop())
        return fired

    monkeypatch.setattr(forward._Ruleset, "_fire", stop_short)
    with forward.ForwardBackend(chain(5)) as backend:
        assert backend.evaluate([A]).holds == Reference(chain(5)).closure([A])
    assert lost


def test_an_engine_that_always_stops_short_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = forward._Ruleset._fire

    def stop_short(self: Any, *arguments: Any) -> list[Clause]:
        fired: list[Clause] = whole(self, *arguments)
        return fired[:-1]

    monkeypatch.setattr(forward._Ruleset, "_fire", stop_short)
    backend = forward.ForwardBackend(chain(5))
    with backend, pytest.raises(BackendError, match="stopped short"):
        backend.evaluate([A])


def test_an_exception_inside_an_action_reaches_the_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library would swallow it into its state."""
    tell = forward._Ruleset._assert

    def fail(assert_fact: Callable[..., Any], atom: Atom, case: str) -> None:
        if atom == "x1":
            raise RuntimeError("broken")
        tell(assert_fact, atom, case)

    monkeypatch.setattr(forward._Ruleset, "_assert", staticmethod(fail))
    backend = forward.ForwardBackend(chain(4))
    with backend, pytest.raises(BackendError, match="failed") as caught:
        backend.evaluate([A])
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_a_head_reached_twice_and_a_cycle_do_no_harm() -> None:
    clauses = (
        Clause(C, (A,), SHARED),
        Clause(C, (B,), SHARED),
        Clause(D, (C,), SHARED),
        Clause(C, (D,), SHARED),
    )
    with forward.ForwardBackend(program(*clauses)) as backend:
        assert backend.evaluate([A, B]).holds == {A, B, C, D}


def test_the_trace_holds_each_firing_after_what_it_rests_on() -> None:
    with forward.ForwardBackend(chain(6)) as backend:
        trace = backend.evaluate([A]).trace
    known = {A}
    for clause in trace:
        assert known.issuperset(clause.body)
        known.add(clause.head)
    assert len(trace) == 6


def test_cases_do_not_see_each_other() -> None:
    with forward.ForwardBackend(program(Clause(C, (A, B), SHARED))) as backend:
        assert C not in backend.evaluate([A]).holds
        assert C not in backend.evaluate([B]).holds
        assert C in backend.evaluate([A, B]).holds


def test_no_facts_at_all_is_a_case_too() -> None:
    with forward.ForwardBackend(chain(3)) as backend:
        assert backend.evaluate([]).holds == frozenset()


def clauses_on_one_atom() -> Iterator[Clause]:
    for number in range(forward.MOST_RULES_ON_ONE_ATOM + 1):
        yield Clause(Atom(f"h{number}"), (A, Atom("h0")), SHARED)


def test_a_ruleset_that_the_engine_cannot_hold_is_refused_before_it_runs() -> None:
    backend = forward.ForwardBackend(program(*clauses_on_one_atom()))
    with backend, pytest.raises(BackendError, match="rules that read one atom"):
        backend.evaluate([A, Atom("h0")])


def test_the_rules_that_ship_fit_the_engine_whoever_the_subject_is(
    rules: minsight.Rules,
) -> None:
    """A case meets a part of a chained group at most, so the whole one must fit."""
    for stratum in rules.program.strata:
        for group in forward._chained(stratum.clauses):
            assert forward._excess(group) is None


def test_groups_that_do_not_fit_together_run_apart() -> None:
    """Each clause reads an atom of its own; together they exceed the conditions."""
    given = [Atom(f"g{number}") for number in range(forward.MOST_CONDITIONS + 20)]
    clauses = [Clause(Atom(f"h{n}"), (atom,), SHARED) for n, atom in enumerate(given)]
    with forward.ForwardBackend(program(*clauses)) as backend:
        assert backend.evaluate(given).holds == {*given, *(c.head for c in clauses)}


def test_no_thread_is_left_running_by_the_engine(rules: minsight.Rules) -> None:
    """The library's own threads would race the caller."""
    before = threading.active_count()
    rules.assess(minsight.Subject(present=["fatigue"]), engine="forward")
    assert threading.active_count() == before


def test_many_threads_share_one_backend(rules: minsight.Rules) -> None:
    subjects = [
        minsight.Subject(present=[f.id]) for f in rules.vocabulary.findings[:24]
    ]
    expected = [rules.assess(subject) for subject in subjects]
    found: dict[int, minsight.Assessment] = {}

    def assess(number: int) -> None:
        found[number] = rules.assess(subjects[number], engine="forward")

    threads = [threading.Thread(target=assess, args=(n,)) for n in range(len(subjects))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(subjects))] == expected


def test_the_trace_of_a_person_explains_their_level(rules: minsight.Rules) -> None:
    subject = minsight.Subject(present=["spoon_nails", "ice_craving"], age="28")
    heads = {clause.head for clause in rules.trace(subject)}
    assert atoms.evidence("iron.koilonychia") in heads
    assert atoms.level("iron", "typical_pattern") in heads
