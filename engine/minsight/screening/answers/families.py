"""Families: many entries that a record denies by one plain no.

Nothing is denied that was said to be so elsewhere in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from minsight.intake.answers import Answers
from minsight.intake.contradictions import holds_for
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Family, Vocabulary


def without_families(
    subject: Subject, vocabulary: Vocabulary
) -> tuple[Subject, list[Family]]:
    """The subject and the families that it denies."""
    known: Mapping[str, Family] = vocabulary.family
    families = [known[text] for text in subject.absent if text in known]
    if not families:
        return subject, families
    absent = [text for text in subject.absent if text not in known]
    return replace(subject, absent=absent), families


def with_denials(
    subject: Subject, families: Iterable[Family], read: Answers, vocabulary: Vocabulary
) -> Subject:
    """The subject with what the denied families say; `read` is what else was said."""
    so = _said_so(read, vocabulary)
    person = read.subject
    absent, present = list(subject.absent), list(subject.present)
    for family in families:
        absent += [
            id_
            for id_ in family.denies
            if id_ not in so and id_ not in read.unsure and id_ not in absent
        ]
        if so.isdisjoint(family.denies):
            present += [
                id_
                for id_ in family.affirms
                if id_ not in read.absent | read.unsure
                and holds_for(vocabulary, id_).may_be(person.age_days, person.sex)
            ]
    return replace(subject, absent=absent, present=present)


def _said_so(read: Answers, vocabulary: Vocabulary) -> frozenset[str]:
    """All that was said to be so, and what a value can show."""
    shown = (
        id_
        for value in read.values
        for id_ in vocabulary.measurement[value.measurement].implies
    )
    return frozenset[str]().union(
        *(vocabulary.with_ancestors(id_) for id_ in (*read.present, *shown))
    )
