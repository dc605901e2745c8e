"""Replies: what an answer to a screen says of each entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from guides import small_asked, with_guide
from minsight.api import Rules
from minsight.errors import SubjectError
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Measurement, Subject
from minsight.questions.interview import Interview
from minsight.questions.replies import (
    Replies,
    is_question,
    meant_by_replies,
    taken_back,
)
from minsight.questions.replies import with_replies as said
from minsight.scales import Status

RULES = small_asked()
ENTRIES = (*RULES.vocabulary.finding, *RULES.guide.how_often)


def meant(
    replies: Mapping[str, Any], told: Subject | None = None, rules: Rules = RULES
) -> Replies:
    person = told or Subject()

    def held(direct: Replies) -> Any:
        given = enter(said(person, direct, rules.vocabulary), rules.vocabulary)
        atoms = given_atoms(given, rules.program, rules.vocabulary)
        return rules.evaluate(atoms, engine="reference").holds

    return meant_by_replies(replies, rules, asked=ENTRIES, held=held)


def affirming(question: str, *affirms: str) -> Rules:
    """The small rules, in which a no to this question says yes to something."""
    guide = RULES.guide
    questions = tuple(
        msgspec.structs.replace(q, affirms=affirms) if q.id == question else q
        for q in guide.questions
    )
    return with_guide(RULES, msgspec.structs.replace(guide, questions=questions))


# --- a question that is denied --------------------------------------------------------


def test_a_no_denies_all_that_stands_below_but_for_what_it_leaves_open() -> None:
    denied = set(RULES.guide.question["q_body"].items) - {"blue_tongue"}
    assert meant({"q_body": "no"}) == dict.fromkeys(denied, "no")
    assert meant({"q_body_mouth": "no"}) == {"hoarseness": "no"}


@pytest.mark.parametrize("reply", ["yes", "unsure"])
def test_a_question_that_is_opened_says_nothing_yet(reply: str) -> None:
    assert meant({"q_body": reply, "q_body_skin": reply}) == {}


def test_a_question_that_is_skipped_skips_all_below_it() -> None:
    assert meant({"q_water": "skip"}) == {"well_water": "skip", "deep_well": "skip"}


def test_no_test_that_was_done_denies_no_result() -> None:
    assert meant({"q_tests": "no", "q_tests_low": "no"}) == {"low_alum": "skip"}


def test_an_answer_to_an_entry_stands_whatever_is_said_of_its_question() -> None:
    for own in ("yes", "unsure", "skip"):
        replies = meant({"q_water": "no", "deep_well": own})
        assert replies["deep_well"] == own


def test_what_was_told_is_not_denied_nor_what_it_is_a_kind_of() -> None:
    told = Subject(present=["grey nails", "drinks from a deep well"])
    replies = meant({"q_body": "no", "q_water": "no"}, told)
    assert replies.keys().isdisjoint(
        ["grey_nails", "nail_change", "deep_well", "well_water"]
    )
    assert replies["ridged_nails"] == "no"


def test_a_no_to_a_question_is_stronger_than_a_skipped_part() -> None:
    for replies in (
        {"q_water": "no", "q_water_well": "skip"},
        {"q_water_well": "skip", "q_water": "no"},
    ):
        assert meant(replies) == {"well_water": "no", "deep_well": "no"}


# --- a no that says yes ---------------------------------------------------------------


def test_a_no_can_say_yes_to_something() -> None:
    rules = affirming("q_energy", "well_water")
    assert meant({"q_energy": "no"}, rules=rules)["well_water"] == "yes"
    assert "well_water" not in meant({"q_energy_weary": "no"}, rules=rules)


def test_what_a_no_says_yes_to_no_other_no_denies() -> None:
    rules = affirming("q_energy", "deep_well")
    one: Mapping[str, str] = {"q_water": "no", "q_energy": "no"}
    for replies in (one, dict(reversed(list(one.items())))):
        found = meant(replies, rules=rules)
        assert found["deep_well"] == "yes"
        assert "well_water" not in found, "it is a kind of that"


def test_what_was_said_not_to_be_so_is_not_affirmed() -> None:
    rules = affirming("q_energy", "deep_well")
    for no in ("deep_well", "well_water"):
        assert meant({"q_energy": "no", no: "no"}, rules=rules).get("deep_well") != (
            "yes"
        )
    told = Subject(not_groups=["well water"])
    assert "deep_well" not in meant({"q_energy": "no"}, told, rules)


def test_a_no_affirms_nothing_once_something_below_it_is_so() -> None:
    """Whoever told of an illness and says no to illnesses was not healthy before."""
    rules = affirming("q_energy", "well_water")
    told = Subject(present=["always tired"])
    assert "well_water" not in meant({"q_energy": "no"}, told, rules)
    assert "well_water" not in meant(
        {"q_energy": "no", "sleepiness": "yes"}, rules=rules
    )


# --- lists ----------------------------------------------------------------------------


def ticked(
    asked: Sequence[str], told: Subject | None = None, **chosen: Any
) -> Mapping[str, str]:
    return Interview(RULES, told or Subject(age="30")).ticked({}, asked, chosen)


def test_what_is_not_ticked_is_no() -> None:
    asked = ["itch", "fever", "q_water"]
    expected = {"itch": "yes", "fever": "no", "q_water": "no"}
    assert ticked(asked, itch="yes") == expected


def test_a_tick_denies_nothing_that_follows_from_it() -> None:
    asked = ["nail_change", "grey_nails", "ridged_nails"]
    expected = {"nail_change": "yes", "grey_nails": "yes", "ridged_nails": "no"}
    assert ticked(asked, grey_nails="yes") == expected
    workers = Subject(age="55")
    assert ticked(["mill_elder", "mill_worker"], workers, mill_worker="yes") == {
        "mill_elder": "yes",
        "mill_worker": "yes",
    }


# --- corrections ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_now", "back"),
    [
        (("grey_nails", "observed"), {"nail_change", "grey_nails"}),
        (("nail_change", "observed"), {"nail_change"}),
        (("well_water", "excluded"), {"well_water", "deep_well"}),
        (("deep_well", "excluded"), {"deep_well"}),
        (("itch", "unsure"), set[str]()),
        (("serum_alum", "observed"), set[str]()),
    ],
)
def test_what_is_said_later_takes_back_what_does_not_fit_it(
    said_now: tuple[str, Status], back: set[str]
) -> None:
    replies = [
        ("nail_change", "no"),
        ("grey_nails", "no"),
        ("ridged_nails", "no"),
        ("well_water", "yes"),
        ("deep_well", "yes"),
        ("itch", "unsure"),
        ("q_body", "yes"),
    ]
    assert taken_back(replies, [said_now], RULES.vocabulary) == back


# --- the subject ----------------------------------------------------------------------


def test_replies_stand_in_the_lists_of_the_subject() -> None:
    told = Subject(present=["itchy skin"], absent=["fever"], groups=["mill worker"])
    replies: Replies = {
        "well_water": "yes",
        "deep_well": "no",
        "tiredness": "yes",
        "sleepiness": "unsure",
        "hoarseness": "skip",
        "blue_tongue": "no",
        "serum_alum": Measurement("serum_alum", 5, "ug/L"),
    }
    subject = said(told, replies, RULES.vocabulary)
    assert subject.present == ("itchy skin", "tiredness")
    assert subject.absent == ("fever", "blue_tongue")
    assert subject.groups == ("mill worker", "well_water")
    assert subject.not_groups == ("deep_well",)
    assert subject.unsure == ("sleepiness",)
    assert subject.measurements == (Measurement("serum_alum", 5, "ug/L"),)


def test_names_of_questions_and_parts_are_no_entries() -> None:
    guide = RULES.guide
    assert is_question("q_body", guide)
    assert is_question("q_body_skin", guide)
    assert not is_question("itch", guide)


@pytest.mark.parametrize(
    ("replies", "message"),
    [
        ({"q_no": "yes"}, "there is a reply to `q_no`, which these rules do not ask"),
        ({"q_body": "perhaps"}, "`perhaps` is not a reply to `q_body`; give yes, no"),
    ],
)
def test_a_reply_that_says_nothing_is_refused(
    replies: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(SubjectError, match=message):
        meant(replies)
