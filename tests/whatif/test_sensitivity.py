"""Sensitivity: what each single change of an answer moves."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given

from hypothetical import (
    MINERALS,
    Person,
    few_answers,
    level_in,
    persons,
    rank_in,
    small,
)
from minsight.assessment.model import Assessment
from minsight.whatif.sensitivity import ChangeEffect
from random_laws import examples


@examples(15)
@given(person=persons(answers=few_answers()))
def test_sensitivity_tells_what_each_change_moves(person: Person) -> None:
    answer = small().sensitivity(person.subject())
    before = person.assessed()
    assert before is not None
    told: dict[tuple[str, str], ChangeEffect] = {
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


def _moves(effect: ChangeEffect | None) -> Iterator[tuple[object, ...]]:
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
