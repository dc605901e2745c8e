"""The application: health, counts, the description, and nothing noted of answers."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from banned import banned_in
from minsight.service.requests import AssessRequest
from minsight.service.service import Service
from minsight_cli.page.bundle import page_of_server
from minsight_cli.serving.application import note_on_stderr
from minsight_cli.serving.docs_page import docs_page
from minsight_cli.serving.fhir import ASSESS, NEXT
from minsight_cli.serving.gate import RequestLine
from minsight_cli.serving.metrics import Metrics
from minsight_cli.serving.openapi import openapi, tag_of
from minsight_cli.serving.replying import STATUS_OF, as_response
from minsight_cli.serving.tables import SCREEN
from serving import Running, running


def test_health_says_which_rules_answer(server: Running, service: Service) -> None:
    heard = server.get("/health")
    assert heard.value == {"status": "ok", "fingerprint": service.rules.fingerprint}


def test_what_is_noted_and_counted_says_nothing_of_anybody(service: Service) -> None:
    secret = "spoon-shaped nails of the queen"
    with running(service) as server:
        server.post("/api/assess", {"subject": {"present": [secret]}})
        server.post(f"/api/{secret.replace(' ', '-')}", {})
        counts = server.get("/metrics").body.decode()
        noted = msgspec.json.encode(server.lines).decode()
    assert "queen" not in counts + noted
    assert 'minsight_requests_total{route="/api/assess",status="200"} 1' in counts
    assert 'minsight_requests_total{route="other",status="404"} 1' in counts
    assert 'le="+Inf"} 1' in counts
    assert [line.route for line in server.lines] == ["/api/assess", "other", "/metrics"]


def test_a_line_is_noted_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    note_on_stderr(RequestLine(method="GET", route="/", status=200, ms=1.5))
    noted = json.loads(capsys.readouterr().err)
    assert noted == {"method": "GET", "route": "/", "status": 200, "ms": 1.5}


def test_counts_of_time_add_up() -> None:
    metrics = Metrics()
    for seconds in (0.004, 0.03, 20.0):
        metrics.begun()
        metrics.ended("/x", 200, seconds)
    metrics.heard("accepted")
    text = metrics.text("f")
    assert 'minsight_request_seconds_bucket{route="/x",le="0.05"} 2' in text
    assert 'minsight_request_seconds_count{route="/x"} 3' in text
    assert 'minsight_card_feedback_total{outcome="accepted"} 1' in text
    assert metrics.under_way == 0


def test_the_page_is_the_packages_own_or_another(
    service: Service, tmp_path: Path, server: Running
) -> None:
    own = server.get("/")
    assert own.status == 200
    assert own.body.decode() == page_of_server()
    assert own.headers["content-security-policy"] == "frame-ancestors 'none'"
    page = tmp_path / "minsight.html"
    page.write_text("<!doctype html><title>minsight</title>", encoding="utf-8")
    with running(service, page=page) as other:
        heard = other.get("/")
    assert (heard.status, heard.body) == (200, page.read_bytes())


def test_the_description_names_every_type_that_it_refers_to(server: Running) -> None:
    heard = server.get("/openapi.json")
    text = heard.body.decode()
    schemas = heard.value["components"]["schemas"]
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= schemas.keys()
    assert {SCREEN, ASSESS, NEXT} < heard.value["paths"].keys()
    body = schemas["AssessRequestBody"]
    assert body["required"] == ["subject"]
    assert "ask" not in body["properties"]
    assert heard.body == msgspec.json.encode(openapi())
    assert tag_of(AssessRequest) == "assess"


def test_the_docs_need_no_other_host_and_claim_nothing(server: Running) -> None:
    heard = server.get("/docs")
    text = heard.body.decode()
    assert text == docs_page(openapi())
    assert "<script" not in text
    assert "https://" not in text
    assert banned_in(text.replace("never a diagnosis", "")) == []


def test_a_problem_has_the_status_of_its_kind(service: Service) -> None:
    assert as_response(service.answer(b"{")).status_code == STATUS_OF["request"]
    assert as_response(service.answer(b'{"ask": "about"}')).status_code == 200
