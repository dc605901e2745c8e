"""Entry never turns words into their opposite, and knows the words of danger."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.recognition import recognise
from minsight.knowledge.phrases import normalise


@pytest.mark.parametrize(
    "text",
    [
        "conscious",
        "regular pulse",
        "fertility",
        "steady gait",
        "hypoglycaemia",
        "good position sense",
        "microcytosis",
    ],
)
def test_an_opposite_is_never_taken_for_a_slip(
    rules: minsight.Rules, text: str
) -> None:
    found = recognise(text, rules.vocabulary)
    exact = rules.vocabulary.phrase.get(normalise(text))
    taken = {match.id for match in found.recognised if match.answer == "present"}
    assert taken <= ({exact.id} if exact else set())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("koilonichia", "spoon_nails"),
        ("constipaton", "constipation"),
        ("spoon shaped nals", "spoon_nails"),
        ("nails spoon-shaped", "spoon_nails"),
    ],
)
def test_a_slip_of_the_finger_is_understood(
    rules: minsight.Rules, text: str, meant: str
) -> None:
    found = recognise(text, rules.vocabulary)
    assert [match.id for match in found.recognised] == [meant]
    assert found.unrecognised == ()


@pytest.mark.parametrize(
    "text",
    [
        "hard to wake",
        "won't wake up",
        "chest pain",
        "heart attack",
        "having a fit",
        "fainted",
        "black stools",
        "vomiting blood",
        "seizure",
    ],
)
def test_words_of_danger_are_an_emergency(rules: minsight.Rules, text: str) -> None:
    assessment = rules.assess(minsight.Subject(present=[text], age="30"))
    assert assessment.unrecognised == ()
    assert assessment.urgency.level == "emergency"


def test_a_denied_answer_is_never_given_as_a_reason(rules: minsight.Rules) -> None:
    from minsight.assessment.wording import said

    subject = minsight.Subject(
        present=["pallor"], absent=["conjunctival pallor"], age="30"
    )
    assessment = rules.assess(subject)
    for candidate in assessment.candidates:
        for reason in candidate.reasons:
            assert "conjunctival" not in said(reason, assessment, rules.vocabulary)
    answers = {match.text: match.answer for match in assessment.recognised}
    assert answers == {"pallor": "present", "conjunctival pallor": "absent"}


@pytest.mark.parametrize(
    ("general", "specific", "mineral"),
    [("pallor", "conjunctival_pallor", "iron"), ("pica", "ice_craving", "iron")],
)
def test_one_answer_scores_once_however_many_rules_it_meets(
    rules: minsight.Rules, general: str, specific: str, mineral: str
) -> None:
    """An observed finding observes its parents; that is no second finding."""

    def points(*present: str) -> int:
        found = rules.assess(minsight.Subject(present=present, age="30")).candidates
        return next(c.points for c in found if c.mineral == mineral)

    assert points(specific) == points(general)


def test_a_diet_within_a_diet_is_one_risk(rules: minsight.Rules) -> None:
    def points(diet: str) -> int:
        subject = minsight.Subject(present=["fatigue"], groups=[diet], age="30")
        (iron,) = (c for c in rules.assess(subject).candidates if c.mineral == "iron")
        return iron.points

    assert points("vegan_diet") == points("vegetarian_diet")


def test_two_values_of_one_test_are_refused(rules: minsight.Rules) -> None:
    twice = [
        minsight.Measurement("ferritin", 8, "ug/L"),
        minsight.Measurement("serum ferritin", 80, "ug/L"),
    ]
    with pytest.raises(minsight.SubjectError, match="second value"):
        rules.assess(minsight.Subject(measurements=twice))


def test_a_breastfed_newborn_is_not_yet_at_risk(rules: minsight.Rules) -> None:
    """Healthy infants have iron for the first months; the risk begins at four."""

    def reasons(age: str) -> set[str]:
        subject = minsight.Subject(groups=["exclusively breastfed"], age=age)
        found = rules.assess(subject).candidates
        return {r.rule for c in found for r in c.reasons}

    assert "iron.breastfed_over_4_6m" not in reasons("2mo")
    assert "iron.breastfed_over_4_6m" in reasons("6mo")


def test_what_was_not_understood_stands_beside_the_urgency(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    from minsight_cli.rendering.brief import show_assessment

    subject = minsight.Subject(present=["fatigue", "qwertyuiop"], age="30")
    show_assessment(rules.assess(subject), rules, full=False)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("Not understood: qwertyuiop")
    urgency = next(line for line in printed if line.startswith("Urgency"))
    assert urgency.startswith("Urgency: Not judged, because not everything")
    assert not any("None of the warning signs" in line for line in printed)
