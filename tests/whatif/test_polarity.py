"""Polarity: what pushes up and what down, read off the rules, held against people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hypothetical import MINERALS, Person, few_answers, persons, small
from minsight.intake.subject import Subject
from minsight.logic import atoms
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses
from minsight.whatif.polarity import Polarity
from random_laws import examples


def told(hypotheses: Hypotheses, changes: Changes) -> set[tuple[str, str]]:
    return {(switch.id, switch.to) for switch in hypotheses.told(changes)}


def test_a_sign_pushes_up_and_what_speaks_against_pushes_down() -> None:
    hypotheses = Hypotheses(small(), Subject())
    level = atoms.at_level("alum", "partial_pattern")
    pushes = Polarity(hypotheses).on(level)
    up, down = told(hypotheses, pushes.up), told(hypotheses, pushes.down)
    assert {("grey_nails", "yes"), ("well_water", "yes")} <= up
    assert {("fever", "yes")} <= down
    assert not {("fever", "yes"), ("red_patches", "yes")} & up
    assert not {("grey_nails", "yes"), ("red_patches", "yes")} & down


def test_to_take_an_answer_back_pushes_the_other_way() -> None:
    hypotheses = Hypotheses(small(), Subject(present=["grey nails", "fever"]))
    pushes = Polarity(hypotheses).on(atoms.at_level("alum", "partial_pattern"))
    assert ("grey_nails", "unknown") in told(hypotheses, pushes.down)
    assert ("fever", "unknown") in told(hypotheses, pushes.up)


def test_what_a_mineral_does_not_read_pushes_it_nowhere() -> None:
    hypotheses = Hypotheses(small(), Subject())
    pushes = Polarity(hypotheses).on_mineral("alum")
    moved = told(hypotheses, pushes.up | pushes.down)
    assert not {id_ for id_, _ in moved} & {"red_patches", "shaking_hands", "expecting"}


def test_points_push_though_no_level_does() -> None:
    """An unspecific finding opens the lowest gate, and counts above it as well."""
    hypotheses = Hypotheses(small(), Subject(present=["low alum as reported"]))
    pushes = Polarity(hypotheses).on_mineral("alum")
    assert ("tiredness", "yes") in told(hypotheses, pushes.up)


@examples(15)
@given(
    person=persons(answers=few_answers()),
    mineral=st.sampled_from(MINERALS),
    data=st.data(),
)
def test_nothing_moves_a_mineral_in_a_way_in_which_it_does_not_push(
    person: Person, mineral: str, data: st.DataObject
) -> None:
    """Whatever else is changed: everybody is tried with the change and without."""
    hypotheses = Hypotheses(small(), person.subject())
    count = len(hypotheses.changes)
    if not count:
        return
    change = data.draw(st.integers(0, count - 1))
    beside = data.draw(st.sets(st.integers(0, count - 1), max_size=3)) - {change}
    before = sum(1 << n for n in beside)
    after = before | 1 << change
    if not (hypotheses.allows(before) and hypotheses.allows(after)):
        return
    pushes = Polarity(hypotheses).on_mineral(mineral)
    ours, theirs = hypotheses.standings([before, after])
    if not pushes.up >> change & 1:
        assert theirs.points[mineral] <= ours.points[mineral]
        assert _step(theirs.levels[mineral]) <= _step(ours.levels[mineral])
    if not pushes.down >> change & 1:
        assert theirs.points[mineral] >= ours.points[mineral]
        assert _step(theirs.levels[mineral]) >= _step(ours.levels[mineral])


def _step(level: str) -> int:
    return LEVELS.index(level)
