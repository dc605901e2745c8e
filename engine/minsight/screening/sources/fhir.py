"""FHIR R4: answers of QuestionnaireResponse resources, alone or in a Bundle.

The link ids are those of the questionnaires that `minsight questionnaire` writes, any
word of the vocabulary, a code of the Human Phenotype Ontology or of LOINC, or what a
map names. Patients in the same Bundle give the sex and, with the date of the answers,
the age; what else a Bundle says of a person is read with their last answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Subject
from minsight.screening.mapping.fields import FieldError, Fields, Said
from minsight.screening.sources.fhir_bundles import (
    PATIENT,
    RESPONSE,
    Resource,
    id_in,
    not_a_record,
    patient_of,
    reference_of,
    resources,
)
from minsight.screening.sources.fhir_clinical import day_of, last_day, tell
from minsight.screening.sources.fhir_codes import age_days, answer_text, quantity

__all__ = ["Resource", "fhir_subject", "resources"]

_DEEPEST: Final = 50
_Link: TypeAlias = tuple[str, str]
_RELATIVES: Final = (
    r"famil(?:y|ies)|relatives?|(?:step|grand)?(?:mother|father|parent)s?|mum|mom|dad|"
    r"brothers?|sisters?|siblings?|aunts?|uncles?|cousins?|nieces?|nephews?|wife|"
    r"husband|spouse|next of kin|guardian|carers?|caregivers?"
)
_OF_OTHERS: Final = re.compile(
    r"(?:(?:questions?|information|details?) )?(?:(?:about|on|of|for) )?"
    r"(?:(?:your|the|my|a|other|close|first degree) )?"
    rf"(?:{_RELATIVES})(?: (?:members?|history|medical history|members? history))?"
    r"(?: \d+)?",
    re.IGNORECASE,
)
"""What groups of questions are called that are about others of the family."""
_RELATION: Final = re.compile(
    r"rel|kin|relation|relationship|relationship to (?:the )?patient|kinship",
    re.IGNORECASE,
)
_NO_WORD: Final = re.compile(r"[\W_]+")
_ITSELF: Final = ("self", "oneself", "patient", "me", "myself", "index")


def fhir_subject(resource: Resource, fields: Fields) -> Subject:
    """The person of a response, or of what else a Bundle says of a patient.

    Raises:
        SubjectError: when it is not a response, or an answer cannot be understood.
    """
    if resource.error is not None:
        raise resource.error
    value = resource.value
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind != RESPONSE and not (kind == PATIENT and resource.others):
        raise not_a_record(value)
    if value.get("status") == "entered-in-error":
        raise SubjectError("the response was entered in error")
    said = fields.gather()
    if kind == RESPONSE:
        for link, answer in _answers(value.get("item"), 0, said):
            _answer(said, link, answer)
    for other in resource.others:
        tell(said, other)
    for unread in resource.unread:
        said.note(f"resources of this kind are not read: {quoted(unread)}")
    patient = value if kind == PATIENT else patient_of(value, resource.patients)
    if said.sex is None and patient.get("gender") in ("female", "male"):
        said.sex = patient["gender"]
    if said.age_days is None:
        days = (day_of(one) for one in (value, *resource.others))
        seen = day_of(value) or last_day(days)
        said.age_days = _age(patient.get("birthDate"), seen)
    return said.subject(_subject_id(value, patient))


def _answers(items: Any, depth: int, said: Said) -> Iterator[tuple[_Link, Any]]:
    """Each answer with the link id and the text of its item, at any depth."""
    if depth > _DEEPEST:
        raise SubjectError(f"items are nested more than {_DEEPEST} deep")
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            raise SubjectError("an item is no object")
        link = (str(item.get("linkId", "")), str(item.get("text", "")))
        answers = item.get("answer")
        for answer in answers if isinstance(answers, list) else []:
            if not isinstance(answer, dict):
                raise SubjectError(f"an answer to {quoted(link[0])} is no object")
            yield link, answer
            yield from _answers(answer.get("item"), depth + 1, said)
        below = _answers(item.get("item"), depth + 1, said)
        if _is_about_others(item):
            below = _of_the_family(below, link, said)
        yield from below


def _is_about_others(item: Mapping[str, Any]) -> bool:
    """Whether a group of questions asks about a relative."""
    inside = item.get("item")
    if not isinstance(inside, list) or not inside:
        return False
    names = (str(item.get("linkId", "")), str(item.get("text", "")))
    if any(_OF_OTHERS.fullmatch(_NO_WORD.sub(" ", name).strip()) for name in names):
        return True
    return any(_names_relative(one) for one in inside if isinstance(one, dict))


def _names_relative(item: Mapping[str, Any]) -> bool:
    """Whether an item tells which relative a group is about."""
    names = (str(item.get("linkId", "")), str(item.get("text", "")))
    if not any(_RELATION.fullmatch(name.strip(" :?")) for name in names):
        return False
    given = item.get("answer")
    return any(
        _words(answer).casefold() not in ("", *_ITSELF)
        for answer in (given if isinstance(given, list) else [])
    )


def _words(answer: Any) -> str:
    value = _value(answer) if isinstance(answer, dict) else None
    if isinstance(value, Mapping):
        return str(value.get("display") or value.get("code") or "")
    return value if isinstance(value, str) else ""


def _of_the_family(
    answers: Iterator[tuple[_Link, Any]], group: _Link, said: Said
) -> Iterator[tuple[_Link, Any]]:
    """The answers that tell of the person by their family; the others are told."""
    for link, answer in answers:
        column = said.placed(*link)
        if column is not None and "family" in column.target:
            yield link, answer
        else:
            shown = f"{group[1] or group[0]}: {link[1] or link[0]}"
            said.note(f"not read, because it is about another person: {quoted(shown)}")


def _value(answer: Mapping[str, Any]) -> Any:
    key = next((key for key in answer if key.startswith("value")), None)
    return answer[key] if key is not None else None


def _answer(said: Said, link: _Link, answer: Mapping[str, Any]) -> None:
    value = _value(answer)
    if value is None:
        return
    name = said.placed(*link)
    if name is None:
        said.left_out(link[0])
        return
    try:
        if name.role == "age":
            said.is_of_age(age_days(value, name.unit))
        elif name.role == "measurement":
            kind = said.vocabulary.measurement[name.target]
            number, unit, sign = quantity(value, name.unit, kind)
            said.measure(name, number, unit, comparator=sign)
        else:
            said.answer(name, answer_text(value, name))
    except SubjectError as error:
        raise FieldError(str(error), field=link[0], value=_shown(value)) from None


def _shown(value: Any) -> str:
    """A value as a reject shows it."""
    if not isinstance(value, Mapping):
        return str(value)
    parts = ("code", "display", "comparator", "value", "unit")
    return " ".join(str(value[part]) for part in parts if value.get(part) is not None)


def _subject_id(response: Mapping[str, Any], patient: Mapping[str, Any]) -> str:
    """The identifier of the person, else the id referred to, else the response's."""
    subject = response.get("subject")
    named = subject.get("identifier") if isinstance(subject, dict) else None
    if isinstance(named, dict) and named.get("value"):
        return str(named["value"])
    reference = id_in(reference_of(response))
    return str(reference or patient.get("id") or response.get("id") or "")


def _age(born: Any, seen: Any) -> float | None:
    """The age on the day of the answers, if both days are known to the day."""
    try:
        days = (
            date.fromisoformat(str(seen)[:10]) - date.fromisoformat(str(born)[:10])
        ).days
    except ValueError:
        return None
    return float(days) if days >= 0 else None
