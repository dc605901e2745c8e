"""A page of a short form: whole, with each question once, and nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest

import minsight
from minsight.questions.questionnaire import Question, Questionnaire
from minsight.questions.short_form import lines_of
from minsight_cli.rendering.short_form import short_form_page


@pytest.fixture(scope="module")
def form(rules: minsight.Rules) -> Questionnaire:
    return rules.questionnaire(["iron"], people=["infants"], one_page=True)


def page(form: Questionnaire) -> str:
    return short_form_page(form, scored=("iron", "zinc"), says="Not all & <nothing>.")


class Tags(HTMLParser):
    """The tags of a page that are not closed, its ids and the names of its boxes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input":
            self.names.append(said["name"] or "")
        elif tag != "meta":
            self.open.append(tag)
        if said.get("id"):
            self.ids.append(said["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_each_id_stands_once(form: Questionnaire) -> None:
    tags = Tags(page(form))
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert {f"q-{question.id}" for question in form.questions} <= set(tags.ids)


def test_every_field_has_a_box_or_a_place_for_words(form: Questionnaire) -> None:
    names = set(Tags(page(form)).names)
    person = {"subject_id", "age_years", "age_months", "sex"}
    lists = {question.id for question in form.questions if question.lines}
    assert names == {*person, *lists, *(field.id for field in form.fields)}


def test_it_needs_nothing_from_outside_and_leaves_the_paper_open(
    form: Questionnaire,
) -> None:
    """Any paper will do: A4 and Letter are both higher and wider than is filled."""
    text = page(form)
    assert "http" not in text
    assert "<script" not in text
    assert "size:" not in text.split("@page", 1)[1].split("}", 1)[0].replace(
        "font-size:", ""
    )


def test_warning_signs_are_marked_and_explained(form: Questionnaire) -> None:
    text = page(form)
    assert "Do not wait for the form:" in text
    marked = re.findall(r"<strong>!</strong> ([^<]+)</label>", text)
    lines = [line for question in form.questions for line in question.lines]
    urgent = [one.text for one in lines if one.urgency in ("same_day", "emergency")]
    assert marked == urgent
    calm = msgspec.structs.replace(form, questions=form.questions[1:2])
    assert "Do not wait" not in page(calm)


def test_texts_are_escaped(form: Questionnaire) -> None:
    odd = '<b> & "quoted"'
    for question in (form.questions[0], form.questions[1], form.questions[-1]):
        shown = page(with_text(form, question, odd))
        assert odd not in shown
        assert "&lt;b&gt; &amp; &quot;quoted&quot;" in shown


def with_text(form: Questionnaire, question: Question, text: str) -> Questionnaire:
    lines = tuple(msgspec.structs.replace(one, text=text) for one in question.lines)
    other = msgspec.structs.replace(question, text=text, lines=lines)
    return msgspec.structs.replace(form, questions=(other,))


def test_values_have_their_unit(rules: minsight.Rules) -> None:
    form = rules.questionnaire(["iron"], age=30, sex="f", clinician=True, one_page=True)
    assert rules.vocabulary.measurement["ferritin"].unit in page(form)


def test_a_page_is_shorter_than_the_complete_form(
    form: Questionnaire, rules: minsight.Rules
) -> None:
    complete = rules.questionnaire(["iron"], people=["infants"])
    assert "leaves out" in page(form)
    assert "leaves out" not in page(complete)
    assert sum(map(lines_of, form.questions)) < len(complete.questions)
