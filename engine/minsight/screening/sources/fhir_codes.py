"""Codes of FHIR: what coded answers, quantities and ages say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from minsight.ages import age_in_days, parse_age
from minsight.errors import SubjectError, quoted
from minsight.intake.measurements import factor_of
from minsight.knowledge.vocabulary import MeasurementKind
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.fields import number_of
from minsight.screening.mapping.value_sets import SEX_OF, plain

_MEANT: Final = {
    **dict.fromkeys(
        (
            "373066001", "52101004", "410515003", "LA33-6", "LA9633-4",
        ),
        "yes",
    ),
    **dict.fromkeys(("373067005", "2667000", "410516002", "LA32-8", "LA9634-2"), "no"),
    **dict.fromkeys(
        (
            "261665006", "LA12688-0", "LA4489-6", "asked-unknown",
            "temp-unknown", "not-asked", "asked-declined", "not-applicable", "masked",
            "UNK", "ASKU", "NASK", "NAV", "NI", "MSK", "NAVU",
        ),
        "unknown",
    ),
    "248152002": "female", "LA3-6": "female",
    "248153007": "male", "LA2-8": "male",
}  # fmt: skip
"""Codes of answers whose spelling says nothing: of SNOMED CT, LOINC and HL7."""
_NOTHING_SAID: Final = ("v3-NullFlavor", "data-absent-reason")
"""How the systems end whose codes all say why there is no answer."""
_AGES: Final = {"a": "y", "mo": "mo", "wk": "w", "d": "d", "": "y"}
_UNITS_OF_AGE: Final = {
    "years": "a", "year": "a", "y": "a", "months": "mo", "month": "mo", "weeks": "wk",
    "week": "wk", "days": "d", "day": "d",
}  # fmt: skip


def answer_text(value: Any, column: Column) -> str:
    """An answer as the text that its question understands.

    Raises:
        SubjectError: when it is no answer in words, or its code and its words disagree.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, Mapping):
        return str(value)
    if ("code" not in value and "display" not in value) or "value" in value:
        raise SubjectError(f"{_kind_of(value)} is no answer to `{column.target}`")
    code, shown = str(value.get("code", "")), str(value.get("display", ""))
    if column.role not in ("answer", "sex"):
        return shown or code
    if str(value.get("system", "")).endswith(_NOTHING_SAID):
        return "unknown"
    spelled = _MEANT.get(code, code)
    if not code or not shown:
        return spelled or shown
    return _agreed(spelled, shown, code, column)


def _kind_of(value: Mapping[str, Any]) -> str:
    if "value" in value or "unit" in value:
        return "a quantity"
    return "a reference" if "reference" in value else "an attachment"


def _agreed(spelled: str, shown: str, code: str, column: Column) -> str:
    """The code, or the words beside it where only they are understood."""
    by_code, by_words = _meaning(spelled, column), _meaning(shown, column)
    if by_code is None:
        return shown if by_words is not None else code
    if by_words is None:
        bare = plain(code).isdigit() and spelled == code and column.by != "map"
        return shown if bare else spelled
    if by_code != by_words:
        raise SubjectError(
            f"the code {quoted(code)} and its words {quoted(shown)} say two things of"
            f" `{column.target or column.role}`; keep one of them, or use a map"
        )
    return spelled


def _meaning(text: str, column: Column) -> str | None:
    if column.role == "sex":
        known = dict(column.values) if column.values else SEX_OF
        return known.get(plain(text))
    return column.spellings.meaning(text)


def quantity(value: Any, unit: str, kind: MeasurementKind) -> tuple[float, str, str]:
    """The number of a quantity, its unit and its comparator.

    The code of UCUM goes before the label of the unit, if it is a unit of the
    measurement. A bare number is in the unit of the question.

    Raises:
        SubjectError: when there is no number.
    """
    if not isinstance(value, Mapping):
        return number_of(value), unit, ""
    code, label = str(value.get("code") or ""), str(value.get("unit") or "")
    known = next((u for u in (code, label) if u and factor_of(u, kind)), "")
    return (
        number_of(value.get("value")),
        known or label or code or unit,
        str(value.get("comparator") or ""),
    )


def age_days(value: Any, unit: str) -> float:
    """The days of an age: a quantity of time, a text, or a number in this unit.

    Raises:
        SubjectError: when it is none.
    """
    try:
        if isinstance(value, str):
            return parse_age(value)
        if not isinstance(value, Mapping):
            return age_in_days(number_of(value), unit or "y")
        if value.get("comparator"):
            raise SubjectError("an age with a comparator is no age; give the age")
        number = number_of(value.get("value"))
        code = str(value.get("code") or value.get("unit") or "").lower()
        code = _UNITS_OF_AGE.get(code, code)
        if code not in _AGES:
            raise SubjectError(f"{quoted(code)} is no unit of an age")
        return age_in_days(number, _AGES[code])
    except ValueError as error:
        raise SubjectError(str(error)) from None
