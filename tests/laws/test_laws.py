"""The laws of the meaning, on random and on shipped rules, on every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from engines import BACKENDS
from minsight.assessment.differential import level_of
from minsight.backends import open_backend
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.logic import atoms
from minsight.logic.atoms import Atom, positive
from minsight.logic.backend import BackendName
from minsight.logic.program import Program
from minsight.scales import LEVELS
from random_laws import examples
from strategies import ages_and_sex, given_sets, rule_sets, shelf, shipped

LAW = examples(40)
FEW = LEVELS.index("few_findings")


def steps(
    program: Program, engine: BackendName, *starts: Iterable[Atom]
) -> list[Mapping[str, int]]:
    """For each start, the step of every mineral on the scale of levels."""
    with closing(open_backend(engine, program)) as backend:
        held = [found.holds for found in backend.evaluate_all(starts)]
    return [
        {m: LEVELS.index(level_of(m, holds)) for m in program.minerals}
        for holds in held
    ]


@pytest.mark.parametrize("engine", BACKENDS)
@LAW
@given(folder=rule_sets(), data=st.data())
def test_more_support_never_lowers_a_level(
    folder: Folder, data: st.DataObject, engine: BackendName
) -> None:
    program = lower(folder)
    start = data.draw(given_sets(program, folder))
    more = data.draw(st.sets(st.sampled_from(shelf().supporting), min_size=1))
    groups = data.draw(st.sets(st.sampled_from(shelf().groups)))
    added = start | {atoms.observed(id_) for id_ in more}
    added |= {atoms.in_group(id_) for id_ in groups}
    before, after = steps(program, engine, start, added)
    assert all(after[mineral] >= before[mineral] for mineral in before)


@pytest.mark.parametrize("engine", BACKENDS)
@LAW
@given(folder=rule_sets(), data=st.data())
def test_more_contrary_evidence_never_raises_a_level(
    folder: Folder, data: st.DataObject, engine: BackendName
) -> None:
    program = lower(folder)
    start = data.draw(given_sets(program, folder))
    contrary = data.draw(st.sets(st.sampled_from(shelf().contrary), min_size=1))
    added = start | {atoms.observed(id_) for id_ in contrary}
    before, after = steps(program, engine, start, added)
    assert all(after[mineral] <= before[mineral] for mineral in before)


@pytest.mark.parametrize("engine", BACKENDS)
@LAW
@given(folder=rule_sets(), data=st.data())
def test_a_risk_group_alone_never_passes_few_findings(
    folder: Folder, data: st.DataObject, engine: BackendName
) -> None:
    program = lower(folder)
    groups = data.draw(st.sets(st.sampled_from([g.id for g in folder.groups])))
    start = {atoms.in_group(id_) for id_ in groups} | data.draw(ages_and_sex(program))
    (found,) = steps(program, engine, start)
    assert max(found.values()) <= FEW


@pytest.mark.parametrize("engine", BACKENDS)
@LAW
@given(folder=rule_sets(), data=st.data())
def test_nonspecific_findings_alone_never_pass_few_findings(
    folder: Folder, data: st.DataObject, engine: BackendName
) -> None:
    program = lower(folder)
    strong = {
        rule.when
        for rules in folder.rules.values()
        for rule in rules
        if rule.then.supports not in (None, "nonspecific")
    }
    weak = [id_ for id_ in (*shelf().supporting, *shelf().unread) if id_ not in strong]
    present = data.draw(st.sets(st.sampled_from(weak)))
    start = {atoms.observed(id_) for id_ in present} | data.draw(ages_and_sex(program))
    (found,) = steps(program, engine, start)
    assert max(found.values()) <= FEW


@pytest.mark.parametrize("engine", BACKENDS)
@LAW
@given(folder=rule_sets(), data=st.data())
def test_a_finding_that_no_rule_reads_changes_no_level(
    folder: Folder, data: st.DataObject, engine: BackendName
) -> None:
    program = lower(folder)
    start = data.draw(given_sets(program, folder))
    unread = data.draw(st.sampled_from(shelf().unread))
    before, after = steps(program, engine, start, start | {atoms.observed(unread)})
    assert after == before


@LAW
@given(data=st.data())
def test_what_a_mineral_does_not_read_never_changes_it(
    rules: minsight.Rules, data: st.DataObject, engine: BackendName
) -> None:
    program, folder = rules.program, shipped()
    mineral = data.draw(st.sampled_from(program.minerals))
    read = read_by(program, mineral)
    unread = [f.id for f in folder.findings if atoms.observed(f.id) not in read]
    added = data.draw(st.sets(st.sampled_from(unread), min_size=1, max_size=4))
    start = data.draw(given_sets(program, folder))
    more = start | {atoms.observed(id_) for id_ in added}
    before = rules.evaluate(start, engine=engine)
    after = rules.evaluate(frozenset(more), engine=engine)
    assert level_of(mineral, after.holds) == level_of(mineral, before.holds)
    assert after.points[mineral] == before.points[mineral]


def read_by(program: Program, mineral: str) -> set[Atom]:
    """Every atom from which something about the mineral follows."""
    bodies: dict[Atom, list[Atom]] = {}
    for clause in program.clauses:
        bodies.setdefault(clause.head, []).extend(clause.body)
    waiting = [clause.head for clause in program.clauses if clause.part == mineral]
    read: set[Atom] = set()
    while waiting:
        atom = positive(waiting.pop())
        if atom not in read:
            read.add(atom)
            waiting += bodies.get(atom, [])
    return read


@LAW
@given(data=st.data())
def test_every_mineral_stands_at_exactly_one_level(
    rules: minsight.Rules, data: st.DataObject, engine: BackendName
) -> None:
    start = data.draw(given_sets(rules.program, shipped()))
    holds = rules.evaluate(start, engine=engine).holds
    for mineral in rules.program.minerals:
        standing = [name for name in LEVELS if atoms.level(mineral, name) in holds]
        assert len(standing) == 1


@LAW
@given(data=st.data())
def test_the_order_of_input_changes_nothing(
    rules: minsight.Rules, data: st.DataObject, engine: BackendName
) -> None:
    findings = [finding.id for finding in rules.vocabulary.findings]
    present = data.draw(st.lists(st.sampled_from(findings), max_size=8, unique=True))
    shuffled = data.draw(st.permutations(present))
    one, other = (
        rules.assess(
            minsight.Subject(present=tuple(order)), engine=engine, keep_going=True
        )
        for order in (present, shuffled)
    )
    assert (one.candidates, one.urgency) == (other.candidates, other.urgency)
    assert set(one.recognised) == set(other.recognised)


def test_an_unknown_finding_is_not_an_excluded_finding(
    rules: minsight.Rules, engine: BackendName
) -> None:
    """Zinc of 65.5 ug/dL is low for a woman who is said not to be pregnant."""

    def level(**answers: object) -> str:
        zinc = (minsight.Measurement("serum zinc", 65.5, "ug/dL"),)
        subject = minsight.Subject(age="30", sex="female", measurements=zinc, **answers)  # type: ignore[arg-type]  # one kind of answer at a time
        found = rules.assess(subject, engine=engine).candidates
        return next((c.level for c in found if c.mineral == "zinc"), "no_pattern")

    assert level(not_groups=("pregnant",)) == "measured_low"
    assert level() == "no_pattern"
    assert level(groups=("pregnant",)) != "measured_low"


def test_a_finding_outside_its_ages_counts_one_class_lower_and_does_not_vanish(
    rules: minsight.Rules, engine: BackendName
) -> None:
    """Spoon nails are characteristic from 4 years; flat nails are normal earlier."""

    def reason(age: str | None) -> minsight.Reason:
        subject = minsight.Subject(present=("spoon_nails",), age=age)
        (iron,) = (
            c
            for c in rules.assess(subject, engine=engine).candidates
            if c.mineral == "iron"
        )
        return next(r for r in iron.reasons if r.rule == "iron.koilonychia")

    assert (reason("30").strength, reason("30").out_of_age) == ("characteristic", False)
    assert (reason("2").strength, reason("2").out_of_age) == ("supportive", True)
    assert reason(None).strength == "characteristic"


@pytest.mark.parametrize("parent_absent", [True, False])
def test_the_taxonomy_closes_upwards_for_present_and_downwards_for_absent(
    rules: minsight.Rules, engine: BackendName, parent_absent: bool
) -> None:
    if parent_absent:
        start = frozenset([atoms.excluded("pica")])
        expected = atoms.excluded("ice_craving")
    else:
        start = frozenset([atoms.observed("ice_craving")])
        expected = atoms.observed("pica")
    holds = rules.evaluate(start, engine=engine).holds
    assert expected in holds
    assert atoms.observed("ice_craving") in holds or parent_absent
    assert atoms.excluded("pica") in holds or not parent_absent
