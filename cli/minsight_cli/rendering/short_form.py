"""A short form as one printed page of HTML, which can be filled in on a screen as well.

Like the complete form it needs nothing from outside. `questions.short_form` counts the
lines that this page has room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from minsight.questions.forms import help_text, left_out_in_words, title
from minsight.questions.questionnaire import Question, Questionnaire
from minsight_cli.rendering.form import ANSWER_WORDS, AT_ONCE, WARNING


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


_STYLE: Final = _read("short_form.css")
_PAGE: Final = Template(_read("short_form.html"))
_SECTION: Final = Template("""\
<tbody>
<tr class="section"><th scope="colgroup" colspan="4">$heading</th></tr>
$rows</tbody>
""")


def short_form_page(form: Questionnaire, *, scored: Sequence[str], says: str) -> str:
    """The form as a page; `says` is what the rules say of all that they tell."""
    urgent = any(_is_urgent(question) for question in form.questions)
    left_out = left_out_in_words(form)
    return _PAGE.substitute(
        title=escape(title(form, scored=scored)),
        style=_STYLE.rstrip(),
        count=len(form.questions) + 2,
        warning=WARNING if urgent else "",
        sections="".join(
            _SECTION.substitute(
                heading=escape(heading), rows="".join(map(_row, questions))
            )
            for heading, questions in form.sections.items()
        ),
        left_out=f"<p>{escape(left_out)}</p>\n" if left_out else "",
        says=escape(says),
        version=escape(form.version),
        fingerprint=escape(form.fingerprint),
    )


def _is_urgent(question: Question) -> bool:
    asked = question.lines or (() if question.covers else (question,))
    return any(one.urgency in AT_ONCE for one in asked)


def _row(question: Question) -> str:
    if question.lines:
        return _wide(question, "".join(_ticks(question)))
    if question.covers:
        return _wide(question, _words(question))
    return _answered(question)


def _wide(question: Question, asked: str) -> str:
    """A row without columns for its answers."""
    id_ = escape(question.id)
    text = f'<span id="t-{id_}">{escape(question.text)}</span>'
    return f'<tr id="q-{id_}"><td colspan="4">{text} {asked}</td></tr>\n'


def _ticks(question: Question) -> Iterator[str]:
    """A box for each line of a list, and one for none of them."""
    for line in question.lines:
        mark = "<strong>!</strong> " if line.urgency in AT_ONCE else ""
        yield _tick(line.id, "yes", f"{mark}{escape(line.text)}")
    yield _tick(question.id, "no", "none of these")


def _tick(name: str, value: str, words: str) -> str:
    box = f'<input type="checkbox" name="{escape(name)}" value="{value}">'
    return f'<label class="tick">{box}{words}</label>\n'


def _words(question: Question) -> str:
    """The place for free words, with a box for a plain no."""
    id_ = escape(question.id)
    return (
        f'<span class="small">{escape(question.help)}</span>'
        f'<span class="which">{_tick(question.id, "no", "no")}'
        f'<label for="{id_}">Which:</label>'
        f'<input type="text" id="{id_}" name="{id_}"></span>'
    )


def _answered(question: Question) -> str:
    id_ = escape(question.id)
    mark = "<strong>!</strong> " if question.urgency in AT_ONCE else ""
    words = help_text(question) if question.help else ""
    aside = f' <span class="small">{escape(words)}</span>' if words else ""
    head = f'<th scope="row" id="t-{id_}">{mark}{escape(question.text)}{aside}</th>'
    return f'<tr id="q-{id_}">{head}{"".join(_cells(question))}</tr>\n'


def _cells(question: Question) -> Iterator[str]:
    id_ = escape(question.id)
    if question.unit is not None:
        box = f'<input type="text" name="{id_}" aria-labelledby="t-{id_}">'
        yield f'<td colspan="3">{box} {escape(question.unit)}</td>'
        return
    for value, word in ANSWER_WORDS:
        a = f"a-{id_}-{value}"
        yield (
            f'<td class="answer {value}"><label><input type="radio" name="{id_}"'
            f' value="{value}" aria-labelledby="t-{id_} {a}">'
            f'<span id="{a}">{word}</span></label></td>'
        )
