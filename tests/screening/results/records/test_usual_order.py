"""The usual order, moved by what one person told, is the order of that person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.assessment.next_questions import Asking, first_questions
from minsight.screening.results.records.numbering import read_ids
from minsight.screening.results.records.questions import Questions
from minsight.screening.results.records.usual_order import UsualOrder
from random_laws import examples


@examples(60)
@given(data=st.data())
def test_the_usual_order_gives_the_first_questions_of_each(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    compiled = rules.knowledge
    numbering = read_ids(compiled)
    raising = Questions(compiled, numbering).raising
    bands = compiled.guide.bands
    groups = raising.bits(band.group for band in bands if band.group is not None)
    own = compiled.catalogue.rules_of[
        data.draw(st.sampled_from(rules.program.minerals))
    ]
    person = minsight.Subject(
        age_days=data.draw(st.none() | st.floats(0, 36_000)),
        sex=data.draw(st.sampled_from([None, "female", "male"])),
    )
    clusters = st.sampled_from([rule.cluster for rule in own])
    covered = data.draw(st.dictionaries(clusters, st.integers(0, 3), max_size=4))
    present = data.draw(st.sets(st.sampled_from(raising.ids), max_size=5))
    answered = data.draw(st.sets(st.sampled_from(numbering.ids), max_size=200))
    outside = data.draw(st.sets(st.sampled_from([rule.id for rule in own]), max_size=3))
    asking = Asking(compiled, person)
    bits = raising.bits(present)
    usual = UsualOrder(
        asking,
        [rule for rule in own if rule.id not in outside],
        bits & groups,
        compiled.guide,
        (numbering, raising),
    )
    order = asking.by_worth(own, covered=covered, outside=outside, present=present)
    expected = first_questions(one for one in order if one not in answered)
    told = frozenset(covered.items())
    assert expected == usual.first(told, bits, numbering.bits(answered))


@pytest.mark.parametrize("sex", [None, "female"])
def test_people_between_two_bounds_are_asked_the_same(
    rules: minsight.Rules, sex: str | None
) -> None:
    questions = Questions(rules.knowledge, read_ids(rules.knowledge))
    assert questions.whom(9_200.0, sex) is questions.whom(9_300.0, sex)
    assert questions.whom(20.0, sex) is not questions.whom(9_300.0, sex)
    assert questions.whom(None, sex) is not questions.whom(9_300.0, sex)
