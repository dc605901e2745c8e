"""Singly: persons of JSON files, of whichever kind each value is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Literal, TypeAlias

from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Subject, subject_from_record
from minsight.screening.mapping.fields import Fields
from minsight.screening.sources import fhir, phenopackets
from minsight.screening.sources.json_values import JsonLine, values_of
from minsight.screening.sources.source import Source

RecordKind: TypeAlias = Literal["records", "fhir", "phenopackets"]


def _kind(value: Any) -> RecordKind:
    if isinstance(value, dict) and "resourceType" in value:
        return "fhir"
    return "phenopackets" if phenopackets.is_packet(value) else "records"


def persons_of(
    source: Source, fields: Fields
) -> Iterator[tuple[int, Subject | SubjectError, str]]:
    """Each person with its number, or why there is none, and how its text begins."""
    lines = values_of(source)
    first = list(islice(lines, 1))
    kind = _kind(first[0].value) if first else "records"
    lines = chain(first, lines)
    if kind == "fhir":
        for row, resource in enumerate(fhir.resources(lines), start=1):
            yield row, _tried(fhir.fhir_subject, resource, fields), resource.text
    else:
        read = phenopackets.phenopacket_subject if kind == "phenopackets" else _record
        values = phenopackets.packets(lines) if kind == "phenopackets" else lines
        for row, line in enumerate(values, start=1):
            yield row, _tried(read, line, fields), line.text


def _record(line: JsonLine, fields: Fields) -> Subject:
    del fields  # a record speaks in the words of the vocabulary
    if line.error is not None:
        raise line.error
    return subject_from_record(line.value)


def _tried(read: Any, given: Any, fields: Fields) -> Subject | SubjectError:
    try:
        _refuse_half_characters(given.value)
        subject: Subject = read(given, fields)
    except SubjectError as error:
        return error
    except RecursionError:
        return SubjectError("not a subject record: nested too deeply")
    return subject


def _refuse_half_characters(value: Any) -> None:
    """Refuse what no file and no terminal can take: a half of a surrogate pair."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = error.object[max(0, error.start - 20) : error.start + 20]
        raise SubjectError(
            f"{quoted(half)} is not valid text; half a character stands in it"
        ) from None
