"""What is said of an urgency without an age holds at some age; nothing is missed."""

from __future__ import annotations

from typing import Final

import pytest

import minsight
from minsight.ages import parse_age
from minsight.logic.backend import BackendName
from minsight.scales import URGENCIES


def ages_between(rules: minsight.Rules) -> list[float]:
    """An age in days on each side of every boundary that the rules read."""
    days = sorted({parse_age(age) for age in rules.program.ages})
    ends = zip(days, [*days[1:], days[-1] + 3653], strict=True)
    return [days[0] / 2, *((start + end) / 2 for start, end in ends)]


SEVERAL: Final = (
    ("fever", "neck_stiffness"), ("vomiting", "diarrhea"), ("fatigue", "pallor"),
    ("easy_bruising", "fever"), ("poor_appetite", "lethargy"), ("headache", "fever"),
)  # fmt: skip


def test_each_finding_is_not_judged_just_where_an_age_would_make_it_more_urgent(
    rules: minsight.Rules,
) -> None:
    ages = ages_between(rules)
    differ = 0
    for present in (*((f.id,) for f in rules.vocabulary.findings), *SEVERAL):
        unknown = rules.assess(minsight.Subject(present=present)).urgency
        found = [
            rules.assess(minsight.Subject(present=present, age_days=age)).urgency
            for age in ages
        ]
        highest = max(URGENCIES.index(one.level) for one in found)
        least = URGENCIES.index(unknown.level)
        assert (highest > least) == (not unknown.judged), present
        assert {one.flag for one in unknown.at_some_age} == {
            reason.flag
            for one in found
            for reason in one.reasons
            if URGENCIES.index(reason.level) > least
        }, present
        differ += not unknown.judged
    assert differ > 80


@pytest.mark.parametrize("engine", ["reference", "forward", "columnar"])
def test_every_engine_leaves_the_same_ages_open(
    rules: minsight.Rules, engine: BackendName
) -> None:
    subject = minsight.Subject(present=["fever", "diarrhea"], groups=["infant"])
    found = rules.assess(subject, engine=engine)
    assert found == rules.assess(subject)
    assert not found.urgency.judged
