"""Entry: a subject in ids, with every text told and no answer made up."""

from __future__ import annotations

from typing import Final

import pytest

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.ages import parse_age
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import OF_ANOTHER, Answers, enter
from minsight.intake.measurements import Value
from minsight.intake.recognition import Meaning, Recognised, recognise
from minsight.intake.status import AS_RECORDED
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES).vocabulary


def answers(*, keep_going: bool = False, **said: object) -> Answers:
    subject = Subject(**said)  # type: ignore[arg-type]  # texts are enough
    return enter(subject, SMALL, keep_going=keep_going)


def refusal(**said: object) -> str:
    with pytest.raises(SubjectError) as caught:
        answers(**said)  # type: ignore[arg-type]  # none of them is keep_going
    return str(caught.value)


# --- answers --------------------------------------------------------------------------


def test_findings_and_groups_are_answers_alike() -> None:
    found = answers(
        present=["grey nails"],
        groups=["deep well"],
        absent=["fever"],
        not_groups=["expecting"],
        unsure=["itch", "mill worker"],
    )
    assert found.present == {"grey_nails", "deep_well"}
    assert found.absent == {"fever", "expecting"}
    assert found.unsure == {"itch", "mill_worker"}


def test_only_what_was_said_is_an_answer_and_the_rest_follows_later() -> None:
    """Grey nails are changed nails, which the rules derive."""
    assert answers(present=["grey nails"]).present == {"grey_nails"}


def test_a_text_is_told_where_it_stands_the_person_first() -> None:
    found = answers(
        unsure=["itch"],
        absent=["fever"],
        present=["40 year old man, hoarseness"],
        measurements=[Measurement("serum alum", 30, "ug/L")],
    )
    told = [(match.id, match.answer) for match in found.recognised]
    assert told == [
        ("age", "present"),
        ("sex", "present"),
        ("hoarseness", "present"),
        ("fever", "absent"),
        ("itch", "unsure"),
        ("serum_alum", "measured"),
    ]


def test_what_means_nothing_is_listed() -> None:
    found = answers(present=["qqqq"], not_groups=["xxxx"])
    assert [one.text for one in found.unrecognised] == ["qqqq", "xxxx"]
    assert (found.present, found.absent) == (frozenset(), frozenset())


def test_a_text_said_twice_is_told_twice_and_counts_once() -> None:
    found = answers(present=["itch", "itchy skin"])
    assert found.present == {"itch"}
    assert [match.text for match in found.recognised] == ["itch", "itchy skin"]


def test_a_caller_may_remember_what_a_text_means() -> None:
    asked: list[tuple[str, str]] = []

    def remembering(
        text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        asked.append((text, status))
        return recognise(text, vocabulary, status=status)

    subject = Subject(present=["itch"], absent=["fever"], unsure=["hoarseness"])
    found = enter(subject, SMALL, recognising=remembering)
    assert found == enter(subject, SMALL)
    assert asked == [
        ("itch", "observed"), ("fever", "excluded"), ("hoarseness", "unsure"),
    ]  # fmt: skip


def test_what_was_read_only_in_part_is_told_in_a_note() -> None:
    def in_part(
        text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        assert vocabulary is SMALL
        ids = ("grey_nails", "itch")
        return Meaning(
            tuple(
                Recognised(text, AS_RECORDED[status], id_, "finding", "part", 100)
                for id_ in ids
            )
        )

    subject = Subject(present=["some words", "other words"])
    assert enter(subject, SMALL, recognising=in_part).notes == (
        "Read only in part: `some words`, taken as grey nails, itch.",
        "Read only in part: `other words`, taken as grey nails, itch.",
    )


# --- the person -----------------------------------------------------------------------


def test_an_age_and_a_sex_are_taken_from_the_texts_where_none_are_given() -> None:
    found = answers(present=["30 year old woman with itch"])
    assert (found.subject.age_days, found.subject.sex) == (parse_age("30"), "female")
    assert found.present == {"itch"}


def test_the_age_that_is_given_stands_before_one_of_the_texts() -> None:
    found = answers(present=["itch, 30 years old"], age="29.5")
    assert found.subject.age_days == parse_age("29.5")


@pytest.mark.parametrize(
    ("given", "told", "same"),
    [
        ("30", "31 years old", True),
        ("30", "29 years old", True),
        ("30", "32 years old", False),
        ("2", "3 years old", True),
        ("23mo", "24 months old", True),
        ("23mo", "25 months old", False),
        ("1mo", "2 months old", True),
        ("1mo", "3 months old", False),
    ],
)
def test_two_ages_are_one_within_a_year_and_of_the_smallest_within_a_month(
    given: str, told: str, same: bool
) -> None:
    found = answers(present=[f"itch, {told}"], age=given, keep_going=True)
    assert found.subject.age_days == (parse_age(given) if same else None)
    assert bool(found.notes) is not same


def test_two_ages_of_one_person_are_refused_with_both() -> None:
    assert refusal(present=["itch, 40 years old"], age="30") == (
        "the age given (30 years) and `40 years old` are two ages of one person; keep"
        " one of them"
    )


def test_two_sexes_of_one_person_are_refused_with_both() -> None:
    told = refusal(present=["man with itch"], sex="female")
    assert told.startswith("the sex given (female) and `man`")
    assert told.endswith("are two sexes of one person; keep one of them")


def test_two_texts_are_held_against_each_other() -> None:
    told = refusal(present=["itch, 30 years old", "fever, 40 years old"])
    assert told.startswith("`30 years old` (30 years) and `40 years old` are two ages")


def test_a_word_for_an_age_that_the_age_rules_out_gives_way_with_a_note() -> None:
    found = answers(groups=["infant"], age="14mo")
    assert found.present == frozenset()
    (note,) = found.notes
    assert note == (
        "`infant` was left out, because it is for ages below 12 months, and the age is"
        " 14 months."
    )


# --- answers at odds ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "other", "id_"),
    [
        ({"present": ["itch"], "absent": ["itchy skin"]}, "itchy skin", "itch"),
        (
            {"groups": ["deep_well"], "not_groups": ["deep well"]},
            "deep well",
            "deep_well",
        ),
        ({"present": ["infant"], "not_groups": ["baby"]}, "infant", "baby"),
    ],
)
def test_present_and_absent_at_once_is_refused_with_both_texts(
    said: dict[str, list[str]], other: str, id_: str
) -> None:
    message = refusal(**said)
    assert f"both mean `{id_}`" in message
    assert f"`{other}`" in message
    assert "keep one of them" in message


def test_all_that_is_at_odds_is_refused_at_once() -> None:
    told = refusal(
        present=["itch", "fever"], absent=["itch", "fever"], age="30", sex="m"
    )
    assert [one.split("`")[1] for one in told.split("; keep one of them")[:2]] == [
        "itch", "fever",
    ]  # fmt: skip


def test_what_is_at_odds_is_unknown_where_one_keeps_going_and_the_rest_stays() -> None:
    found = answers(
        present=["itch", "fever"],
        absent=["itchy skin", "hoarseness"],
        age="30",
        keep_going=True,
    )
    assert (set(found.present), set(found.absent)) == ({"fever"}, {"hoarseness"})
    (note,) = found.notes
    assert note == (
        "Taken as unknown: `itch` is said to be present and `itchy skin` to be absent,"
        " and both mean `itch`; keep one of them."
    )
    assert {match.text for match in found.recognised} == {
        "itch", "fever", "itchy skin", "hoarseness",
    }  # fmt: skip


def test_an_age_at_odds_with_a_group_is_unknown_too_where_one_keeps_going() -> None:
    found = answers(groups=["expecting"], age="3", sex="f", keep_going=True)
    assert found.present == frozenset()
    assert (found.subject.age_days, found.subject.sex) == (None, "female")


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("took much iron while expecting", {"age": "9mo", "sex": "m"}),
        ("itch since expecting", {"age": "90", "sex": "f"}),
        ("itch since expecting", {"sex": "m"}),
    ],
)
def test_among_other_words_it_is_said_of_somebody_else_and_is_told(
    said: str, person: dict[str, str]
) -> None:
    found = answers(present=[said], age=person.get("age"), sex=person.get("sex"))
    assert "expecting" not in found.present
    (left,) = (u for u in found.unrecognised if u.because == OF_ANOTHER)
    assert "expecting" in left.text
    assert (found.subject.age_days is None) is ("age" not in person)


def test_a_word_that_stands_alone_is_the_persons_and_at_odds() -> None:
    assert "is not said of a male person" in refusal(present=["expecting"], sex="m")


def test_unsure_contradicts_nothing() -> None:
    found = answers(present=["itch"], unsure=["itchy skin"])
    assert (found.present, found.unsure) == (frozenset(["itch"]), frozenset(["itch"]))


# --- measurements ---------------------------------------------------------------------


def test_a_measurement_is_told_as_it_was_given_and_kept_in_its_own_unit() -> None:
    found = answers(measurements=[Measurement("Alum in serum", 0.5, "mg/L")])
    assert found.values == (Value("serum_alum", 500),)
    assert found.recognised == (
        Recognised(
            "Alum in serum 0.5 mg/L", "measured", "serum_alum", "measurement",
            "synonym", 100,
        ),
    )  # fmt: skip


def test_an_unknown_measurement_is_listed() -> None:
    found = answers(measurements=[Measurement("serum lead", 3.5, "ug/L")])
    assert found.values == ()
    (listed,) = found.unrecognised
    assert listed.text == "serum lead 3.5 ug/L"
    assert listed.suggestions == ("Serum alum",)


def test_two_values_of_one_measurement_are_refused_by_whatever_names() -> None:
    twice = [Measurement(name, 20, "ug/L") for name in ("serum alum", "alum in serum")]
    told = refusal(measurements=twice)
    assert "`alum in serum 20 ug/L` is a second value" in told
    assert told.endswith("keep one")


def test_a_value_is_adjusted_with_the_age_of_a_text(rules: minsight.Rules) -> None:
    """The shipped calcium is adjusted for albumin in adults alone."""
    measured = [
        Measurement("calcium", 1.7, "mmol/L"), Measurement("albumin", 30, "g/L"),
    ]  # fmt: skip
    subject = Subject(present=["baby of 3 days"], measurements=measured)
    assert any(
        note.endswith("is not adjusted for albumin in blood at this age.")
        for note in enter(subject, rules.vocabulary).notes
    )
