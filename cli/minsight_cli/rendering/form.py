"""A questionnaire as one page of HTML, to print or to fill in on a screen.

The page needs nothing from outside: no script, no font, no image. Texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from minsight.questions.forms import help_text, title
from minsight.questions.questionnaire import Question, Questionnaire


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


ANSWER_WORDS: Final = (("yes", "yes"), ("no", "no"), ("unsure", "not sure"))
AT_ONCE: Final = ("same_day", "emergency")
"""Urgencies that do not wait for the rest of the form."""
_STYLE: Final = _read("form.css")
_PAGE: Final = Template(_read("form.html"))
WARNING: Final = """\
<p class="warning"><strong>Do not wait for the form:</strong> a yes in a line marked \
with <strong>!</strong> means that a health professional should see the person today, \
or at once.</p>
"""
_TABLE: Final = Template("""\
<table>
<caption>$heading</caption>
<thead><tr><th scope="col">Question</th>$columns</tr></thead>
<tbody>
$rows</tbody>
</table>
""")


def form_page(form: Questionnaire, *, scored: Sequence[str], says: str) -> str:
    """The form as a page; `says` is what the rules say of all that they tell."""
    urgent = any(question.urgency in AT_ONCE for question in form.questions)
    return _PAGE.substitute(
        title=escape(title(form, scored=scored)),
        style=_STYLE.rstrip(),
        count=len(form.questions) + 2,
        warning=WARNING if urgent else "",
        sex=_boxes("sex", (("female", "female"), ("male", "male"))),
        sections="".join(_tables(form)),
        says=escape(says),
        version=escape(form.version),
        fingerprint=escape(form.fingerprint),
    )


def _tables(form: Questionnaire) -> Iterator[str]:
    for heading, questions in form.sections.items():
        measured = questions[0].unit is not None
        columns = (
            '<th scope="col">Value</th>'
            if measured
            else f'<th scope="col" colspan="{len(ANSWER_WORDS)}">Answer</th>'
        )
        yield _TABLE.substitute(
            heading=escape(heading),
            columns=columns,
            rows="".join(map(_row, questions)),
        )


def _row(question: Question) -> str:
    id_ = escape(question.id)
    mark = "<strong>!</strong> " if question.urgency in AT_ONCE else ""
    words = help_text(question)
    aside = f'<span class="help">{escape(words)}</span>' if words else ""
    asked = f"{mark}{escape(question.text)}{aside}"
    head = f'<th scope="row" id="t-{id_}">{asked}</th>'
    return f'<tr id="q-{id_}">{head}{_cells(question)}</tr>\n'


def _cells(question: Question) -> str:
    id_ = escape(question.id)
    if question.unit is None:
        return "".join(
            f'<td class="answer">{_boxes(question.id, (answer,))}</td>'
            for answer in ANSWER_WORDS
        )
    box = f'<input type="text" name="{id_}" inputmode="decimal"'
    return f'<td>{box} aria-labelledby="t-{id_}"> {escape(question.unit)}</td>'


def _boxes(name: str, answers: Sequence[tuple[str, str]]) -> str:
    """A box with its word for each answer; a reader of the page hears the question."""
    id_ = escape(name)
    return "".join(
        f'<label><input type="radio" name="{id_}" value="{escape(value)}"'
        f' aria-labelledby="t-{id_} a-{id_}-{escape(value)}">'
        f'<span id="a-{id_}-{escape(value)}">{escape(word)}</span></label>'
        for value, word in answers
    )
