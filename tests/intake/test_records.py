"""Records: subjects and measurements read as written, or refused with what is wrong."""

from __future__ import annotations

import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight import Measurement, Subject, SubjectError
from minsight.ages import parse_age
from minsight.intake.records import (
    MOST_BYTES,
    measurement_from_text,
    read_subject,
    subject_from_json,
    subject_json,
)
from minsight.intake.subject import Comparator
from random_laws import examples

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
        (b'{"present": NaN}', "`NaN` is not a value; leave the entry out"),
        (b'{"sex": "f", "sex": "m"}', "`sex` stands twice; keep one of them"),
        (b'{} {"present": []}', "not JSON"),
        (b"present: [a\n", "not valid YAML"),
        (b"present: [a]\npresent: [b]\n", "stands twice"),
        (b"present: &a [x]\n", "uses the anchor `&a` (write it without)"),
        (b"absent: *a\n", "uses the alias `*a` (write it out)"),
        (b"present: !!python/object:os.system x\n", "tag"),
        (b"present: [\xff]\n", "UTF-8"),
        ("present: [a]".encode("utf-16"), "UTF-8"),
        (b"[" * 100_000, "deep"),
        (b'{"present":' + b"[" * 100_000, "nested too deeply"),
        (b'{"present": ["\xff"]}', "not UTF-8 text; save it as UTF-8"),
        (b"presnt: [a]\n", "did you mean `present`?"),
        (b"age_years: .nan\n", "`.nan` is not written plainly"),
        (b"age_years: 010\n", "`010` is not written plainly"),
        (b"sex: no\n", "`no` is not written plainly"),
        (b"age_years: 0x" + b"f" * 5_000, "is not written plainly"),
        (b"subject_id: 0x" + b"f" * 5_000, "is not written plainly"),
        (b"present: [0x" + b"f" * 5_000 + b"]", "is not written plainly"),
    ],
    ids=range(24),
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
    words = "a file: more than 2048 KiB; a subject record is short"
    with pytest.raises(SubjectError, match=words):
        read_subject(b" " * (MOST_BYTES + 1), "a file")


def test_a_refusal_of_yaml_says_on_which_line() -> None:
    raw = b"subject_id: a\nsex: f\n\n\n\n\nage_years: .nan\n"
    with pytest.raises(SubjectError) as caught:
        read_subject(raw, "a file")
    assert re.search(r"^a file\b.*\b7\b", str(caught.value))


@examples(300)
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
    [b"", b"\n", b"{", b"{]", b"nope", b"{'present': []}", b"{}{}", b'{"a": 010}'],
    ids=range(8),
)
def test_a_line_that_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(SubjectError) as caught:
        subject_from_json(line)
    assert str(caught.value).startswith("not JSON: ")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"NaN", "`NaN` is not a value; leave the entry out if it is unknown"),
        (b'{"age_years": -Infinity}', "`-Infinity` is not a value; leave the entry"),
        (b'{"age_years": 1e999}', "`age_years` is a very large number; check"),
        (b'{"present": ["\xe9"]}', "not UTF-8 text; save it as UTF-8"),
        (b'{"present": ["\\ud800"]}', "is not valid text; enter it as UTF-8"),
        (b"[" * 100_000, "not a subject record: nested too deeply"),
        (b'{"sex": ' * 100_000, "not a subject record: nested too deeply"),
        (b'{"present": [], "present": []}', "`present` stands twice; keep one"),
        (b'{"a": {"b": 1, "b": 1}}', "the key `b` stands twice; keep one of them"),
        (b'{"sex": "f", "\\u0073ex": "m"}', "the key `sex` stands twice"),
    ],
    ids=range(10),
)
def test_json_that_is_no_subject_is_refused_in_its_own_words(
    line: bytes, words: str
) -> None:
    with pytest.raises(SubjectError) as caught:
        subject_from_json(line)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("key", ["age_years", "subject_id", "other"])
def test_a_number_of_thousands_of_digits_is_refused_in_our_words(key: str) -> None:
    """It is JSON, and how Python counts digits is no matter of the author."""
    line = f'{{"{key}": {"9" * 5_000}}}'.encode()
    with pytest.raises(SubjectError) as caught:
        subject_from_json(line)
    assert "number" in str(caught.value)
    assert "sys." not in str(caught.value)
    assert "not JSON" not in str(caught.value)


@pytest.mark.parametrize("depth", range(900, 1_020, 7))
def test_any_depth_is_refused_before_it_is_followed(depth: int) -> None:
    line = b'{"present": ' + b"[" * depth + b"]" * depth + b"}"
    with pytest.raises(SubjectError):
        subject_from_json(line)


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


@examples(300)
@given(line=st.binary(max_size=60))
def test_any_line_is_a_subject_or_refused(line: bytes) -> None:
    try:
        subject = subject_from_json(line)
    except SubjectError as error:
        assert str(error)
    else:
        assert isinstance(subject, Subject)


# --- written and read again ---------------------------------------------------------

TEXTS = st.lists(st.text(max_size=12), max_size=3)
AGES = st.floats(0, 45_656.25) | st.builds(
    lambda number, unit: min(parse_age(f"{number / 100:.2f}{unit}"), 45_656.25),
    st.integers(0, 12_500),
    st.sampled_from(["y", "mo", "w", "d"]),
)
VALUES = st.builds(
    Measurement,
    name=st.text(max_size=8),
    value=st.floats(0, 1e14) | st.integers(0, 10**6),
    unit=st.text(max_size=8),
)


@given(
    subject=st.builds(
        Subject,
        subject_id=st.text(max_size=12),
        present=TEXTS,
        absent=TEXTS,
        unsure=TEXTS,
        groups=TEXTS,
        not_groups=TEXTS,
        measurements=st.lists(VALUES, max_size=2),
        sex=st.none() | st.sampled_from(["female", "male"]),
        age_days=st.none() | AGES,
    )
)
def test_a_subject_that_was_written_is_the_same_when_it_is_read(
    subject: Subject,
) -> None:
    written = subject_json(subject).encode()
    assert read_subject(written, "a file") == subject
    assert subject_from_json(written) == subject


@pytest.mark.parametrize(
    ("age", "key", "value"),
    [
        ("28", "age_years", 28),
        ("1.5", "age_years", 1.5),
        ("9mo", "age_months", 9),
        ("18mo", "age_years", 1.5),
        ("12d", "age_days", 12),
        ("0", "age_days", 0),
    ],
)
def test_an_age_is_written_as_people_would(age: str, key: str, value: float) -> None:
    assert json.loads(subject_json(Subject(age=age))) == {key: value}


def test_an_age_beside_a_round_one_is_not_rounded() -> None:
    """Divided by the days of a year it gives 1.01, but so many years are less."""
    days = math.nextafter(1.01 * 365.25, math.inf)
    assert json.loads(subject_json(Subject(age_days=days))) == {"age_days": days}


def test_what_was_not_said_is_not_written() -> None:
    assert json.loads(subject_json(Subject(absent=["fever"]))) == {"absent": ["fever"]}


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
    ("text", "comparator", "value"),
    [
        ("ferritin<5 ug/L", "<", 5),
        ("ferritin = < 5 ug/L", "<", 5),
        ("ferritin <= 0.5 ug/L", "<=", 0.5),
        ("ferritin \u2264 0.5 ug/L", "<=", 0.5),
        ("ferritin >1000 ug/L", ">", 1000),
        ("ferritin=\u22651000 ug/L", ">=", 1000),
    ],
)
def test_a_limit_is_read_as_typed(
    text: str, comparator: Comparator, value: float
) -> None:
    expected = Measurement("ferritin", value, "ug/L", comparator)
    assert measurement_from_text(text) == expected


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
        "ferritin=<8",
        "ferritin=<<8 ug/L",
        "ferritin<=-8 ug/L",
        "ferritin <0 ug/L",
        "ferritin=-3 ug/L",
        "ferritin=nan ug/L",
        "ferritin=inf ug/L",
        "ferritin=1,5 ug/L",
        "ferritin=1_000 ug/L",
        "ferritin=8.5.1 ug/L",
        "ferritin=8.5",
        "ferritin=.5 ug/L",
        "ferritin=5. ug/L",
        "ferritin=+5 ug/L",
        "ferritin=1e3 ug/L",
        "ferritin=1 000 ug/L",
    ],
)
def test_what_is_no_measurement_is_refused(text: str) -> None:
    """A number is never cut in two, with its end taken for a unit."""
    with pytest.raises(SubjectError) as caught:
        measurement_from_text(text)
    assert "ferritin" in str(caught.value)


@examples(200)
@given(whole=st.integers(0, 10**6), part=st.integers(0, 999), space=st.booleans())
def test_every_decimal_is_read_whole(whole: int, part: int, space: bool) -> None:
    number = f"{whole}.{part:03}"
    read = measurement_from_text(f"ferritin={number}{' ' if space else ''}ug/L")
    assert read == Measurement("ferritin", float(number), "ug/L")
