"""Statements: the texts of a subject with their meaning, and how they come apart.

A text that says several things becomes several texts when one of them is taken out of
it. What stays is said in its own words where they mean the same alone, else by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from minsight.errors import quoted
from minsight.intake.answers import OF_ANOTHER, without_others
from minsight.intake.recognition import Meaning, Recognised, recognise
from minsight.intake.stated import StatedValue
from minsight.intake.status import AS_RECORDED, OF_LIST
from minsight.intake.subject import Subject

if TYPE_CHECKING:
    from minsight.knowledge.vocabulary import Vocabulary

AGE: Final = "age"
SEX: Final = "sex"


class Statement(NamedTuple):
    """One text of a subject, the list it stands in, and its meaning."""

    field: str
    text: str
    meaning: Meaning

    @property
    def answers(self) -> Iterator[Recognised]:
        return (m for m in self.meaning.recognised if m.kind != "person")


def statements_of(
    subject: Subject, person: Subject, vocabulary: Vocabulary
) -> Iterator[Statement]:
    """Every text of the subject, list by list; `person` has the age and sex they give.

    Life stages that a finding tells are answers of its text where no age is given.
    What can be said of somebody else alone is no answer of the subject.
    """
    read = [
        one._replace(meaning=without_others(one.meaning, person, vocabulary))
        for field in OF_LIST
        for text in getattr(subject, field)
        for one in [_read(field, text, vocabulary)]
    ]
    ages = (m.age_days for one in read for m in one.meaning.mentions)
    if subject.age_days is None and all(age is None for age in ages):
        yield from map(_with_stages, read)
    else:
        yield from read


def _with_stages(statement: Statement) -> Statement:
    meaning = statement.meaning
    whole = (*meaning.recognised, *meaning.stages)
    return statement._replace(
        meaning=msgspec.structs.replace(meaning, recognised=whole)
    )


def statements_without(
    statements: Iterable[Statement], changed: set[str], vocabulary: Vocabulary
) -> Iterator[Statement]:
    """The statements without what is changed; those that say more are taken apart.

    So are those of two people when the age or sex of one is changed: what was not hers
    stays not hers.
    """
    for statement in statements:
        if changed.isdisjoint(_ids(statement.meaning)):
            yield statement
        else:
            yield from _apart(statement, changed, vocabulary)


def _ids(meaning: Meaning) -> set[str]:
    """What a meaning answers, and what it hangs on: whose words are another's."""
    of_another = any(left.because == OF_ANOTHER for left in meaning.unrecognised)
    return {m.id for m in meaning.recognised} | ({AGE, SEX} if of_another else set())


def _apart(
    statement: Statement, changed: set[str], vocabulary: Vocabulary
) -> Iterator[Statement]:
    """What a statement says besides, each answer in a text of its own."""
    for match in statement.answers:
        if match.id not in changed:
            yield alone(match, statement.field, vocabulary, statement.meaning.values)
    for left in statement.meaning.unrecognised:
        again = _read(statement.field, left.text, vocabulary)
        if not again.meaning.recognised:
            yield again


def alone(
    match: Recognised,
    field: str,
    vocabulary: Vocabulary,
    values: Iterable[StatedValue] = (),
) -> Statement:
    """An answer in its own words where they mean it alone, else by its id.

    "Baby gasping" tells a life stage besides.

    Of `values` the id would tell no number; they are said by name and unit.
    """
    own = _read(field, match.text, vocabulary)
    meant = [(m.id, m.status) for m in own.meaning.recognised]
    besides = (*own.meaning.unrecognised, *own.meaning.stages)
    if meant == [(match.id, match.status)] and not besides:
        return own
    for one in values:
        if one.value.measurement == match.id:
            return _read(field, value_in_words(one, vocabulary), vocabulary)
    if OF_LIST[field] != match.status:
        field = AS_RECORDED[match.status]
    return _read(field, match.id, vocabulary)


def value_in_words(stated: StatedValue, vocabulary: Vocabulary) -> str:
    """A value by the name of its measurement, as it is read again."""
    kind, value = vocabulary.measurement[stated.value.measurement], stated.value
    name = stated.given.name if value.adjusted else kind.label
    return f"{name} {value.limit} {value.value:g} {kind.unit}"


def _read(field: str, text: str, vocabulary: Vocabulary) -> Statement:
    return Statement(field, text, recognise(text, vocabulary, status=OF_LIST[field]))


def left_out(before: Iterable[Statement], kept: Iterable[Statement]) -> Iterator[str]:
    """What a text that was taken apart no longer says, though nobody changed it."""
    still = {left.text for one in kept for left in one.meaning.unrecognised}
    for statement in before:
        for left in statement.meaning.unrecognised:
            if left.text not in still:
                yield f"{quoted(left.text)} was not understood, and is left out."
