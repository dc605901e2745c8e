"""People of FHIR: the persons of resources, assessed, as RiskAssessments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import polars as pl

from minsight.api import Rules
from minsight.assessment.model import Assessment
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.screening.mapping.fields import Fields
from minsight.screening.results.risk_assessments import RiskAssessments
from minsight.screening.results.schema import LONG, assessed_of
from minsight.screening.sources.fhir import fhir_subject, resources
from minsight.screening.sources.json_values import JsonLine


class FhirPerson(msgspec.Struct, frozen=True):
    """A person of a resource: who they are, or why nobody; what was not read."""

    subject: Subject | None
    problem: str
    notes: tuple[str, ...]


def people_in(value: Any, rules: Rules) -> Iterator[FhirPerson]:
    """The persons of a QuestionnaireResponse or a Bundle, in their order."""
    notes: list[str] = []
    fields = Fields(
        rules.vocabulary,
        None,
        left_out=lambda name: notes.append(f"not a question that is known: `{name}`"),
        note=notes.append,
    )
    for resource in resources(iter([JsonLine(value, None, "")])):
        notes.clear()
        try:
            found, problem = fhir_subject(resource, fields), ""
        except SubjectError as error:
            found, problem = None, str(error)
        yield FhirPerson(found, problem, tuple(dict.fromkeys(notes)))


def risk_assessments(
    rules: Rules, people: Mapping[int, Assessment], *, name: str
) -> Iterator[dict[str, Any]]:
    """The resource of each assessment, with its number; `name` is where they stood."""
    results = assessed_of(people.items(), rules.catalogue).results
    named = results.with_columns(pl.lit(name).alias("file"))
    yield from RiskAssessments(rules).of(named.select(LONG.names()))
