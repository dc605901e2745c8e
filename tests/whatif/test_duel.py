"""Duel: the questions that tell two minerals apart, best first."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given

import minsight
from hypothetical import (
    WOMAN,
    Person,
    few_answers,
    level_in,
    persons,
    small,
)
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.whatif.duel import DuelStanding, duel
from random_laws import examples


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


def test_a_mineral_is_not_told_from_itself(rules: minsight.Rules) -> None:
    with pytest.raises(SubjectError, match="name two"):
        rules.duel(WOMAN, "iron", "iron")


# --- the small rules, worked out by hand ----------------------------------------------

NOW: Final = DuelStanding("no_pattern", "no_pattern", 0, 0, None)


def test_the_question_that_separates_by_most_steps_comes_first() -> None:
    """A low value is four steps of alum; a typical sign of either is two."""
    found = duel(small(), Subject(), "alum", "ochre")
    assert found.now == NOW
    assert [question.id for question in found.questions[:3]] == [
        "low_alum", "red_patches", "pale_smear",
    ]  # fmt: skip
    low, patches, _ = found.questions[:3]
    assert low.yes is not None
    assert (low.yes.lead, low.yes.ahead) == ((4, low.yes.points_of_one), "alum")
    assert patches.yes == DuelStanding("no_pattern", "partial_pattern", 0, 4, "ochre")
    assert patches.no is None, "no rule reads that they are absent"


def test_an_answer_to_both_separates_by_what_is_left() -> None:
    """Grey nails are a typical sign of alum (4) and a supporting one of ochre (2)."""
    found = duel(small(), Subject(), "alum", "ochre")
    (grey,) = (question for question in found.questions if question.id == "grey_nails")
    assert grey.yes == DuelStanding("partial_pattern", "few_findings", 4, 2, "alum")
    assert grey.yes.lead == (1, 2)


def test_a_question_that_moves_neither_is_counted_and_not_told() -> None:
    """Hands that shake are seen soon, and no mineral reads them."""
    found = duel(small(), Subject(), "alum", "ochre")
    asked = {question.id for question in found.questions}
    assert "shaking_hands" not in asked
    assert found.undecided > 0


def test_what_was_said_is_not_asked() -> None:
    person = Subject(present=["grey nails"], absent=["itch"], groups=["deep well"])
    asked = {q.id for q in duel(small(), person, "alum", "ochre").questions}
    assert not asked & {"grey_nails", "nail_change", "itch", "deep_well", "well_water"}


def test_a_mineral_without_rules_cannot_be_told_apart() -> None:
    with pytest.raises(SubjectError, match="did you mean `ochre`"):
        duel(small(), Subject(), "alum", "ocher")


@examples(10)
@given(person=persons(answers=few_answers()))
def test_the_other_way_round_the_same_questions_separate(person: Person) -> None:
    one, other = (
        duel(small(), person.subject(), *pair)
        for pair in (("alum", "ochre"), ("ochre", "alum"))
    )
    assert [q.id for q in one.questions] == [q.id for q in other.questions]
    assert one.undecided == other.undecided
    assert _turned(one.now) == other.now
    for ours, theirs in zip(one.questions, other.questions, strict=True):
        assert (_turned(ours.yes), _turned(ours.no)) == (theirs.yes, theirs.no)


def _turned(side: DuelStanding | None) -> DuelStanding | None:
    return side and DuelStanding(
        side.level_of_other,
        side.level_of_one,
        side.points_of_other,
        side.points_of_one,
        side.ahead,
    )
