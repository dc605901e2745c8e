"""FHIR R4: answers of QuestionnaireResponse resources, alone or in a Bundle.

The link ids are those of the questionnaires that `minsight questionnaire` writes, any
word of the vocabulary, a code of the Human Phenotype Ontology or of LOINC, or what a
map names. Patients in the same Bundle give the sex and, with the date of the answers,
the age.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from minsight.ages import age_in_days, parse_age
from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Subject
from minsight.screening.mapping.fields import Fields, Said, number_of
from minsight.screening.sources.json_values import JsonLine

RESPONSE: Final = "QuestionnaireResponse"
_CODES: Final = {
    "asked-unknown": "unknown",
    "373066001": "yes",
    "373067005": "no",
    "261665006": "unknown",
}
"""Codes of answers whose spelling says nothing; SNOMED CT's yes, no and unknown."""
_AGES: Final = {"a": "y", "mo": "mo", "wk": "w", "d": "d", "": "y"}
_UNITS_OF_AGE: Final = {
    "years": "a", "year": "a", "y": "a", "months": "mo", "month": "mo", "weeks": "wk",
    "days": "d", "day": "d",
}  # fmt: skip


class Resource(msgspec.Struct, frozen=True):
    """A resource with the patients that stand beside it, or an error."""

    value: Any
    patients: Mapping[str, Any]
    error: SubjectError | None = None
    text: str = ""


def resources(lines: Iterator[JsonLine]) -> Iterator[Resource]:
    """The resources of the values, those of a Bundle one by one, without patients."""
    patients: dict[str, Any] = {}
    for line in lines:
        if line.error is not None:
            yield Resource(None, {}, line.error, line.text)
            continue
        for resource in _unpacked(line.value):
            if isinstance(resource, dict) and resource.get("resourceType") == "Patient":
                patients[str(resource.get("id", ""))] = resource
            else:
                yield Resource(resource, patients)


def _unpacked(value: Any) -> list[Any]:
    """The resources of a Bundle, patients first; anything else as it is."""
    if not isinstance(value, dict) or value.get("resourceType") != "Bundle":
        return [value]
    entries = value.get("entry")
    entries = entries if isinstance(entries, list) else []
    found = [e.get("resource") if isinstance(e, dict) else None for e in entries]
    return sorted(found, key=lambda r: not _is_patient(r))


def _is_patient(resource: Any) -> bool:
    return isinstance(resource, dict) and resource.get("resourceType") == "Patient"


def fhir_subject(resource: Resource, fields: Fields) -> Subject:
    """The person of a response.

    Raises:
        SubjectError: when it is not a response, or an answer cannot be understood.
    """
    if resource.error is not None:
        raise resource.error
    value = resource.value
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind != RESPONSE:
        shown = quoted(kind) if kind else "an entry without a resource"
        raise SubjectError(f"{shown} is no `{RESPONSE}`")
    if value.get("status") == "entered-in-error":
        raise SubjectError("the response was entered in error")
    said = fields.gather()
    for link, answer in _answers(value.get("item"), 0):
        _answer(said, link, answer)
    patient = _patient(value, resource.patients)
    if said.sex is None and patient.get("gender") in ("female", "male"):
        said.sex = patient["gender"]
    if said.age_days is None:
        said.age_days = _age(patient.get("birthDate"), value.get("authored"))
    return said.subject(_subject_id(value, patient))


def _answers(items: Any, depth: int) -> Iterator[tuple[tuple[str, str], Any]]:
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
            yield from _answers(answer.get("item"), depth + 1)
        yield from _answers(item.get("item"), depth + 1)


_DEEPEST: Final = 50


def _answer(said: Said, link: tuple[str, str], answer: Mapping[str, Any]) -> None:
    key = next((key for key in answer if key.startswith("value")), None)
    if key is None:
        return
    value = answer[key]
    name = said.placed(*link)
    if name is None:
        said.left_out(link[0])
    elif name.role == "age":
        said.is_of_age(_quantity_of_age(value, name.unit))
    elif name.role == "measurement":
        said.measure(name, *_number_and_unit(value, name.unit))
    else:
        said.answer(name, _text_of(value))


def _text_of(value: Any) -> str:
    """An answer as text; of a coding its code, or the words for it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        code, shown = str(value.get("code", "")), str(value.get("display", ""))
        if code in _CODES:
            return _CODES[code]
        if "code" in value or "display" in value:
            return code or shown
        raise SubjectError("a quantity is no answer to yes or no")
    return str(value)


def _number_and_unit(value: Any, unit: str) -> tuple[float, str]:
    if isinstance(value, dict):
        number = value.get("value")
        unit = str(value.get("unit") or value.get("code") or unit)
    else:
        number = value
    return number_of(number), unit


def _quantity_of_age(value: Any, unit: str) -> float:
    try:
        if isinstance(value, str):
            return parse_age(value)
        if not isinstance(value, dict):
            number, _ = _number_and_unit(value, "")
            return age_in_days(number, unit or "y")
        number, _ = _number_and_unit(value, "")
        code = str(value.get("code") or value.get("unit") or "").lower()
        code = _UNITS_OF_AGE.get(code, code)
        if code not in _AGES:
            raise SubjectError(f"{quoted(code)} is no unit of an age")
        return age_in_days(number, _AGES[code])
    except ValueError as error:
        raise SubjectError(str(error)) from None


def _patient(response: Mapping[str, Any], patients: Mapping[str, Any]) -> Any:
    return patients.get(_reference(response).rpartition("/")[2], {})


def _reference(response: Mapping[str, Any]) -> str:
    subject = response.get("subject")
    return str(subject.get("reference", "")) if isinstance(subject, dict) else ""


def _subject_id(response: Mapping[str, Any], patient: Mapping[str, Any]) -> str:
    """The identifier of the person, else the id referred to, else the response's."""
    subject = response.get("subject")
    named = subject.get("identifier") if isinstance(subject, dict) else None
    if isinstance(named, dict) and named.get("value"):
        return str(named["value"])
    reference = _reference(response).rpartition("/")[2].removeprefix("urn:uuid:")
    return str(reference or patient.get("id") or response.get("id") or "")


def _age(born: Any, authored: Any) -> float | None:
    """The age on the day of the answers, if both days are known to the day."""
    try:
        days = (
            date.fromisoformat(str(authored)[:10]) - date.fromisoformat(str(born)[:10])
        ).days
    except ValueError:
        return None
    return float(days) if days >= 0 else None
