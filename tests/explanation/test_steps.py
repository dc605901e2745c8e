"""Steps: the proof of a level on the small rules, read as people read it."""

from __future__ import annotations

import pytest

import minsight
from minsight import Measurement, Subject
from minsight.explanation.explainer import Explainer
from minsight.explanation.model import MineralProof, ProofStep
from minsight.explanation.proofs import Prover
from minsight.explanation.statements import given_answers
from minsight.explanation.steps import ProofReader
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.knowledge.base import KnowledgeBase


def proof(small: minsight.Rules, mineral: str, **said: object) -> MineralProof:
    subject = Subject(**said)  # type: ignore[arg-type]  # texts are enough
    (found,) = (
        Explainer(small).explain(subject, lambda _: [mineral], why_not=False).proofs
    )
    return found


def steps(small: minsight.Rules, mineral: str, **said: object) -> dict[str, ProofStep]:
    return {step.id: step for step in proof(small, mineral, **said).steps}


def test_a_level_rests_on_its_gate_its_rules_and_what_was_said(
    small: minsight.Rules,
) -> None:
    found = proof(
        small, "alum", present=["ashen nails"], groups=["well_water"], age="30"
    )
    assert [(step.id, step.kind, step.says, step.rests_on) for step in found.steps] == [
        (
            "level:alum:typical_pattern",
            "level",
            "Alum: Fits the typical picture; a test can tell.",
            ("gate:alum:typical_pattern#1",),
        ),
        (
            "gate:alum:typical_pattern#1",
            "gate",
            "a typical sign and a risk factor",
            ("evidence:alum.grey_nails", "evidence:alum.well_water"),
        ),
        (
            "evidence:alum.well_water",
            "rule",
            "alum.well_water (strong risk factor)",
            ("answer:well_water",),
        ),
        ("answer:well_water", "answer", "Drinks well water", ()),
        (
            "evidence:alum.grey_nails",
            "rule",
            "alum.grey_nails (typical sign)",
            ("answer:grey_nails",),
        ),
        ("answer:grey_nails", "answer", "Grey nails", ()),
    ]
    assert found.conclusion == found.steps[0].id


def test_an_answer_keeps_the_words_it_was_given_in_and_an_id_is_none(
    small: minsight.Rules,
) -> None:
    found = steps(small, "alum", present=["ashen nails"], groups=["well_water"])
    assert found["answer:grey_nails"].texts == ("ashen nails",)
    assert found["answer:well_water"].texts == ()


def test_a_rule_has_its_reason(small: minsight.Rules) -> None:
    reason = steps(small, "alum", present=["itch"])["evidence:alum.itch"].reason
    assert reason is not None
    assert (reason.rule, reason.matched) == ("alum.itch", ("itch",))


@pytest.mark.parametrize(
    ("said", "id_", "kind", "says", "rests_on"),
    [
        (
            {"groups": ["deep_well"]},
            "group:well_water", "group", "Drinks well water", ("answer:deep_well",),
        ),
        (
            {"present": ["itch"], "age": "6mo"},
            "group:baby", "group", "Baby", ("answer:age",),
        ),
        (
            {"present": ["tiredness", "sleepiness", "blue_tongue"]},
            "picture:weary_picture", "picture", "weary picture",
            ("answer:tiredness", "answer:sleepiness"),
        ),
        (
            {"measurements": [Measurement("serum alum", 5, "ug/L")]},
            "band:alum_low", "range",
            "Serum alum below the made-up limit for this age", ("answer:serum_alum",),
        ),
        (
            {"measurements": [Measurement("serum alum", 5, "ug/L")]},
            "observed:low_alum", "finding", "Low alum as reported", ("band:alum_low",),
        ),
    ],
)  # fmt: skip
def test_what_follows_from_an_answer_is_a_step_between(
    small: minsight.Rules,
    said: dict[str, object],
    id_: str,
    kind: str,
    says: str,
    rests_on: tuple[str, ...],
) -> None:
    step = steps(small, "alum", **said)[id_]
    assert (step.kind, step.says) == (kind, says)
    assert set(step.rests_on) == set(rests_on)


def test_an_age_and_a_value_are_answers_in_words(small: minsight.Rules) -> None:
    value = Measurement("serum alum", 0.005, "mg/L")
    found = steps(small, "alum", measurements=[value], age="9mo")
    assert found["answer:age"].says == "age 9 months"
    assert found["answer:serum_alum"].says == "Serum alum 5 ug/L"


def test_a_brake_rests_on_what_it_was_met_by_and_the_level_on_the_brake(
    small: minsight.Rules,
) -> None:
    """Fever does not explain grey nails, so the typical picture falls by one."""
    found = steps(
        small,
        "alum",
        present=["grey_nails", "fever"],
        groups=["well_water"],
        age="30",
    )
    level = found["level:alum:partial_pattern"]
    assert level.rests_on == (
        "gate:alum:typical_pattern#1",
        "brake:alum:contrary",
    )
    brake = found["brake:alum:contrary"]
    assert (brake.kind, brake.says) == (
        "brake",
        "Something was reported that speaks against this.",
    )
    assert "evidence:alum.against_fever" in brake.rests_on
    assert found["evidence:alum.against_fever"].rests_on == ("answer:fever",)


def test_what_is_behind_no_gate_stands_beside_it(small: minsight.Rules) -> None:
    """Itch opens the gate; being a baby is context."""
    found = steps(small, "alum", present=["itch"], age="6mo")
    level = found["level:alum:few_findings"]
    assert level.rests_on[-1] == "evidence:alum.first_year"
    assert "evidence:alum.first_year" not in {
        below
        for step in found.values()
        if step.kind == "gate"
        for below in step.rests_on
    }


def test_what_was_denied_is_an_answer_that_is_not_present(
    small: minsight.Rules,
) -> None:
    found = steps(
        small, "alum", present=["hoarseness"], absent=["blue_tongue"], age="30"
    )
    denied = found["answer:blue_tongue"]
    assert (denied.says, denied.present) == ("no blue tongue", False)
    assert found["evidence:alum.against_hoarseness"].rests_on == (
        "answer:hoarseness",
        "answer:blue_tongue",
    )


def test_where_nothing_points_to_a_mineral_the_absence_is_the_ground(
    small: minsight.Rules,
) -> None:
    found = proof(small, "ochre")
    level, absence = found.steps
    assert (level.says, level.rests_on) == (
        "Ochre: Nothing here points to this mineral; this tool cannot rule it out.",
        (absence.id,),
    )
    assert (absence.kind, absence.says, absence.present) == (
        "absence",
        "no gate of this level is open",
        False,
    )
    assert found.answers_behind(found.conclusion) == ()


def test_a_proof_reads_only_what_it_was_given(small: minsight.Rules) -> None:
    """Without reasons and brakes the gate is all that a level rests on."""
    answers = enter(Subject(present=["itch"], age="6mo"), small.vocabulary)
    given = given_atoms(answers, small.program, small.vocabulary)
    base = KnowledgeBase(small.program, small.vocabulary, small.catalogue)
    reading = ProofReader(
        base,
        Prover(small.program).prove(given),
        given_answers(answers, small.program, small.vocabulary),
        mineral="ochre",
        level="no_pattern",
        reasons=(),
        brakes=(),
    )
    assert [step.kind for step in reading.steps()] == ["level", "absence"]
