"""XLSForm: a form as a workbook that ODK, KoboToolbox and SurveyCTO take.

Names are ids, so that what they export needs no map. Families are opened by a yes,
which asks for words; lists are groups of questions on one screen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from minsight.errors import missing_extra
from minsight.questions.forms import PERSON_COLUMNS, form_key, help_text, title
from minsight.questions.questionnaire import Question, Questionnaire

SURVEY: Final = ("type", "name", "label", "hint", "relevant", "appearance")
CHOICES: Final = ("list_name", "name", "label")
SETTINGS: Final = ("form_title", "form_id", "version")
_ANSWERS: Final = (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"))
_SEXES: Final = (("female", "Female"), ("male", "Male"))
_TYPES: Final = {"subject_id": "text", "sex": "select_one sex"}
_SAID: Final = "select_one answer"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

_Row = Mapping[str, str]


def xlsform(form: Questionnaire, *, scored: Sequence[str] = ()) -> bytes:
    """The form as the bytes of a workbook.

    Raises:
        FileError: when what writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise missing_extra("an XLSForm", "excel") from None
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        _sheet(book, "survey", SURVEY, survey_rows(form))
        _sheet(book, "choices", CHOICES, _choices())
        about = {
            "form_title": title(form, scored=scored),
            "form_id": f"minsight_{form_key(form)}",
            "version": f"{form.version}+{form.fingerprint}",
        }
        _sheet(book, "settings", SETTINGS, [about])
    return written.getvalue()


def survey_rows(form: Questionnaire) -> Iterator[_Row]:
    """The rows of the sheet `survey`, each cell under the name of its column."""
    for name, (label, _, _) in PERSON_COLUMNS.items():
        yield {"type": _TYPES.get(name, "decimal"), "name": name, "label": label}
    asked = set[str]()
    for number, (heading, questions) in enumerate(form.sections.items(), start=1):
        yield {"type": "begin_group", "name": f"section_{number}", "label": heading}
        for question in questions:
            yield from _rows(question, asked)
        yield {"type": "end_group"}


def _rows(question: Question, asked: set[str]) -> Iterator[_Row]:
    if question.lines:
        yield {
            "type": "begin_group",
            "name": question.id,
            "label": question.text,
            "appearance": "field-list",
        }
        for line in question.lines:
            yield from _rows(line, asked)
        yield {"type": "end_group"}
    elif question.id not in asked:
        asked.add(question.id)
        yield from _asked(question)


def _asked(question: Question) -> Iterator[_Row]:
    row = {"name": question.id, "label": question.text, "hint": help_text(question)}
    if question.unit is not None:
        unit = {"hint": f"{row['hint']} {question.unit}".strip()}
        yield {"type": "decimal", **row, **unit}
        return
    yield {"type": _SAID, **row}
    if question.covers:
        yield {
            "type": "text",
            "name": f"{question.id}_which",
            "label": "Which?",
            "relevant": f"${{{question.id}}} = 'yes'",
        }


def _choices() -> Iterator[_Row]:
    for name, choices in (("answer", _ANSWERS), ("sex", _SEXES)):
        for value, label in choices:
            yield {"list_name": name, "name": value, "label": label}


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterator[_Row] | Sequence[_Row],
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            if row.get(column):
                sheet.write_string(number, place, row[column])
