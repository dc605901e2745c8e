"""A form as HTML: every question once, texts escaped, nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec

from minsight.knowledge.vocabulary import ANYBODY
from minsight.questions.questionnaire import Question, Questionnaire
from minsight_cli.rendering.form import form_page

FEVER = Question(
    id="fever",
    kind="finding",
    text='Fever, "hot" & <b>',
    help="",
    section="General",
    asked_of=ANYBODY,
    minerals=("iron",),
    rules=("iron.x",),
    flags=(),
    urgency="none",
)
SEIZURE = msgspec.structs.replace(
    FEVER, id="seizure", text="A seizure", section="Nerves", urgency="emergency"
)
FERRITIN = msgspec.structs.replace(
    FEVER,
    id="ferritin",
    kind="measurement",
    text="Serum ferritin",
    section="Measurements",
    unit="ug/L",
)


def page(*questions: Question, version: str = "1.0") -> str:
    form = Questionnaire(
        minerals=("iron",),
        people=(),
        clinician=False,
        questions=questions,
        unread=(),
        not_fed=(),
        version=version,
        fingerprint="abc",
    )
    return form_page(form, scored=("iron", "zinc"), says="Not all & <nothing>.")


class Tags(HTMLParser):
    """The tags of a page that are not closed, and the ids that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input", "br", "link"):
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_is_whole_and_each_id_stands_once() -> None:
    tags = Tags(page(FEVER, SEIZURE, FERRITIN))
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert {"q-fever", "q-seizure", "q-ferritin"} <= set(tags.ids)


def test_texts_are_escaped() -> None:
    text = page(FEVER, version="<1>")
    assert "Fever, &quot;hot&quot; &amp; &lt;b&gt;" in text
    assert "Not all &amp; &lt;nothing&gt;." in text
    assert "&lt;1&gt;" in text
    assert "<b>" not in text


def test_what_names_a_label_is_there() -> None:
    text = page(FEVER, SEIZURE, FERRITIN)
    ids = set(Tags(text).ids)
    for named in re.findall(r'aria-labelledby="([^"]+)"', text):
        assert set(named.split()) <= ids, named


def test_a_question_has_three_answers_and_a_measurement_a_box_with_its_unit() -> None:
    text = page(FEVER, FERRITIN)
    values = re.findall(r'type="radio" name="fever" value="(\w+)"', text)
    assert values == ["yes", "no", "unsure"]
    assert text.count('type="text" name="ferritin"') == 1
    assert "> ug/L</td>" in text
    assert 'name="ferritin" value=' not in text


def test_only_what_cannot_wait_is_marked_and_warned_of() -> None:
    calm, urgent = page(FEVER), page(FEVER, SEIZURE)
    assert "Do not wait for the form" not in calm
    assert "Do not wait for the form" in urgent
    assert urgent.count("<strong>!</strong> A seizure") == 1
    assert "<strong>!</strong> Fever" not in urgent
    soon = msgspec.structs.replace(SEIZURE, urgency="soon")
    assert "Do not wait for the form" not in page(soon)


def test_age_and_sex_are_counted_with_the_questions() -> None:
    assert re.search(r"\b5\b", " ".join(Tags(page(FEVER, SEIZURE, FERRITIN)).texts))


def test_nothing_comes_from_outside() -> None:
    assert not re.search(r"https?://|src=|<script|@import|url\(", page(FEVER, FERRITIN))
