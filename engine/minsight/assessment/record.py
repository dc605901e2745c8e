"""The assessment record: an assessment as JSON, and the schema of it."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from minsight.assessment.model import Assessment


def assessment_json(assessment: Assessment, *, indent: int = 0) -> str:
    """The assessment record; on one line when `indent` is 0."""
    raw = msgspec.json.encode(assessment)
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def assessment_line(assessment: Assessment) -> bytes:
    """The assessment record as a line of a file."""
    return msgspec.json.encode(assessment) + b"\n"


def assessment_schema() -> dict[str, Any]:
    """The JSON Schema of the assessment record, the same on every Python."""
    schema = msgspec.json.schema(Assessment)
    for definition in schema["$defs"].values():
        definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
