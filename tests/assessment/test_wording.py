"""Wording: reasons, answers and sources in the words that people read."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from made_up_rules import rule
from minsight import Measurement, Reason, Subject
from minsight.assessment.model import Assessment
from minsight.assessment.reasons import matched_reasons
from minsight.assessment.wording import (
    joined,
    said,
    source_line,
    source_title,
    sources_of,
    strength_in_words,
)
from minsight.knowledge.catalogue import Source
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.logic import atoms
from minsight.scales import EFFECTS, STRENGTHS, WEIGHTS


def reason(kind: str, strength: str, *, out_of_age: bool = False) -> Reason:
    made = rule("one", kind, strength)
    (found,) = matched_reasons([made], frozenset([atoms.evidence(made.id)]))
    return msgspec.structs.replace(found, out_of_age=out_of_age)


# --- how a reason counts --------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "strength", "words"),
    [
        ("supports", "pathognomonic_like", "close to specific"),
        ("supports", "nonspecific", "unspecific"),
        ("risk", "strong", "strong risk factor"),
        ("measured", "low", "test result"),
        ("against", "note", "worth knowing"),
    ],
)
def test_a_strength_is_told_in_words(kind: str, strength: str, words: str) -> None:
    assert strength_in_words(reason(kind, strength)) == words


def test_every_strength_that_a_rule_can_have_has_words() -> None:
    scales = {"supports": STRENGTHS, "risk": WEIGHTS, "combination": EFFECTS}
    for kind, scale in scales.items():
        for strength in scale:
            assert strength_in_words(reason(kind, strength))
    others = {pair for pair in STRENGTH_OF if pair[0] not in scales}
    assert others == {
        ("measured", "low"),
        ("textbook", "complete"),
        ("context", "raises"),
        ("context", "lowers"),
        ("against", "brake"),
        ("against", "cap"),
        ("against", "note"),
    }


def test_an_unusual_age_is_told_of_a_finding_only() -> None:
    aged = reason("supports", "supportive", out_of_age=True)
    assert strength_in_words(aged) == "supports; unusual age"
    assert strength_in_words(reason("risk", "strong", out_of_age=True)) == (
        "strong risk factor"
    )


# --- what was said --------------------------------------------------------------------


def told(small: minsight.Rules, rule_id: str, subject: Subject) -> str:
    """What was said that met the condition of a rule."""
    assessment = small.assess(subject)
    (found,) = (r for r in every_reason(assessment) if r.rule == rule_id)
    return said(found, assessment, small.vocabulary)


def every_reason(assessment: Assessment) -> list[Reason]:
    return [
        reason
        for candidate in assessment.candidates
        for reason in (*candidate.reasons, *candidate.against, *candidate.context)
    ]


def test_what_was_said_is_told_in_the_persons_own_words(small: minsight.Rules) -> None:
    subject = Subject(present=["nails gone grey"], age="30")
    assert told(small, "alum.grey_nails", subject) == "nails gone grey"


def test_what_was_said_more_precisely_is_told_as_it_was_said(
    small: minsight.Rules,
) -> None:
    subject = Subject(present=["ashen nails", "ridged nails"], age="30")
    assert told(small, "ochre.nail_change", subject) == "ashen nails, ridged nails"


def test_an_id_is_told_by_its_label(small: minsight.Rules) -> None:
    """Though "deep_well" is read like the phrase "deep well"."""
    subject = Subject(present=["grey_nails"], groups=["deep_well"], age="30")
    assert told(small, "alum.grey_nails", subject) == "Grey nails"
    assert told(small, "alum.well_water", subject) == "Drinks from a deep well"


def test_what_age_decides_is_told_by_its_label(small: minsight.Rules) -> None:
    subject = Subject(present=["itch"], age="6mo")
    assert told(small, "alum.first_year", subject) == "Baby"


def test_a_value_is_told_with_its_unit(small: minsight.Rules) -> None:
    subject = Subject(measurements=[Measurement("serum alum", 5, "ug/L")], age="30")
    assert told(small, "alum.serum_low", subject) == "serum alum 5 ug/L"
    assert told(small, "alum.reported_low", subject) == "serum alum 5 ug/L"


def test_what_was_told_stands_before_what_was_measured(small: minsight.Rules) -> None:
    subject = Subject(
        present=["low alum as reported"],
        measurements=[Measurement("serum alum", 5, "ug/L")],
        age="30",
    )
    assert told(small, "alum.reported_low", subject) == "low alum as reported"


def test_what_is_absent_is_told_with_a_no(small: minsight.Rules) -> None:
    subject = Subject(present=["hoarseness", "itch"], absent=["blue tongue"], age="30")
    assert told(small, "alum.against_hoarseness", subject) == (
        "hoarseness, no blue tongue"
    )


def test_an_answer_that_meets_a_condition_twice_is_told_once(
    small: minsight.Rules,
) -> None:
    assessment = small.assess(Subject(present=["ashen nails"], age="30"))
    twice = msgspec.structs.replace(
        reason("supports", "supportive"), matched=("grey_nails", "nail_change")
    )
    assert said(twice, assessment, small.vocabulary) == "ashen nails"


# --- sources --------------------------------------------------------------------------


def test_sources_are_told_once_in_the_order_of_their_mention(
    small: minsight.Rules,
) -> None:
    """Alum first: grey nails, well water (field study), then ochre's handbook."""
    subject = Subject(present=["grey_nails"], groups=["well_water"], age="30")
    candidates = small.assess(subject).candidates
    found = [source.id for source in sources_of(candidates, small.catalogue)]
    assert found == ["field_study", "handbook"]
    backwards = sources_of(reversed(candidates), small.catalogue)
    assert [source.id for source in backwards] == ["handbook", "field_study"]
    assert sources_of([], small.catalogue) == []


@pytest.mark.parametrize(
    ("publisher", "year", "url", "read", "line"),
    [
        ("WHO", 2020, "https://a.example", True, "A, WHO, 2020 <https://a.example>"),
        ("WHO", 2020, "https://a.example", False,
         "A, WHO, 2020 (not read at the source) <https://a.example>"),
        (None, 2020, None, True, "A, 2020"),
        ("WHO", None, None, True, "A, WHO"),
        (None, None, None, True, "A"),
    ],
)  # fmt: skip
def test_a_source_is_told_in_one_line_without_what_is_not_known(
    publisher: str | None, year: int | None, url: str | None, read: bool, line: str
) -> None:
    source = Source("a", "A", publisher, year, url, read)
    assert source_line(source) == line
    assert source_title(source) == line.partition(" <")[0]


# --- lists ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["iron"], "iron"),
        (["iron", "zinc"], "iron or zinc"),
        (["iron", "zinc", "iodine"], "iron, zinc or iodine"),
    ],
)
def test_words_are_listed_as_people_do(words: list[str], sentence: str) -> None:
    assert joined(words, "or") == sentence


@given(words=st.lists(st.text("abc", min_size=1), max_size=6))
def test_no_word_of_a_list_is_lost(words: list[str]) -> None:
    told = joined(iter(words)).replace(" and ", ", ").split(", ")
    assert [word for word in told if word] == words
