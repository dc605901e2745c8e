"""Proofs of programs: sound, never circular, complete; and the least that completes."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.compiler.conditions import leaves
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.explanation.abduction import Completer
from minsight.explanation.proofs import Prover
from minsight.explanation.statements import GivenAnswer, given_answers, said_of
from minsight.intake.answers import enter
from minsight.intake.facts import said_atom
from minsight.logic import atoms
from minsight.logic.atoms import Atom, is_negated
from minsight.logic.program import Clause, Program, Stratum
from minsight.logic.reference import Reference
from sound import is_sound
from strategies import programs, rule_sets, shelf, subjects_of_programs


@given(programs(), subjects_of_programs())
def test_everything_that_holds_has_a_sound_proof(
    program: Program, facts: frozenset[Atom]
) -> None:
    proofs = Prover(program).prove(facts)
    assert proofs.holds == Reference(program).closure(facts)
    found = proofs.of(sorted(proofs.holds))
    assert {inference.atom for inference in found} == proofs.holds
    assert is_sound(found, program, facts)


@given(programs(), subjects_of_programs())
def test_the_chosen_proof_is_enough_by_itself(
    program: Program, facts: frozenset[Atom]
) -> None:
    """The given atoms and the absences of a smallest proof derive its conclusion."""
    proofs = Prover(program).prove(facts)
    for atom in proofs.holds:
        within = proofs.smallest(atom)
        start = (within & facts) | set(filter(is_negated, within))
        kept = tuple(c for c in program.clauses if within.issuperset((c.head, *c.body)))
        alone = Program((Stratum("all", kept, ()),), (), (), (), (), "")
        assert Reference(alone).closure(start) >= within


def without_negation(program: Program) -> Program:
    """The clauses of a program that read no absence."""

    def plain(clause: Clause) -> bool:
        return not any(map(is_negated, clause.body))

    strata = tuple(
        Stratum(s.name, tuple(filter(plain, s.clauses)), ()) for s in program.strata
    )
    return Program(strata, (), (), (), program.minerals, "")


@given(programs().map(without_negation), subjects_of_programs())
def test_taking_back_the_support_of_a_conclusion_removes_it(
    program: Program, facts: frozenset[Atom]
) -> None:
    proofs = Prover(program).prove(facts)
    for atom in proofs.holds:
        left = facts - proofs.support(atom)
        assert atom not in Reference(program).closure(left)


@given(programs(), subjects_of_programs())
def test_equal_subjects_have_equal_proofs(
    program: Program, facts: frozenset[Atom]
) -> None:
    wanted = sorted(Reference(program).closure(facts))
    first = Prover(program).prove(sorted(facts)).of(wanted)
    assert Prover(program).prove(sorted(facts, reverse=True)).of(wanted) == first


# --- the least that completes ---------------------------------------------------------


def answer_atoms(answers: tuple[GivenAnswer, ...]) -> frozenset[Atom]:
    return frozenset(atom for answer in answers for atom in answer.atoms)


@st.composite
def subjects_of_shelf(draw: st.DrawFn) -> minsight.Subject:
    """A person who answers some of the questions that random rules read."""
    groups = shelf().groups
    ids = [*shelf().supporting, *groups, *shelf().contrary]
    present = draw(st.sets(st.sampled_from(ids), max_size=4))
    absent = draw(st.sets(st.sampled_from(ids), max_size=3)) - present
    return minsight.Subject(
        present=sorted(present.difference(groups)),
        absent=sorted(absent.difference(groups)),
        groups=sorted(present.intersection(groups)),
        not_groups=sorted(absent.intersection(groups)),
    )


@given(folder=rule_sets(), subject=subjects_of_shelf())
def test_no_fewer_answers_complete_a_rule_than_what_is_named(
    rules: minsight.Rules, folder: Folder, subject: minsight.Subject
) -> None:
    """Every smaller set of answers to its conditions leaves the rule open."""
    program, vocabulary = lower(folder), rules.vocabulary
    answers = given_answers(enter(subject, vocabulary), program, vocabulary)
    said = {answer.about for answer in answers}
    facts, reference = answer_atoms(answers), Reference(program)
    completer = Completer(program, vocabulary)
    for rule in (rule for rules in folder.rules.values() for rule in rules):
        goal = atoms.evidence(rule.id)
        if goal in reference.closure(facts):
            continue
        least = completer.least(goal, answers)
        open_ids = {id_ for id_, _ in leaves(rule.when)} - said
        possible = [
            said_atom(id_, vocabulary, present=True) for id_ in sorted(open_ids)
        ]
        most = len(possible) + 1
        if least is not None and not least.instead_of:
            most = len(least.add)
            assert goal in reference.closure(facts | answer_atoms(least.add))
        for count in range(most):
            for some in combinations(possible, count):
                assert goal not in reference.closure(facts | set(some))


MADE_UP = atoms.evidence("made.up")


def least_beside_fatigue(rules: minsight.Rules, *bodies: list[str]) -> list[str]:
    """What completes a rule with these ways to be met, when fatigue was said."""
    clauses = tuple(
        Clause(MADE_UP, tuple(map(atoms.observed, body)), "made") for body in bodies
    )
    strata = (rules.program.strata[0], Stratum("made", clauses, ()))
    program = Program(strata, (), (), (), (), "")
    said = said_of("fatigue", rules.vocabulary, present=True)
    least = Completer(program, rules.vocabulary).least(MADE_UP, [said])
    assert least is not None
    return [answer.about for answer in least.add]


def test_one_answer_is_named_before_two_whichever_stands_first(
    rules: minsight.Rules,
) -> None:
    two, one = ["headache", "nausea", "fatigue"], ["fatigue", "cough"]
    assert least_beside_fatigue(rules, two, one) == ["cough"]
    assert least_beside_fatigue(rules, one, two) == ["cough"]


def test_an_answer_that_implies_two_conditions_is_one_answer(
    rules: minsight.Rules,
) -> None:
    """Low counts of all blood cells are an anaemia with few neutrophils."""
    both = ["anaemia", "neutropenia"]
    assert rules.vocabulary.with_ancestors("pancytopenia") >= set(both)
    assert least_beside_fatigue(rules, [*both, "fatigue"]) == ["pancytopenia"]


def test_no_fewer_answers_complete_a_shipped_rule(rules: minsight.Rules) -> None:
    """With the taxonomy, ages, sexes, denials and measurements that they read.

    All smaller sets of what could be said are tried, where they are few enough.
    """
    completer = Completer(rules.program, rules.vocabulary)
    reference = Reference(rules.program)
    tried = 0
    for rule in rules.catalogue.rules:
        goal = atoms.evidence(rule.id)
        least = completer.least(goal, ())
        assert least is not None, "a rule that nobody can meet"
        assert not least.instead_of
        facts = answer_atoms(least.add)
        assert goal in reference.closure(facts)
        if len(least.add) == 2:
            tried += 1
            for id_ in {*rule.reads, *rule.reads_absent}:
                for one in sayings(id_, rules):
                    assert goal not in reference.closure([one]), (goal, one)
    assert tried > 20


def sayings(id_: str, rules: minsight.Rules) -> list[Atom]:
    """Yes and no to an id of the vocabulary and to everything that implies it."""
    vocabulary = rules.vocabulary
    every = [*vocabulary.finding, *vocabulary.group]
    narrower = [other for other in every if id_ in vocabulary.with_ancestors(other)]
    return [
        said_atom(other, vocabulary, present=present)
        for other in narrower
        for present in (True, False)
    ]
