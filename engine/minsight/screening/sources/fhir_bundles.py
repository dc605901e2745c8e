"""Bundles of FHIR: which resources are about which person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from minsight.errors import SubjectError, quoted
from minsight.screening.sources.fhir_clinical import CLINICAL, day_of
from minsight.screening.sources.json_values import JsonLine

RESPONSE: Final = "QuestionnaireResponse"
PATIENT: Final = "Patient"
_ONLY_PATIENTS: Final = (
    "only patients stand here, and nothing that was said of them; put their answers"
    " into the same Bundle"
)


class Resource(msgspec.Struct, frozen=True):
    """A resource with the patients that stand beside it, or an error.

    `others` are what else the Bundle says of the person, if anything.
    """

    value: Any
    patients: Mapping[str, Any]
    error: SubjectError | None = None
    text: str = ""
    others: tuple[Mapping[str, Any], ...] = ()
    unread: tuple[str, ...] = ()


def resources(lines: Iterator[JsonLine]) -> Iterator[Resource]:
    """The persons of the values, those of a Bundle one by one."""
    patients: dict[str, Any] = {}
    persons = 0
    for line in lines:
        if line.error is not None:
            found = [Resource(None, {}, line.error, line.text)]
        elif _type(line.value) == "Bundle":
            found = list(_of_bundle(line.value, patients))
        elif _type(line.value) == PATIENT:
            patients |= dict.fromkeys(_names(line.value, ""), line.value)
            found = []
        else:
            found = [Resource(line.value, patients, text=line.text)]
        persons += len(found)
        yield from found
    if patients and not persons:
        yield Resource(None, {}, SubjectError(_ONLY_PATIENTS))


def _of_bundle(
    bundle: Mapping[str, Any], patients: dict[str, Any]
) -> Iterator[Resource]:
    entries = bundle.get("entry")
    entries = entries if isinstance(entries, list) else []
    whole = [entry if isinstance(entry, dict) else {} for entry in entries]
    for entry in whole:
        if _type(entry.get("resource")) == PATIENT:
            named = _names(entry["resource"], str(entry.get("fullUrl") or ""))
            patients |= dict.fromkeys(named, entry["resource"])
    values = [entry.get("resource") for entry in whole]
    clinical, alone = _by_person(values, patients)
    unread = tuple(sorted({_type(v) for v in values if _is_left(v)}))
    newest = _newest_responses(values, patients)
    for value in values:
        if _type(value) == RESPONSE or not _type(value) or id(value) in alone:
            whose = person_key(value, patients)
            own = newest.get(whose) is value
            others = clinical.pop(whose, []) if own else []
            yield Resource(value, patients, others=tuple(others), unread=unread)
            unread = ()
    for of, told in clinical.items():
        about = patients.get(of) or {"resourceType": PATIENT, "id": of}
        yield Resource(about, patients, others=tuple(told), unread=unread)
        unread = ()


def _type(value: Any) -> str:
    return str(value.get("resourceType", "")) if isinstance(value, dict) else ""


def _is_left(value: Any) -> bool:
    known = (RESPONSE, PATIENT, "Questionnaire", *CLINICAL)
    return _type(value) not in ("", *known)


def _by_person(
    values: list[Any], patients: Mapping[str, Any]
) -> tuple[dict[str, list[Mapping[str, Any]]], set[int]]:
    """What is said besides responses of each person; which values name nobody."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    alone: set[int] = set()
    for value in values:
        if _type(value) in CLINICAL:
            whose = person_key(value, patients)
            if whose:
                found.setdefault(whose, []).append(value)
            else:
                alone.add(id(value))
    return found, alone


def _newest_responses(values: list[Any], patients: Mapping[str, Any]) -> dict[str, Any]:
    """Of each person the last response, to which all else that is known is added."""
    found: dict[str, Any] = {}
    for value in values:
        if _type(value) == RESPONSE and (whose := person_key(value, patients)):
            before = found.get(whose)
            if before is None or day_of(value) >= day_of(before):
                found[whose] = value
    return found


# --- references -----------------------------------------------------------------------


def person_key(resource: Any, patients: Mapping[str, Any]) -> str:
    """What tells whom a resource is about from all others; empty where nobody is."""
    patient = patient_of(resource, patients)
    if patient:
        return str(patient.get("id") or next(iter(_names(patient, "")), ""))
    return id_in(reference_of(resource))


def patient_of(resource: Any, patients: Mapping[str, Any]) -> Mapping[str, Any]:
    """The patient whom a resource is about, however it refers to them; else none.

    References are relative, absolute, those of `urn:uuid:`, to what is contained, or by
    an identifier.
    """
    reference = reference_of(resource).partition("/_history/")[0]
    if reference.startswith("#"):
        return _contained(resource, reference[1:])
    if reference in patients:
        return _object(patients[reference])
    kind, _, id_ = reference.rpartition("/")
    if not kind or kind.rpartition("/")[2] == PATIENT:
        known = patients.get(id_.removeprefix("urn:uuid:"))
        if known is not None:
            return _object(known)
    identifier = _object(_subject(resource).get("identifier"))
    return _object(patients.get(_identifier(identifier)))


def reference_of(resource: Any) -> str:
    """The reference to whom a resource is about; empty where there is none."""
    return str(_subject(resource).get("reference") or "")


def id_in(reference: str) -> str:
    """The id at the end of a reference.

    >>> id_in("Patient/7/_history/2"), id_in("urn:uuid:ab-c"), id_in("#p")
    ('7', 'ab-c', 'p')
    """
    plain = reference.partition("/_history/")[0].rpartition("/")[2]
    return plain.removeprefix("urn:uuid:").removeprefix("urn:oid:").removeprefix("#")


def _subject(resource: Any) -> Mapping[str, Any]:
    about = _object(resource)
    return _object(about.get("subject") or about.get("patient"))


def _contained(resource: Any, id_: str) -> Mapping[str, Any]:
    inside = _object(resource).get("contained")
    found = (
        [r for r in inside if _type(r) == PATIENT] if isinstance(inside, list) else []
    )
    return next((r for r in found if str(r.get("id", "")).lstrip("#") == id_), {})


def _names(patient: Mapping[str, Any], full_url: str) -> list[str]:
    """All that the patient is referred to by."""
    identifiers = patient.get("identifier")
    identifiers = identifiers if isinstance(identifiers, list) else [identifiers]
    names = [str(patient.get("id") or ""), full_url]
    names += [_identifier(_object(one)) for one in identifiers]
    return [name for name in names if name]


def _identifier(identifier: Mapping[str, Any]) -> str:
    if not identifier.get("value"):
        return ""
    return f"identifier {identifier.get('system') or ''}|{identifier['value']}"


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def not_a_record(value: Any) -> SubjectError:
    """Why a resource is no person."""
    kind = _type(value)
    if kind in CLINICAL:
        return SubjectError(
            f"`{kind}` tells of nobody here; put it into a Bundle, with a reference to"
            " its patient"
        )
    shown = quoted(kind) if kind else "an entry without a resource"
    return SubjectError(f"{shown} is no `{RESPONSE}`")
