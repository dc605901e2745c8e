"""Records: subjects from JSON and YAML, assessments to JSON that keeps its contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.cases import subject_of
from minsight.folder import read_cases
from minsight.records import (
    MOST_BYTES,
    assessment_json,
    assessment_schema,
    measurement_from_text,
    read_subject,
    reject_json,
    subject_from_json,
)

FOLDER = Path(__file__).parent / "small_rules"
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


# --- assessments --------------------------------------------------------------------


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


@settings(max_examples=100, deadline=None)
@given(id_=st.text(max_size=20), text=st.text(max_size=20))
def test_any_text_comes_back_from_the_record(id_: str, text: str) -> None:
    record = record_of(Subject(subject_id=id_, present=(text,)))
    (said,) = record["recognised"] + record["unrecognised"]
    assert (record["subject_id"], said["text"]) == (id_, text)


@pytest.mark.parametrize("broken", ["\udcff", "itch \ud800"])
def test_text_that_is_no_unicode_is_refused(broken: str) -> None:
    """A command line that is not UTF-8 brings such text; no record can hold it."""
    with pytest.raises(SubjectError):
        assessment_json(SMALL.assess(Subject(present=(broken,))))


# --- one subject --------------------------------------------------------------------

BOM = b"\xef\xbb\xbf"
AS_JSON = b'{"subject_id": "a", "age_months": 9, "present": ["itch"], "sex": "f"}'
AS_YAML = b"subject_id: a\nage_months: 9\npresent: [itch]\nsex: f\n"


@pytest.mark.parametrize(
    "raw",
    [AS_JSON, AS_YAML, BOM + AS_JSON, BOM + AS_YAML, b"\n\t " + AS_JSON],
    ids=["JSON", "YAML", "JSON with BOM", "YAML with BOM", "indented JSON"],
)
def test_json_and_yaml_give_the_same_subject(raw: bytes) -> None:
    expected = Subject(subject_id="a", present=("itch",), age="9mo", sex="female")
    assert read_subject(raw, "a file") == expected


@pytest.mark.parametrize("written", ["007", "0123", "1_000", "12:30", "0x10", "1e3"])
def test_an_id_in_yaml_is_kept_or_refused_never_changed(written: str) -> None:
    """YAML reads `007` as 7: the id of another person."""
    try:
        subject = read_subject(f"subject_id: {written}\n".encode(), "a file")
    except SubjectError as error:
        assert "quotes" in str(error)
    else:
        assert subject.subject_id == written


def test_a_quoted_id_in_yaml_is_kept() -> None:
    assert read_subject(b"subject_id: '007'\n", "a file").subject_id == "007"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "must be an object"),
        (b"[]", "must be an object"),
        (b"hello", "must be an object"),
        (b'{"present": ["a"', "not JSON"),
        (b'{"present": NaN}', "not JSON"),
        (b'{} {"present": []}', "not JSON"),
        (b"present: [a\n", "not valid YAML"),
        (b"present: [a]\npresent: [b]\n", "stands twice"),
        (b"present: &a [x]\nabsent: *a\n", "alias"),
        (b"present: !!python/object:os.system x\n", "tag"),
        (b"present: [\xff]\n", "UTF-8"),
        ("present: [a]".encode("utf-16"), "UTF-8"),
        (b"[" * 100_000, "deep"),
        (b'{"present":' + b"[" * 100_000, "not JSON"),
        (b"presnt: [a]\n", "did you mean `present`?"),
        (b"age_years: .nan\n", "age"),
        (b"age_years: 0x" + b"f" * 5_000, "age_years"),
        (b"subject_id: 0x" + b"f" * 5_000, "a file"),
        (b"present: [0x" + b"f" * 5_000 + b"]", "a file"),
    ],
    ids=range(19),
)
def test_what_is_no_subject_is_refused_with_the_name_of_the_file(
    raw: bytes, words: str
) -> None:
    with pytest.raises(SubjectError) as caught:
        read_subject(raw, "a file")
    message = str(caught.value)
    assert message.startswith("a file")
    assert words in message
    assert len(message) < 400


def test_a_subject_is_short() -> None:
    with pytest.raises(SubjectError, match="larger than 2048 KiB"):
        read_subject(b" " * (MOST_BYTES + 1), "a file")


@settings(max_examples=300, deadline=None)
@given(
    raw=st.binary(max_size=60)
    | st.text("{}[]:,'\"- \npresntagyub019.#&*!", max_size=60).map(str.encode)
)
def test_any_bytes_are_a_subject_or_refused(raw: bytes) -> None:
    try:
        subject = read_subject(raw, "a file")
    except SubjectError as error:
        assert str(error).startswith("a file")
    else:
        assert isinstance(subject, Subject)


# --- lines of subjects --------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{",
        b"{]",
        b"nope",
        b"NaN",
        b"{'present': []}",
        b'{"present": ["\xe9"]}',
        b'{"age_years": 1e999}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b'{"present": ["\\ud800"]}',
        b"{}{}",
    ],
    ids=range(13),
)
def test_a_line_that_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(SubjectError) as caught:
        subject_from_json(line)
    assert str(caught.value).startswith("not JSON: ")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("line", [b"null", b"[]", b"1", b'"x"', b"true"])
def test_a_line_that_is_no_object_is_refused(line: bytes) -> None:
    with pytest.raises(SubjectError, match="must be an object"):
        subject_from_json(line)


@pytest.mark.parametrize("digits", [400, 4_000])
def test_a_value_beyond_all_numbers_is_refused(digits: int) -> None:
    number = b"1" + b"0" * digits
    line = b'{"measurements": [{"name": "a", "unit": "g", "value": ' + number + b"}]}"
    with pytest.raises(SubjectError):
        subject_from_json(line)


@settings(max_examples=300, deadline=None)
@given(line=st.binary(max_size=60))
def test_any_line_is_a_subject_or_refused(line: bytes) -> None:
    try:
        subject = subject_from_json(line)
    except SubjectError as error:
        assert str(error)
    else:
        assert isinstance(subject, Subject)


@settings(max_examples=200, deadline=None)
@given(line=st.binary(max_size=60), reason=st.text(max_size=20))
def test_a_rejected_line_is_kept_with_its_number_and_reason(
    line: bytes, reason: str
) -> None:
    written = reject_json(7, line, reason)
    assert "\n" not in written
    text = line.decode("utf-8", errors="replace").rstrip("\r\n")
    assert json.loads(written) == {"line": 7, "reason": reason, "text": text}


# --- measurements as typed ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("ferritin=8 ug/L", "ferritin", 8, "ug/L"),
        ("ferritin=8ug/L", "ferritin", 8, "ug/L"),
        ("  ferritin = 8  ug/L ", "ferritin", 8, "ug/L"),
        ("ferritin=8.5 ug/L", "ferritin", 8.5, "ug/L"),
        ("ferritin=8.5ug/L", "ferritin", 8.5, "ug/L"),
        ("haemoglobin=13.25 g/dL", "haemoglobin", 13.25, "g/dL"),
        ("serum zinc=120 µg/dL", "serum zinc", 120, "µg/dL"),
        ("ferritin=0 ug/L", "ferritin", 0, "ug/L"),
        ("saturation=12 %", "saturation", 12, "%"),
    ],
)
def test_a_measurement_is_read_as_typed(
    text: str, name: str, value: float, unit: str
) -> None:
    assert measurement_from_text(text) == Measurement(name, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ferritin",
        "ferritin=",
        "ferritin=8",
        "ferritin 8 ug/L",
        "=8 ug/L",
        "ferritin=ug/L",
        "ferritin=x ug/L",
        "ferritin=<8 ug/L",
        "ferritin=-3 ug/L",
        "ferritin=nan ug/L",
        "ferritin=inf ug/L",
        "ferritin=1,5 ug/L",
        "ferritin=1_000 ug/L",
        "ferritin=8.5.1 ug/L",
    ],
)
def test_what_is_no_measurement_is_refused(text: str) -> None:
    """A number is never cut in two, with its end taken for a unit."""
    with pytest.raises(SubjectError) as caught:
        measurement_from_text(text)
    assert "ferritin" in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(whole=st.integers(0, 10**6), part=st.integers(0, 999), space=st.booleans())
def test_every_decimal_is_read_whole(whole: int, part: int, space: bool) -> None:
    number = f"{whole}.{part:03}"
    read = measurement_from_text(f"ferritin={number}{' ' if space else ''}ug/L")
    assert read == Measurement("ferritin", float(number), "ug/L")
