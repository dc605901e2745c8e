"""Lessons over the service: a case without what fits it, then what fits it."""

from __future__ import annotations

import json

from asked import answered
from minsight.service.lessons import lessons
from minsight.service.requests import LessonsRequest
from minsight.service.service import Service


def test_the_same_seed_has_the_same_cases_and_none_tells_what_fits(
    service: Service,
) -> None:
    found = answered(service, ask="lessons", seed=7, count=3)
    assert found == answered(service, ask="lessons", seed=7, count=3)
    assert len(found["lessons"]) == 3
    assert "fits" not in json.dumps(found)
    typed = lessons(service.rules, service.cases, LessonsRequest(seed=7, count=3))
    assert [one.case for one in typed.lessons] == [
        one["case"] for one in found["lessons"]
    ]


def test_naming_what_fits_is_right(service: Service) -> None:
    asked = {"seed": 3, "mineral": "iron"}
    found = answered(service, ask="lessons", count=4, **asked)
    for one in found["lessons"]:
        given_up = answered(service, ask="verdict", case=one["case"], **asked)
        assert given_up["is_right"] is False
        named = answered(
            service,
            ask="verdict",
            case=one["case"],
            named=given_up["fits"],
            asked=[question["id"] for question in one["questions"]],
            **asked,
        )
        assert (named["is_right"], named["unasked"]) == (True, [])
        assert named["source"]


def test_an_unknown_case_is_a_problem(service: Service) -> None:
    found = answered(service, ask="verdict", case="nobody")
    assert (found["where"], found["what_to_do"]) == ("case", "ask for `lessons`")
