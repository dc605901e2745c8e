"""Forms of one page: how long, in whose words, what they find and what they omit."""

from __future__ import annotations

import math
from typing import Final

import msgspec
import pytest

import minsight
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.vocabulary import Demographic
from minsight.questions.form_items import items_of
from minsight.questions.forms import left_out_in_words
from minsight.questions.questionnaire import Questionnaire, questionnaire
from minsight.questions.short_form import (
    FULL_WIDTH,
    LINE_WIDTH,
    MOST_QUESTIONS,
    PAGE_LINES,
    SECTIONS,
    WARNING_SECTION,
    lines_of,
    short_form,
)
from minsight.scales import LEVELS

ONE_FOR_ALL: Final = "all minerals for adults"
FORMS: Final = {
    "iron for infants": (("iron",), ("infants",)),
    "iodine for pregnancy": (("iodine",), ("pregnancy",)),
    ONE_FOR_ALL: ((), ("adult",)),
}
FOUND_OF_COMPLETE: Final = {ONE_FOR_ALL: 0.88}
"""What a form finds at least, if not `USUALLY_FOUND`: all minerals at once miss it."""
USUALLY_FOUND: Final = 0.9


@pytest.fixture(scope="module", params=FORMS, ids=lambda name: name.replace(" ", "-"))
def form(request: pytest.FixtureRequest, rules: minsight.Rules) -> Questionnaire:
    minerals, people = FORMS[request.param]
    return short_form(rules, minerals=minerals, people=people)


@pytest.fixture(scope="module")
def infants(rules: minsight.Rules) -> Questionnaire:
    return short_form(rules, minerals=["iron"], people=["infants"])


def test_a_page_has_few_questions_and_they_fit(form: Questionnaire) -> None:
    assert len(form.questions) + 2 <= MOST_QUESTIONS
    assert math.fsum(map(lines_of, form.questions)) <= PAGE_LINES


def test_a_page_finds_most_of_those_whom_all_questions_find(
    form: Questionnaire, request: pytest.FixtureRequest
) -> None:
    assert form.left_out is not None
    found = form.left_out.found
    assert found.people > 100
    name = request.node.callspec.params["form"]
    assert found.share >= FOUND_OF_COMPLETE.get(name, USUALLY_FOUND)
    assert found.forgetful <= found.share


def test_each_entry_is_asked_once_and_warning_signs_first(form: Questionnaire) -> None:
    asked = [line.id for one in form.questions for line in one.lines or (one,)]
    assert sorted(set(asked)) == sorted(asked)
    assert list(form.sections) == [s for s in SECTIONS if s in form.sections]
    first = form.questions[0]
    assert first.section == WARNING_SECTION
    assert {line.urgency for line in first.lines} <= {"same_day", "emergency"}


def test_nothing_is_asked_that_the_complete_form_does_not_ask(
    form: Questionnaire, rules: minsight.Rules
) -> None:
    complete = rules.questionnaire(form.minerals, people=form.people)
    ids = {one.id for one in complete.questions}
    covered = {id_ for one in form.questions for id_ in one.covers or (one.id,)}
    assert covered <= ids
    assert form.left_out is not None
    assert form.left_out.questions == len(ids - covered)


def test_nothing_is_asked_that_makes_no_sense_at_that_age(
    infants: Questionnaire, rules: minsight.Rules
) -> None:
    asked = {field.id for field in infants.fields}
    band = [band.id for band in rules.guide.bands].index("infant")
    often = rules.guide.how_often
    impossible = {
        id_ for id_, classes in often.items() if classes[band] == "impossible"
    }
    assert asked.isdisjoint(impossible)
    assert "suicidal_thoughts" not in asked


def test_children_are_asked_about_through_a_parent(infants: Questionnaire) -> None:
    words = [one.text for one in infants.questions]
    assert any("your child" in text for text in words)
    assert all("your child" in text for text in words if " you " in text)


def test_the_same_form_is_made_again(
    infants: Questionnaire, rules: minsight.Rules
) -> None:
    again = short_form(rules, minerals=["iron"], people=["infants"])
    assert again == infants


def test_a_family_is_opened_with_examples_and_says_what_a_no_means(
    form: Questionnaire,
) -> None:
    for one in form.questions:
        if one.kind == "family":
            assert len(one.covers) > 1
            assert one.no_means
            assert one.help == "" or one.help.startswith("Such as: ")


def test_what_it_leaves_out_is_said_in_words(form: Questionnaire) -> None:
    left = form.left_out
    assert left is not None
    words = left_out_in_words(form)
    assert f"leaves out {left.questions} questions" in words
    assert f"{left.warnings_asked} of {left.warnings} warnings" in words
    for lost in left.out_of_reach:
        assert set(lost.levels) <= set(LEVELS[1:])
        assert all(level.replace("_", " ") in words for level in lost.levels)
        assert lost.mineral in words.partition("It cannot reach ")[2]


def test_a_complete_form_leaves_nothing_out(rules: minsight.Rules) -> None:
    complete = questionnaire(rules, minerals=["iodine"], people=["infants"])
    assert complete.left_out is None
    assert left_out_in_words(complete) == ""


def test_clinicians_are_asked_for_values_too(rules: minsight.Rules) -> None:
    form = short_form(rules, minerals=["iron"], age="30", sex="f", clinician=True)
    assert len(form.questions) + 2 <= MOST_QUESTIONS
    assert "ferritin" in {field.id for field in form.fields if field.unit}


def test_rules_without_a_guide_give_a_page_in_their_labels(
    rules: minsight.Rules,
) -> None:
    """Nothing but their frequency, their words and their families is missing."""
    bare = KnowledgeBase(rules.program, rules.vocabulary, rules.catalogue)
    form = short_form(minsight.Rules(bare), minerals=["iron"], people=["infants"])
    assert 0 < len(form.questions) + 2 <= MOST_QUESTIONS
    assert {one.kind for one in form.questions} <= {"finding", "group", "list"}


def test_lines_are_counted_by_width_and_kind(infants: Questionnaire) -> None:
    one = msgspec.structs.replace(infants.questions[0], lines=(), covers=(), help="")
    short = msgspec.structs.replace(one, text="a " * (LINE_WIDTH // 2))
    long = msgspec.structs.replace(one, text="a " * LINE_WIDTH)
    assert lines_of(long) == lines_of(short) + 1
    wide = "a " * (FULL_WIDTH // 2)
    family = msgspec.structs.replace(one, text=wide, covers=("b", "c"))
    assert lines_of(family) > lines_of(short)


def test_families_are_asked_of_whom_they_make_sense(rules: minsight.Rules) -> None:
    ids = [*rules.vocabulary.group, *rules.vocabulary.finding]
    men = [Demographic(from_days=20 * 365.25, sex="male")]
    asked = {item.name for item in items_of(ids, rules.guide, rules.vocabulary, men)}
    assert "q_medicines" in asked
    assert "q_pregnancy" not in asked
    assert "q_periods" not in asked
