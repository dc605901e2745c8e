"""Outcomes: what a run has written, read by other means than it was written by."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import fastexcel
import pyarrow.parquet

Found: TypeAlias = dict[str, dict[int, object]]
"""For each file and row: the urgency, and the candidates with their levels."""


def inputs_of(manifest: Path) -> dict[str, Mapping[str, Any]]:
    """What the manifest tells of each input."""
    told = json.loads(manifest.read_bytes())
    return {one["name"]: one for one in told["inputs"]}


def rejected_of(path: Path) -> dict[str, set[int]]:
    """The rejected rows of each file."""
    found: dict[str, set[int]] = defaultdict(set)
    if path.exists():
        for line in _lines(path.read_bytes().decode(), ","):
            if line["row"]:
                found[_plain(line["file"])].add(int(line["row"]))
    return found


def results_of(path: Path) -> Found:
    """What was found of each row of each file.

    Full assessments name neither; they stand under `""` in the order of the people.
    """
    name = path.name
    raw = path.read_bytes()
    if name.endswith(".gz"):
        raw, name = gzip.decompress(raw), name.removesuffix(".gz")
    if name.endswith(".jsonl"):
        return _of_records(raw)
    if "fhir" in name:
        return _of_resources(_resources(raw, name))
    rows = _rows(path, raw, name)
    first = next(rows, None)
    if first is None:
        return {}
    wide = "first" in first
    return (_of_wide if wide else _of_long)(_with(first, rows))


def _with(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _lines(text: str, separator: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True
    )


def _plain(cell: str) -> str:
    """A cell without the apostrophe that makes it safe."""
    return cell.removeprefix("'")


def _rows(path: Path, raw: bytes, name: str) -> Iterator[Mapping[str, Any]]:
    if name.endswith(".parquet"):
        yield from pyarrow.parquet.read_table(path).to_pylist()
    elif name.endswith(".xlsx"):
        sheet = fastexcel.read_excel(path).load_sheet("results", dtypes="string")
        yield from sheet.to_arrow().to_pylist()
    else:
        separator = "\t" if name.endswith(".tsv") else ","
        yield from _lines(raw.decode(), separator)


def _of_long(rows: Iterable[Mapping[str, Any]]) -> Found:
    gathered: dict[tuple[str, int], tuple[str, list[tuple[int, str, str]]]] = {}
    for row in rows:
        place = (_plain(row["file"]), int(row["row"]))
        _, candidates = gathered.setdefault(place, (row["urgency"], []))
        if row["mineral"]:
            candidates.append((int(row["rank"]), row["mineral"], row["level"]))
    return _by_file(gathered)


def _of_wide(rows: Iterable[Mapping[str, Any]]) -> Found:
    gathered: dict[tuple[str, int], tuple[str, list[tuple[int, str, str]]]] = {}
    for row in rows:
        ranked = [
            (int(rank), name.removesuffix("_rank"))
            for name, rank in row.items()
            if name.endswith("_rank") and rank not in (None, "")
        ]
        candidates = [(rank, one, row[f"{one}_level"]) for rank, one in ranked]
        gathered[_plain(row["file"]), int(row["row"])] = (row["urgency"], candidates)
    return _by_file(gathered)


def _by_file(
    gathered: Mapping[tuple[str, int], tuple[str, list[tuple[int, str, str]]]],
) -> Found:
    found: Found = defaultdict(dict)
    for (file, row), (urgency, candidates) in gathered.items():
        ranked = tuple((mineral, level) for _, mineral, level in sorted(candidates))
        found[file][row] = (urgency, ranked)
    return found


def _of_records(raw: bytes) -> Found:
    found: dict[int, object] = {}
    for number, line in enumerate(raw.splitlines(), start=1):
        one = json.loads(line)
        ranked = tuple((c["mineral"], c["level"]) for c in one["candidates"])
        found[number] = (one["urgency"]["level"], ranked)
    return {"": found}


def _resources(raw: bytes, name: str) -> Iterator[Mapping[str, Any]]:
    if name.endswith(".ndjson"):
        return map(json.loads, raw.splitlines())
    return (entry["resource"] for entry in json.loads(raw).get("entry", ()))


def _of_resources(resources: Iterable[Mapping[str, Any]]) -> Found:
    found: Found = defaultdict(dict)
    for one in resources:
        file, _, row = one["identifier"][0]["value"].rpartition("#")
        ranked = tuple(
            (
                prediction["outcome"]["coding"][0]["code"],
                prediction["qualitativeRisk"]["coding"][0]["code"],
            )
            for prediction in one.get("prediction", ())
        )
        told = {e["url"].rpartition(":")[2]: e for e in one["extension"]}
        urgency = told["urgency"]["valueCoding"]["code"]
        found[file][int(row)] = (urgency, ranked)
    return found


def placed(
    found: Mapping[int, object],
    inputs: Mapping[str, Mapping[str, Any]],
    rejected: Mapping[str, set[int]],
) -> Found:
    """Full assessments under the file and row of the person each must be of."""
    left = iter(found.values())
    by_file: Found = {}
    for name, told in inputs.items():
        aside = rejected.get(name, set())
        rows = [row for row in range(1, told["rows"] + 1) if row not in aside]
        if len(rows) != told["assessed"]:  # persons of several lines
            rows = list(range(-told["assessed"], 0))
        by_file[name] = dict(zip(rows, left))  # noqa: B905 - what is missing is a fault
    by_file[""] = dict(enumerate(left))
    return by_file
