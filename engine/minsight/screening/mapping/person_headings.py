"""Person headings: columns about the person by their names, in several languages.

A name says that it is the age when all that is left of it, without words that only ask
and words for the person, is a word for an age: "What is your age?", "Alter (Jahre)".
"The age of your mother" leaves one word more, and so does "Name of the child".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, TypeAlias, get_args

from minsight.ages import unit_of_age
from minsight.intake.text.abroad import ENDINGS
from minsight.intake.text.lists import lists_of, words_of
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
    words = plain_words(name)
    units = {unit for word in words if (unit := _unit(word)) is not None}
    asking, of_units = (
        words_of("columns", "asking"),
        words_of("columns", "units of age"),
    )
    for left in (words - asking - of_units, words - asking, words):
        role = _roles().get(frozenset(left))
        if role == "age" and len(units) < 2:
            return role, units.pop() if units else ""
        if role not in (None, "age") and not (units and role in _DATES):
            return role, ""
    return None


def _unit(word: str) -> str | None:
    return unit_of_age(word) if word in words_of("columns", "units of age") else None


def plain_words(name: str) -> frozenset[str]:
    """The words of a name without accents; `AgeMonths` and `age_months` are two.

    >>> sorted(plain_words("D.O.B. (A\u00f1os)")), sorted(plain_words("visit_dt"))
    (['anos', 'dob'], ['date', 'visit'])
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    apart = _AGE_AND_UNIT.sub(r"\1 ", ENDINGS.sub("", apart))
    apart = re.sub(r"\b((?:[A-Za-z]\.){2,})", lambda m: m[0].replace(".", ""), apart)
    plain = without_accents(apart.casefold())
    found = re.findall(r"[^\W\d_]+", re.sub(r"['\u2019]s\b", "", plain))
    return frozenset("date" if word in ("dt", "dte") else word for word in found)


def without_accents(text: str) -> str:
    """The text with plain letters.

    >>> without_accents("m\u00fcde")
    'mude'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.replace("\u03bc", "\u00b5")  # the sign for a millionth, no letter


@cache
def _roles() -> Mapping[frozenset[str], PersonRole]:
    roles: tuple[PersonRole, ...] = get_args(PersonRole)
    listed = lists_of("columns")
    return {frozenset(item.split()): role for role in roles for item in listed[role]}


_AGE_AND_UNIT: Final = re.compile(
    r"(?i)\b(age)(?=(?:months?|mos?|mths?|years?|yrs?|y|m|days?|weeks?|wks?)(?:\b|_))"
)
_DATES: Final = ("born", "seen", "stamp")
"""Beside a unit these tell of years or days and are no dates: "year of birth"."""
