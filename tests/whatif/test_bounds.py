"""Bounds: how far each mineral can rise and fall, and who shows it."""

from __future__ import annotations

from hypothesis import assume, given

import minsight
from hypothetical import (
    WOMAN,
    Person,
    level_in,
    nearly_all_answers,
    persons,
    rank_in,
    small,
    step_in,
)
from minsight.assessment.model import Assessment
from minsight.intake.subject import Subject
from minsight.scales import LEVELS
from minsight.whatif.bounds import Witness
from random_laws import examples


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


def test_the_bounds_of_every_shipped_level_are_exact(rules: minsight.Rules) -> None:
    for subject in (Subject(), WOMAN, Subject(present=["cramps"], age="9mo", sex="m")):
        rooms = rules.bounds(subject).rooms
        assert {room.mineral for room in rooms} == set(rules.program.minerals)
        assert all(room.lowest.exact and room.highest.exact for room in rooms)
