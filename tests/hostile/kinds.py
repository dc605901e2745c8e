"""Kinds: every way in, and how often each is tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hostile import commands, documents, papers, people, tables
from hostile.inputs import Kind

KINDS: Final[Mapping[str, Kind]] = {
    "people": Kind(people.drawn, 20, 10, people.options),
    "tables": Kind(tables.delimited, 40, 24, tables.options),
    "long": Kind(tables.long_form, 40, 4, tables.options),
    "records": Kind(documents.records, 40, 12, tables.options),
    "fhir": Kind(documents.fhir, 40, 10, tables.options),
    "phenopackets": Kind(documents.phenopackets, 40, 8, tables.options),
    "workbooks": Kind(tables.workbook, 20, 6, tables.options),
    "parquet": Kind(tables.parquet, 40, 10, tables.options),
    "maps": Kind(papers.map_, 1, 2),
    "rules": Kind(papers.rule_folder, 1, 4),
    "manifests": Kind(papers.manifest, 1, 2),
    "sessions": Kind(papers.session, 1, 1),
    "scenarios": Kind(papers.scenarios, 1, 1),
    "subjects": Kind(papers.subject, 1, 3),
    "commands": Kind(commands.line, 1, 5),
}
