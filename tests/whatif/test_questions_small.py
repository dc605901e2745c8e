"""What the questions say of small rules, against everybody there could be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hypothetical import (
    Changed,
    Person,
    as_pairs,
    few_answers,
    level_in,
    nearly_all_answers,
    persons,
    rank_in,
    small,
    step_in,
)
from minsight.assessment.model import Assessment
from minsight.scales import LEVELS
from minsight.whatif import flip as flipping
from minsight.whatif.bounds import Witness
from minsight.whatif.flip import Flip, flip
from minsight.whatif.sensitivity import Effect
from random_laws import examples

MINERALS: Final = ("alum", "ochre")


def least_sets(
    person: Person,
    most: int,
    met: Callable[[Assessment], bool],
    *,
    to_open: bool = False,
) -> set[Changed]:
    """The sets after which it is met, of which no part is enough."""
    found: set[Changed] = set()
    for changed in person.sets(most, to_open=to_open):
        if any(part <= changed for part in found):
            continue
        after = person.assessed(changed)
        if after is not None and met(after):
            found.add(changed)
    return found


# --- reach ----------------------------------------------------------------------------


@examples(10)
@given(
    person=persons(answers=few_answers()),
    mineral=st.sampled_from(MINERALS),
    level=st.sampled_from(LEVELS[1:]),
)
def test_reach_tells_every_least_set_and_no_other(
    person: Person, mineral: str, level: str
) -> None:
    answer = small().reach(mineral, level, subject=person.subject(), most=2)
    step = LEVELS.index(level)
    expected = least_sets(
        person, 2, lambda after: step_in(after, mineral) >= step, to_open=True
    )
    assert {as_pairs(changes) for changes in answer.sets} == expected
    assert answer.complete
    assert answer.count == len(expected)


def test_reach_finds_sets_of_three() -> None:
    """The combination of ochre needs two complaints, and its cap must not act."""
    nobody = Person(age="30", sex="male")
    answer = small().reach("ochre", "typical_pattern", subject=nobody.subject(), most=3)
    expected = least_sets(
        nobody, 3, lambda after: step_in(after, "ochre") >= 3, to_open=True
    )
    assert {as_pairs(changes) for changes in answer.sets} == expected


# --- flip -----------------------------------------------------------------------------


@examples(10)
@given(person=persons(answers=few_answers()), mineral=st.sampled_from(MINERALS))
@example(
    # "No" to well water stands in the way of deep wells, and can be taken back too.
    person=Person(
        {
            "red_patches": "yes",
            "nail_change": "yes",
            "grey_nails": "yes",
            "well_water": "no",
        }
    ),
    mineral="ochre",
)
def test_flip_tells_all_sets_of_the_least_size_across_a_level(
    person: Person, mineral: str
) -> None:
    answer = small().flip(person.subject(), mineral, most=2)
    now = LEVELS.index(answer.level)
    for one in answer.flips:
        if one.target == "higher":
            _matches(one, person, lambda after: step_in(after, mineral) > now)
        elif one.target == "lower":
            _matches(one, person, lambda after: step_in(after, mineral) < now)


@examples(10)
@given(person=persons(answers=few_answers()), mineral=st.sampled_from(MINERALS))
def test_flip_tells_all_sets_of_the_least_size_to_a_place(
    person: Person, mineral: str
) -> None:
    """Two minerals have two places, so here the first one is what counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flipping, "FIRST", 1)
        answer = flip(small(), person.subject(), mineral, most=2)
    (one,) = [f for f in answer.flips if f.target in ("into_first", "out_of_first")]
    assert (one.target == "out_of_first") == (answer.rank == 1)
    inside = one.target == "into_first"
    _matches(one, person, lambda after: (rank_in(after, mineral) == 1) == inside)


def test_flip_searches_all_sets_of_three_for_a_place() -> None:
    person = Person(
        {"grey_nails": "yes", "pale_smear": "yes", "itch": "yes"}, age="30", sex="male"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flipping, "FIRST", 1)
        answer = flip(small(), person.subject(), "ochre", most=3)
    one = answer.flips[-1]
    assert one.target == "into_first"
    assert one.least == 3
    _matches(one, person, lambda after: rank_in(after, "ochre") == 1, most=3)


def _matches(
    one: Flip, person: Person, met: Callable[[Assessment], bool], *, most: int = 2
) -> None:
    everything = least_sets(person, most, met)
    least = min(map(len, everything), default=None)
    expected = {changed for changed in everything if len(changed) == least}
    # A flip leaves out changes that nothing reads; they are in no least set.
    assert one.least == least
    assert {as_pairs(changes) for changes in one.sets} == expected
    assert one.count == len(expected)


# --- bounds ---------------------------------------------------------------------------


@examples(15)
@given(person=persons(answers=nearly_all_answers(most_open=5)))
def test_bounds_hold_for_everybody_and_are_reached_by_somebody(person: Person) -> None:
    assume(person.said)
    everybody = list(person.completions())
    for room in small().bounds(person.subject()).rooms:
        steps = {step_in(one, room.mineral) for one in everybody}
        for end, step in ((room.lowest, min(steps)), (room.highest, max(steps))):
            assert end.exact
            assert end.level == LEVELS[step]
            assert level_in(_shown(person, end.witness), room.mineral) == end.level
        ranks = [rank_in(one, room.mineral) or 3 for one in everybody]
        for place, rank, best in (
            (room.best, min(ranks), True),
            (room.worst, max(ranks), False),
        ):
            told = place.rank or 3
            assert told <= rank if best else told >= rank
            shown_at = rank_in(_shown(person, place.witness), room.mineral)
            assert place.shown == shown_at
            if place.exact:
                assert told == rank
                assert shown_at == place.rank


def _shown(person: Person, witness: Witness) -> Assessment:
    answers = [(id_, "yes") for id_ in witness.yes] + [
        (id_, "no") for id_ in witness.no
    ]
    after = person.assessed(answers)
    assert after is not None
    assert all(person.was(id_) == "unknown" for id_, _ in answers)
    return after


# --- sensitivity and duel -------------------------------------------------------------


@examples(15)
@given(person=persons(answers=few_answers()))
def test_sensitivity_tells_what_each_change_moves(person: Person) -> None:
    answer = small().sensitivity(person.subject())
    before = person.assessed()
    assert before is not None
    told: dict[tuple[str, str], Effect] = {
        (e.change.id, e.change.to): e for e in answer.effects
    }
    for changed in person.changes():
        after = person.assessed([changed])
        if after is not None:
            assert list(_moves(told.get(changed))) == list(_differences(before, after))
    weights = [
        (sum(abs(m.steps) for m in e.moves), sum(abs(m.places) for m in e.moves))
        for e in answer.effects
    ]
    assert weights == sorted(weights, reverse=True)


def _moves(effect: Effect | None) -> Iterator[tuple[object, ...]]:
    if effect is not None:
        for m in effect.moves:
            points = (m.points, m.points_after) if m.rank and m.rank_after else None
            if points is None and m.rank == m.rank_after:
                continue  # an assessment tells no points of what is no candidate
            yield m.mineral, m.level, m.level_after, m.rank, m.rank_after, points


def _differences(before: Assessment, after: Assessment) -> Iterator[tuple[object, ...]]:
    for mineral in MINERALS:
        ranks = rank_in(before, mineral), rank_in(after, mineral)
        levels = level_in(before, mineral), level_in(after, mineral)
        points = [
            c.points
            for one in (before, after)
            for c in one.candidates
            if c.mineral == mineral
        ]
        moved = ranks[0] != ranks[1] or levels[0] != levels[1]
        if moved or (len(points) == 2 and points[0] != points[1]):
            yield (mineral, *levels, *ranks, tuple(points) if all(ranks) else None)


@examples(15)
@given(person=persons(answers=few_answers()))
def test_a_duel_tells_what_each_answer_does_to_the_two(person: Person) -> None:
    answer = small().duel(person.subject(), "alum", "ochre")
    for question in answer.questions:
        assert person.was(question.id) == "unknown"
        for side, to in ((question.yes, "yes"), (question.no, "no")):
            after = person.assessed([(question.id, to)])
            if side is not None:
                assert after is not None
                assert side.level_of_one == level_in(after, "alum")
                assert side.level_of_other == level_in(after, "ochre")
                first = after.candidates[0].mineral if after.candidates else None
                assert side.ahead == first
