"""The pages on files in and out say what the code does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from fhir.resources.R4B.riskassessment import RiskAssessment

import minsight
from banned import banned_in
from made_up_results import Person, Said, frame_of
from minsight.screening.formats import RESULTS
from minsight.screening.mapping import value_sets as spellings
from minsight.screening.mapping.document import MapDocument
from minsight.screening.mapping.person_headings import PERSON_HEADINGS, TEXTS
from minsight.screening.results.layouts import layout_for
from minsight.screening.results.risk_assessments import RiskAssessments
from places import ROOT

DOCS: Final = ROOT / "docs"
SCREENING: Final = (DOCS / "screening.md").read_text(encoding="utf-8")
FHIR: Final = (DOCS / "fhir.md").read_text(encoding="utf-8")


def rows_below(heading: str) -> dict[str, str]:
    """The first table below a heading: first cells, and what stands beside them."""
    table = SCREENING.partition(f"\n{heading}\n")[2].partition("|---")[2]
    lines = table.partition("\n\n")[0].splitlines()[1:]
    cells = [line.strip("| ").split(" | ", 1) for line in lines]
    return {first.strip("`"): rest for first, rest in cells}


@pytest.mark.parametrize(
    ("heading", "wide"),
    [
        ("### Long: a row for each person and candidate", False),
        ("### Wide: a row a person", True),
    ],
)
def test_the_tables_of_columns_are_those_of_the_files(
    heading: str, wide: bool, rules: minsight.Rules
) -> None:
    told = list(rows_below(heading).items())
    assert told == list(layout_for(rules, wide=wide).meanings.items())


def test_the_spellings_of_the_page_are_those_that_are_read() -> None:
    usual = spellings.USUAL
    expected = {
        "observed": usual.observed,
        "excluded": usual.excluded,
        "unknown": usual.unknown,
    }
    told = rows_below("### Spellings of answers")
    for meant, texts in expected.items():
        assert set(re.findall(r"`([^`]+)`", told[meant])) == texts


def test_the_names_of_columns_of_the_page_are_read() -> None:
    told = rows_below("### A row a person")
    names = {re.sub("_", " ", n) for n in re.findall(r"`(\w+)`", str(told))}
    assert {n for n, (role, _) in PERSON_HEADINGS.items() if role == "id"} <= names
    assert {n for n, (role, _) in PERSON_HEADINGS.items() if role == "sex"} <= names
    assert set(TEXTS) - {"beschwerden"} <= names


def test_the_keys_of_maps_and_the_endings_of_results_are_all_there() -> None:
    for key in MapDocument.model_fields:
        assert f"`{key}:" in SCREENING
    for ending in RESULTS:
        assert f"`{ending.removesuffix('.gz')}`" in SCREENING


def test_links_of_the_pages_lead_somewhere() -> None:
    for text in (SCREENING, FHIR):
        for link in re.findall(r"\]\((?!http)([^)#]+)", text):
            assert (DOCS / link).exists(), link


def keys(node: Any, above: str = "") -> Iterator[str]:
    """Every key of a resource with the keys above it."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield f"{above}.{key}"
            yield from keys(value, f"{above}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from keys(value, above)


def test_the_resource_of_the_page_is_valid_and_like_those_that_are_written(
    rules: minsight.Rules,
) -> None:
    block = re.search(r"```json\n(.*?)```", FHIR, re.DOTALL)
    assert block is not None
    shown = json.loads(block[1])
    RiskAssessment.model_validate(shown)
    iron = Said("iron", "partial_pattern", 4, "iron.koilonychia", "", "")
    results = frame_of([Person("007", "none", "", (iron,), months=408, sex="female")])
    (made,) = RiskAssessments(rules).of(results)
    assert set(keys(shown)) == set(keys(made))
    assert set(made) - {"resourceType", "language"} <= set(re.findall(r"`(\w+)`", FHIR))


def test_the_pages_hold_no_banned_word() -> None:
    for text in (SCREENING, FHIR):
        assert banned_in(text) == []
