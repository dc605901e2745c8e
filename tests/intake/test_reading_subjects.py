"""Subjects from JSON and YAML: read as written, or refused with what is wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsight import Subject, SubjectError
from minsight.intake.records import MOST_BYTES, read_subject, subject_from_json

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


@settings(max_examples=300, deadline=None)
@given(line=st.binary(max_size=60))
def test_any_line_is_a_subject_or_refused(line: bytes) -> None:
    try:
        subject = subject_from_json(line)
    except SubjectError as error:
        assert str(error)
    else:
        assert isinstance(subject, Subject)
