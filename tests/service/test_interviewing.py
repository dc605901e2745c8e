"""Interviewing: screen after screen, with nothing kept in between."""

from __future__ import annotations

from typing import Any

import minsight
from asked import TIRED, answered
from minsight.service.interviewing import next_screen
from minsight.service.latest import MOST_INTERVIEWS, LatestInterviews
from minsight.service.requests import NextRequest
from minsight.service.service import Service


def test_the_first_screen_is_that_of_the_library(
    rules: minsight.Rules,
) -> None:
    begin = LatestInterviews(rules).with_subject
    found = next_screen(rules, NextRequest(subject=TIRED), begin)
    step = rules.interview(TIRED).step({})
    assert tuple(one.name for one in found.asked) == step.asked
    assert (found.kind, found.to_enough) == (step.kind, step.to_enough)
    assert found.record == rules.assess(TIRED)
    assert all(one.ask and one.short for one in found.asked)


def test_a_ticked_list_denies_the_other_lines(service: Service) -> None:
    first = answered(service, ask="next", subject=TIRED)
    names = [one["name"] for one in first["asked"]]
    ticked = {"asked": names, "chosen": {names[1]: "yes"}}
    found = answered(service, ask="next", subject=TIRED, ticked=ticked)
    assert found["replies"] == {**dict.fromkeys(names, "no"), names[1]: "yes"}
    assert names[1] in found["subject"]["present"]
    assert [one["name"] for one in found["asked"]] != names


def test_an_interview_ends_where_nothing_can_change(service: Service) -> None:
    """By the replies that each answer gives back, as a page sends them."""
    found: dict[str, Any] = answered(service, ask="next", subject=TIRED)
    screens = 0
    while found["asked"] and screens < 40 and not found["enough"]:
        ticked = {"asked": [one["name"] for one in found["asked"]], "chosen": {}}
        found = answered(
            service, ask="next", subject=TIRED, replies=found["replies"], ticked=ticked
        )
        assert found["ask"] == "next"
        screens += 1
    assert found["enough"]
    assert found["to_enough"] == 0


def test_a_value_is_a_reply_and_counts(service: Service) -> None:
    replies = {"ferritin": {"value": 8, "unit": "ug/L"}}
    found = answered(
        service, ask="next", subject=TIRED, replies=replies, clinician=True
    )
    assert found["record"]["candidates"][0]["level"] == "measured_low"
    assert found["replies"] == replies | {"ferritin": {"value": 8.0, "unit": "ug/L"}}


def test_a_reply_to_no_question_is_a_problem_of_the_replies(service: Service) -> None:
    found = answered(service, ask="next", replies={"xyzzy": "no"})
    assert (found["ask"], found["where"]) == ("problem", "replies")


def test_only_the_last_few_interviews_are_kept(rules: minsight.Rules) -> None:
    latest = LatestInterviews(rules)
    people = [minsight.Subject(present=["fatigue"], age=age) for age in range(20, 30)]
    first = [latest.with_subject(one, clinician=False) for one in people]
    assert len(latest) == MOST_INTERVIEWS
    assert latest.with_subject(people[-1], clinician=False) is first[-1]
    assert latest.with_subject(people[-1], clinician=True) is not first[-1]
