"""From atoms to an assessment: reasons, brakes, advice, questions, notes."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.assessment.differential import ANSWERED, IDLE, level_of
from minsight.logic import atoms
from minsight.scales import LEVELS
from random_laws import examples
from strategies import shipped

NAILS: Final = minsight.Subject(
    present=["grey_nails", "itch", "fever"], groups=["well_water"], age="30"
)
FINDINGS = [finding.id for finding in shipped().findings]


def candidate(assessment: minsight.Assessment, mineral: str) -> minsight.Candidate:
    (found,) = (c for c in assessment.candidates if c.mineral == mineral)
    return found


@examples(60)
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
    subject = minsight.Subject(present=("hair_loss", "acral_rash"), age=age)
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
        present=("spoon_nails", "taste_loss", "hair_loss"), age="30", sex="female"
    )
    assert any("Iron and zinc" in note for note in rules.assess(subject).notes)


def test_an_urgent_combination_passes_no_brake_and_speaks_first(
    rules: minsight.Rules,
) -> None:
    """A baby's slow thyroid where iodine is short is same-day, whatever else is so."""
    subject = minsight.Subject(
        present=("macroglossia", "umbilical_hernia", "hoarse_cry"),
        groups=("low_iodine_area", "thyroid_disease"),
        age="2mo",
    )
    assessment = rules.assess(subject)
    assert assessment.urgency.level == "same_day"
    iodine = candidate(assessment, "iodine")
    assert (iodine.level, iodine.brakes) == ("typical_pattern", ())
    assert iodine.against


# --- the small rules, worked out by hand ----------------------------------------------


def test_a_candidate_is_told_with_all_that_it_rests_on(small: minsight.Rules) -> None:
    """Grey nails (4), itch (2) and well water (2) for, a fever (-3) against."""
    alum = small.assess(NAILS).candidates[0]
    assert (alum.mineral, alum.name, alum.lack, alum.rank) == (
        "alum", "Alum", "alum lack", 1,
    )  # fmt: skip
    assert alum.points == 4 + 2 + 2 - 3
    assert alum.sentence == "Part of the typical picture."
    assert alum.advice == "Worth asking a nurse or doctor."
    assert [reason.rule for reason in alum.reasons] == [
        "alum.grey_nails", "alum.itch", "alum.well_water",
    ]  # fmt: skip
    assert [reason.rule for reason in alum.against] == ["alum.against_fever"]
    assert alum.context == ()
    assert alum.tests == ("Serum alum",)
    assert alum.look_alikes == ()


def test_a_brake_says_from_where_to_where_it_moved_the_level(
    small: minsight.Rules,
) -> None:
    """Fever does not explain grey nails, so the typical picture falls by one."""
    (brake,) = small.assess(NAILS).candidates[0].brakes
    assert (brake.id, brake.from_level, brake.to_level) == (
        "contrary", "typical_pattern", "partial_pattern",
    )  # fmt: skip
    assert brake.sentence == "Something was reported that speaks against this."


def test_a_brake_that_moves_nothing_is_not_told(small: minsight.Rules) -> None:
    """Itch and fever in an adult: three brakes could act, and nothing is left to."""
    subject = minsight.Subject(present=["itch", "fever"], age="30")
    alum = candidate(small.assess(subject), "alum")
    assert (alum.level, alum.brakes) == ("few_findings", ())


@pytest.mark.parametrize(
    ("answers", "age", "step"),
    [
        ({"present": ["itch"]}, "30", "A varied diet is worth a look."),
        ({"present": ["itch"]}, "6", "A varied diet is worth a look."),
        ({"present": ["itch"]}, "5.99", "Mention this at your next visit."),
        ({"groups": ["well_water"]}, None, "Mention this at your next visit."),
        ({"groups": ["well_water"]}, "11mo", "Worth asking a nurse or doctor."),
        ({"present": ["low_alum"]}, "2",
         "See a health professional; the cause needs finding."),
    ],
)  # fmt: skip
def test_a_strong_cause_and_a_young_age_are_advised_a_step_sooner(
    small: minsight.Rules, answers: dict[str, list[str]], age: str | None, step: str
) -> None:
    """There is no step after the last."""
    subject = minsight.Subject(**answers, age=age)  # type: ignore[arg-type]  # lists
    assert candidate(small.assess(subject), "alum").advice == step


def test_every_warning_sign_is_told_the_most_urgent_first(
    small: minsight.Rules,
) -> None:
    present = ["shaking_hands", "fever"]
    urgency = small.assess(minsight.Subject(present=present, age="3mo")).urgency
    assert (urgency.level, urgency.sentence) == (
        "emergency", "Call emergency services now.",
    )  # fmt: skip
    assert [(one.flag, one.level) for one in urgency.reasons] == [
        ("feverish_baby", "emergency"), ("shaking", "soon"),
    ]  # fmt: skip


def test_a_combination_can_be_a_warning_sign(small: minsight.Rules) -> None:
    subject = minsight.Subject(present=["grey_nails"], groups=["mill_worker"], age="30")
    urgency = small.assess(subject).urgency
    (reason,) = urgency.reasons
    assert (urgency.level, reason.flag) == ("soon", "alum.nails_at_the_mill")
    assert reason.message.startswith("Grey nails at the mill are the best-known")
    assert (reason.grade, reason.sources) == ("B", ("field_study",))


def test_without_a_warning_sign_that_is_said(small: minsight.Rules) -> None:
    urgency = small.assess(minsight.Subject()).urgency
    assert (urgency.level, urgency.reasons) == ("none", ())
    assert urgency.sentence == "None of the known warning signs was reported."
    assert urgency.judged


def test_nothing_reassuring_is_said_beside_what_was_not_understood(
    small: minsight.Rules,
) -> None:
    """Whoever reads the first line alone must not take it for all."""
    urgency = small.assess(minsight.Subject(present=["itch", "zibbel"])).urgency
    assert (urgency.level, urgency.judged) == ("none", False)
    assert urgency.sentence == "Not judged, as not everything was understood."
    shaking = small.assess(
        minsight.Subject(present=["shaking_hands", "zibbel"])
    ).urgency
    assert (shaking.level, shaking.judged) == ("soon", False)
    assert shaking.sentence == "See a health professional within days."


def test_what_is_urgent_at_some_age_is_not_called_calm_without_one(
    small: minsight.Rules,
) -> None:
    urgency = small.assess(minsight.Subject(present=["fever"])).urgency
    assert (urgency.level, urgency.judged) == ("none", False)
    assert urgency.sentence == "Not judged, as it depends on the age."
    assert [reason.flag for reason in urgency.at_some_age] == ["feverish_baby"]
    shaking = small.assess(minsight.Subject(present=["fever", "shaking_hands"])).urgency
    assert (shaking.level, shaking.judged) == ("soon", False)
    assert shaking.sentence == "See a health professional within days."


def test_what_is_urgent_if_it_is_so_is_not_called_calm(small: minsight.Rules) -> None:
    baby = minsight.Subject(groups=["baby"], unsure=["fever"])
    urgency = small.assess(baby).urgency
    assert (urgency.level, urgency.judged) == ("none", False)
    assert urgency.sentence == "Not judged, as it depends on something unsure."
    assert [reason.flag for reason in urgency.if_so] == ["feverish_baby"]
    assert [*urgency.left_open] == [("If it is so", urgency.if_so[0])]


@pytest.mark.parametrize(
    "more",
    [
        {"absent": ["fever"], "unsure": ["fever"]},
        {"unsure": ["shaking_hands"], "present": ["shaking_hands"]},
        {"unsure": ["expecting"]},
    ],
)
def test_what_other_words_settle_or_nothing_turns_on_leaves_nothing_open(
    small: minsight.Rules, more: dict[str, Any]
) -> None:
    urgency = small.assess(minsight.Subject(groups=["baby"], **more)).urgency
    assert (urgency.judged, urgency.if_so) == (True, ())


@pytest.mark.parametrize(
    "more",
    [
        {"age": "30"},
        {"age": "3mo"},
        {"groups": ["baby"]},
        {"groups": ["expecting"]},
        {"not_groups": ["baby"]},
    ],
)
def test_an_age_is_left_open_only_as_far_as_nothing_bounds_it(
    small: minsight.Rules, more: dict[str, Any]
) -> None:
    urgency = small.assess(minsight.Subject(present=["fever"], **more)).urgency
    assert (urgency.judged, urgency.at_some_age) == (True, ())


@pytest.mark.parametrize(
    ("more", "foods"),
    [
        ({"age": "30"}, 2),
        ({}, 2),
        ({"age": "8mo"}, 1),
        ({"groups": ["well_water"]}, 2),
        ({"groups": ["deep_well"], "present": ["itch", "grey_nails"]}, 1),
    ],
)
def test_a_food_is_named_only_to_whom_no_part_of_it_is_kept_from(
    small: minsight.Rules, more: dict[str, Any], foods: int
) -> None:
    subject = minsight.Subject(**{"present": ["grey_nails"], **more})
    (alum,) = (c for c in small.assess(subject).candidates if c.mineral == "alum")
    assert alum.foods == ("Made-up bread", "Made-up bread with well cress")[:foods]


def test_a_test_that_was_given_is_not_asked_for(small: minsight.Rules) -> None:
    value = minsight.Measurement("serum alum", 30, "ug/L")
    for measurements, tests in (((), ("Serum alum",)), ((value,), ())):
        subject = minsight.Subject(
            present=["grey_nails"], measurements=measurements, age="30"
        )
        assert candidate(small.assess(subject), "alum").tests == tests


def test_a_look_alike_is_told_to_whom_it_fits_beside_its_minerals(
    small: minsight.Rules,
) -> None:
    """Two itches fit, too, but beside ochre, of which nothing was reported."""

    def named(*present: str, groups: tuple[str, ...] = ()) -> list[str]:
        subject = minsight.Subject(present=present, groups=groups, age="30")
        return [one.id for one in small.assess(subject).look_alikes]

    assert named("itch", "tiredness") == []
    assert named("itch", "tiredness", "sleepiness") == ["two_itches"]
    assert named("grey_nails", groups=("mill_worker",)) == ["mill_skin"]


def idle(assessment: minsight.Assessment) -> list[str]:
    return [note for note in assessment.notes if note.startswith(IDLE)]


def test_what_stands_behind_nothing_is_named_and_a_warning_sign_is_not(
    small: minsight.Rules,
) -> None:
    """A blue tongue counts only with weariness; 30 ug/L is a normal value."""
    value = minsight.Measurement("serum alum", 30, "ug/L")
    subject = minsight.Subject(
        present=["itch", "blue tongue", "shaking hands"],
        absent=["fever"],
        unsure=["red patches"],
        measurements=[value],
        age="30",
    )
    assert idle(small.assess(minsight.Subject(present=["30-year-old man"]))) == []
    assert idle(small.assess(subject)) == [
        f"{IDLE}: blue tongue, serum alum 30 ug/L.",
    ]


@pytest.mark.parametrize(
    ("absent", "notes"),
    [
        (["itch", "tiredness", "sleepiness"], 1),
        (["itch", "tiredness", "sleepiness", "night_cramps"], 0),
    ],
)
def test_how_much_was_answered_is_told_until_it_is_half(
    small: minsight.Rules, absent: list[str], notes: int
) -> None:
    """Nine questions bear on alum: seven findings and two groups."""
    subject = minsight.Subject(present=["grey_nails"], absent=absent, age="30")
    told = [n for n in small.assess(subject).notes if n.startswith(ANSWERED)]
    assert len(told) == notes
    for note in told:
        assert note.startswith(
            "Answered so far: 4 of the 9 questions that bear on alum"
        )


def test_the_level_is_the_one_that_holds() -> None:
    holds = frozenset([atoms.level("alum", "few_findings"), atoms.level("b", "x")])
    assert level_of("alum", holds) == "few_findings"
