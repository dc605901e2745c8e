"""RiskAssessments: valid FHIR R4, a resource for every person, all that results say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.riskassessment import RiskAssessment
from hypothesis import given
from hypothesis import strategies as st

import made_up_results
import minsight
from banned import banned_in
from made_up_results import HOSTILE, Person, Said, frame_of, quiet
from minsight.errors import FileError
from minsight.screening.results.risk_assessments import RiskAssessments, check_resource
from minsight.screening.results.schema import SEPARATOR
from minsight.screening.sinks import sink_for
from random_laws import examples

IRON = Said(
    "iron", "typical_pattern", 9, "iron.koilonychia; iron.pagophagia", "", "adult"
)
ZINC = Said("zinc", "few_findings", 0, "", "", "")

# What http://hl7.org/fhir/R4/riskassessment.html allows, for the elements we write.
ELEMENTS: Final = {
    "resourceType", "id", "language", "text", "extension", "identifier", "status",
    "method", "subject", "prediction", "note",
}  # fmt: skip
OF_PREDICTION: Final = {"outcome", "qualitativeRisk", "rationale"}
ID: Final = r"[A-Za-z0-9\-\.]{1,64}"
CODE: Final = r"[^\s]+(\s[^\s]+)*"
URI: Final = r"\S*"
STRING: Final = r"[ \r\n\t\S]+"


def written(results: pl.DataFrame, rules: minsight.Rules) -> list[dict[str, Any]]:
    """Resources as they stand in a file, after the texts were made writable."""
    return list(RiskAssessments(rules).of(results))


def values(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value under a key, at any depth."""
    yield key, node
    if isinstance(node, dict):
        for name, value in node.items():
            yield from values(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from values(value, key)


def assert_is_r4(resource: dict[str, Any]) -> None:
    """What R4 demands of a resource in JSON, beside what fhir.resources checks."""
    assert set(resource) <= ELEMENTS
    assert re.fullmatch(ID, resource["id"])
    assert resource["status"] == "final"
    for prediction in resource.get("prediction", []):
        assert set(prediction) <= OF_PREDICTION
    for key, value in values(resource):
        assert value not in ("", [], {}, None), key
        if key in ("system", "url"):
            assert re.fullmatch(URI, value, re.ASCII)
        elif key == "code":
            assert re.fullmatch(CODE, value)
        elif isinstance(value, str):
            assert re.fullmatch(STRING, value, re.ASCII), (key, value)
    div = ET.fromstring(resource["text"]["div"])
    assert div.tag == "{http://www.w3.org/1999/xhtml}div"
    assert {part.tag.rpartition("}")[2] for part in div.iter()} <= {
        *("div", "p", "ol", "li")
    }


@examples(40)
@given(data=st.data())
def test_every_person_is_a_valid_resource_with_all_their_candidates(
    rules: minsight.Rules, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    people = data.draw(made_up_results.people(rules))
    path = tmp_path_factory.mktemp("fhir") / "out.fhir.ndjson"
    with sink_for(path, path, rules=rules, validate=True) as write:
        write(frame_of(people))
    lines = path.read_bytes().splitlines()
    assert len(lines) == len(people)
    for line, person in zip(lines, people, strict=True):
        resource = json.loads(line)
        assert_is_r4(resource)
        assert RiskAssessment.model_validate_json(line).id == resource["id"]
        assert [
            (
                p["outcome"]["coding"][0]["code"],
                p["qualitativeRisk"]["coding"][0]["code"],
            )
            for p in resource.get("prediction", [])
        ] == [(one.mineral, one.level) for one in person.candidates]
        cells = [one.reasons + SEPARATOR + one.against for one in person.candidates]
        for cell, told in zip(cells, resource.get("prediction", []), strict=True):
            named = set(filter(None, cell.split(SEPARATOR)))
            assert named == set(re.findall(r"\[(\w+\.\w+);", told.get("rationale", "")))


def test_a_resource_says_what_the_docs_say(rules: minsight.Rules) -> None:
    people = [Person("007", "same_day", "seizure", (IRON, ZINC))]
    (resource,) = written(frame_of(people), rules)
    assert resource["subject"] == {"type": "Patient", "identifier": {"value": "007"}}
    assert resource["identifier"] == [
        {"system": "urn:minsight:row", "value": "people.csv#1"}
    ]
    assert resource["method"]["coding"][0]["code"] == rules.fingerprint
    urgency, judged = resource["extension"]
    assert urgency["valueCoding"]["code"] == "same_day"
    assert judged == {"url": "urn:minsight:urgency-judged", "valueBoolean": True}
    iron, zinc = resource["prediction"]
    assert iron["outcome"]["text"] == "iron lack"
    assert (
        iron["qualitativeRisk"]["text"] == "Fits the typical picture; a test can tell."
    )
    kinds = [line.split(" ", 1)[0] for line in iron["rationale"].splitlines()]
    assert kinds[:3] == ["For:", "For:", "Held"]
    assert set(kinds[3:]) == {"Source"}
    assert "rationale" not in zinc
    warning = "A seizure needs emergency care, whatever its cause. [seizure]"
    assert resource["note"][0]["text"].splitlines()[1] == warning
    assert resource["note"][-1]["text"] == rules.catalogue.footer


def test_a_person_without_candidates_is_told_what_that_means(
    rules: minsight.Rules,
) -> None:
    (resource,) = written(frame_of(quiet("a")), rules)
    assert "prediction" not in resource
    said = resource["note"][1]["text"]
    assert said.startswith("Nothing here points to a lack of iron,")
    assert said.endswith("cannot rule it out.")


def test_nothing_reassuring_is_said_of_who_was_not_understood(
    rules: minsight.Rules,
) -> None:
    people = [
        Person("a", "none", "", (), judged=False),
        Person("b", "same_day", "seizure", (), judged=False),
    ]
    calm, today = written(frame_of(people), rules)
    for resource in (calm, today):
        assert resource["extension"][1]["valueBoolean"] is False
    for said in (
        calm["extension"][0]["valueCoding"]["display"],
        calm["note"][0]["text"],
    ):
        assert said == rules.catalogue.not_judged["any"]
    assert "<p>Not judged, because" in calm["text"]["div"]
    assert today["note"][0]["text"].splitlines()[0] == (
        "See a health professional today."
    )


def test_in_an_emergency_the_text_for_people_names_no_minerals(
    rules: minsight.Rules,
) -> None:
    people = [Person(u, u, "", (IRON,)) for u in ("same_day", "emergency")]
    today, now = written(frame_of(people), rules)
    assert "iron lack" in today["text"]["div"]
    assert "iron lack" not in now["text"]["div"]
    assert len(now["prediction"]) == 1


def test_ids_are_the_same_on_every_run_and_differ_between_rows_and_files(
    rules: minsight.Rules,
) -> None:
    results = pl.concat(
        [
            frame_of(quiet("a", "a", *HOSTILE)),
            frame_of(quiet("a", *HOSTILE), file="other.csv"),
        ]
    )
    ids = [resource["id"] for resource in written(results, rules)]
    assert len(set(ids)) == results.height
    assert ids == [resource["id"] for resource in written(results, rules)]


def test_a_person_without_an_id_is_named_by_their_place(rules: minsight.Rules) -> None:
    for resource in written(frame_of(quiet("", "  ")), rules):
        assert_is_r4(resource)
        assert resource["subject"]["display"] == resource["identifier"][0]["value"]


def test_what_fhir_cannot_hold_is_replaced_and_counted(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "o.fhir.ndjson"
    with sink_for(out, out, rules=rules) as write:
        write(frame_of(quiet("a\x00", "b", "c\nd")))
    assert write.made_safe == 1
    lines = out.read_bytes().splitlines()
    ids = [json.loads(x)["subject"]["identifier"]["value"] for x in lines]
    assert ids == ["a\ufffd", "b", "c\nd"]


@pytest.mark.parametrize("people", [[], quiet("a"), quiet(*HOSTILE)])
def test_a_bundle_is_valid_with_and_without_people(
    people: list[Person], rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "o.fhir.json"
    with sink_for(out, out, rules=rules) as write:
        if people:
            write(frame_of(people))
    bundle = json.loads(out.read_bytes())
    assert Bundle.model_validate_json(out.read_bytes()).type == "collection"
    assert bundle.get("entry", [{}]) != []
    urls = [entry["fullUrl"] for entry in bundle.get("entry", [])]
    ids = [entry["resource"]["id"] for entry in bundle.get("entry", [])]
    assert urls == [f"urn:uuid:{id_}" for id_ in ids]
    assert len(set(urls)) == len(people)


def test_a_resource_that_is_not_valid_is_refused_with_its_place() -> None:
    resource = {
        "resourceType": "RiskAssessment",
        "status": "final",
        "identifier": [{"value": "p.csv#4"}],
    }
    with pytest.raises(FileError, match=r"`p\.csv#4`.*subject: field required"):
        check_resource(resource)


def test_no_resource_holds_a_banned_word(rules: minsight.Rules) -> None:
    """All rules, warnings, levels and brakes at once; titles of sources are quoted."""
    flags = [*(f.id for f in rules.catalogue.flags)]
    flags += [rule.id for rule in rules.catalogue.rules if rule.urgency != "none"]
    all_of = rules.catalogue.rules_of
    brakes = SEPARATOR.join(brake.id for brake in rules.catalogue.brakes)

    def ids(mineral: str, says: str) -> str:
        return SEPARATOR.join(r.id for r in all_of.get(mineral, ()) if r.says == says)

    said = tuple(
        Said(m, "measured_low", 1, ids(m, "for"), ids(m, "against"), brakes)
        for m in rules.program.minerals
    )
    people = [Person("a", "soon", SEPARATOR.join(flags), said), *quiet("b")]
    for resource in written(frame_of(people), rules):
        assert_is_r4(resource)
        check_resource(resource)
        for _, value in values(resource):
            if isinstance(value, str):
                assert banned_in(re.sub("(?m)^Source .*$", "", value)) == []
