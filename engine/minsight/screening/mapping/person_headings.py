"""Person headings: columns about the person by their names, in several languages.

A name says that it is the age when all that is left of it, without words that only ask
and words for the person, is a word for an age: "What is your age?", "Alter (Jahre)".
"The age of your mother" leaves one word more, and so does "Name of the child".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from minsight.ages import unit_of_age
from minsight.scales import Status

PersonRole: TypeAlias = Literal["id", "age", "age unit", "born", "seen", "stamp", "sex"]
"""What a column says of the person; `stamp` is when a program took up the answers."""

PERSON_HEADINGS: Final[Mapping[str, tuple[PersonRole, str]]] = {
    **dict.fromkeys(
        (
            "subject id", "id", "subject", "person id", "patient id", "participant id",
            "respondent id", "record id", "case id", "study id",
        ),
        ("id", ""),
    ),
    **dict.fromkeys(
        ("age", "age years", "age in years", "alter", "edad", "idade"), ("age", "y")
    ),
    **dict.fromkeys(("age months", "age in months"), ("age", "mo")),
    **dict.fromkeys(("age days", "age in days"), ("age", "d")),
    **dict.fromkeys(("sex", "gender", "geschlecht", "sexe", "sexo"), ("sex", "")),
}  # fmt: skip
"""Names of columns about the person, in normal words: their role and their unit."""
TEXTS: Final[Mapping[str, Status]] = {
    "symptoms": "observed",
    "complaints": "observed",
    "present": "observed",
    "absent": "excluded",
    "unsure": "unsure",
    "beschwerden": "observed",
}
"""Names of columns of free text, and what is said of what they name."""


def person_heading(name: str) -> tuple[PersonRole, str] | None:
    """What the column of this name says of the person, and in which unit an age is.

    The unit is empty where the name does not say it.

    >>> person_heading("What is your age?"), person_heading("AGE_MONTHS")
    (('age', ''), ('age', 'mo'))
    >>> person_heading("D.O.B."), person_heading("Mother's age")
    (('born', ''), None)
    """
    words = _words(name)
    units = {unit for word in words if (unit := _unit(word)) is not None}
    for left in (words - _FILLERS - _UNIT_WORDS, words - _FILLERS, words):
        role = _ROLES.get(frozenset(left))
        if role == "age" and len(units) < 2:
            return role, units.pop() if units else ""
        if role not in (None, "age"):
            return role, ""
    return None


def _unit(word: str) -> str | None:
    return unit_of_age(word) if word in _UNIT_WORDS else None


def _words(name: str) -> set[str]:
    """The words of a name without accents; `AgeMonths` and `age_months` are two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    apart = re.sub(r"\b((?:[A-Za-z]\.){2,})", lambda m: m[0].replace(".", ""), apart)
    decomposed = unicodedata.normalize("NFKD", apart.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return set(re.findall(r"[^\W\d_]+", re.sub(r"['\u2019]s\b", "", plain)))


_FILLERS: Final = frozenset(
    # English, Spanish, French, German, Portuguese
    [
        "what",
        "is",
        "are",
        "was",
        "s",
        "your",
        "you",
        "the",
        "of",
        "a",
        "an",
        "child",
        "baby",
        "infant",
        "patient",
        "participant",
        "respondent",
        "person",
        "subject",
        "pupil",
        "student",
        "please",
        "enter",
        "give",
        "tell",
        "state",
        "current",
        "completed",
        "full",
        "in",
        "at",
        "on",
        "last",
        "how",
        "do",
        "did",
        "or",
        "cual",
        "es",
        "su",
        "tu",
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "en",
        "por",
        "favor",
        "cuantos",
        "cuantas",
        "tiene",
        "nino",
        "paciente",
        "cumplidos",
        "que",
        "quel",
        "quelle",
        "est",
        "votre",
        "ton",
        "le",
        "du",
        "l",
        "d",
        "avez",
        "vous",
        "enfant",
        "a",
        "wie",
        "was",
        "ist",
        "ihr",
        "ihre",
        "dein",
        "deine",
        "des",
        "der",
        "das",
        "die",
        "sind",
        "sie",
        "kindes",
        "vollendete",
        "qual",
        "e",
        "sua",
        "seu",
        "o",
        "do",
        "da",
        "tem",
        "quantos",
        "voce",
        "crianca",
    ]
)
_UNIT_WORDS: Final = frozenset(
    [
        "years",
        "year",
        "yrs",
        "yr",
        "y",
        "months",
        "month",
        "mos",
        "mo",
        "mths",
        "weeks",
        "week",
        "wks",
        "days",
        "day",
        "anos",
        "ano",
        "meses",
        "mes",
        "semanas",
        "dias",
        "ans",
        "an",
        "mois",
        "semaines",
        "jours",
        "jahre",
        "jahren",
        "jahr",
        "monate",
        "monaten",
        "monat",
        "wochen",
        "tage",
        "tagen",
    ]
)


def _each(role: PersonRole, *names: str) -> Iterable[tuple[frozenset[str], PersonRole]]:
    return ((frozenset(name.split()), role) for name in names)


_ROLES: Final[Mapping[frozenset[str], PersonRole]] = dict(
    [
        *_each(
            "age", "age", "edad", "idade", "alter", "old", "alt", "ageyears",
            "age birthday", "age today", "age now", "agemonths", "agedays",
        ),
        *_each(
            "age unit", "age unit", "ageunit", "age units", "ageunits", "unit age",
            "edad unidad", "unidad edad", "unite age", "alter einheit", "unidade idade",
        ),
        *_each(
            "born", "dob", "date birth", "birthdate", "birth", "birthday", "born",
            "fecha nacimiento", "date naissance", "geburtsdatum", "data nascimento",
            "dateofbirth", "birth date",
        ),
        *_each(
            "seen", "visit", "date visit", "visitdate", "date interview", "interview",
            "interviewdate", "date survey", "date assessment", "date examination",
            "date exam", "date measurement", "date consultation", "date collection",
            "fecha visita", "fecha entrevista", "fecha encuesta", "date visite",
            "date enquete", "besuchsdatum", "untersuchungsdatum", "erhebungsdatum",
            "data visita", "data entrevista", "data consulta", "today", "visdate",
        ),
        *_each(
            "stamp", "timestamp", "survey timestamp", "recorded date", "recordeddate",
            "submission time", "submissiontime", "submitdate", "submit date",
            "date submitted", "end date", "enddate", "end", "completion time",
            "marca temporal", "horodateur", "zeitstempel", "carimbo hora", "start date",
            "startdate", "start", "start time",
        ),
        *_each(
            "sex", "sex", "gender", "geschlecht", "sexe", "sexo", "genero", "genre",
            "sex gender", "gender identity", "sex birth",
        ),
        *_each(
            "id", "id", "uniquekey", "unique key", "globalrecordid", "caseid",
            "case id", "response id", "responseid", "respondent id", "record id",
            "recordid", "study id", "submission id", "participant id", "patient id",
            "id number", "uuid", "instanceid", "subjectid", "case number",
        ),
    ]
)  # fmt: skip
