"""What is said of an urgency beside something unsure holds if it is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minsight
from minsight.logic.backend import BackendName
from minsight.scales import URGENCIES
from random_laws import examples
from strategies import said_people


def test_each_finding_that_is_unsure_is_not_judged_just_where_it_would_be_urgent(
    rules: minsight.Rules,
) -> None:
    calm = rules.assess(minsight.Subject(age="30", sex="female")).urgency
    assert (calm.level, calm.judged) == ("none", True)
    differ = 0
    for finding in rules.vocabulary.findings:
        if not finding.holds_for.may_be(30 * 365.25, "female"):
            continue
        person = minsight.Subject(unsure=[finding.id], age="30", sex="female")
        unsure = rules.assess(person).urgency
        so = rules.assess(replace(person, unsure=(), present=(finding.id,))).urgency
        assert unsure.level == "none", finding.id
        assert unsure.judged == (so.level == "none"), finding.id
        assert unsure.if_so == so.reasons, finding.id
        differ += not unsure.judged
    assert differ > 80


@examples(40)
@given(data=st.data())
def test_nobody_is_called_calm_who_would_be_urgent_if_what_is_unsure_is_so(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    subject = data.draw(said_people(rules.vocabulary))
    so = replace(subject, present=(*subject.present, *subject.unsure), unsure=())
    unsure = rules.assess(subject, keep_going=True).urgency
    urgent = rules.assess(so, keep_going=True)
    # answers at odds are taken as unknown, so that nothing follows from them
    assume(not any(note.startswith("Taken as unknown") for note in urgent.notes))
    least = URGENCIES.index(unsure.level)
    assert not (unsure.judged and URGENCIES.index(urgent.urgency.level) > least)


@pytest.mark.parametrize("engine", ["reference", "forward", "columnar"])
def test_every_engine_says_the_same_beside_something_unsure(
    rules: minsight.Rules, engine: BackendName
) -> None:
    subject = minsight.Subject(unsure=["seizure", "cough"], groups=["pregnant"])
    found = rules.assess(subject, engine=engine)
    assert found == rules.assess(subject)
    assert not found.urgency.judged
