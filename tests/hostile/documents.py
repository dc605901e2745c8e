"""Documents: records, resources of FHIR and phenopackets, spoiled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hostile import mutations, people
from hostile.inputs import Chance, Input
from hostile.people import Person


def records(chance: Chance) -> Input:
    """Subject records, a line each or in a list."""
    if chance.random() < 0.6:
        return _lines(chance, people.record, "records.jsonl")
    return _one(chance, [people.record(one) for one in _crowd(chance)], "records.json")


def fhir(chance: Chance) -> Input:
    """QuestionnaireResponses, a line each or in a Bundle with a Patient."""
    if chance.random() < 0.5:
        return _lines(chance, people.response, "responses.fhir.ndjson")
    patient = {"resourceType": "Patient", "id": "p1", "birthDate": "1990-01-01"}
    resources = [patient, *(people.response(one) for one in _crowd(chance))]
    entries = [{"resource": one} for one in resources]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return _one(chance, bundle, "bundle.fhir.json")


def phenopackets(chance: Chance) -> Input:
    """Phenopackets: a line each, a list, a cohort or a family."""
    if chance.random() < 0.4:
        return _lines(chance, people.packet, "packets.jsonl")
    packets = [people.packet(one) for one in _crowd(chance)]
    whole: Any = chance.choice(
        (packets, {"members": packets}, {"proband": packets[0], "relatives": packets})
    )
    return _one(chance, whole, "packets.json")


def _crowd(chance: Chance) -> list[Person]:
    return [people.person(chance, n) for n in range(1, chance.randint(2, 6))]


def _lines(chance: Chance, form: Callable[[Person], Any], name: str) -> Input:
    """A value a line; each line is a row, whatever stands in it."""
    values = [form(one) for one in _crowd(chance)]
    spoiled = [
        mutations.tree(chance, value) if chance.random() < 0.7 else value
        for value in values
    ]
    lines = [json.dumps(value).encode() for value in spoiled]
    if chance.random() < 0.3:
        return Input({name: mutations.bytes_of(chance, b"\n".join(lines))})
    return Input({name: b"\n".join(lines) + b"\n"})


def _one(chance: Chance, value: Any, name: str) -> Input:
    raw = json.dumps(mutations.tree(chance, value)).encode()
    if chance.random() < 0.3:
        raw = mutations.bytes_of(chance, raw)
    return Input({name: raw})
