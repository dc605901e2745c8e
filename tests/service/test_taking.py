"""Taking requests: what is wrong with one is told at its place."""

from __future__ import annotations

import jsonschema
import msgspec
import pytest

import minsight
from asked import EXAMPLES
from minsight.errors import RequestError
from minsight.service.answers import Answer
from minsight.service.requests import AssessRequest, Request
from minsight.service.taking import (
    MOST_REQUEST_BYTES,
    mineral_in,
    requests_known,
    taken_request,
)


def test_a_request_is_taken_as_its_type() -> None:
    asked = taken_request(b'{"ask": "assess", "subject": {"present": ["fatigue"]}}')
    assert asked == AssessRequest(subject={"present": ["fatigue"]})


@pytest.mark.parametrize(
    ("raw", "where", "message"),
    [
        (b"{", "request", "not JSON"),
        (b"[1]", "request", "a list is not a request"),
        (b'{"ask": "asess"}', "ask", "did you mean `assess`?"),
        (b'{"ask": "flip", "subject": {}, "mineral": 3}', "mineral", "expected `str`"),
        (b'{"ask": "about", "about": 1}', "request", "`about`"),
        (b'{"ask": "about", "ask": "about"}', "request", "stands twice"),
        (b'{"ask": "lessons", "count": 51}', "count", "<= 50"),
        (b"\xff", "request", "UTF-8"),
        (b" " * (MOST_REQUEST_BYTES + 1), "request", "send less at once"),
        (b"[" * 100_000, "request", "nested too deeply"),
    ],
)
def test_what_is_no_request_is_refused_at_its_place(
    raw: bytes, where: str, message: str
) -> None:
    with pytest.raises(RequestError, match=message) as caught:
        taken_request(raw)
    assert caught.value.where == where


def test_minerals_go_by_id_name_and_symbol(rules: minsight.Rules) -> None:
    assert {mineral_in(text, rules) for text in ("iron", " Iron", "FE")} == {"iron"}


def test_the_examples_keep_the_schema_that_the_types_give() -> None:
    schema = msgspec.json.schema(Request)
    checker = jsonschema.Draft202012Validator(schema)
    for asked in EXAMPLES:
        assert list(checker.iter_errors(asked)) == []
    tags = {one["ask"] for one in EXAMPLES}
    assert tags == set(requests_known())
    assert msgspec.json.schema(Answer)["anyOf"]
