"""A questionnaire as one page of HTML, to print or to fill in on a screen.

The page needs nothing from outside: no script, no font, no image. Texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from string import Template
from typing import Final

from minsight.questions.forms import help_text, title
from minsight.questions.questionnaire import Question, Questionnaire

ANSWERS: Final = (("yes", "yes"), ("no", "no"), ("unsure", "not sure"))
AT_ONCE: Final = ("same_day", "emergency")
"""Urgencies that do not wait for the rest of the form."""
_STYLE: Final = """\
@page { size: A4; margin: 14mm 14mm 16mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.35 sans-serif; color: #000; background: #fff;
  max-width: 190mm; margin: 0 auto; padding: 6mm; }
h1 { font-size: 16pt; margin: 0 0 2mm; }
p { margin: 0 0 2mm; }
.warning { border: 1.5pt solid #000; padding: 2mm 3mm; margin: 3mm 0; }
table { width: 100%; border-collapse: collapse; margin: 5mm 0 0; }
caption { text-align: left; font-weight: bold; font-size: 12.5pt; padding: 0 0 1mm; }
th, td { border-bottom: 0.5pt solid #767676; padding: 1.2mm 1mm; text-align: left;
  vertical-align: top; font-weight: normal; }
thead th { font-size: 9pt; }
tr { break-inside: avoid; }
caption, thead { break-after: avoid; }
.answer { width: 20mm; white-space: nowrap; }
.help { display: block; font-size: 9pt; color: #333; }
label { display: block; }
input[type=radio] { appearance: none; width: 4mm; height: 4mm; margin: 0 1mm 0 0;
  border: 1pt solid #000; vertical-align: -0.6mm; }
input[type=radio]:checked { background: #000; box-shadow: inset 0 0 0 0.6mm #fff; }
input[type=radio]:focus-visible, input[type=text]:focus-visible {
  outline: 2pt solid #05a; outline-offset: 1pt; }
input[type=text] { width: 30mm; border: 0; border-bottom: 1pt solid #000;
  font: inherit; }
footer { margin-top: 6mm; padding-top: 2mm; border-top: 1pt solid #000;
  font-size: 9pt; }
@media print { body { padding: 0; max-width: none; } }"""
_PAGE: Final = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
$style
</style>
</head>
<body>
<main>
<h1>$title</h1>
<p>Tick one box in each line, for the person whom the form is about. Leave a line empty
if it was not asked or does not apply. There are $count questions.</p>
$warning<form>
<table>
<caption>The person</caption>
<tbody>
<tr id="q-age"><th scope="row"><label for="age">Age</label></th>
<td><input type="text" id="age" name="age_years"> years
<label>or, for a baby, <input type="text" name="age_months"> months</label></td></tr>
<tr id="q-sex"><th scope="row" id="t-sex">Sex</th>
<td>$sex</td></tr>
<tr id="q-subject_id">
<th scope="row"><label for="subject_id">Name or number</label></th>
<td><input type="text" id="subject_id" name="subject_id"></td></tr>
</tbody>
</table>
$sections</form>
</main>
<footer>
<p>Education and decision support, never a diagnosis.</p>
<p>$says</p>
<p>minsight rules $version, fingerprint $fingerprint</p>
</footer>
</body>
</html>
""")
_WARNING: Final = """\
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
        style=_STYLE,
        count=len(form.questions) + 2,
        warning=_WARNING if urgent else "",
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
            else f'<th scope="col" colspan="{len(ANSWERS)}">Answer</th>'
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
            for answer in ANSWERS
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
