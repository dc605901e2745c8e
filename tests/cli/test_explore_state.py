"""States of an exploration: every step back, files there and back, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.errors import SubjectError
from minsight.intake.recognition import recognise
from minsight.intake.records import read_subject, subject_json
from minsight.intake.subject import Measurement, Subject
from minsight.scales import Status
from minsight_cli.tui.state import (
    FIRST_SNAPSHOT,
    History,
    State,
    state_of,
    workbench,
)

Edit: TypeAlias = Callable[[State], State]

IDS: Final = (
    "fatigue",
    "fever",
    "ice_craving",
    "pica",
    "pregnant",
    "spoon_nails",
    "vegetarian_diet",
)
"""Findings and groups, a parent with its child and one that not everybody can be."""
VALUES: Final = (
    Measurement("ferritin", 8, "ug/L"),
    Measurement("ferritin", 80, "ug/L"),
    Measurement("haemoglobin", 9.5, "g/dL"),
)


def _replying(id_: str, reply: Status) -> Edit:
    return lambda state: state.replied(id_, reply)


edits: Final = st.one_of(
    st.sampled_from(IDS).map(lambda id_: lambda state: state.toggled(id_)),
    st.builds(
        _replying,
        st.sampled_from(IDS),
        st.sampled_from(["observed", "excluded", "unsure", "unknown"]),
    ),
    st.sampled_from(VALUES).map(lambda value: lambda state: state.measured(value)),
    st.just(lambda state: state.without_measurement("ferritin")),
    st.sampled_from(["female", "male", None]).map(
        lambda sex: lambda state: state.of_sex(sex)
    ),
    (st.none() | st.floats(0, 45_000)).map(
        lambda days: lambda state: state.of_age(days)
    ),
)


def after(state: State, steps: Sequence[Edit]) -> State:
    for step in steps:
        state = step(state)
    return state


states: Final = st.lists(edits, max_size=8).map(lambda steps: after(State(), steps))


# --- steps ----------------------------------------------------------------------------


@given(states, st.lists(edits, max_size=8))
def test_undoing_every_step_gives_each_state_before(
    first: State, steps: list[Edit]
) -> None:
    """And redoing each gives them all again."""
    history, seen = History(first), [first]
    for step in steps:
        history = history.changed(step(history.state))
        if history.state != seen[-1]:
            seen.append(history.state)
    back = [history.state]
    while history.before:
        history = history.undone()
        back.append(history.state)
    assert back == seen[::-1]
    assert history.undone() == history
    forth = [history.state]
    while history.after:
        history = history.redone()
        forth.append(history.state)
    assert forth == seen
    assert history.redone() == history


@given(states, edits, edits)
def test_a_change_after_an_undo_ends_what_was_undone(
    state: State, step: Edit, other: Edit
) -> None:
    undone = History(state).changed(step(state)).undone()
    changed = undone.changed(other(undone.state))
    if changed != undone:
        assert changed.after == ()


@given(states, st.sampled_from(IDS))
def test_toggling_goes_round_unknown_yes_and_no(state: State, id_: str) -> None:
    round_: list[Status] = ["unknown", "observed", "excluded"]
    toggled = state.toggled(id_)
    if state.reply(id_) == "unsure":
        assert toggled.reply(id_) == "observed"
        return
    place = round_.index(state.reply(id_))
    assert toggled.reply(id_) == round_[(place + 1) % 3]
    assert toggled.toggled(id_).toggled(id_) == state


@given(states, edits)
def test_an_edit_leaves_the_state_it_began_with_alone(state: State, step: Edit) -> None:
    before = subject_like(state)
    step(state)
    assert subject_like(state) == before


def subject_like(state: State) -> tuple[object, ...]:
    return (*state.replies.items(), state.age_days, state.sex, state.measurements)


# --- snapshots ------------------------------------------------------------------------


@given(states, st.lists(edits, max_size=5))
def test_a_snapshot_stays_as_it_was_taken(first: State, steps: list[Edit]) -> None:
    bench = workbench(first).changed(after(first, steps)).kept("  now ")
    kept = bench.state
    later = bench.changed(State(sex="male")).undone()
    assert later.snapshots == {FIRST_SNAPSHOT: first, "now": kept}


@pytest.mark.parametrize("name", ["", "   ", "n" * 41])
def test_a_snapshot_needs_a_short_name(name: str) -> None:
    with pytest.raises(SubjectError):
        workbench(State()).kept(name)


def test_only_what_differs_from_the_file_is_unsaved() -> None:
    bench = workbench(State())
    changed = bench.changed(State().toggled("fever"))
    assert (bench.is_saved, changed.is_saved) == (True, False)
    assert changed.undone().is_saved
    assert changed.marked_saved().is_saved
    assert not changed.marked_saved().undone().is_saved


# --- records --------------------------------------------------------------------------


@given(state=states)
def test_a_state_comes_back_from_its_record(
    rules: minsight.Rules, state: State
) -> None:
    """Contradictions too, as a saved session may hold them."""
    raw = subject_json(state.subject(rules.vocabulary)).encode()
    again = state_of(read_subject(raw, "file"), rules.vocabulary)
    assert again.state == state
    assert (again.unrecognised, again.notes) == ((), ())


@given(state=states)
def test_contradictions_are_told_and_never_stop_it(
    rules: minsight.Rules, state: State
) -> None:
    """Told exactly when a strict assessment refuses them."""
    subject, told = state.subject(rules.vocabulary), state.at_odds(rules.vocabulary)
    assessment = rules.assess(subject, keep_going=True)
    taken = [note for note in assessment.notes if note.startswith("Taken as unknown:")]
    assert len(taken) == len(told)
    if told:
        with pytest.raises(SubjectError):
            rules.assess(subject)
    else:
        assert rules.assess(subject) == assessment


@pytest.mark.parametrize(
    "subject",
    [
        Subject(present=["always tired", "no fever"], age="28"),
        Subject(present=["28F, pale skin and craving ice"], groups=["vegetarian"]),
        Subject(
            absent=["fever"],
            unsure=["hair loss"],
            not_groups=["pregnant"],
            measurements=[Measurement("Ferritin", 8, "ng/mL")],
        ),
        Subject(present=["toddler"], age="4"),
        Subject(present=["spoon nails"], unsure=["spoon-shaped nails"]),
    ],
    ids=repr,
)
def test_a_subject_in_words_is_assessed_as_its_state_is(
    rules: minsight.Rules, subject: Subject
) -> None:
    direct = rules.assess(subject)
    state = state_of(subject, rules.vocabulary).state
    assessed = rules.assess(state.subject(rules.vocabulary))
    standing = [
        [(c.mineral, c.level, c.points, len(c.reasons)) for c in one.candidates]
        for one in (direct, assessed)
    ]
    assert standing[0] == standing[1]
    assert direct.urgency == assessed.urgency


def test_what_is_not_understood_is_handed_on(rules: minsight.Rules) -> None:
    subject = Subject(
        present=["always tired", "blorp"],
        measurements=[Measurement("unobtainium", 3, "g")],
    )
    found = state_of(subject, rules.vocabulary)
    assert found.state == State(replies={"fatigue": "observed"})
    assert [one.text for one in found.unrecognised] == ["blorp", "unobtainium 3 g"]


@pytest.mark.parametrize(
    "subject",
    [
        Subject(present=["always tired"], absent=["fatigue"]),
        Subject(present=["28-year-old woman"], sex="male"),
        Subject(present=["fatigue"], absent=["fatigue"]),
    ],
    ids=repr,
)
def test_texts_at_odds_that_a_state_cannot_hold_are_refused(
    rules: minsight.Rules, subject: Subject
) -> None:
    with pytest.raises(SubjectError):
        state_of(subject, rules.vocabulary)


def test_words_are_taken_with_what_they_deny(rules: minsight.Rules) -> None:
    state = State(replies={"fever": "observed"})
    meaning = recognise("28F, always tired, no fever", rules.vocabulary)
    told = state.told(meaning)
    assert told.replies == {"fever": "excluded", "fatigue": "observed"}
    assert (told.age_days, told.sex) == (28 * 365.25, "female")


def test_values_of_texts_become_measurements(rules: minsight.Rules) -> None:
    subject = Subject(present=["tired, K 2.9, hb 8 g/dL"], age="30y")
    state = state_of(subject, rules.vocabulary).state
    assert [(m.name, m.value, m.unit) for m in state.measurements] == [
        ("potassium", 2.9, "mmol/L"),
        ("haemoglobin", 8.0, "g/dL"),
    ]
