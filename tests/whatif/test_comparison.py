"""Comparing: nothing moves by itself, and both directions tell the same story."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

import minsight
from minsight.assessment.model import Assessment, Candidate, Reason
from minsight.whatif.changes import Change
from minsight.whatif.comparison import Comparison, Moves, Pair, compare
from minsight.whatif.no_change import why_unmoved
from random_laws import examples
from strategies import said_people

LAW = examples(50)


@st.composite
def assessments(draw: st.DrawFn, rules: minsight.Rules) -> Assessment:
    person = draw(said_people(rules.vocabulary))
    return rules.assess(person, keep_going=True)


@LAW
@given(data=st.data())
def test_nothing_moves_between_an_assessment_and_itself(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    one = data.draw(assessments(rules))
    same = compare(one, one)
    assert same.is_empty
    assert same.moved == ()
    assert same.notes.is_empty


@LAW
@given(data=st.data())
def test_the_other_way_round_is_the_mirror(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    one, other = data.draw(assessments(rules)), data.draw(assessments(rules))
    there, back = compare(one, other), compare(other, one)
    assert mirrored(there) == unordered(back)
    assert there.is_empty == back.is_empty
    opposite = {"up": "down", "down": "up", "new": "gone", "gone": "new"}
    directions = {m.mineral: m.direction for m in back.minerals}
    for mineral in there.minerals:
        expected = opposite.get(mineral.direction, mineral.direction)
        assert directions[mineral.mineral] == expected


@LAW
@given(data=st.data())
def test_what_came_is_after_and_not_before_and_nothing_else(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    before, after = data.draw(assessments(rules)), data.draw(assessments(rules))
    comparison = rules.compare(before, after)
    ours, theirs = by_rule(before.candidates), by_rule(after.candidates)
    moves = [one.reasons for one in comparison.minerals]
    assert sorted(r.rule for m in moves for r in m.came) == sorted(theirs - ours.keys())
    assert sorted(r.rule for m in moves for r in m.went) == sorted(ours - theirs.keys())
    assert {p.after.rule for m in moves for p in m.changed} == {
        rule for rule in ours.keys() & theirs.keys() if ours[rule] != theirs[rule]
    }
    places = {c.mineral: (c.rank, c.level, c.points) for c in after.candidates}
    assert places == {
        m.mineral: (m.after.rank, m.after.level, m.after.points)
        for m in comparison.minerals
        if m.after is not None
    }
    flags = {r.flag for r in after.urgency.reasons}
    flags -= {r.flag for r in before.urgency.reasons}
    assert {r.flag for r in comparison.urgency.reasons.came} == flags


def by_rule(candidates: Iterable[Candidate]) -> dict[str, Reason]:
    return {
        reason.rule: reason
        for one in candidates
        for reason in (*one.reasons, *one.against, *one.context)
    }


def mirrored(comparison: Comparison) -> object:
    """The record of a comparison with before and after exchanged."""
    return _sorted(_exchanged(msgspec.to_builtins(comparison)))


def unordered(comparison: Comparison) -> object:
    return _sorted(msgspec.to_builtins(comparison))


_OTHER = {"before": "after", "after": "before", "came": "went", "went": "came"}


def _exchanged(part: object) -> object:
    if isinstance(part, dict):
        return {_OTHER.get(key, key): _exchanged(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_exchanged(one) for one in part]
    return part


def _sorted(part: object) -> object:
    """Lists in one order: they follow that of the assessment after."""
    if isinstance(part, dict):
        return {key: _sorted(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return sorted(map(_sorted, part), key=repr)
    return part


# --- by hand --------------------------------------------------------------------------


def test_subjects_are_assessed_and_assessments_taken_as_they_are(
    rules: minsight.Rules,
) -> None:
    one, other = (minsight.Subject(present=[w]) for w in ("fatigue", "spoon nails"))
    assert rules.compare(one, other) == compare(rules.assess(one), rules.assess(other))


def test_a_sign_that_no_longer_leads_its_cluster_counts_otherwise(
    rules: minsight.Rules,
) -> None:
    """Low values make red cells small: both stand in the cluster `anaemia_like`."""
    pale = minsight.Subject(present=["pallor"])
    both = minsight.Subject(present=["pallor", "microcytic_anaemia"])
    (iron,) = (m for m in rules.compare(pale, both).minerals if m.mineral == "iron")
    (pair,) = (p for p in iron.reasons.changed if p.after.rule == "iron.pallor")
    assert (pair.before.counted, pair.after.counted) == (True, False)


def test_a_flag_comes_and_goes(rules: minsight.Rules) -> None:
    calm = minsight.Subject(present=["fatigue"])
    ill = minsight.Subject(present=["fatigue", "chest pain"])
    urgency = rules.compare(calm, ill).urgency
    assert urgency.level == Pair("none", "emergency")
    assert len(urgency.reasons.came) == 1
    assert rules.compare(ill, calm).urgency.reasons == Moves(went=urgency.reasons.came)


# --- why nothing moved ----------------------------------------------------------------


def why(rules: minsight.Rules, start: minsight.Subject, *changes: Change) -> str:
    result = rules.change(start, *changes)
    before, after = rules.assess(start), rules.assess(result.subject)
    return " ".join(why_unmoved(compare(before, after), after, result.settings, rules))


def test_an_answer_that_no_rule_reads_is_said_to_be_one(rules: minsight.Rules) -> None:
    read = {
        i for rule in rules.catalogue.rules for i in (*rule.reads, *rule.reads_absent)
    }
    read |= {id_ for flag in rules.catalogue.flags for id_ in flag.reads}
    finding = next(
        f.id for f in rules.vocabulary.findings if f.id not in read and not f.parents
        and not f.holds_for.sex
    )  # fmt: skip
    told = why(rules, minsight.Subject(), Change("add", finding))
    assert "no rule of any mineral reads this answer" in told


def test_a_second_sign_of_one_kind_is_said_to_count_once(rules: minsight.Rules) -> None:
    start = minsight.Subject(present=["pallor"])
    told = why(rules, start, Change("add", "conjunctival_pallor"))
    assert "are signs of one kind" in told


def test_unspecific_findings_are_said_to_lift_nothing(rules: minsight.Rules) -> None:
    start = minsight.Subject(present=["fatigue"])
    assert "Unspecific findings" in why(rules, start, Change("add", "headache"))


def test_a_move_needs_no_excuse(rules: minsight.Rules) -> None:
    start = minsight.Subject(present=["fatigue"])
    assert why(rules, start, Change("add", "craving ice")) == ""


@LAW
@given(data=st.data())
def test_where_nothing_at_all_moves_a_reason_is_given(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    person = data.draw(said_people(rules.vocabulary))
    id_ = data.draw(st.sampled_from([*rules.vocabulary.finding]))
    try:
        result = rules.change(person, Change("deny", id_))
    except minsight.SubjectError:
        assume(False)
    before, after = rules.assess(person), rules.assess(result.subject)
    comparison = compare(before, after)
    if comparison.is_empty:
        assert why_unmoved(comparison, after, result.settings, rules) != ()
