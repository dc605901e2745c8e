"""CDS Hooks 2.0: discovery, cards, what is missing, and feedback."""

from __future__ import annotations

from typing import Any, Final

import pytest

import minsight
from banned import banned_in
from minsight.service.service import Service
from minsight_cli.serving.cards import SUMMARY_LETTERS, cards_of, shortened
from minsight_cli.serving.cds_hooks import CALL, FEEDBACK, HOOK, PREFETCH, SERVICES
from serving import Running, running

WOMAN: Final = {
    "resourceType": "Patient",
    "id": "7",
    "gender": "female",
    "birthDate": "1990-01-01",
}


def condition(text: str) -> dict[str, Any]:
    about = {"reference": "Patient/7"}
    return {"resourceType": "Condition", "subject": about, "code": {"text": text}}


def call(*texts: str) -> dict[str, Any]:
    """A call of the hook for a woman with these conditions."""
    entries = [{"resource": condition(text)} for text in texts]
    found = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
    prefetch = {**dict.fromkeys(PREFETCH), "patient": WOMAN, "conditions": found}
    return {
        "hook": HOOK,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/1", "patientId": "7"},
        "prefetch": prefetch,
    }


def test_discovery_tells_of_one_service_and_what_it_prefetches(server: Running) -> None:
    (found,) = server.get(SERVICES).value["services"]
    assert {"hook", "id", "description", "prefetch"} <= found.keys()
    assert found["hook"] == "patient-view"
    assert all("{{context.patientId}}" in one for one in found["prefetch"].values())


def test_a_card_has_what_the_standard_wants(server: Running) -> None:
    heard = server.post(CALL, call("spoon-shaped nails", "craving ice"))
    assert heard.status == 200
    first = heard.value["cards"][0]
    assert first["summary"].startswith("Iron lack: ")
    assert first["indicator"] == "info"
    assert first["source"]["label"].startswith("minsight rules")
    assert "For: " in first["detail"]
    assert all(len(card["summary"]) < 140 for card in heard.value["cards"])
    again = server.post(CALL, call("spoon-shaped nails", "craving ice"))
    assert again.body == heard.body


def test_in_an_emergency_there_is_no_card_but_that(server: Running) -> None:
    cards = server.post(CALL, call("spoon-shaped nails", "chest pain")).value["cards"]
    assert [card["indicator"] for card in cards] == ["critical"]


def test_nothing_said_is_no_card(server: Running) -> None:
    assert server.post(CALL, call()).value == {"cards": []}
    bare = call()
    bare["prefetch"]["conditions"] = None
    assert server.post(CALL, bare).value == {"cards": []}


def test_a_missing_prefetch_is_a_failed_precondition(server: Running) -> None:
    asked = call("fatigue")
    del asked["prefetch"]["observations"]
    heard = server.post(CALL, asked)
    assert heard.status == 412
    assert "observations" in heard.value["what"]
    assert server.post(CALL, {**asked, "prefetch": None}).status == 412


@pytest.mark.parametrize("part", ["hook", "hookInstance", "context"])
def test_what_is_no_call_of_the_hook_is_refused(part: str, server: Running) -> None:
    heard = server.post(CALL, {**call(), part: None})
    assert (heard.status, heard.value["where"]) == (400, part)


def test_feedback_is_counted_and_nothing_else_of_it_kept(service: Service) -> None:
    given = [{"card": "x", "outcome": "overridden"}, {"outcome": "my secret"}]
    with running(service) as server:
        assert server.post(FEEDBACK, {"feedback": given}).value == {}
        assert server.post(FEEDBACK, {}).status == 400
        counts = server.get("/metrics").body.decode()
    assert 'outcome="overridden"} 1' in counts
    assert 'outcome="other"} 1' in counts
    assert "secret" not in counts


def test_no_card_holds_a_banned_word(rules: minsight.Rules) -> None:
    said = ["spoon-shaped nails", "craving ice", "night blindness", "goitre"]
    cards = cards_of(rules.assess({"present": said}), rules, "1")
    assert cards
    for card in cards:
        assert banned_in(card["summary"]) == []


def test_a_summary_ends_with_a_whole_word() -> None:
    text = shortened("word " * 60)
    assert len(text) <= SUMMARY_LETTERS
    assert text.endswith("word\u2026")
