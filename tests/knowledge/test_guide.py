"""The guide: what is found in it by name."""

from __future__ import annotations

import msgspec

from guides import small_asked
from minsight.ages import parse_age
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import ANYBODY, Demographic


def test_questions_and_parts_are_found_by_name_and_by_what_they_open() -> None:
    guide = small_asked().guide
    assert guide.question["q_water"].items == ("well_water", "deep_well")
    assert guide.part["q_body_skin"].items == ("itch", "red_patches")
    for name in ("itch", "q_body_skin", "q_body_heat"):
        assert guide.question_of[name].id == "q_body"
    assert "q_body" not in guide.question_of


def test_a_guide_that_says_nothing_knows_no_question() -> None:
    assert (Guide().question, Guide().part, Guide().question_of) == ({}, {}, {})


def test_a_guide_comes_back_from_its_json() -> None:
    guide = small_asked().guide
    assert msgspec.json.decode(msgspec.json.encode(guide), type=Guide) == guide


def test_the_guide_is_what_the_files_say() -> None:
    guide = small_asked().guide
    work, body = guide.question["q_work"], guide.question["q_body"]
    assert work.asked_of == Demographic(from_days=parse_age("16y"))
    assert (work.left_open, work.teenager) == (
        ("mill_elder",),
        "Do you have a job beside school?",
    )
    assert (body.kind, body.asked_of, body.affirms) == ("body", ANYBODY, ())
    assert guide.wordings["itch"].parent == "Does your child itch?"
    assert guide.warnings[0].group == "expecting"
    assert guide.warnings[1].whom == Demographic(below_days=parse_age("60y"))
    assert [band.id for band in guide.bands] == ["expecting", "child", "woman", "man"]
    assert guide.how_often["expecting"] == (
        "everyday",
        "impossible",
        "common",
        "impossible",
    )
    assert guide.shares["everyday"] == 0.4
    assert guide.more_often[1].how_much == "more"


def test_rules_without_a_guide_have_one_that_says_nothing() -> None:
    rules = small_asked()
    plain = KnowledgeBase(rules.program, rules.vocabulary, rules.catalogue)
    assert plain.guide == Guide()
