"""A proof as a tree, and what a mineral lacks, each made by hand."""

from __future__ import annotations

import re

import msgspec
import pytest

import minsight
from command_line import said
from minsight.assessment.model import ActedBrake, Assessment, Reason, Urgency
from minsight.explanation.model import (
    Completion,
    Condition,
    Explanation,
    GatePart,
    MineralProof,
    NeededAnswer,
    OpenGate,
    OpenRule,
    ProofStep,
    WhyNot,
)
from minsight.intake.subject import Subject
from minsight_cli.rendering.proof import OPEN_RULES_SHOWN, show_explanation

REASON = Reason(
    rule="iron.nails",
    says="for",
    kind="supports",
    matched=("spoon_nails",),
    matched_absent=(),
    strength="characteristic",
    cluster="nails",
    counted=True,
    because="Nails need iron.",
    grade="B",
    sources=("msd_pro",),
)
OTHER = msgspec.structs.replace(REASON, rule="iron.brittle", counted=False)
STEPS = (
    ProofStep(id="level", kind="level", says="few findings", rests_on=("gate",)),
    ProofStep(id="gate", kind="gate", says="one sign", rests_on=("r1", "r2")),
    ProofStep(id="r1", kind="rule", says="", rests_on=("said",), reason=REASON),
    ProofStep(id="r2", kind="rule", says="", rests_on=("nails",), reason=OTHER),
    ProofStep(id="nails", kind="finding", says="brittle nails", rests_on=("said",)),
    ProofStep(id="said", kind="answer", says="", texts=("nails like spoons",)),
)
PROOF = MineralProof(
    mineral="iron",
    name="Iron",
    lack="iron deficiency",
    level="few_findings",
    sentence="A few findings.",
    rank=1,
    points=3,
    conclusion="level",
    steps=STEPS,
    brakes=(),
    inferences=(),
    why_not=None,
)
RULE = OpenRule(
    rule="iron.tired",
    kind="supports",
    strength="nonspecific",
    because="Iron carries oxygen.",
    grade="B",
    sources=("msd_pro",),
    conditions=(
        Condition("fatigue", "Fatigue", wanted=True, answer="unasked"),
        Condition("fever", "Fever", wanted=False, answer="denied"),
    ),
    least=Completion((NeededAnswer("fatigue", present=True, says="Fatigue"),)),
)
LACK = WhyNot(
    next_level="partial_pattern",
    next_sentence="A part of the picture.",
    held_back=(),
    gates=(
        OpenGate(
            (
                GatePart("a typical sign", met=True),
                GatePart("two signs", met=False, nearest=("iron.tired", "iron.pale")),
            )
        ),
    ),
    rules=(RULE,),
)


@pytest.fixture(scope="module")
def nobody(rules: minsight.Rules) -> Assessment:
    return rules.assess(Subject(), engine="reference")


def shown_of(
    proof: MineralProof | None,
    assessment: Assessment,
    rules: minsight.Rules,
    *,
    doubted: bool = False,
    full: bool = False,
    begun: bool = True,
) -> None:
    show_explanation(
        Explanation(
            assessment=assessment,
            proofs=(proof,) if proof else (),
            sources=tuple(rules.catalogue.sources),
        ),
        rules,
        doubted=["iron"] if doubted else [],
        only_doubted={"iron"} if doubted else set(),
        full=full,
        begun=begun,
    )


def test_a_proof_is_a_tree_of_gates_rules_and_what_was_said(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown_of(PROOF, nobody, rules)
    branches = re.sub("[\u2502\u251c\u2514\u2500]", "", capsys.readouterr().out)
    assert said(branches).startswith(
        "1. Iron A few findings. Gate open: one sign iron.nails (typical sign): "
        '"nails like spoons" Nails need iron. [grade B: msd_pro] iron.brittle (typical'
        ' sign): brittle nails (from "nails like spoons") (set aside, counted once with'
        " iron.nails) Nails need iron. [grade B: msd_pro] `--why-not iron` shows"
    )


def test_a_source_is_listed_once_and_only_where_it_is_cited(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown_of(PROOF, nobody, rules)
    shown = capsys.readouterr().out
    _, _, sources = shown.partition("Sources (`minsight learn MINERAL`")
    assert sources.count("- msd_pro: ") == 1
    assert sources.count("\n- ") == 1


def test_what_stands_above_already_is_named_in_one_line(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    first, gate, *rest = STEPS
    again = ProofStep(id="again", kind="gate", says="again", rests_on=("r1", "r2"))
    steps = (
        msgspec.structs.replace(first, rests_on=("gate", "again")), gate, again, *rest,
    )  # fmt: skip
    shown_of(msgspec.structs.replace(PROOF, steps=steps), nobody, rules)
    shown = said(capsys.readouterr().out)
    assert "as above: iron.nails and iron.brittle" in shown
    assert shown.count("Nails need iron.") == 2  # once for each of the two rules


def test_a_brake_says_from_which_level_to_which(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    brake = ActedBrake("b", "Too few signs.", "partial_pattern", "few_findings")
    first, *rest = STEPS
    held = ProofStep(id="b", kind="brake", says="Too few signs.", rests_on=("gate",))
    steps = (msgspec.structs.replace(first, rests_on=("b",)), held, *rest)
    shown_of(
        msgspec.structs.replace(PROOF, steps=steps, brakes=(brake,)), nobody, rules
    )
    assert "Held back: Too few signs. From partial pattern to few findings." in said(
        capsys.readouterr().out
    )


# --- why not --------------------------------------------------------------------------


def why_not(
    lack: WhyNot,
    nobody: Assessment,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    *,
    full: bool = False,
) -> str:
    proof = msgspec.structs.replace(PROOF, why_not=lack)
    shown_of(proof, nobody, rules, doubted=True, full=full)
    return said(capsys.readouterr().out).partition(" Sources (")[0]


def test_what_is_only_doubted_shows_what_it_lacks_and_no_proof(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    assert why_not(LACK, nobody, rules, capsys) == (
        "Why iron stands no higher than few findings Next level: partial pattern (A"
        " part of the picture) Gate: a typical sign: met; two signs: lacking (nearest:"
        " iron.tired or iron.pale). Rules that did not match, nearest first -"
        " iron.tired (unspecific): Iron carries oxygen. [grade B: msd_pro] denied: no"
        " fever would complete it: Fatigue"
    )


def test_the_highest_level_has_none_above_it(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    top = msgspec.structs.replace(LACK, next_level=None, gates=(), rules=())
    assert why_not(top, nobody, rules, capsys).endswith(
        "It stands at the highest level."
    )


@pytest.mark.parametrize(
    ("least", "words"),
    [
        (None, "no answers that this person could give"),
        (
            Completion(
                (NeededAnswer("fatigue", present=True, says="Fatigue"),),
                (NeededAnswer("fever", present=False, says="no fever"),),
            ),
            "Fatigue, instead of no fever",
        ),
    ],
)
def test_what_would_complete_a_rule_is_told(
    least: Completion | None,
    words: str,
    nobody: Assessment,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rule = msgspec.structs.replace(RULE, least=least)
    lack = msgspec.structs.replace(LACK, rules=(rule,))
    shown = why_not(lack, nobody, rules, capsys)
    assert shown.endswith(f"would complete it: {words}")


def test_of_many_open_rules_the_nearest_are_shown_and_the_others_counted(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    many = msgspec.structs.replace(LACK, rules=(RULE,) * (OPEN_RULES_SHOWN + 2))
    shown = why_not(many, nobody, rules, capsys)
    assert shown.count("iron.tired (unspecific)") == OPEN_RULES_SHOWN
    assert shown.endswith("2 more rules; --full shows them.")
    full = why_not(many, nobody, rules, capsys, full=True)
    assert full.count("iron.tired (unspecific)") == OPEN_RULES_SHOWN + 2
    assert "more rules" not in full


# --- the rest -------------------------------------------------------------------------


def test_where_nothing_fits_no_lack_is_ruled_out(
    nobody: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown_of(None, nobody, rules, begun=False)
    shown = said(capsys.readouterr().out)
    assert "Nothing here points to a lack; this tool cannot rule one out." in shown


def test_candidates_without_a_proof_are_named_so_that_none_is_lost(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    tired = rules.assess(Subject(present=["fatigue"]), engine="reference")
    shown_of(PROOF, tired, rules, begun=False)
    shown = said(capsys.readouterr().out)
    _, _, others = shown.partition("Other candidates (")
    for candidate in tired.candidates:
        assert (f"- {candidate.name}: " in others) is (candidate.mineral != "iron")
    urgent = msgspec.structs.replace(tired, urgency=Urgency("emergency", "Call.", ()))
    shown_of(None, urgent, rules, begun=False)
    assert "No proof is shown in an emergency." in said(capsys.readouterr().out)
