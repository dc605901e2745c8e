"""How things stand for one person, and which entries can still matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from guides import small_asked
from minsight.intake.answers import Answers, enter
from minsight.intake.subject import Measurement, Subject
from minsight.questions.relevance import QuestionScope
from minsight.questions.settling import Settling

RULES = small_asked()
MINERALS = RULES.program.minerals


def settling(person: Subject, *, clinician: bool = False) -> tuple[Settling, Answers]:
    scope = QuestionScope(
        RULES.program, RULES.vocabulary, RULES.catalogue, MINERALS, clinician
    )
    answers = enter(person, RULES.vocabulary)
    return Settling(RULES, answers.subject, scope), answers


def remaining(person: Subject, open_: Sequence[str]) -> tuple[str, ...]:
    one, answers = settling(person)
    return one.remaining(answers, open_, one.picture(one.evaluate(answers)))


@pytest.mark.parametrize(
    "person",
    [
        Subject(),
        Subject(present=["grey nails", "itchy skin"], age="30y", sex="f"),
        Subject(present=["blotches", "fever"], age="6mo"),
        Subject(measurements=[Measurement("serum alum", 5, "ug/L")], age="30y"),
    ],
)
def test_the_picture_is_the_assessment(person: Subject) -> None:
    one, answers = settling(person)
    picture = one.picture(one.evaluate(answers))
    found = RULES.assess(person).candidates
    assert picture.order == tuple(candidate.mineral for candidate in found)
    assert picture.first == picture.order[:3]
    for candidate in found:
        assert picture.levels[candidate.mineral] == candidate.level


def test_who_can_be_asked_hangs_on_age_and_on_who_answers() -> None:
    baby = settling(Subject(age="6mo"))[0].questions
    grown = settling(Subject(age="30y"))[0].questions
    clinician = settling(Subject(age="30y"), clinician=True)[0].questions
    assert "hoarseness" not in baby
    assert "mill_worker" not in baby
    assert {"hoarseness", "mill_worker"} <= set(grown)
    assert set(clinician) - set(grown) == {"pale_smear", "low_alum", "serum_alum"}


def test_only_what_is_open_remains() -> None:
    person = Subject(present=["always tired"], age="30y")
    assert remaining(person, ["itch", "red_patches"]) == ("itch", "red_patches")
    assert remaining(person, []) == ()


def test_what_bears_on_no_place_does_not_remain() -> None:
    """Hands that shake are a warning sign and say nothing of a mineral."""
    person = Subject(present=["always tired"], age="30y")
    assert remaining(person, ["shaking_hands"]) == ()
    assert "shaking_hands" not in remaining(person, ["shaking_hands", "itch"])
