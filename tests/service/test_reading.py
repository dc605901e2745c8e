"""Reading: chips to correct, and the same person in ids."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

import minsight
from asked import answered, sent
from minsight.intake.subject import subject_from_record
from minsight.service.reading import read
from minsight.service.requests import ReadRequest
from minsight.service.service import Service
from random_laws import examples
from strategies import said_people

TEXT: Final = (
    "28-year-old woman, always tired, craving ice, gribbly toes, no fever,"
    " ferritin 8 ug/L"
)


def test_words_become_ids_and_what_is_not_understood_stays_said(
    service: Service,
) -> None:
    found = answered(
        service, ask="read", subject={"present": [TEXT], "groups": ["vegetarian"]}
    )
    assert found["subject"] == {
        "age_years": 28,
        "sex": "female",
        "present": ["fatigue", "ice_craving", "gribbly toes"],
        "absent": ["fever"],
        "groups": ["vegetarian_diet"],
        "measurements": [{"name": "ferritin", "value": 8.0, "unit": "ug/L"}],
    }
    assert [one["text"] for one in found["unread"]] == ["gribbly toes"]
    assert len(found["unread"][0]["suggestions"]) == 3
    assert found["at_odds"] == ""
    asked = ReadRequest(subject={"present": [TEXT], "groups": ["vegetarian"]})
    assert read(service.rules, asked).subject == found["subject"]


def test_a_part_says_from_which_words_it_was_read_and_how_surely(
    service: Service,
) -> None:
    found = answered(service, ask="read", subject={"present": ["spoon-shaped nals"]})
    (part,) = found["read"]
    assert (part["text"], part["id"]) == ("spoon-shaped nals", "spoon_nails")
    assert part["label"] == "Spoon-shaped nails"
    assert part["sure"] is False


def test_answers_at_odds_are_told_and_stay_to_be_corrected(service: Service) -> None:
    asked = {"present": ["fever"], "absent": ["fever"]}
    found = answered(service, ask="read", subject=asked)
    assert "both mean `fever`" in found["at_odds"]
    assert found["subject"] == asked


def test_who_is_at_odds_with_their_sex_stays_as_they_were_told(
    service: Service,
) -> None:
    asked = {"present": ["heavy periods"], "sex": "male"}
    found = answered(service, ask="read", subject=asked)
    assert "is not said of a male person" in found["at_odds"]
    assert found["subject"] == asked


def test_words_that_nobody_knows_stay_as_often_as_they_were_said(
    service: Service,
) -> None:
    asked = {"absent": ["gribbly toes", "gribbly toes"]}
    assert answered(service, ask="read", subject=asked)["subject"] == asked


def test_weeks_are_a_pregnancy_or_stay_words(service: Service) -> None:
    said = {"present": ["34 wks, bad headache that won't shift"]}
    found = answered(service, ask="read", subject=said)
    assert found["subject"]["groups"] == ["pregnant"]
    assert found["unread"] == []
    said = {"present": ["34 wks, hands swollen"]}
    found = answered(service, ask="read", subject=said)
    assert found["subject"]["present"] == ["sudden_face_hand_swelling", "34 wks"]
    assert [one["text"] for one in found["unread"]] == ["34 wks"]


def without_words(record: dict[str, Any]) -> object:
    """What an assessment says, apart from the words it was said of."""
    kept = ("urgency", "candidates", "look_alikes", "age_days", "sex")
    return [record[key] for key in kept]


@examples(25)
@given(data=st.data())
def test_the_subject_in_ids_is_assessed_as_its_words_are(
    data: st.DataObject, service: Service, rules: minsight.Rules
) -> None:
    said = sent(data.draw(said_people(rules.vocabulary)))
    found = answered(service, ask="read", subject=said)
    again = rules.assess(subject_from_record(found["subject"]), keep_going=True)
    once = answered(service, ask="assess", subject=said, keep_going=True)["record"]
    twice = answered(service, ask="assess", subject=found["subject"], keep_going=True)[
        "record"
    ]
    assert without_words(once) == without_words(twice)
    assert len(again.unrecognised) == len(once["unrecognised"])
