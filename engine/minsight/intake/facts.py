"""Answers to atoms: what a subject brings to the evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.ages import parse_age
from minsight.intake.answers import Answers
from minsight.intake.measurements import Value
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program


def given_atoms(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> frozenset[Atom]:
    """The atoms that hold before any clause is read. Unknown gives none."""
    return frozenset(_atoms(answers, program, vocabulary))


def _atoms(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> Iterator[Atom]:
    for id_ in answers.present:
        yield said_atom(id_, vocabulary, present=True)
    for id_ in answers.absent:
        yield said_atom(id_, vocabulary, present=False)
    subject = answers.subject
    if subject.sex is not None:
        yield atoms.of_sex(subject.sex)
    if subject.age_days is not None:
        yield from age_atoms(subject.age_days, program)
    for value in answers.values:
        yield from value_atoms(value, program)


def said_atom(id_: str, vocabulary: Vocabulary, *, present: bool) -> Atom:
    """What yes or no to a finding or group gives."""
    if id_ in vocabulary.finding:
        return atoms.observed(id_) if present else atoms.excluded(id_)
    return atoms.in_group(id_) if present else atoms.outside_group(id_)


def age_atoms(age_days: float, program: Program) -> Iterator[Atom]:
    """What an age gives: on which side of each boundary it lies."""
    for age in program.ages:
        older = age_days >= parse_age(age)
        yield atoms.age_from(age) if older else atoms.age_below(age)


def value_atoms(value: Value, program: Program) -> Iterator[Atom]:
    """What a measured value gives: on which side of each of its cutoffs it lies.

    One with a limit gives nothing of a cutoff on both sides of which it can be.
    """
    for cutoff in program.cutoffs:
        if value.measurement == cutoff.measurement:
            if value.most < cutoff.value:
                yield atoms.value_below(cutoff.measurement, cutoff.value)
            elif value.least >= cutoff.value:
                yield atoms.value_from(cutoff.measurement, cutoff.value)
