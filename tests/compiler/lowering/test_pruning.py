"""Dead clauses go, and nothing that anybody reads goes with them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.compiler import lowering
from minsight.compiler.folder import Folder
from minsight.compiler.lowering.pruning import SHOWN, prune
from minsight.logic import atoms
from minsight.logic.atoms import Atom, parse
from minsight.logic.program import SHARED, Clause, PointSum, Stratum
from minsight.logic.reference import Reference
from random_laws import examples
from strategies import given_sets, rule_sets

ITCH = atoms.observed("itch")
FLAG = atoms.flag("one")
RISK = atoms.risk("alum", "weak")
LINK = atoms.link("one")


def clause(head: Atom, *body: Atom) -> Clause:
    return Clause(head, body, SHARED)


def kept(
    *clauses: Clause, sums: Sequence[PointSum] = (), completes: tuple[Atom, ...] = ()
) -> list[Clause]:
    (stratum,) = prune([Stratum("one", clauses, completes)], sums)
    return list(stratum.clauses)


def test_what_stands_on_answers_and_is_shown_stays() -> None:
    clauses = [clause(RISK, ITCH), clause(FLAG, RISK)]
    assert kept(*clauses) == clauses


def test_what_nothing_derives_can_never_hold() -> None:
    assert kept(clause(FLAG, RISK)) == []
    assert kept(clause(FLAG, ITCH, RISK)) == []


def test_what_rests_on_itself_alone_can_never_hold() -> None:
    round_ = [clause(RISK, atoms.cluster("alum", "a", "b"))]
    round_ += [clause(atoms.cluster("alum", "a", "b"), RISK), clause(FLAG, RISK)]
    assert kept(*round_) == []


def test_what_nobody_reads_goes() -> None:
    assert kept(clause(RISK, ITCH)) == []
    shown = clause(FLAG, ITCH)
    assert kept(clause(RISK, ITCH), shown) == [shown]


def test_what_points_count_is_read() -> None:
    counted = clause(RISK, ITCH)
    sums = [PointSum("alum", ((RISK, 2),), None)]
    assert kept(counted, sums=sums) == [counted]


def test_what_is_read_as_absent_is_read() -> None:
    below, above = clause(RISK, ITCH), clause(FLAG, ITCH, atoms.negated(RISK))
    strata = [Stratum("one", (below,), (RISK, LINK)), Stratum("two", (above,), ())]
    first, second = prune(strata, [])
    assert (first.clauses, second.clauses) == ((below,), (above,))
    assert first.completes == (RISK,), "nobody asks whether the other is absent"


def test_an_absence_can_always_hold() -> None:
    """Of what nothing derives it holds of everybody."""
    only = clause(FLAG, atoms.negated(RISK))
    assert kept(only, completes=(RISK,)) == [only]


@pytest.mark.parametrize("stratum", [0, 1])
def test_strata_keep_their_names_though_they_are_empty(stratum: int) -> None:
    strata = [Stratum("one", (), ()), Stratum("two", (clause(RISK, ITCH),), ())]
    assert prune(strata, [])[stratum] == Stratum(strata[stratum].name, (), ())


@examples(8)
@given(folder=rule_sets(), data=st.data())
def test_what_is_shown_and_counted_is_the_same_with_the_dead_clauses(
    folder: Folder, data: st.DataObject
) -> None:
    pruned = lowering.lower(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lowering, "prune", lambda strata, _, **_told: tuple(strata))
        whole = lowering.lower(folder)
    assert len(pruned.clauses) < len(whole.clauses)
    start = data.draw(given_sets(whole, folder))
    ours, theirs = Reference(pruned), Reference(whole)
    shown, also = (_shown(one.closure(start)) for one in (ours, theirs))
    assert shown == also
    assert ours.points(ours.closure(start)) == theirs.points(theirs.closure(start))


def _shown(holds: frozenset[Atom]) -> set[Atom]:
    return {atom for atom in holds if parse(atom).kind in SHOWN}
