"""Answers to atoms: what a subject brings to the evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from minsight import atoms
from minsight.ages import parse_age
from minsight.atoms import Atom
from minsight.entry import Answers
from minsight.program import Program
from minsight.vocabulary import Vocabulary


def given_atoms(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> frozenset[Atom]:
    """The atoms that hold before any clause is read. Unknown gives none."""
    return frozenset(_atoms(answers, program, vocabulary))


def _atoms(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> Iterator[Atom]:
    findings = vocabulary.finding
    for id_ in answers.present:
        yield atoms.observed(id_) if id_ in findings else atoms.in_group(id_)
    for id_ in answers.absent:
        yield atoms.excluded(id_) if id_ in findings else atoms.outside_group(id_)
    subject = answers.subject
    if subject.sex is not None:
        yield atoms.of_sex(subject.sex)
    if subject.age_days is not None:
        for age in program.ages:
            older = subject.age_days >= parse_age(age)
            yield atoms.age_from(age) if older else atoms.age_below(age)
    for cutoff in program.cutoffs:
        for value in answers.values:
            if value.measurement == cutoff.measurement:
                below = value.value < cutoff.value
                atom = atoms.value_below if below else atoms.value_from
                yield atom(cutoff.measurement, cutoff.value)
