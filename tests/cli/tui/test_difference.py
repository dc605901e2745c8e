"""What is different between two states is told in words, and nothing else is."""

from __future__ import annotations

import msgspec

import minsight
from minsight.intake.subject import Measurement
from minsight_cli.tui.difference import answers_moved, assessment_moved, moved
from minsight_cli.tui.state import State

BEFORE = State(replies={"fever": "observed", "pica": "excluded", "fatigue": "unsure"})


def test_the_same_state_has_no_difference(rules: minsight.Rules) -> None:
    assert list(moved(BEFORE, BEFORE, rules)) == [
        "Answers", "The same.", "", "What moved", "Nothing.",
    ]  # fmt: skip


def test_each_answer_that_is_another_one_is_told_once(rules: minsight.Rules) -> None:
    label = rules.vocabulary.label
    after = BEFORE.replied("fever", "excluded").replied("pica", "unknown")
    after = after.replied("spoon_nails", "observed")
    assert list(answers_moved(BEFORE, after, rules.vocabulary)) == [
        f"{label('fever')}: yes -> no",
        f"{label('pica')}: no -> unknown",
        f"{label('spoon_nails')}: unknown -> yes",
    ]


def test_values_are_told_with_their_units(rules: minsight.Rules) -> None:
    with_value = BEFORE.measured(Measurement("ferritin", 8, "ug/L"))
    other = with_value.measured(Measurement("ferritin", 80.5, "ng/mL"))
    tell = rules.vocabulary
    assert list(answers_moved(BEFORE, with_value, tell)) == [
        "Serum ferritin: unknown -> 8 ug/L"
    ]
    assert list(answers_moved(with_value, other, tell)) == [
        "Serum ferritin: 8 ug/L -> 80.5 ng/mL"
    ]
    assert list(answers_moved(other, BEFORE, tell)) == [
        "Serum ferritin: 80.5 ng/mL -> unknown"
    ]


def test_an_order_of_answers_is_no_difference(rules: minsight.Rules) -> None:
    replies = dict(reversed([*BEFORE.replies.items()]))
    other = msgspec.structs.replace(BEFORE, replies=replies)
    assert list(answers_moved(BEFORE, other, rules.vocabulary)) == []


def test_a_mineral_that_comes_is_told_with_its_reason_and_goes_with_it(
    rules: minsight.Rules,
) -> None:
    none, nails = State(), State(replies={"spoon_nails": "observed"})
    first, second = none.assessed(rules), nails.assessed(rules)
    (iron,) = [c for c in second.candidates if c.mineral == "iron"]
    (reason,) = iron.reasons
    came = list(assessment_moved(first, second))
    stands = f"{iron.level.replace('_', ' ')}, place {iron.rank}"
    place = came.index(f"Iron: nothing points to it -> {stands}")
    assert came[place + 1] == f"  came: {reason.because}"
    went = list(assessment_moved(second, first))
    place = went.index(f"Iron: {stands} -> nothing points to it")
    assert went[place + 1] == f"  went: {reason.because}"


def test_urgency_is_told_first(rules: minsight.Rules) -> None:
    calm, urgent = State(), State(replies={"seizure": "observed"})
    level = urgent.assessed(rules).urgency.level.replace("_", " ")
    first, *_ = assessment_moved(calm.assessed(rules), urgent.assessed(rules))
    assert first == f"Urgency: none -> {level}"
