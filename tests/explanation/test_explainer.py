"""Explanations: every reason is proved, and without its evidence it is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import accuracy
import minsight
from minsight.cases.documents import SubjectDocument
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.errors import MinsightError
from minsight.explanation.abduction import Completer
from minsight.explanation.explainer import ChooseMinerals, Explainer
from minsight.explanation.model import (
    Explanation,
    MineralProof,
    ProofStep,
    explanation_json,
)
from minsight.explanation.statements import GivenAnswer, given_answers
from minsight.files.yaml import load_file
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.logic import atoms
from minsight.scales import LEVELS
from random_laws import examples
from sound import is_sound


@pytest.fixture(scope="module")
def explainer(rules: minsight.Rules) -> Explainer:
    return Explainer(rules)


@pytest.fixture(scope="module")
def completer(rules: minsight.Rules) -> Completer:
    return Completer(rules.program, rules.vocabulary)


def holding(subject: minsight.Subject, rules: minsight.Rules) -> frozenset[atoms.Atom]:
    """All that holds for a subject, by the reference."""
    answers = enter(subject, rules.vocabulary, keep_going=True)
    given = given_atoms(answers, rules.program, rules.vocabulary)
    return rules.evaluate(given, engine="reference").holds


def without(
    subject: minsight.Subject, about: Iterable[str], rules: minsight.Rules
) -> minsight.Subject:
    """The same person with these answers unknown; what is told must be in ids."""
    gone = set(about)
    known = {phrase.words: phrase.id for phrase in rules.vocabulary.phrases}

    def left(ids: Iterable[str]) -> list[str]:
        return [id_ for id_ in ids if id_ not in gone]

    return minsight.Subject(
        present=left(subject.present),
        absent=left(subject.absent),
        groups=left(subject.groups),
        not_groups=left(subject.not_groups),
        measurements=[
            m for m in subject.measurements if known.get(m.name, m.name) not in gone
        ],
        sex=None if "sex" in gone else subject.sex,
        age_days=None if "age" in gone else subject.age_days,
    )


def about(answers: Iterable[ProofStep]) -> list[str]:
    return [step.id.removeprefix("answer:") for step in answers]


# --- every rule -----------------------------------------------------------------------


def matching_people() -> dict[str, minsight.Subject]:
    """For every rule the person of its case."""
    found = {}
    for path in sorted(rules_folder().glob("*/cases.yaml")):
        for case in load_file(path, path.name).data["rules"]:
            written = SubjectDocument.model_validate(case["match"])
            found[case["rule"]] = subject_of(written)
    return found


def test_without_the_named_evidence_no_rule_matches_and_no_level_stands(
    rules: minsight.Rules, explainer: Explainer
) -> None:
    people = matching_people()
    assert people.keys() == rules.catalogue.rule.keys()
    for id_, person in people.items():
        mineral, evidence = rules.catalogue.rule[id_].mineral, atoms.evidence(id_)
        (proof,) = explainer.explain(person, only(mineral), why_not=False).proofs
        named = about(proof.answers_behind(evidence))
        assert named != []
        assert evidence in holding(person, rules)
        assert evidence not in holding(without(person, named, rules), rules), id_
        named = about(proof.answers_behind(proof.conclusion))
        left = holding(without(person, named, rules), rules)
        assert atoms.level(mineral, LEVELS[0]) in left, id_


def only(*minerals: str) -> ChooseMinerals:
    return lambda _: minerals


# --- whole people ---------------------------------------------------------------------


def is_proved(explanation: Explanation) -> bool:
    """Whether every reason stands in its proof, and every step on its clauses."""
    candidates = {c.mineral: c for c in explanation.assessment.candidates}
    for proof in explanation.proofs:
        candidate = candidates[proof.mineral]
        reasons = (*candidate.reasons, *candidate.against, *candidate.context)
        shown = [step.reason for step in proof.steps if step.reason is not None]
        assert sorted(r.rule for r in shown) == sorted(r.rule for r in reasons)
        assert all(reason in reasons for reason in shown)
        assert (proof.level, proof.brakes) == (candidate.level, candidate.brakes)
        assert all(step_is_proved(step, proof) for step in proof.steps)
        assert ends_in_answers(proof)
    return True


def step_is_proved(step: ProofStep, proof: MineralProof) -> bool:
    """Whether what a step rests on is what the clauses of its atom lead to."""
    place = {s.id: at for at, s in enumerate(proof.steps)}
    assert all(place[below] > place[step.id] for below in step.rests_on)
    if step.kind in ("rule", "picture", "finding", "group", "range"):
        reached = atoms_below(step.id, proof)
        for below in step.rests_on:
            assert below in reached or below.startswith("answer:"), (step.id, below)
    return True


def atoms_below(atom: str, proof: MineralProof) -> set[str]:
    """Everything that the clauses behind an atom lead down to."""
    why = {str(i.atom): i for i in proof.inferences}
    reached, waiting = {atom}, [atom]
    while waiting:
        for clause in why[waiting.pop()].clauses:
            fresh = [str(a) for a in clause.body if a not in reached]
            reached.update(fresh)
            waiting += fresh
    return reached


def ends_in_answers(proof: MineralProof) -> bool:
    """Whether every step without ground is an answer or a completed absence."""
    ends = [step for step in proof.steps if not step.rests_on]
    return all(step.kind in ("answer", "absence") for step in ends)


def test_every_reason_of_every_published_case_is_proved(
    rules: minsight.Rules, explainer: Explainer
) -> None:
    for case in accuracy.vignettes():
        subject = minsight.subject_from_record(case.subject)
        explanation = explainer.explain(subject, why_not=False)
        assert explanation.assessment == rules.assess(subject)
        assert is_proved(explanation)


@st.composite
def people(draw: st.DrawFn) -> minsight.Subject:
    """Anybody: answers in ids, some of which may contradict each other."""
    vocabulary = minsight.load().vocabulary
    ids = st.sampled_from([f.id for f in vocabulary.findings])
    groups = st.sampled_from([g.id for g in vocabulary.groups])
    return minsight.Subject(
        present=draw(st.lists(ids, max_size=9)),
        absent=draw(st.lists(ids, max_size=4)),
        groups=draw(st.lists(groups, max_size=4)),
        not_groups=draw(st.lists(groups, max_size=2)),
        age=draw(st.sampled_from([None, 0.1, 0.7, 3, 15, 35, 70])),
        sex=draw(st.sampled_from([None, "female", "male"])),
    )


@given(subject=people())
@examples(40)
def test_every_reason_of_anybody_is_proved_by_clauses_that_hold(
    rules: minsight.Rules, explainer: Explainer, subject: minsight.Subject
) -> None:
    explanation = explainer.explain(subject, keep_going=True, why_not=False)
    assert is_proved(explanation)
    answers = enter(subject, rules.vocabulary, keep_going=True)
    facts = given_atoms(answers, rules.program, rules.vocabulary)
    for proof in explanation.proofs:
        assert is_sound(proof.inferences, rules.program, facts)


# --- why not --------------------------------------------------------------------------


@given(subject=people())
@examples(15)
def test_what_would_complete_a_rule_can_be_said_and_completes_it(
    rules: minsight.Rules, completer: Completer, subject: minsight.Subject
) -> None:
    """Together with what was said, but for what it stands instead of."""
    answers = enter(subject, rules.vocabulary, keep_going=True)
    said = given_answers(answers, rules.program, rules.vocabulary)
    for rule in rules.catalogue.rules[::5]:
        least = completer.least(atoms.evidence(rule.id), said)
        if least is None or atoms.evidence(rule.id) in holding(subject, rules):
            continue
        kept = [answer for answer in said if answer not in least.instead_of]
        better = enter(speaking([*kept, *least.add], rules), rules.vocabulary)
        facts = given_atoms(better, rules.program, rules.vocabulary)
        facts |= {atom for answer in least.add for atom in answer.atoms}
        assert better.notes == ()
        holds = rules.evaluate(facts, engine="reference").holds
        assert atoms.evidence(rule.id) in holds, rule.id


def speaking(answers: Iterable[GivenAnswer], rules: minsight.Rules) -> minsight.Subject:
    """The person who gives these answers, measurements apart."""
    answers, findings = list(answers), rules.vocabulary.finding
    groups = rules.vocabulary.group

    def ids(among: Mapping[str, object], *, present: bool) -> list[str]:
        return [a.about for a in answers if a.about in among and a.present == present]

    return minsight.Subject(
        present=ids(findings, present=True),
        absent=ids(findings, present=False),
        groups=ids(groups, present=True),
        not_groups=ids(groups, present=False),
        age_days=next((a.age_days for a in answers if a.age_days is not None), None),
        sex=next((a.sex for a in answers if a.sex), None),
    )


def test_open_rules_stand_nearest_first(explainer: Explainer) -> None:
    """None denied first, then fewest answers, then the strongest."""
    subject = minsight.Subject(present=["fatigue"], absent=["hair_loss"], age=40)
    (proof,) = explainer.explain(subject, only("zinc")).proofs
    assert proof.why_not is not None
    far = [
        (len(rule.least.instead_of), len(rule.least.answers))
        for rule in proof.why_not.rules
        if rule.least is not None
    ]
    assert far == sorted(far)
    assert {instead for instead, _ in far} >= {0, 1}


def test_a_denied_condition_is_named_with_what_was_said_instead(
    explainer: Explainer,
) -> None:
    subject = minsight.Subject(absent=["pallor"], unsure=["spoon_nails"])
    (proof,) = explainer.explain(subject, only("iron")).proofs
    assert (proof.rank, proof.level) == (None, "no_pattern")
    assert proof.why_not is not None
    found = {rule.rule: rule for rule in proof.why_not.rules}
    eyelids = found["iron.conjunctival_pallor"]
    assert [c.answer for c in eyelids.conditions] == ["denied"]
    assert eyelids.least is not None
    assert [a.about for a in eyelids.least.answers] == ["conjunctival_pallor"]
    assert [a.about for a in eyelids.least.instead_of] == ["pallor"]
    nails = found["iron.koilonychia"]
    assert [c.answer for c in nails.conditions] == ["unsure"]


def test_a_mineral_that_stays_silent_names_what_would_let_it_speak(
    explainer: Explainer,
) -> None:
    subject = minsight.Subject(present=["high_blood_sugar"])
    (proof,) = explainer.explain(subject, only("chromium")).proofs
    assert proof.level == "no_pattern"
    assert proof.why_not is not None
    lacking = [
        [part.nearest for part in gate.parts if not part.met]
        for gate in proof.why_not.gates
    ]
    assert lacking[0] == [("Fed by vein for weeks",)]


def test_a_brake_in_the_way_is_named_and_rests_on_what_it_was_met_by(
    rules: minsight.Rules, explainer: Explainer
) -> None:
    """Two typical signs would be a typical picture, but for the brake of adults."""
    subject = minsight.Subject(present=["paralysis_episode", "ecg_u_waves"], age=40)
    (proof,) = explainer.explain(subject, only("potassium")).proofs
    assert [brake.id for brake in proof.brakes] == ["adult"]
    assert proof.why_not is not None
    assert proof.why_not.held_back == proof.brakes
    (brake,) = [step for step in proof.steps if step.kind == "brake"]
    assert about(proof.answers_behind(brake.id)) == ["age"]
    younger = without(subject, ["age"], rules)
    (free,) = explainer.explain(younger, only("potassium")).proofs
    assert free.brakes == ()
    assert LEVELS.index(free.level) > LEVELS.index(proof.level)


def test_contrary_evidence_is_what_its_brake_rests_on(
    rules: minsight.Rules, explainer: Explainer
) -> None:
    subject = minsight.Subject(
        present=["ice_craving", "fatigue", "macrocytosis"],
        groups=["heavy_menses"],
        age=45,
        sex="female",
    )
    (proof,) = explainer.explain(subject, only("iron")).proofs
    assert [brake.id for brake in proof.brakes] == ["contrary"]
    (brake,) = [step for step in proof.steps if step.kind == "brake"]
    named = about(proof.answers_behind(brake.id))
    assert named == ["macrocytosis"]
    assert atoms.brake("iron", "contrary") not in holding(
        without(subject, named, rules), rules
    )


# --- counted once, records, errors ----------------------------------------------------


def test_of_one_cluster_one_rule_counts_and_the_others_are_set_aside(
    explainer: Explainer,
) -> None:
    """Ice craving is a kind of pica: one craving, told once, met by two rules."""
    subject = minsight.Subject(present=["ice_craving"], age=30)
    (proof,) = explainer.explain(subject, only("iron")).proofs
    (cluster,) = [step for step in proof.steps if step.kind == "cluster"]
    counted = {
        step.reason.rule: step.reason.counted
        for step in proof.steps
        if step.reason is not None and step.id in cluster.rests_on
    }
    assert counted == {"iron.pagophagia": True, "iron.pica": False}


def test_the_record_says_all_that_the_explanation_does(explainer: Explainer) -> None:
    subject = minsight.Subject(present=["spoon_nails", "fatigue"], age=30)
    explanation = explainer.explain(subject)
    record = explanation_json(explanation, indent=2)
    assert msgspec.json.decode(record, type=Explanation) == explanation


@pytest.mark.parametrize(
    ("mineral", "told_so"),
    [("sulfur", "sulfur is not assessed"), ("irom", "did you mean `iron`")],
)
def test_what_has_no_rules_cannot_be_explained(
    rules: minsight.Rules, mineral: str, told_so: str
) -> None:
    with pytest.raises(MinsightError, match=told_so):
        rules.explain(minsight.Subject(present=["fatigue"]), mineral)


def test_the_library_explains_every_candidate_in_their_order(
    rules: minsight.Rules,
) -> None:
    explanation = rules.explain(minsight.Subject(present=["spoon_nails", "fatigue"]))
    shown = [proof.mineral for proof in explanation.proofs]
    assert shown == [c.mineral for c in explanation.assessment.candidates]
    assert shown[0] == "iron"
