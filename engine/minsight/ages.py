"""Ages: parsed once, compared in days.

A month is 30.4375 days and a year 365.25 days, so that twelve months make a year and
every boundary that a rule names is met exactly (both numbers are exact in binary).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

from minsight.errors import quoted

DAYS_IN: Final = {"d": 1.0, "w": 7.0, "mo": 30.4375, "y": 365.25}
OLDEST_YEARS: Final = 125
SAME_AGE_DAYS: Final = ((2 * DAYS_IN["y"], DAYS_IN["y"]), (0.0, DAYS_IN["mo"]))
"""By how many days two ages may differ and be the same, from an age on."""
_NEWBORN: Final = frozenset({"newborn", "new born", "new-born", "neonate"})
_MOST_DECIMALS: Final = 6
_UNITS: Final = {
    "d": "d", "day": "d", "days": "d",
    "w": "w", "wk": "w", "wks": "w", "week": "w", "weeks": "w",
    "m": "mo", "mo": "mo", "mos": "mo", "mon": "mo", "mth": "mo", "mths": "mo",
    "month": "mo", "months": "mo",
    "": "y", "y": "y", "yr": "y", "yrs": "y", "yo": "y", "year": "y", "years": "y",
    **dict.fromkeys(("d\u00edas", "dias", "jours", "jour", "tage", "tag"), "d"),
    **dict.fromkeys(("semanas", "semana", "semaines", "semaine", "wochen"), "w"),
    **dict.fromkeys(("meses", "mes", "m\u00eas", "mois", "monate", "monat"), "mo"),
    **dict.fromkeys(
        ("a\u00f1os", "a\u00f1o", "anos", "ano", "ans", "an", "jahre", "jahr"), "y"
    ),
}  # fmt: skip
_AGE: Final = re.compile(
    r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*([^\W\d_]*)\.?(?:\s*old)?\s*", re.IGNORECASE
)
_PARTS: Final = re.compile(
    r"\s*(?P<long>\d{1,3})\s?(?P<of>[a-z]+)\.?,?\s*(?:and\s)?\s*"
    r"(?P<rest>\d{1,3})\s?(?P<in>[a-z]+)\.?(?:\s*old)?\s*",
    re.IGNORECASE,
)
"""An age in two units, such as `2 years 3 months`."""
_SPAN: Final = re.compile(
    r"\s*(?:over|under|above|below|more than|less than|older than|younger than|[<>])\s*"
    r"\d{1,3}(?:\s?[a-z]+)?\s*|"
    r"\s*\d{1,6}(?:\.\d{1,6})?\s?(?:[a-z]+\s?)?"
    r"(?:(?:-|\u2013|to)\s?\d.*|\+|(?:and|or)\s[a-z]+)\s*",
    re.IGNORECASE,
)
"""A span of ages, such as `0-5mo`, `65y+`, `over 21` or `65 years and over`."""


def is_same_age(one: float, other: float) -> bool:
    """Whether two ages in days may be told of one person at one time."""
    allowed = next(by for least, by in SAME_AGE_DAYS if min(one, other) >= least)
    return abs(one - other) <= allowed


def unit_of_age(text: str) -> str | None:
    """The unit that a word for one means, `d`, `w`, `mo` or `y`, if it is one.

    >>> unit_of_age("Months"), unit_of_age("ans"), unit_of_age("2"), unit_of_age("")
    ('mo', 'y', None, None)
    """
    return _UNITS.get(text.strip().casefold().rstrip(".")) if text.strip() else None


def age_in_days(value: float, unit: str) -> float:
    """The age in days; `unit` is one of `d`, `w`, `mo` and `y`.

    Raises:
        ValueError: when the age is negative, not finite or above 125 years.

    >>> age_in_days(12, "mo") == age_in_days(1, "y")
    True
    """
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"an age cannot be `{value:g}`; give a number from 0 up")
    days = value * DAYS_IN[unit]
    if days > OLDEST_YEARS * DAYS_IN["y"]:
        raise ValueError(
            f"an age of `{value:g} {unit}` is beyond {OLDEST_YEARS} years;"
            " check the number and its unit (`9mo`, `3y`, `12d`)"
        )
    return days


def parse_age(text: str) -> float:
    """The age in days from words such as `28`, `9mo`, `9 months`, `3y` or `12d`.

    It may be told in two units, and `newborn` is an age. A number alone means years.

    Raises:
        ValueError: when the text is not an age.

    >>> parse_age("9 months") == parse_age("9mo") == parse_age("0.75")
    True
    >>> parse_age("1 year 3 months") == parse_age("15mo")
    True
    """
    if (days := _in_two_units(text)) is not None:
        return days
    if text.strip().lower() in _NEWBORN:
        return 0.0
    match = _AGE.fullmatch(text)
    unit = _UNITS.get(match.group(2).lower()) if match else None
    if match is None and is_span_of_ages(text):
        raise ValueError(
            f"{quoted(text)} is a span of ages; give the age itself, such as `9mo`"
        )
    if match is None or unit is None:
        raise ValueError(
            f"{quoted(text)} is not an age;"
            " write `28`, `9mo`, `9 months`, `3y` or `12d`"
        )
    return age_in_days(float(match.group(1)), unit)


def is_span_of_ages(text: str) -> bool:
    """Whether a text is a span of ages and no age.

    >>> is_span_of_ages("18-24"), is_span_of_ages("65 or older"), is_span_of_ages("18")
    (True, True, False)
    """
    return _SPAN.fullmatch(text) is not None


def _in_two_units(text: str) -> float | None:
    """The age of a text that gives it in a longer unit and a shorter one."""
    parts = _PARTS.fullmatch(text)
    units = [_UNITS.get(parts[name].lower()) for name in ("of", "in")] if parts else []
    if parts is None or None in units:
        return None
    longer, shorter = (unit or "" for unit in units)
    if DAYS_IN[longer] <= DAYS_IN[shorter]:
        return None
    return age_in_days(float(parts["long"]), longer) + age_in_days(
        float(parts["rest"]), shorter
    )


def exactly_in(unit: str, days: float, decimals: int = 0) -> float | None:
    """The age in a unit, when so many decimals say it exactly.

    >>> exactly_in("y", 4383.0), exactly_in("mo", 0.5), exactly_in("y", 182.625, 1)
    (12.0, None, 0.5)
    """
    count = round(days / DAYS_IN[unit], decimals)
    return count if count * DAYS_IN[unit] == days else None


def age_in_words(days: float) -> str:
    """The age in the largest unit that gives two or more, or else in days.

    >>> age_in_words(parse_age("28")), age_in_words(parse_age("9mo")), age_in_words(12)
    ('28 years', '9 months', '12 days')
    """
    for unit, word in (("y", "years"), ("mo", "months"), ("w", "weeks")):
        if days >= 2 * DAYS_IN[unit]:
            return f"{days / DAYS_IN[unit]:.3g} {word}"
    return f"{days:.3g} day{'' if days == 1 else 's'}"


def span_in_words(
    start: float | None,
    below: float | None,
    words: Callable[[float], str] = age_in_words,
) -> str:
    """A span of ages, or of other numbers by their words; its end is not included.

    >>> span_in_words(parse_age("9mo"), parse_age("3y")), span_in_words(None, 14)
    ('from 9 months to below 3 years', 'below 2 weeks')
    """
    if start is None:
        return f"below {words(below or 0.0)}"
    end = "" if below is None else f" to below {words(below)}"
    return f"from {words(start)}{end}"


def age_as_typed(days: float) -> str:
    """A short way to type exactly this age, in years or months where they are even.

    >>> age_as_typed(parse_age("28")), age_as_typed(parse_age("9mo")), age_as_typed(12)
    ('28', '9mo', '12d')
    """
    usual = [("y", 2, 1.0), ("mo", 2, 1.0), ("d", 2, 0.0)]
    odd = [(unit, _MOST_DECIMALS, 0.0) for unit in ("y", "mo", "d", "w")]
    for unit, decimals, least in (*usual, *odd):
        count = exactly_in(unit, days, decimals)
        if count is not None and count >= least:
            return f"{_plain(count)}{'' if unit == 'y' else unit}"
    return f"{_plain(days)}d"


def _plain(count: float) -> str:
    """A number as an age is typed: without an exponent or idle zeros."""
    return f"{count:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
