"""The page in a browser: opened from a disk, without a network, by the keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import minsight
from asked import raw
from minsight.service import Service
from minsight.service.people import record_bytes

Seen = dict[str, Any]
MOST_BYTES = 12_000_000


def done(seen: Seen, job: str) -> Any:
    """What came of a job; it must not have failed."""
    found = seen["jobs"][job]
    assert not (isinstance(found, dict) and "failed" in found), (job, found)
    return found


def test_the_page_makes_one_request_which_is_itself(seen: Seen, page: Path) -> None:
    """Objects that it makes itself are no requests: they lie in the browser."""
    asked = [one for one in seen["requests"] if not one.startswith("blob:")]
    assert asked == [page.as_uri()]
    assert seen["errors"] == []
    assert page.stat().st_size < MOST_BYTES


def test_the_page_gives_the_bytes_of_the_library(
    seen: Seen, requests: list[bytes], answers: list[str]
) -> None:
    differing = [
        asked.decode()
        for asked, ours, theirs in zip(requests, answers, seen["answers"], strict=True)
        if ours != theirs
    ]
    assert differing == []


def test_a_page_of_a_server_gives_the_same_bytes_and_asks_nobody_else(
    seen: Seen, answers: list[str]
) -> None:
    served = seen["served"]
    assert served["said"]["first"] == "1. Iron"
    assert served["answers"] == answers[: len(served["answers"])]
    home = served["requests"][0]
    assert {one for one in served["requests"] if one != home} == {f"{home}api/answer"}
    assert served["errors"] == []


def test_nothing_is_in_the_way_of_anybody(seen: Seen) -> None:
    """Axe finds nothing, on any view, light or dark."""
    assert len(seen["broken"]) > 15, "jobs, and views in the dark"
    assert {view: found for view, found in seen["broken"].items() if found} == {}


def test_every_job_is_done_by_the_keyboard_alone(seen: Seen) -> None:
    assert len(seen["jobs"]) >= 17
    for job in seen["jobs"]:
        done(seen, job)


def test_words_become_chips_and_candidates(seen: Seen) -> None:
    found = done(seen, "say what is wrong")
    labels = ["Fatigue", "Craving and chewing ice", "Fever", "Vegetarian diet"]
    assert found["chips"] == labels
    assert found["first"] == "1. Iron"
    assert found["age"] == "28"
    assert found["urgency"] in found["told"], "who hears the page hears it first"
    assert "noreferrer" in found["links"]
    assert "Fever" not in done(seen, "take back an answer")


def test_nothing_reassures_beside_what_was_not_understood(
    seen: Seen, rules: minsight.Rules
) -> None:
    found = done(seen, "leave out what was not understood")
    none = rules.catalogue.urgencies["none"]
    assert "zork blobb" in found["shown"]
    assert none not in found["shown"]
    assert rules.catalogue.level["no_pattern"].sentence not in found["shown"]
    assert found["after"] == none, "once it is left out, it is judged"


def test_groups_stand_behind_gates(seen: Seen) -> None:
    """Nobody asks a woman of 28 how she is fed as a baby."""
    gates = done(seen, "add a group behind its gate")
    assert "diet" in gates
    assert "infant_feeding" not in gates


def test_why_names_what_is_lacking(seen: Seen) -> None:
    told = done(seen, "ask why and why not more")
    assert "iron.pagophagia" in told
    assert "Why not more" in told
    assert any("higher" in one for one in done(seen, "ask what would change it"))


def test_a_proof_is_drawn_and_its_boxes_tell_their_rules(seen: Seen) -> None:
    """The list under it says the same; the drawing is an image with a text instead."""
    found = done(seen, "ask a box of the drawing")
    assert found["heads"][0] == "Said"
    assert found["heads"][-1] == "Level"
    assert {"Fatigue", "Craving and chewing ice", "Vegetarian diet"} <= {
        *found["texts"]
    }
    assert found["first"] != found["last"], "the arrows go from box to box"
    assert found["held"] == "told", "from a box to its sources"
    assert "[grade " in found["told"]
    assert found["lit"] > 0
    assert "lead to Iron" in found["instead"]
    assert found["crossing"] == [], "no box lies on another, no text leaves its box"


def test_a_drawing_is_saved_as_a_picture_of_its_own(seen: Seen) -> None:
    saved = ET.fromstring(done(seen, "ask a box of the drawing")["saved"])
    assert saved.tag.endswith("svg")
    assert saved.find(".//*[@role='button']") is None
    assert "prefers-color-scheme" in "".join(saved.itertext())


def test_the_rules_of_a_mineral_are_drawn(seen: Seen, rules: minsight.Rules) -> None:
    found = done(seen, "look at its rules as a drawing")
    name = done(seen, "read about a mineral").partition(" (")[0]
    mineral = next(p for p in rules.catalogue.profiles if p.name == name)
    of_it = rules.catalogue.rules_of[mineral.id]
    counted = [int(sort.rpartition("(")[2][:-1]) for sort in found["sorts"]]
    assert sum(counted) == len(of_it), "every rule is in one of the drawings"
    assert found["rules"] == counted[1]
    assert found["told"].partition(" (")[0] in {rule.id for rule in of_it}
    assert f"leads over them to {mineral.lack}" in found["instead"]
    assert found["crossing"] == []


def test_snapshots_are_compared_with_now(seen: Seen) -> None:
    found = done(seen, "keep a snapshot, and compare with now")
    assert found["kept"] == ["Snapshot 1", "As it was"]
    assert found["heads"] == ["What", "Snapshot 1", "Now"]
    assert len(found["soon"]) == 2
    assert found["moved"] > 0


def test_going_back_to_a_snapshot_is_undone(seen: Seen) -> None:
    found = done(seen, "go back to a snapshot, and undo that")
    assert found["back"] != found["before"]
    assert found["undone"] == found["before"]
    assert found["kept"] == ["Snapshot 1"]


def test_before_and_after_stand_side_by_side(seen: Seen, rules: minsight.Rules) -> None:
    found = done(seen, "see before and after")
    assert found["heads"] == ["What", "Before", "After"]
    assert found["moved"] > 0
    minerals = len(rules.program.minerals)
    assert done(seen, "ask how far each can go") == minerals


def test_a_file_of_people_tells_whom_to_see_and_saves_their_records(
    seen: Seen, service: Service
) -> None:
    found = done(seen, "assess a file of people")
    assert found["told"].startswith("2 of 3 assessed, 1 rejected; 1 to see soon")
    assert found["first"] == "b2"
    assert "Row 3, fatigue: " in found["shown"]
    assert "shoe size" in found["shown"], "what is not understood is told"
    tired = service.answer(raw({"ask": "table", "text": "id,age,fatigue\na1,28,yes\n"}))
    subject = json.loads(tired)["people"][0]["subject"]
    asked = {"ask": "assess", "subject": subject, "keep_going": True}
    record = record_bytes(service.answer(raw(asked))).decode()
    assert found["saved"].splitlines()[0] == record


def test_a_link_holds_the_answers_in_its_fragment(seen: Seen, page: Path) -> None:
    link = done(seen, "take the answers along in a link")
    assert link.startswith(f"{page.as_uri()}#answers=")
    assert "Vegan diet" in seen["held"]
    assert "Craving and chewing ice" in seen["held"]


def test_the_handout_fits_one_sheet(seen: Seen, rules: minsight.Rules) -> None:
    assert seen["pages"] == 1
    for words in ("For my visit", "Craving and chewing ice", rules.catalogue.footer):
        assert words in seen["handout"]


def test_a_phone_shows_everything_without_scrolling_sideways(seen: Seen) -> None:
    assert max(seen["wider"].values()) <= 0
