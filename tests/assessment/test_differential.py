"""From atoms to an assessment: reasons, brakes, advice, questions, notes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minsight
from minsight.scales import LEVELS
from strategies import shipped

FINDINGS = [finding.id for finding in shipped().findings]


def candidate(assessment: minsight.Assessment, mineral: str) -> minsight.Candidate:
    (found,) = (c for c in assessment.candidates if c.mineral == mineral)
    return found


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_reason_names_only_what_was_said_as_the_rule_wants_it(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    present = data.draw(st.sets(st.sampled_from(FINDINGS), max_size=8))
    absent = data.draw(st.sets(st.sampled_from(FINDINGS), max_size=8)) - present
    parents = {id_: set(rules.vocabulary.finding[id_].parents) for id_ in present}
    said = present | set().union(*parents.values())
    subject = minsight.Subject(present=sorted(present), absent=sorted(absent - said))
    for found in rules.assess(subject, keep_going=True).candidates:
        for reason in (*found.reasons, *found.against):
            findings = set(reason.matched) & set(FINDINGS)
            wanted_absent = set(rules.catalogue.rule[reason.rule].reads_absent)
            assert findings - wanted_absent <= closure(rules, present)


def closure(rules: minsight.Rules, present: set[str]) -> set[str]:
    found, waiting = set[str](), list(present)
    while waiting:
        id_ = waiting.pop()
        found.add(id_)
        waiting += rules.vocabulary.finding[id_].parents
    return found


def test_one_complaint_told_three_ways_counts_once(rules: minsight.Rules) -> None:
    """Pale skin, pale eyelids and breathlessness share a cluster; one stands for it."""
    present = ("pallor", "conjunctival_pallor", "exertional_dyspnea")
    found = candidate(rules.assess(minsight.Subject(present=present, age="30")), "iron")
    counted = [r for r in found.reasons if r.cluster == "anaemia_like" and r.counted]
    assert len(counted) == 1
    assert found.level == "few_findings"


def test_candidates_stand_by_level_then_points_then_base_rate_then_name(
    rules: minsight.Rules,
) -> None:
    subject = minsight.Subject(
        present=("ice_craving", "fatigue", "goitre", "taste_loss", "hair_loss"),
        age="30",
    )
    candidates = rules.assess(subject).candidates
    order = [
        (
            -LEVELS.index(c.level),
            -c.points,
            rules.profiles[c.mineral].base_rate,
            c.mineral,
        )
        for c in candidates
    ]
    assert order == sorted(order)
    assert [c.rank for c in candidates] == list(range(1, len(candidates) + 1))


@pytest.mark.parametrize(
    ("age", "step"),
    [
        ("30", "Worth asking a nurse or doctor."),
        ("3", "See a health professional and ask about the test."),
        ("8mo", "See a health professional and ask about the test."),
    ],
)
def test_young_children_are_advised_one_step_earlier(
    rules: minsight.Rules, age: str, step: str
) -> None:
    subject = minsight.Subject(present=("hair_loss", "diarrhea"), age=age)
    zinc = candidate(rules.assess(subject), "zinc")
    assert (zinc.level, zinc.advice) == ("partial_pattern", step)


def test_a_cause_takes_an_adult_past_part_of_the_picture(rules: minsight.Rules) -> None:
    """Selenium signs in an adult are part of the picture; fed by vein, the whole."""
    present = ("muscle_pain", "white_nails", "macrocytosis", "hair_depigmentation")
    selenium = candidate(
        rules.assess(minsight.Subject(present=present, age="40")), "selenium"
    )
    assert selenium.level == "partial_pattern"
    caused = minsight.Subject(
        present=present, groups=("parenteral_nutrition",), age="40"
    )
    fed = candidate(rules.assess(caused), "selenium")
    assert (fed.level, fed.brakes) == ("typical_pattern", ())


def test_questions_are_new_fit_the_person_and_can_be_answered(
    rules: minsight.Rules,
) -> None:
    subject = minsight.Subject(
        present=("fatigue", "pallor"), absent=("pica",), unsure=("spoon_nails",),
        age="40", sex="male",
    )  # fmt: skip
    asked = candidate(rules.assess(subject), "iron").missing
    assert 0 < len(asked) <= 3
    assert not {"fatigue", "pallor", "pica", "ice_craving", "spoon_nails"} & set(asked)
    for id_ in asked:
        finding = rules.vocabulary.finding.get(id_)
        entry = finding or rules.vocabulary.group[id_]
        assert entry.asked_of.may_be(subject.age_days, "male")
        assert finding is None or finding.lay


def test_what_no_rule_reads_is_named_and_changes_nothing(rules: minsight.Rules) -> None:
    quiet = rules.assess(minsight.Subject(present=("cough",), age="30"))
    assert quiet.candidates == ()
    assert quiet.notes == ("Understood, but it changed nothing here: cough.",)


def test_a_link_speaks_when_its_minerals_stand_together(rules: minsight.Rules) -> None:
    subject = minsight.Subject(
        present=("spoon_nails", "periorificial_rash"), age="30", sex="female"
    )
    assert any("Iron and zinc" in note for note in rules.assess(subject).notes)


def test_an_urgent_combination_passes_no_brake_and_speaks_first(
    rules: minsight.Rules,
) -> None:
    """The newborn picture of a slow thyroid is same-day, whatever else was reported."""
    subject = minsight.Subject(
        present=("macroglossia", "umbilical_hernia", "hoarse_cry"),
        groups=("thyroid_disease",),
        age="2mo",
    )
    assessment = rules.assess(subject)
    assert assessment.urgency.level == "same_day"
    iodine = candidate(assessment, "iodine")
    assert (iodine.level, iodine.brakes) == ("typical_pattern", ())
    assert iodine.against
