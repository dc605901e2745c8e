"""Phenopackets: records of the GA4GH schema, version 2 or 1, as persons.

Observed and excluded features, age and sex, measurements, diseases, medicines and
procedures. What the vocabulary does not know is told and not dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Any, Final

from minsight.ages import DAYS_IN
from minsight.errors import SubjectError, quoted
from minsight.intake.measurements import factor_of
from minsight.intake.subject import Subject
from minsight.scales import Status
from minsight.screening.mapping.fields import Fields, Said, number_of
from minsight.screening.sources.json_values import JsonLine

_UNITS: Final = {"Y": "y", "M": "mo", "W": "w", "D": "d"}
_DURATION: Final = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T.*)?"
)
_SAYING: Final = ("phenotypicFeatures", "measurements", "diseases", "medicalActions")
"""The parts of a packet that say something of the person."""
_SEXES: Final = {"FEMALE": "female", "MALE": "male", "1": "female", "2": "male"}


def packets(lines: Iterator[JsonLine]) -> Iterator[JsonLine]:
    """The phenopackets of the values, those of a cohort or a family one by one."""
    for line in lines:
        inside = list(_inside(line.value))
        yield from map(JsonLine, inside) if inside else [line]


def _inside(value: Any) -> Iterator[Any]:
    """The packets of a family, the proband first, or of a cohort."""
    if isinstance(value, dict) and "proband" in value:
        yield value["proband"]
    for key in ("relatives", "members"):
        found = _field(value, key)
        if isinstance(found, list):
            yield from found


def is_packet(value: Any) -> bool:
    """Whether the value looks like a phenopacket, a family or a cohort."""
    keys = ("phenotypicFeatures", "metaData", "proband", "members", "medicalActions")
    return isinstance(value, dict) and any(_has(value, key) for key in keys)


def phenopacket_subject(line: JsonLine, fields: Fields) -> Subject:
    """The person of a phenopacket.

    Raises:
        SubjectError: when it is not a phenopacket, or a value cannot be understood.
    """
    if line.error is not None:
        raise line.error
    packet = line.value
    if not isinstance(packet, dict):
        raise SubjectError("a phenopacket must be an object")
    about = _object(_field(packet, "subject"))
    if not about and not any(_objects(packet, key) for key in _SAYING):
        raise SubjectError(
            "a phenopacket without a `subject` that says nothing of anybody"
        )
    said = fields.gather()
    said.sex = _SEXES.get(str(about.get("sex", "")).upper())
    said.age_days = _age(about)
    for feature in _objects(packet, "phenotypicFeatures"):
        _feature(said, feature)
    for disease in _objects(packet, "diseases"):
        _known(said, _object(disease.get("term")), excluded=_is_excluded(disease))
    for measurement in _objects(packet, "measurements"):
        _measurement(said, measurement)
    for action in _objects(packet, "medicalActions"):
        _action(said, action)
    return said.subject(str(about.get("id") or packet.get("id") or ""))


def _action(said: Said, action: Mapping[str, Any]) -> None:
    """A medicine or a procedure; of other treatments it is told that they stand there.

    What has ended was once, as a part of the stomach that was taken out is.
    """
    procedure = _object(_object(action.get("procedure")).get("code"))
    agent = _object(_object(action.get("treatment")).get("agent"))
    for term in (procedure, agent):
        if term:
            _known(said, term, excluded=False)
    if not procedure and not agent:
        kind = next((key for key in action if isinstance(action[key], dict)), "nothing")
        said.left_out(f"a medical action: {kind}")


def _feature(said: Said, feature: Mapping[str, Any]) -> None:
    """A feature; one that is over is neither there nor denied."""
    term = _object(feature.get("type"))
    if feature.get("resolution"):
        said.left_out(f"{_shown(term)} (it is over)")
        return
    _known(said, term, excluded=_is_excluded(feature))


def _known(said: Said, term: Mapping[str, Any], *, excluded: bool) -> None:
    """A term of an ontology by its label, if that is known, and else by its id."""
    status: Status = "excluded" if excluded else "observed"
    id_, label = (str(term.get(key) or "") for key in ("id", "label"))
    if not said.term(id_, label, status):
        said.left_out(_shown(term))


def _measurement(said: Said, measurement: Mapping[str, Any]) -> None:
    assay = _object(measurement.get("assay"))
    column = said.placed(str(assay.get("id", "")), str(assay.get("label", "")))
    quantity = _object(_object(measurement.get("value")).get("quantity"))
    if column is None or column.role != "measurement" or "value" not in quantity:
        said.left_out(_shown(assay))
        return
    try:
        number = number_of(quantity["value"])
    except SubjectError as error:
        raise SubjectError(f"{quoted(_shown(assay))}: {error}") from None
    unit = _object(quantity.get("unit"))
    code = str(unit.get("id", "")).removeprefix("UCUM:")
    label, kind = str(unit.get("label", "")), said.vocabulary.measurement[column.target]
    known = next((u for u in (code, label) if u and factor_of(u, kind)), "")
    when = _object(_field(measurement, "timeObserved")).get("timestamp")
    said.measure(
        column,
        number,
        known or code or label,
        when=when if isinstance(when, str) else "",
    )


def _age(about: Mapping[str, Any]) -> float | None:
    """The age at the last encounter; None where it is a range.

    Version 1 called it the age at collection.
    """
    when = _object(_field(about, "timeAtLastEncounter"))
    duration = _field(_object(when.get("age")), "iso8601duration")
    duration = duration or _object(_field(about, "ageAtCollection")).get("age")
    if duration is not None:
        return days_of(str(duration))
    return _between(_field(about, "dateOfBirth"), when.get("timestamp"))


def days_of(duration: str) -> float:
    """The days of an ISO 8601 duration.

    >>> days_of("P9M"), days_of("P28Y")
    (273.9375, 10227.0)

    Raises:
        SubjectError: when it is none.
    """
    match = _DURATION.fullmatch(duration)
    parts = {k: v for k, v in match.groupdict().items() if v} if match else {}
    try:
        numbers = {unit: float(number) for unit, number in parts.items()}
    except ValueError:
        numbers = {}
    if not numbers and "T" not in duration:
        raise SubjectError(
            f"{quoted(duration)} is no age; write it like `P28Y` or `P9M`"
        )
    return sum(DAYS_IN[_UNITS[unit]] * number for unit, number in numbers.items())


def _between(born: Any, seen: Any) -> float | None:
    try:
        first, last = (date.fromisoformat(str(day)[:10]) for day in (born, seen))
    except ValueError:
        return None
    return float((last - first).days) if last >= first else None


def _is_excluded(entry: Mapping[str, Any]) -> bool:
    """Whether an entry says so; `negated` is how version 1 said it.

    Raises:
        SubjectError: when it is neither true nor false.
    """
    for key in ("excluded", "negated"):
        if not isinstance(entry.get(key, False), (bool, NoneType)):
            raise SubjectError(f"`{key}` is {quoted(entry[key])}; write true or false")
    return entry.get("excluded") is True or entry.get("negated") is True


def _shown(term: Mapping[str, Any]) -> str:
    return str(term.get("label") or term.get("id") or "a term without a name")


def _objects(packet: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = _field(packet, key)
    return [e for e in found if isinstance(e, dict)] if isinstance(found, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _has(value: Mapping[str, Any], key: str) -> bool:
    return key in value or _snake(key) in value


def _field(value: Any, key: str) -> Any:
    """A field by its name in JSON, or by that in the schema."""
    if not isinstance(value, dict):
        return None
    return value.get(key, value.get(_snake(key)))


def _snake(key: str) -> str:
    return re.sub(r"[A-Z]", lambda m: f"_{m.group().lower()}", key)
