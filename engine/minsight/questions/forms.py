"""Forms: questionnaires as files that other programs read, CSV and FHIR.

The CSV template has one row a person and one column a question. The codebook beside it
says what each column asks and which answers it takes. The FHIR resource is a
Questionnaire of release 4; its answers are those of HL7's value set yesnodontknow.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from minsight.ages import exactly_in
from minsight.files.formulas import as_text
from minsight.knowledge.vocabulary import Demographic
from minsight.questions.questionnaire import OutOfReach, Question, Questionnaire
from minsight.scales import LEVELS

PERSON_COLUMNS: Final = {
    "subject_id": ("A name or number for the person", "text", ""),
    "age_years": (
        "Age in years; for babies fill in age_months",
        "number or blank",
        "a",
    ),
    "age_months": ("Age in months, instead of age_years", "number or blank", "mo"),
    "sex": ("Sex", "female, male or blank", ""),
}
"""The columns about the person: what they ask, their answers, their unit."""
CODEBOOK: Final = ("column", "question", "answers", "unit", "minerals")
_SAID: Final = "yes, no, unsure or blank"
NUMBER: Final = "number or blank"
IN_WORDS: Final = "no, or in words which"

_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_EXTENSION: Final = "http://hl7.org/fhir/StructureDefinition"
_UCUM: Final = "http://unitsofmeasure.org"
ANSWER_CODES: Final = (
    (f"{_HL7}/v2-0136", "Y", "Yes"),
    (f"{_HL7}/v2-0136", "N", "No"),
    (f"{_HL7}/data-absent-reason", "asked-unknown", "Don't know"),
)
"""Yes, no and not known: the system, the code and the words of each."""
_SEXES: Final = tuple(
    ("http://hl7.org/fhir/administrative-gender", code, code.capitalize())
    for code in ("female", "male")
)
_AGES: Final = (
    (_UCUM, "a", "years"),
    (_UCUM, "mo", "months"),
    (_UCUM, "d", "days"),
)
_PLAIN_UNIT: Final = re.compile(r"([numkp]?(g|mol)|mIU)/[dm]?L|fL")


def title(form: Questionnaire, *, scored: Sequence[str] = ()) -> str:
    """What the form is about and whom it is for, in one line.

    With the minerals that are scored, all of them are called so.
    """
    every = form.minerals == tuple(scored)
    names = "all minerals" if every else ", ".join(form.minerals)
    people = f"; for: {', '.join(form.people)}" if form.people else ""
    return f"Questionnaire on {names}{people}"


def whom_in_words(whom: Demographic) -> str:
    """To whom a question is put; empty when it is put to everybody.

    >>> whom_in_words(Demographic(from_days=3652.5, sex="female"))
    'female, from 10 years'
    >>> whom_in_words(Demographic(below_days=182.625))
    'under 6 months'
    """
    parts = [whom.sex] if whom.sex else []
    if whom.from_days is not None:
        parts.append(f"from {_age_in_words(whom.from_days)}")
    if whom.below_days is not None:
        parts.append(f"under {_age_in_words(whom.below_days)}")
    return ", ".join(parts)


def _age_in_words(days: float) -> str:
    for unit, words in (("y", "years"), ("mo", "months")):
        count = exactly_in(unit, days)
        if count is not None and (count > 1 or unit == "mo"):
            return f"{count:g} {words}"
    return f"{days:g} days"


def help_text(question: Question) -> str:
    """The help of a question, with the people to whom it is put."""
    whom = whom_in_words(question.asked_of)
    parts = [question.help.rstrip("."), f"Only: {whom}" if whom else ""]
    return ". ".join(part for part in parts if part)


def left_out_in_words(form: Questionnaire) -> str:
    """What a short form leaves out, and what that can cost; empty if it is complete."""
    left = form.left_out
    if left is None:
        return ""
    parts = [
        f"This page leaves out {left.questions} questions of the complete form.",
        f"It can raise {left.warnings_asked} of {left.warnings} warnings.",
        *_out_of_reach(left.out_of_reach),
    ]
    if left.found.people:
        parts.append(
            f"Of {left.found.people} simulated people in whom all questions find the"
            f" typical pattern, it finds it in {left.found.share:.0%}"
            f" ({left.found.forgetful:.0%} if people name only four things in five"
            " where they answer in their own words)."
        )
    return " ".join(parts)


def _out_of_reach(lost: Sequence[OutOfReach]) -> Iterator[str]:
    """One sentence, by level from the weakest."""
    of: dict[str, list[str]] = {}
    for level in LEVELS:
        minerals = [one.mineral for one in lost if level in one.levels]
        if minerals:
            of[level] = minerals
    if of:
        each = (f"{level} of {', '.join(of[level])}" for level in of)
        yield f"It cannot reach {'; '.join(each).replace('_', ' ')}."


def csv_template(form: Questionnaire) -> str:
    """The header of a table with one row a person and one column a question."""
    return as_csv([[*PERSON_COLUMNS, *(question.id for question in form.fields)]])


def csv_codebook(form: Questionnaire) -> str:
    """A table of the columns of the template: question, answers, unit, minerals."""
    person = [[name, *asked, ""] for name, asked in PERSON_COLUMNS.items()]
    return as_csv([CODEBOOK, *person, *map(_codebook_row, form.fields)])


def _codebook_row(question: Question) -> list[str]:
    apart = " " if question.text.endswith("?") else ". "
    words = apart.join(part for part in (question.text, help_text(question)) if part)
    answers = _answers_to(question)
    unit = question.unit or ""
    return [question.id, words, answers, unit, " ".join(question.minerals)]


def _answers_to(question: Question) -> str:
    if question.covers:
        return f"{IN_WORDS}; no means: {question.no_means}"
    return _SAID if question.unit is None else NUMBER


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """The rows as CSV, with no cell that a spreadsheet would run."""
    text = io.StringIO()
    safe = ([as_text(cell) for cell in row] for row in rows)
    csv.writer(text, lineterminator="\n").writerows(safe)
    return text.getvalue()


def fhir_questionnaire(
    form: Questionnaire, *, scored: Sequence[str] = ()
) -> dict[str, Any]:
    """The form as a FHIR R4 Questionnaire resource, ready for JSON.

    `url` and `id` are the same for the same choice of minerals, people and answerer;
    `version` names the rules and their fingerprint. The link id of a question is its id
    in the vocabulary.
    """
    choice, key = _choice(form), form_key(form)
    return {
        "resourceType": "Questionnaire",
        "id": f"minsight-{key}",
        "url": uuid.uuid5(uuid.NAMESPACE_URL, f"minsight:{choice}").urn,
        "version": f"{form.version}+{form.fingerprint}",
        "name": f"MinsightQuestionnaire{key}",
        "title": title(form, scored=scored),
        "status": "draft",
        "experimental": True,
        "subjectType": ["Patient"],
        "description": " ".join(part for part in _described(form) if part),
        "item": [person_group(), *_groups(form)],
    }


def form_key(form: Questionnaire) -> str:
    """What tells the form from forms on other minerals, people and answerers."""
    return hashlib.sha256(_choice(form).encode()).hexdigest()[:16]


def _choice(form: Questionnaire) -> str:
    short = [] if form.left_out is None else ["short"]
    return "|".join([*form.minerals, "", *form.people, str(form.clinician), *short])


def _described(form: Questionnaire) -> Iterator[str]:
    yield "Education and decision support, never a diagnosis."
    yield left_out_in_words(form)
    yield f"Made from minsight rules {form.version}, fingerprint {form.fingerprint}."


def person_group() -> dict[str, Any]:
    """The questions for the age and the sex."""
    age = {
        "linkId": "age",
        "text": "Age",
        "type": "quantity",
        "extension": [unit_option(*unit) for unit in _AGES],
    }
    sex = {
        "linkId": "sex",
        "text": "Sex",
        "type": "choice",
        "answerOption": answer_options(_SEXES),
    }
    group = {"linkId": "section-person", "text": "The person", "type": "group"}
    return {**group, "item": [age, sex]}


def _groups(form: Questionnaire) -> Iterator[dict[str, Any]]:
    for number, (heading, questions) in enumerate(form.sections.items(), start=1):
        yield {
            "linkId": f"section-{number}",
            "text": heading,
            "type": "group",
            "item": [_item(question) for question in questions],
        }


def _item(question: Question) -> dict[str, Any]:
    if question.lines:
        lines = [_item(line) for line in question.lines]
        return {
            "linkId": question.id,
            "text": question.text,
            "type": "group",
            "item": lines,
        }
    return _family(question) if question.covers else _single(question)


def _family(question: Question) -> dict[str, Any]:
    """A group of a question and, once the answer is yes, the place for words."""
    system, code, _ = ANSWER_CODES[0]
    which = {
        "linkId": f"{question.id}.which",
        "text": "Which?",
        "type": "text",
        "enableWhen": [
            {
                "question": question.id,
                "operator": "=",
                "answerCoding": {"system": system, "code": code},
            }
        ],
    }
    return {
        "linkId": f"{question.id}.group",
        "type": "group",
        "item": [_single(question), which],
    }


def _single(question: Question) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": question.id, "text": question.text}
    codes = _codes(question)
    if codes:
        item["code"] = codes
    if question.unit is None:
        item |= {"type": "choice", "answerOption": answer_options(ANSWER_CODES)}
    else:
        unit = question.unit
        item |= {"type": "quantity", "extension": [unit_option(*ucum_of(unit), unit)]}
    words = help_text(question)
    return {**item, "item": [_help_item(question.id, words)]} if words else item


def _codes(question: Question) -> list[dict[str, str]]:
    known = (
        ("http://human-phenotype-ontology.org", question.hpo),
        ("http://loinc.org", question.loinc),
    )
    return [{"system": system, "code": code} for system, code in known if code]


def answer_options(codings: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Codings, each a system, a code and its words, as answers to choose from."""
    return [
        {"valueCoding": {"system": system, "code": code, "display": display}}
        for system, code, display in codings
    ]


def ucum_of(unit: str) -> tuple[str, str]:
    """The unit in UCUM, where it is written there as here or nearly so."""
    if not _PLAIN_UNIT.fullmatch(unit):
        return "", ""
    return _UCUM, unit.replace("mIU", "m[IU]")


def unit_option(system: str, code: str, display: str) -> dict[str, Any]:
    """A unit that a quantity may be given in."""
    coding = {"system": system, "code": code} if code else {}
    return {
        "url": f"{_EXTENSION}/questionnaire-unitOption",
        "valueCoding": {**coding, "display": display},
    }


def _help_item(id_: str, words: str) -> dict[str, Any]:
    control = {"system": "http://hl7.org/fhir/questionnaire-item-control"}
    return {
        "linkId": f"{id_}.help",
        "text": words,
        "type": "display",
        "extension": [
            {
                "url": f"{_EXTENSION}/questionnaire-itemControl",
                "valueCodeableConcept": {"coding": [{**control, "code": "help"}]},
            }
        ],
    }
