"""Results as RiskAssessments: a line each, or entries of one Bundle."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import minsight
from made_up_results import Person, Said, frame_of, quiet
from minsight.errors import FileError
from minsight.screening.formats import ending_of
from minsight.screening.sinks import fhir as module
from minsight.screening.sinks.fhir import fhir_sink

IRON = Said("iron", "typical_pattern", 9, "iron.koilonychia", "", "")
ZINC = Said("zinc", "few_findings", 0, "zinc.hair_loss", "", "adult")
SOME = [Person("007", "soon", "fainting", (IRON, ZINC)), *quiet("b", "c")]


def written(
    path: Path, batches: list[pl.DataFrame], rules: minsight.Rules, **options: bool
) -> int:
    """Write resources; gives how many texts were changed."""
    validate = options.get("validate", False)
    with fhir_sink(path, rules, ending_of(path), validate=validate) as sink:
        for batch in batches:
            sink(batch)
    return sink.made_safe


def lines_of(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_ndjson_is_a_resource_a_line_and_json_one_bundle(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    lines, bundle = tmp_path / "o.fhir.ndjson", tmp_path / "o.fhir.json.gz"
    for out in (lines, bundle):
        written(out, [frame_of(SOME)], rules)
    resources = lines_of(lines)
    entries = json.loads(gzip.decompress(bundle.read_bytes()))["entry"]
    assert len(resources) == len(SOME)
    assert [entry["resource"] for entry in entries] == resources
    for entry in entries:
        assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"


@pytest.mark.parametrize("ending", ["fhir.json", "fhir.ndjson"])
def test_batches_of_any_size_give_the_same_bytes(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    whole = frame_of(quiet("a", "b", "c"))
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    written(one, [whole], rules)
    written(other, [whole[:1], whole.clear(), whole[1:]], rules)
    assert one.read_bytes() == other.read_bytes()


def test_without_people_a_bundle_has_no_entries_and_lines_are_none(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    for batches in ([], [frame_of([])]):
        bundle, lines = tmp_path / "o.fhir.json", tmp_path / "o.fhir.ndjson"
        written(bundle, batches, rules)
        written(lines, batches, rules)
        assert json.loads(bundle.read_bytes()) == {
            "resourceType": "Bundle",
            "type": "collection",
        }
        assert lines.read_bytes() == b""


def test_texts_that_fhir_cannot_hold_are_cut_and_counted(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_CHARACTERS", 20)
    out = tmp_path / "o.fhir.ndjson"
    ids = ["x" * 20, "y" * 21, "=1", "a\x00b"]
    assert written(out, [frame_of(quiet(*ids))], rules) == 2
    text = out.read_text("utf-8")
    assert "y" * 19 + "\u2026" in text
    assert "a\ufffdb" in text
    assert '"=1"' in text


def test_a_resource_that_is_not_valid_stops_the_writing(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Any] = []

    def refuse(resource: Any) -> None:
        checked.append(resource)
        raise FileError("not valid")

    monkeypatch.setattr(module, "check_resource", refuse)
    out = tmp_path / "o.fhir.ndjson"
    assert written(out, [frame_of(SOME)], rules) == 0
    assert checked == []
    with pytest.raises(FileError, match="not valid"):
        written(out, [frame_of(SOME)], rules, validate=True)
    assert len(checked) == 1
