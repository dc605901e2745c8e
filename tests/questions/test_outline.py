"""The outline of an interview: the screens that can be put to one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
import pytest

from guides import small_asked
from minsight.ages import parse_age
from minsight.knowledge.guide import Guide
from minsight.questions.outline import (
    MOST_TO_TICK,
    Outline,
    QuestionScreen,
    evenly_split,
)

RULES = small_asked()
EVERY = frozenset((*RULES.vocabulary.finding, *RULES.guide.how_often)) - {"alum_low"}


def outline(
    guide: Guide = RULES.guide,
    *,
    age: str | None = "30y",
    sex: str | None = "female",
    clinician: bool = False,
) -> Outline:
    days = parse_age(age) if age else None
    return Outline(guide, RULES.vocabulary, age_days=days, sex=sex, clinician=clinician)


def screens(
    replies: Mapping[str, str] | None = None,
    told: Collection[str] = (),
    *,
    open_: Collection[str] = EVERY,
    of: Outline | None = None,
    worth: Mapping[str, float] | None = None,
) -> list[QuestionScreen]:
    chosen = of or outline()
    return list(chosen.screens(frozenset(open_), replies or {}, told, worth or {}))


def titled(title: str, found: list[QuestionScreen]) -> list[QuestionScreen]:
    return [screen for screen in found if screen.title == title]


def asked(found: list[QuestionScreen]) -> list[tuple[str, ...]]:
    return [screen.asked for screen in found]


BODY: tuple[str, ...] = (
    "nail_change",
    "grey_nails",
    "ridged_nails",
    "itch",
    "red_patches",
)
BODY += ("blue_tongue", "hoarseness", "fever")


# --- an unopened question -------------------------------------------------------------


def test_a_long_family_is_one_question_or_the_list_of_what_is_worth_most() -> None:
    worth = {"fever": 0.2, "blue_tongue": 0.3}
    foremost, question = titled("Body", screens(worth=worth))
    assert (question.kind, question.asked, question.covers) == (
        "question",
        ("q_body",),
        (BODY,),
    )
    assert (foremost.kind, foremost.asked) == ("list", ("blue_tongue", "fever"))


def test_a_short_family_is_a_list_to_tick() -> None:
    (listed,) = titled("Energy", screens())
    energy = ("tiredness", "sleepiness", "night_cramps", "shaking_hands")
    assert (listed.kind, listed.asked) == ("list", energy)
    assert listed.covers == tuple((id_,) for id_ in energy)


def test_only_what_is_open_is_asked() -> None:
    assert asked(titled("Energy", screens(open_=["tiredness"]))) == [("tiredness",)]
    assert titled("Energy", screens(open_=["itch"])) == []
    left = [id_ for id_ in BODY if id_ not in ("itch", "fever")]
    (listed,) = titled("Body", screens(open_=left))
    assert listed.asked == tuple(left), "few are left, so they are a list by now"


def test_a_gate_of_long_parts_is_one_question_alone() -> None:
    kinds = [
        msgspec.structs.replace(q, kind="gate") if q.id == "q_body" else q
        for q in RULES.guide.questions
    ]
    guide = msgspec.structs.replace(RULES.guide, questions=tuple(kinds))
    assert asked(titled("Body", screens(of=outline(guide)))) == [("q_body",)]


def test_questions_of_the_body_can_stand_together() -> None:
    """A review of systems: two long families side by side."""
    body = RULES.guide.question["q_body"]
    half = msgspec.structs.replace(body, id="q_more", title="More", parts=body.parts)
    others = [q for q in RULES.guide.questions if q.id != "q_energy"]
    guide = msgspec.structs.replace(RULES.guide, questions=(*others, half))
    (review,) = titled("", screens(of=outline(guide)))
    assert (review.kind, review.asked) == ("list", ("q_body", "q_more"))
    assert review.covers == (BODY, BODY)
    assert titled("", screens()) == [], "one alone is a question by itself"


# --- opened, denied, told -------------------------------------------------------------


@pytest.mark.parametrize("reply", ["yes", "unsure"])
def test_after_a_yes_the_parts_are_ticked(reply: str) -> None:
    worth = dict.fromkeys(BODY, 0.1)
    found = screens({"q_body": reply}, worth=worth)
    foremost, single, parts = titled("Body", found)
    assert foremost.asked == BODY[:MOST_TO_TICK]
    names = ("q_body_nails", "q_body_skin", "q_body_mouth", "fever")
    assert (parts.kind, parts.asked) == ("list", names)
    assert parts.covers == (BODY[:3], BODY[3:5], BODY[5:7], BODY[7:])
    assert single.asked == ("fever",), "of one entry the part asks nothing more"


def test_what_was_told_of_the_body_opens_its_question() -> None:
    *_, parts = titled("Body", screens(told=["itch"]))
    assert parts.asked[0] == "q_body_nails"


def test_a_ticked_part_is_followed_by_its_entries_and_not_put_again() -> None:
    found = titled("Body", screens({"q_body": "yes", "q_body_skin": "yes"}))
    assert BODY[3:5] in asked(found)
    assert all("q_body_skin" not in screen.asked for screen in found)


def test_what_a_no_to_a_part_leaves_open_is_asked_too() -> None:
    open_ = set(EVERY) - {"hoarseness"}
    found = titled(
        "Body", screens({"q_body": "yes", "q_body_mouth": "no"}, open_=open_)
    )
    assert ("blue_tongue",) in asked(found)
    assert all("q_body_mouth" not in screen.asked for screen in found)


def test_what_a_no_leaves_open_is_asked_as_a_list() -> None:
    """The entries that the no denied are not open any more."""
    (listed,) = titled("Body", screens({"q_body": "no"}, open_=["blue_tongue"]))
    assert listed.asked == ("blue_tongue",)


# --- whom -----------------------------------------------------------------------------


def test_a_question_is_put_to_whom_it_makes_sense_to_ask() -> None:
    child = outline(age="9y", sex="male")
    assert not child.asks("mill_worker")
    assert not child.asks("expecting")
    assert child.asks("itch")
    assert child.asks("serum_alum"), "no question opens it"
    assert outline(age=None, sex=None).asks("expecting")


def test_what_only_a_clinician_finds_is_asked_of_clinicians() -> None:
    assert titled("Under the microscope", screens()) == []
    found = screens(of=outline(clinician=True))
    assert asked(titled("Under the microscope", found)) == [("pale_smear",)]


# --- what no question opens -----------------------------------------------------------


def test_what_no_question_opens_is_listed_by_section_and_values_one_by_one() -> None:
    found = screens(of=outline(Guide()), open_=[*BODY, "serum_alum"])
    value, nails, skin, *others = found
    assert (nails.title, nails.asked) == ("Nails", BODY[:3])
    assert (skin.title, skin.asked) == ("Skin", BODY[3:5])
    assert (value.kind, value.title, value.asked) == (
        "value",
        "Measured values",
        ("serum_alum",),
    )
    assert [screen.kind for screen in others] == ["list"] * 3
    assert {id_ for screen in found for id_ in screen.entries} == {*BODY, "serum_alum"}


# --- warning signs --------------------------------------------------------------------


def warnings(of: Outline, *told: str) -> list[str]:
    return [family.id for family in of.warnings(told, told)]


def test_warning_signs_stand_beside_what_was_told() -> None:
    assert warnings(outline(), "itch") == ["signs"]
    assert warnings(outline(), "well_water") == []
    assert warnings(outline()) == []


def test_a_group_has_its_own_list_first_whatever_was_told() -> None:
    assert warnings(outline(), "expecting") == ["expecting_signs"]
    assert warnings(outline(), "itch", "expecting") == ["expecting_signs", "signs"]


def test_a_list_is_for_some_ages() -> None:
    assert warnings(outline(age="70y"), "itch") == []


def test_the_nearest_list_comes_first() -> None:
    first, second = RULES.guide.warnings
    near = msgspec.structs.replace(second, id="near", beside=("q_water",))
    guide = msgspec.structs.replace(RULES.guide, warnings=(first, second, near))
    told = ("well_water", "deep_well", "itch")
    assert warnings(outline(guide), *told) == ["near", "signs"]


def test_no_items_are_no_chunks() -> None:
    assert list(evenly_split([], 6)) == []
    assert [len(some) for some in evenly_split(range(13), 6)] == [4, 4, 5]
