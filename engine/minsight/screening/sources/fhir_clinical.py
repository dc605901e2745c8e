"""Clinical resources of FHIR: what they say of a person, by code or by words.

A condition that is there, a medicine that is taken or a procedure that was done is
observed; what was refuted, not taken or not done is excluded. What is over, and what
nobody understands, is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from minsight.errors import SubjectError
from minsight.scales import Status
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.fields import FieldError, Said
from minsight.screening.sources.fhir_codes import answer_text, quantity

_HPO: Final = "human-phenotype-ontology"
_DAYS: Final = (
    "effectiveDateTime", "effectiveInstant", "authored", "issued", "performedDateTime",
    "recordedDate", "dateAsserted", "authoredOn",
)  # fmt: skip
_VOID: Final = frozenset(
    ("entered-in-error", "cancelled", "registered", "draft", "unknown", "preparation")
)
"""States of a resource that says nothing of the person."""
_STATUS: Final[Mapping[str, Mapping[str, Status]]] = MappingProxyType(
    {
        "MedicationStatement": {
            "active": "observed", "intended": "unsure", "not-taken": "excluded",
            "recorded": "observed", "": "observed",
        },
        "MedicationRequest": {"active": "observed", "": "observed"},
        "MedicationAdministration": {
            "in-progress": "observed", "not-done": "excluded", "": "observed",
        },
        "Procedure": {"completed": "observed", "not-done": "excluded", "": "observed"},
    }
)  # fmt: skip
"""What the state of a resource says of what it names; others say that it is over."""
_VERIFIED: Final[Mapping[str, Status]] = {
    "refuted": "excluded",
    "unconfirmed": "unsure",
    "provisional": "unsure",
    "differential": "unsure",
}
_PRESENT: Final = ("", "active", "recurrence", "relapse")


def tell(said: Said, resource: Mapping[str, Any]) -> None:
    """Add to what a person says what the resource does.

    Raises:
        SubjectError: when a value cannot be understood, naming what it is of.
    """
    CLINICAL[resource["resourceType"]](said, resource)


def day_of(resource: Mapping[str, Any]) -> str:
    """When a resource was true or written, as it says; empty where it does not."""
    days = (resource.get(key) for key in _DAYS)
    return next((day for day in days if isinstance(day, str)), "")


def last_day(resources: Iterator[str]) -> str:
    """The last of the days that are known to the day.

    >>> last_day(iter(["2020", "2020-05-01", "2020-04-30T10:00:00Z", ""]))
    '2020-05-01'
    """
    return max((day[:10] for day in resources if _is_day(day[:10])), default="")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _observation(said: Said, resource: Mapping[str, Any]) -> None:
    if resource.get("status") in _VOID:
        return
    components = resource.get("component")
    parts = components if isinstance(components, list) else []
    for part in (resource, *(p for p in parts if isinstance(p, dict))):
        value = _value_of(part)
        if value is not None or not parts:
            _observed(said, part.get("code"), value, day_of(resource))


def _value_of(part: Mapping[str, Any]) -> Any:
    key = next((key for key in part if key.startswith("value")), None)
    return part[key] if key is not None else None


def _observed(said: Said, code: Any, value: Any, when: str) -> None:
    """A value of a measurement, or yes or no to a finding."""
    column = _column(said, code)
    if column is None or value is None:
        said.left_out(_shown(code))
        return
    try:
        if column.role == "measurement":
            kind = said.vocabulary.measurement[column.target]
            number, unit, sign = quantity(value, column.unit, kind)
            said.measure(column, number, unit, comparator=sign, when=when)
        elif column.role == "answer":
            said.answer(column, _answer_of(value, column))
        else:
            said.left_out(_shown(code))
    except SubjectError as error:
        shown = _shown(code)
        raise FieldError(f"{shown}: {error}", field=shown, value=str(value)) from None


def _answer_of(value: Any, column: Column) -> str:
    """An answer of an observation: that of the first coding, or of the words."""
    if isinstance(value, Mapping) and "coding" in value:
        codings = list(_codings(value))
        return answer_text(codings[0] if codings else str(value.get("text")), column)
    if isinstance(value, Mapping) and "text" in value:
        return str(value["text"])
    return answer_text(value, column)


def _column(said: Said, code: Any) -> Column | None:
    """The question that a code, or the words for it, is."""
    for coding in _codings(code):
        column = said.placed(str(coding.get("code") or ""))
        column = column or said.placed(str(coding.get("display") or ""))
        if column is not None:
            return column
    return said.placed(_text(code)) if _text(code) else None


def _condition(said: Said, resource: Mapping[str, Any]) -> None:
    verified = _first_code(resource.get("verificationStatus"))
    state = _first_code(resource.get("clinicalStatus"))
    if verified in _VOID:
        return
    if verified != "refuted" and state not in _PRESENT:
        said.left_out(f"{_shown(resource.get('code'))} (it is over)")
        return
    _concept(said, resource.get("code"), _VERIFIED.get(verified, "observed"))


def _with_state(said: Said, resource: Mapping[str, Any]) -> None:
    """A medicine or a procedure."""
    state = str(resource.get("status") or "")
    concept = _named_in(resource)
    status = _STATUS[resource["resourceType"]].get(state)
    if status is not None:
        _concept(said, concept, status)
    elif state not in _VOID:
        said.left_out(f"{_shown(concept)} (it is over, or never was)")


def _named_in(resource: Mapping[str, Any]) -> Any:
    """What a resource is about: a concept, or one inside a reference to it."""
    given = resource.get("code") or resource.get("medicationCodeableConcept")
    medicine = resource.get("medication")  # of release 5
    if given is None and isinstance(medicine, Mapping):
        given = medicine.get("concept")
    reference = resource.get("medicationReference")
    if given is None and isinstance(reference, Mapping):
        inside = resource.get("contained")
        id_ = str(reference.get("reference") or "").removeprefix("#")
        for one in inside if isinstance(inside, list) else []:
            if isinstance(one, dict) and one.get("id") == id_:
                return one.get("code")
        return {"text": reference.get("display")}
    return given


CLINICAL: Final[Mapping[str, Callable[[Said, Mapping[str, Any]], None]]] = (
    MappingProxyType(
        {
            "Observation": _observation,
            "Condition": _condition,
            **dict.fromkeys(_STATUS, _with_state),
        }
    )
)
"""The resources that say something of a person, and who reads each."""


# --- concepts -------------------------------------------------------------------------


def _concept(said: Said, concept: Any, status: Status) -> None:
    """What a concept names, by a code or its words; else the words as free text."""
    names = [*_names(concept)]
    for system, code, display in names:
        hpo = _HPO in system or code.upper().startswith("HP:")
        if said.term(code if hpo else "", display, status):
            return
    text = next(
        (name for name in (_text(concept), *(d for *_, d in names)) if name), ""
    )
    if text:
        said.given[status].append(text)
    else:
        said.left_out(_shown(concept))


def _names(concept: Any) -> Iterator[tuple[str, str, str]]:
    for coding in _codings(concept):
        parts = (coding.get(key) or "" for key in ("system", "code", "display"))
        system, code, display = map(str, parts)
        yield system, code, display or _text(concept)
    if not list(_codings(concept)) and _text(concept):
        yield "", "", _text(concept)


def _codings(concept: Any) -> Iterator[Mapping[str, Any]]:
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    for coding in codings if isinstance(codings, list) else []:
        if isinstance(coding, Mapping):
            yield coding


def _first_code(concept: Any) -> str:
    return next((str(c.get("code") or "") for c in _codings(concept)), "")


def _text(concept: Any) -> str:
    given = concept.get("text") if isinstance(concept, Mapping) else None
    return given if isinstance(given, str) else ""


def _shown(concept: Any) -> str:
    named = [n for _, code, display in _names(concept) for n in (display, code) if n]
    return (_text(concept) or next(iter(named), "")) or "a concept without a name"
