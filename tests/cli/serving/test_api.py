"""The API: the bytes of the library, at one address and at each request's own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from asked import EXAMPLES, TIRED, raw, sent
from minsight.assessment.record import assessment_line
from minsight.service.people import record_bytes
from minsight.service.service import Service
from minsight.service.taking import requests_known
from minsight_cli.serving.api import ADDRESS_OF, ANSWER, BY_QUERY, LONG_ASKS
from random_laws import examples
from serving import Running
from strategies import said_people


@pytest.mark.parametrize("asked", EXAMPLES, ids=lambda asked: asked["ask"])
def test_an_answer_over_http_is_that_of_the_library(
    asked: dict[str, Any], server: Running, service: Service
) -> None:
    expected = service.answer(raw(asked))
    body = {key: value for key, value in asked.items() if key != "ask"}
    for heard in (
        server.post(ANSWER, asked),
        server.post(ADDRESS_OF[asked["ask"]], body),
    ):
        assert (heard.status, heard.body) == (200, expected)
        assert heard.headers["content-type"] == "application/json"
        assert heard.headers["cache-control"] == "no-store"


def test_every_request_has_an_address() -> None:
    assert tuple(ADDRESS_OF) == requests_known()
    assert ADDRESS_OF.keys() > LONG_ASKS
    assert ADDRESS_OF.keys() > set(BY_QUERY)


def test_what_is_about_nobody_can_be_asked_with_a_link(
    server: Running, service: Service
) -> None:
    heard = server.get("/api/vocabulary?words=nails&kind=finding")
    asked = {"ask": "vocabulary", "words": "nails", "kind": "finding"}
    assert heard.body == service.answer(raw(asked))
    assert server.get("/api/assess").status == 405


@examples(20)
@given(data=st.data())
def test_anybody_has_the_record_of_the_library_over_http(
    data: st.DataObject, server: Running, rules: minsight.Rules
) -> None:
    subject = data.draw(said_people(rules.vocabulary))
    body = {"subject": sent(subject), "keep_going": True}
    heard = server.post("/api/assess", body)
    record = assessment_line(rules.assess(subject, keep_going=True))
    assert record_bytes(heard.body) + b"\n" == record


@pytest.mark.parametrize(
    ("path", "body", "status", "where"),
    [
        ("/api/assess", b"{", 400, "request"),
        ("/api/assess", {}, 400, "request"),
        ("/api/assess", {"ask": "flip"}, 400, "ask"),
        ("/api/assess", {"subject": {"presnt": []}}, 422, "subject"),
        ("/api/flip", {"subject": TIRED, "mineral": "gold"}, 400, "mineral"),
        ("/api/nothing", {}, 404, "request"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_form(
    path: str, body: object, status: int, where: str, server: Running
) -> None:
    heard = server.post(path, body)
    assert heard.status == status
    assert (heard.value["ask"], heard.value["where"]) == ("problem", where)
    assert heard.value["what"]
    assert heard.value["what_to_do"]
