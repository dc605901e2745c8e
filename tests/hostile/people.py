"""People: random ones, in every form that the program reads, and what fits them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from functools import cache
from typing import Any, Final

import polars as pl
from xlsxwriter import Workbook

import minsight
from hostile.inputs import Chance, Input
from hostile.mutations import packed
from minsight.errors import SubjectError
from minsight.intake.subject import Measurement, Subject

Person = dict[str, Any]
"""The cells of a person: id, age, sex, and an answer or value for each question."""

MEASURED: Final = {"ferritin": "ug/L", "haemoglobin": "g/L", "serum_calcium": "mmol/L"}
VALUES: Final = {
    "ferritin": (1, 400),
    "haemoglobin": (30, 180),
    "serum_calcium": (1, 4),
}
"""Of what size values are, so that no column of them looks like another unit."""
_ABOUT: Final = ("subject_id", "age_days", "sex")
ENDINGS: Final = (
    "csv", "tsv", "semicolon.csv", "pipe.txt", "utf16.csv", "csv.gz", "parquet", "xlsx",
    "jsonl", "json", "fhir.json", "fhir.ndjson", "phenopacket.json",
)  # fmt: skip
OUTPUTS: Final = (
    "csv",
    "tsv",
    "csv.gz",
    "parquet",
    "xlsx",
    "jsonl",
    "fhir.json",
    "fhir.ndjson",
)
ENGINES: Final = ("columnar", "reference", "forward")


@cache
def rules() -> minsight.Rules:
    """The shipped rules, for the answers that must come."""
    return minsight.load()


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = rules().vocabulary
    asked = [group.id for group in known.groups if group.category != "life_stage"]
    return tuple(finding.id for finding in known.findings), tuple(asked)


def person(chance: Chance, number: int) -> Person:
    """Anyone: some findings, groups and values, an age and a sex, all known or not."""
    findings, groups = _words()
    some = chance.sample(findings, chance.randint(0, 12))
    some += chance.sample(groups, chance.randint(0, 3))
    yes = chance.random()
    cells: Person = {"subject_id": f"p{number}"}
    if chance.random() < 0.8:
        cells["age_days"] = chance.choice((1, 200, 1_000, 5_000, 10_000, 27_000))
    if chance.random() < 0.8:
        cells["sex"] = chance.choice(("female", "male"))
    cells |= {id_: chance.random() < yes for id_ in some}
    for name, (least, most) in VALUES.items():
        if chance.random() < 0.2:
            # No whole number: 98 and 99 may stand for "not known" in a table.
            cells[name] = chance.randint(4 * least, 4 * most) / 4 + 0.125
    return cells


def drawn(chance: Chance) -> Input:
    """Some people in one form, with what must be found of each."""
    crowd = [person(chance, number) for number in range(1, chance.randint(2, 13))]
    ending = chance.choice(ENDINGS)
    expected = {row: fitting(cells) for row, cells in enumerate(crowd, start=1)}
    name = f"people.{ending}"
    return Input({name: written(crowd, ending)}, (), len(crowd), expected=expected)


def options(chance: Chance) -> tuple[Sequence[str], str]:
    """An engine, and a form of the results."""
    ending = chance.choice(OUTPUTS)
    ways = ENGINES[1:] if ending == "jsonl" else ENGINES
    more = ["--wide"] if ending in OUTPUTS[:5] and chance.random() < 0.3 else []
    return ["--engine", chance.choice(ways), *more], f"out.{ending}"


# --- what must be found ---------------------------------------------------------------


def fitting(cells: Person) -> object:
    """Urgency and candidates by the reference; None when the answers are at odds."""
    try:
        found = rules().assess(subject_of(cells), engine="reference")
    except SubjectError:
        return None
    ranked = tuple((one.mineral, one.level) for one in found.candidates)
    return (found.urgency.level, ranked)


def subject_of(cells: Person) -> Subject:
    """The person as a record says it."""
    findings, _ = _words()
    said = {key: value for key, value in cells.items() if isinstance(value, bool)}

    def ids(*, holds: bool, finding: bool) -> tuple[str, ...]:
        return tuple(
            key
            for key, value in said.items()
            if value is holds and (key in findings) is finding
        )

    return Subject(
        subject_id=cells["subject_id"],
        age_days=cells.get("age_days"),
        sex=cells.get("sex"),
        present=ids(holds=True, finding=True),
        absent=ids(holds=False, finding=True),
        groups=ids(holds=True, finding=False),
        not_groups=ids(holds=False, finding=False),
        measurements=tuple(
            Measurement(name, cells[name], unit)
            for name, unit in MEASURED.items()
            if name in cells
        ),
    )


# --- written in every form ------------------------------------------------------------


def written(crowd: Sequence[Person], ending: str) -> bytes:
    """The people as the bytes of a file."""
    match ending:
        case "parquet" | "xlsx":
            return _frame_bytes(crowd, ending)
        case "jsonl":
            return b"".join(_json(record(one)) + b"\n" for one in crowd)
        case "json":
            return _json([record(one) for one in crowd])
        case "fhir.ndjson":
            return b"".join(_json(response(one)) + b"\n" for one in crowd)
        case "fhir.json":
            entries = [{"resource": response(one)} for one in crowd]
            return _json(
                {"resourceType": "Bundle", "type": "collection", "entry": entries}
            )
        case "phenopacket.json":
            return _json([packet(one) for one in crowd])
    return _delimited(crowd, ending)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def header(crowd: Sequence[Person]) -> list[str]:
    """All columns that somebody fills, and one more, as a table needs a question."""
    return list(
        dict.fromkeys(("subject_id", "fatigue", *(key for one in crowd for key in one)))
    )


def table(crowd: Sequence[Person], *, comma: bool = False) -> list[list[str]]:
    """Header and rows as text."""
    columns = header(crowd)
    rows = [[_cell(one.get(name), comma=comma) for name in columns] for one in crowd]
    return [columns, *rows]


def _cell(value: object, *, comma: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    return text.replace(".", ",") if comma and isinstance(value, float) else text


def _delimited(crowd: Sequence[Person], ending: str) -> bytes:
    separator = {"t": "\t", "s": ";", "p": "|"}.get(ending[0], ",")
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(
        table(crowd, comma=separator == ";")
    )
    encoded = text.getvalue().encode("utf-16" if "utf16" in ending else "utf-8")
    return packed(encoded) if ending.endswith(".gz") else encoded


def frame(crowd: Sequence[Person]) -> pl.DataFrame:
    """The people as a table with types."""
    columns = {name: [one.get(name) for one in crowd] for name in header(crowd)}
    return pl.DataFrame(columns, strict=False)


def _frame_bytes(crowd: Sequence[Person], ending: str) -> bytes:
    target = io.BytesIO()
    if ending == "parquet":
        frame(crowd).write_parquet(target)
        return target.getvalue()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=timezone.utc)})
        frame(crowd).write_excel(book)
    return target.getvalue()


def record(cells: Person) -> dict[str, Any]:
    """The person as a subject record."""
    subject = subject_of(cells)
    lists = ("present", "absent", "groups", "not_groups")
    about = {name: cells[name] for name in _ABOUT if name in cells}
    measured = [
        {"name": one.name, "value": one.value, "unit": one.unit}
        for one in subject.measurements
    ]
    said = {name: list(getattr(subject, name)) for name in lists}
    return about | said | {"measurements": measured}


def response(cells: Person) -> dict[str, Any]:
    """The person as a QuestionnaireResponse."""
    items = [
        {"linkId": key, "answer": [_answer(key, value)]}
        for key, value in cells.items()
        if key != "subject_id"
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": {"identifier": {"value": cells["subject_id"]}},
        "item": items,
    }


def _answer(key: str, value: object) -> Mapping[str, object]:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if key == "age_days":
        return {"valueQuantity": {"value": value, "unit": "days"}}
    if key in MEASURED:
        return {"valueQuantity": {"value": value, "unit": MEASURED[key]}}
    return {"valueString": value}


def packet(cells: Person) -> dict[str, Any]:
    """The person as a phenopacket; labels stand for what has no code."""
    features = [
        {"type": {"id": "", "label": key}, "excluded": not value}
        for key, value in cells.items()
        if isinstance(value, bool)
    ]
    values = [
        {
            "assay": {"id": "", "label": name},
            "value": {"quantity": {"unit": {"label": unit}, "value": cells[name]}},
        }
        for name, unit in MEASURED.items()
        if name in cells
    ]
    subject: dict[str, Any] = {"id": cells["subject_id"]}
    if "sex" in cells:
        subject["sex"] = cells["sex"].upper()
    if "age_days" in cells:
        age = {"iso8601duration": f"P{cells['age_days']}D"}
        subject["timeAtLastEncounter"] = {"age": age}
    return {
        "id": cells["subject_id"],
        "subject": subject,
        "phenotypicFeatures": features,
        "measurements": values,
    }
