"""Telling: the given atoms, gathered into the answers that a person gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from minsight.ages import age_in_words
from minsight.intake.answers import Answers
from minsight.intake.facts import age_atoms, said_atom, value_atoms
from minsight.intake.measurements import given_as
from minsight.intake.subject import Measurement
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program

_AGE: Final = "age"
_SEX: Final = "sex"
_COMPARED: Final = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


class GivenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: what it is about, what it says, and the atoms that it gives.

    `about` is the id of a finding, group or measurement, or `age` or `sex`; `texts` are
    the words it was given in, none where only a field gives it. An age has its
    `age_days`, a sex its `sex`.
    """

    about: str
    says: str
    atoms: frozenset[Atom]
    present: bool = True
    texts: tuple[str, ...] = ()
    age_days: float | None = None
    sex: str | None = None


def given_answers(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> tuple[GivenAnswer, ...]:
    """The answers of one subject: the person, then by id. Unsure answers give none."""
    return tuple(_told(answers, program, vocabulary))


def _told(
    answers: Answers, program: Program, vocabulary: Vocabulary
) -> Iterator[GivenAnswer]:
    age_days, sex = answers.subject.age_days, answers.subject.sex
    if age_days is not None:
        yield age_of(age_days, program, words=f"age {age_in_words(age_days)}")
    if sex is not None:
        yield sex_of(sex)
    for id_ in sorted(answers.present):
        yield said_of(id_, vocabulary, present=True, texts=_texts(answers, id_))
    for id_ in sorted(answers.absent):
        texts = _texts(answers, id_, answer="absent")
        yield said_of(id_, vocabulary, present=False, texts=texts)
    for value in answers.values:
        kind = vocabulary.measurement[value.measurement]
        yield GivenAnswer(
            about=kind.id,
            says=_in_words(kind.label, given_as(value, kind.unit)),
            texts=_texts(answers, kind.id, answer="measured"),
            atoms=frozenset(value_atoms(value, program)),
        )


def _in_words(label: str, given: Measurement) -> str:
    said = (label, _COMPARED.get(given.comparator, ""), f"{given.value:g}", given.unit)
    return " ".join(filter(None, said))


def age_of(age_days: float, program: Program, *, words: str) -> GivenAnswer:
    """The answer that gives the age."""
    given = frozenset(age_atoms(age_days, program))
    return GivenAnswer(about=_AGE, says=words, atoms=given, age_days=age_days)


def sex_of(sex: str) -> GivenAnswer:
    """The answer that gives the sex."""
    given = frozenset([atoms.of_sex(sex)])
    return GivenAnswer(about=_SEX, says=f"sex {sex}", atoms=given, sex=sex)


def said_of(
    id_: str, vocabulary: Vocabulary, *, present: bool, texts: Iterable[str] = ()
) -> GivenAnswer:
    """The answer yes or no to a finding or group."""
    atom = said_atom(id_, vocabulary, present=present)
    label = vocabulary.label(id_)
    says = label if present else f"no {label[:1].lower()}{label[1:]}"
    return GivenAnswer(
        about=id_,
        says=says,
        atoms=frozenset([atom]),
        present=present,
        texts=tuple(texts),
    )


def _texts(answers: Answers, id_: str, answer: str = "present") -> tuple[str, ...]:
    """The words in which it was said, without those that are its id."""
    return tuple(
        dict.fromkeys(
            match.text
            for match in answers.recognised
            if match.id == id_ and match.answer == answer and match.by != "id"
        )
    )
