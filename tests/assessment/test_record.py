"""The assessment record: JSON that keeps its contract and loses nothing."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.assessment.record import assessment_json, assessment_schema
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.intake.records import subject_from_json
from places import SMALL_RULES
from random_laws import examples

FOLDER = SMALL_RULES
SMALL = minsight.load(FOLDER, cache=False)
CASES, _ISSUES = read_cases(FOLDER)
PEOPLE = {p.name: subject_of(p.subject) for c in CASES.values() for p in c.people}
MIXED = Subject(
    subject_id="007",
    present=("grey nails", "itchy skin", "qqqq"),
    absent=("fever",),
    unsure=("blotches",),
    groups=("deep well",),
    measurements=(Measurement("alum in serum", 19, "ug/L"),),
    age="30",
    sex="f",
)


def record_of(subject: Subject) -> Any:
    return json.loads(assessment_json(SMALL.assess(subject)))


def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(assessment_schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(assessment_schema())
    assert assessment_schema()["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_assessment_keeps_the_schema(name: str) -> None:
    assert list(schema().iter_errors(record_of(PEOPLE[name]))) == []


def test_an_assessment_with_everything_keeps_the_schema() -> None:
    record = record_of(MIXED)
    assert list(schema().iter_errors(record)) == []
    assert record["candidates"]
    assert record["unrecognised"]


def test_a_shipped_assessment_keeps_the_schema(rules: minsight.Rules) -> None:
    subject = Subject(
        present=("always tired", "pallor", "spoon_nails", "qqqq"), age="28", sex="f"
    )
    record = json.loads(assessment_json(rules.assess(subject)))
    assert list(schema().iter_errors(record)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("urgency", None), ("candidates", "iron"), ("subject_id", 7), ("notes", [1])],
)
def test_the_schema_refuses_what_is_no_assessment(key: str, value: object) -> None:
    """A schema that lets everything through would prove nothing."""
    record = record_of(MIXED)
    assert not schema().is_valid(record | {key: value})
    del record[key]
    assert not schema().is_valid(record)


def test_a_record_has_the_keys_of_the_contract() -> None:
    """The keys that design promises; more may be added, none may go."""
    record = record_of(MIXED)
    candidate = record["candidates"][0]
    wanted = {
        "subject_id rules urgency candidates recognised unrecognised notes": record,
        "version fingerprint": record["rules"],
        "level reasons": record["urgency"],
        "mineral rank level points reasons against brakes missing tests": candidate,
        "rule says matched strength cluster counted because grade sources": (
            candidate["reasons"][0]
        ),
        "text id kind by similarity": record["recognised"][0],
        "text suggestions": record["unrecognised"][0],
    }
    for keys, part in wanted.items():
        assert [key for key in keys.split() if key not in part] == []


def test_an_id_with_leading_zeros_stays_text() -> None:
    assert record_of(MIXED)["subject_id"] == "007"
    line = b'{"subject_id": "0012", "present": []}'
    assert record_of(subject_from_json(line))["subject_id"] == "0012"


def test_everything_said_is_in_the_record() -> None:
    record = record_of(MIXED)
    texts = {match["text"] for match in record["recognised"]}
    assert texts == {
        "grey nails",
        "itchy skin",
        "fever",
        "blotches",
        "deep well",
        "alum in serum 19 ug/L",
    }
    assert [match["text"] for match in record["unrecognised"]] == ["qqqq"]


def test_indentation_changes_nothing_but_the_look() -> None:
    assessment = SMALL.assess(MIXED)
    short, long = assessment_json(assessment), assessment_json(assessment, indent=2)
    assert "\n" not in short
    assert long.startswith('{\n  "')
    assert json.loads(short) == json.loads(long)


@examples(100)
@given(id_=st.text(max_size=20), text=st.text(max_size=20))
@example(id_="", text="0M")  # an age and a sex
def test_any_text_comes_back_from_the_record(id_: str, text: str) -> None:
    """Whole, or where something in it is recognised, stretch by stretch."""
    found = SMALL.assess(Subject(subject_id=id_, present=(text,)))
    record = json.loads(assessment_json(found))
    said = [one["text"] for one in record["recognised"] + record["unrecognised"]]
    told = [one.text for one in found.recognised]
    assert said == told + [one.text for one in found.unrecognised]
    assert said == [text] or found.recognised
    assert record["subject_id"] == id_


@pytest.mark.parametrize("broken", ["\udcff", "itch \ud800"])
def test_text_that_is_no_unicode_is_refused(broken: str) -> None:
    """A command line that is not UTF-8 brings such text; no record can hold it."""
    with pytest.raises(SubjectError):
        assessment_json(SMALL.assess(Subject(present=(broken,))))
