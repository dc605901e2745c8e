"""Records: subjects read from JSON and YAML, assessments written as JSON."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from minsight.assessment import Assessment
from minsight.errors import SubjectError
from minsight.subject import Measurement, Subject, subject_from_record

MOST_BYTES: Final = 2 * 1024 * 1024
_MEASUREMENT: Final = re.compile(r"\s*([^=]{1,80}?)\s*=\s*([^\s]+?)\s*([^\s\d].*?)?\s*")


def read_subject(raw: bytes, name: str) -> Subject:
    """The one subject of a JSON or YAML file; `name` is what messages call it.

    Raises:
        SubjectError: when it is neither, or not a subject record.
    """
    if len(raw) > MOST_BYTES:
        raise SubjectError(
            f"{name} is larger than {MOST_BYTES // 1024} KiB; a subject is short"
        )
    try:
        return subject_from_record(_plain(raw, name))
    except SubjectError as error:
        raise SubjectError(f"{name}: {error}") from None


def subject_from_json(line: bytes) -> Subject:
    """The subject of one line of a JSONL file.

    Raises:
        SubjectError: when the line is not JSON or not a subject record.
    """
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SubjectError(f"not JSON: {str(error)[:200].lower()}") from None
    return subject_from_record(record)


def measurement_from_text(text: str) -> Measurement:
    """A measurement as typed on a command line.

    >>> measurement_from_text("ferritin=8 ug/L")
    Measurement(name='ferritin', value=8.0, unit='ug/L')

    Raises:
        SubjectError: when a part is missing or the value is not a number.
    """
    match = _MEASUREMENT.fullmatch(text)
    name, value, unit = match.groups() if match else (None, None, None)
    if value is not None and unit is None:
        split = re.fullmatch(r"([\d.,]+)(\D.*)", value)
        value, unit = split.groups() if split else (value, None)
    if not (name and value and unit):
        raise SubjectError(
            f"`{text[:60]}` is not a measurement; write name, value and unit,"
            " for example `ferritin=8 ug/L`"
        )
    try:
        return Measurement(name, float(value), unit)
    except ValueError:
        raise SubjectError(f"`{value[:40]}` in `{text[:60]}` is not a number") from None


def assessment_json(assessment: Assessment, *, indent: int = 0) -> str:
    """The assessment record; on one line when `indent` is 0."""
    raw = msgspec.json.encode(assessment)
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def assessment_schema() -> dict[str, Any]:
    """The JSON Schema of the assessment record."""
    schema = msgspec.json.schema(Assessment)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _plain(raw: bytes, name: str) -> object:
    if raw.lstrip()[:1] == b"{":
        try:
            return msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise SubjectError(f"not JSON: {str(error)[:200].lower()}") from None
    from minsight.loading import LoadingError, load_bytes

    try:
        return load_bytes(raw, name).data
    except LoadingError as error:
        raise SubjectError(f"{error.issue.message} ({error.issue.fix})") from None


def reject_json(line_number: int, line: bytes, reason: str) -> str:
    """The record of a line that could not be assessed: where, why, and the line."""
    record = {
        "line": line_number,
        "reason": reason,
        "text": line.decode("utf-8", errors="replace").rstrip("\r\n"),
    }
    return msgspec.json.encode(record).decode()
