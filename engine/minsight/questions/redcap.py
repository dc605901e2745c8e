"""REDCap: a form as a data dictionary, of which raw exports need no map.

Answers have words as their codes. Lists are matrices; the words on a family are asked
for once it is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from minsight.questions.forms import PERSON_COLUMNS, as_csv, help_text
from minsight.questions.questionnaire import Question, Questionnaire

_COLUMNS: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
FORM: Final = "minsight"
_ANSWERS: Final = "yes, Yes | no, No | unsure, Not sure"
_SEXES: Final = "female, Female | male, Male"


def redcap_dictionary(form: Questionnaire) -> str:
    """The form as the CSV file that the project setup of REDCap takes."""
    return as_csv([_COLUMNS, *(_in_order(fields) for fields in _fields(form))])


def _in_order(fields: dict[str, str]) -> list[str]:
    whole = {"Form Name": FORM, **fields}
    return [whole.get(column, "") for column in _COLUMNS]


def _fields(form: Questionnaire) -> Iterator[dict[str, str]]:
    yield _field("record_id", "text", PERSON_COLUMNS["subject_id"][0])
    for name, (label, _, _) in PERSON_COLUMNS.items():
        if name == "sex":
            yield {**_field(name, "radio", label), _COLUMNS[5]: _SEXES}
        elif name != "subject_id":
            yield {**_field(name, "text", label), _COLUMNS[7]: "number"}
    asked = set[str]()
    for heading, questions in form.sections.items():
        header = heading
        for question in questions:
            for fields in _asked(question, asked):
                yield {_COLUMNS[2]: header, **fields} if header else fields
                header = ""


def _asked(question: Question, asked: set[str]) -> Iterator[dict[str, str]]:
    """The fields of a question that was not asked for yet."""
    header = question.text
    for line in question.lines:
        for fields in _asked(line, asked):
            matrix = {_COLUMNS[15]: f"{question.id}_list"}
            yield {
                **fields,
                **matrix,
                **({_COLUMNS[2]: header} if header else {}),
            }
            header = ""
    if question.lines or question.id in asked:
        return
    asked.add(question.id)
    if question.unit is not None:
        fields = _field(question.id, "text", question.text)
        yield {
            **fields,
            _COLUMNS[6]: question.unit,
            _COLUMNS[7]: "number",
        }
        return
    fields = _field(question.id, "radio", question.text)
    yield {
        **fields,
        _COLUMNS[5]: _ANSWERS,
        _COLUMNS[6]: help_text(question),
    }
    if question.covers:
        which = _field(f"{question.id}_which", "text", "Which?")
        yield {**which, _COLUMNS[11]: f"[{question.id}] = 'yes'"}


def _field(name: str, kind: str, label: str) -> dict[str, str]:
    return {
        _COLUMNS[0]: name,
        _COLUMNS[3]: kind,
        _COLUMNS[4]: label,
    }
