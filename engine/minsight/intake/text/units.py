"""Units: in which unit a number in a text is given, or which alone can be meant."""

from __future__ import annotations

import math
import re
from typing import Final, Literal

import msgspec

from minsight.intake.measurements import unit_in_one_spelling
from minsight.intake.text.lists import meant_by, words_of
from minsight.knowledge.vocabulary import MeasurementKind

_COUNTED: Final = words_of("results", "counted")
_SHORT: Final = words_of("results", "short units")
_SPELLED: Final = meant_by("results", "spelled out")
_UNIT: Final = re.compile(
    r"\s{0,2}(?P<one>%|[^\W\d_]{1,18})"
    r"(?:\s?(?:/|\bper\b)\s?(?P<per>(?:100\s?)?[^\W\d_]{1,12}))?"
)
_ANOTHER_NAME: Final = re.compile(r"[+]?\s?[:=]?\s?[<>]?\s?\d")
"""What follows a word that is no unit but the name of the next result."""
_BRACKET: Final = re.compile(r"[(\[]\s?(?P<unit>[^()\[\]\d]{1,20})[)\]]\s?[:=]?\s?\Z")
_LONGEST_BRACKET: Final = 30
_YEARS: Final = range(1900, 2100)


class WrittenUnit(msgspec.Struct, frozen=True):
    """The unit after a number, and where it ends; a short one says not per what."""

    unit: str
    end: int
    how: Literal["whole", "short", "none"]


def as_number(text: str) -> float:
    """A number as it is written with either decimal sign.

    >>> as_number("10,8"), as_number("1,200"), as_number("0,512")
    (10.8, 1200.0, 0.512)
    """
    whole, comma, rest = text.partition(",")
    if comma and (len(rest) != 3 or whole == "0") and "," not in rest:
        return float(f"{whole}.{rest}")
    return float(text.replace(",", ""))


def bracket_before(text: str, at: int) -> re.Match[str] | None:
    """What stands in brackets before a number: "Sodium (mmol/L): 129"."""
    return _BRACKET.search(text, max(0, at - _LONGEST_BRACKET), at)


def written_unit(
    text: str, at: int, kind: MeasurementKind, bracket: re.Match[str] | None
) -> WrittenUnit | None:
    """The unit after a number or in brackets before it.

    None when the number counts something else.
    """
    after = unit_after(text, at, kind)
    if after is None or after.how == "whole" or bracket is None:
        return after
    before = unit_after(bracket["unit"], 0, kind)
    if before is None or before.how != "whole":
        return after
    return WrittenUnit(before.unit, at, "whole")


def unit_after(text: str, at: int, kind: MeasurementKind) -> WrittenUnit | None:
    """The unit that follows; None when the number counts something else."""
    match = _UNIT.match(text, at)
    if match is None:
        return WrittenUnit("", at, "none")
    one = _in_short(match["one"])
    per = match["per"]
    whole = unit_in_one_spelling(f"{one}/{_in_short(per)}") if per else one
    for written, end in ((whole, match.end()), (one, match.end("one"))):
        for unit in kind.units:
            if unit_in_one_spelling(unit) == written:
                return WrittenUnit(unit, end, "whole")
    if _ANOTHER_NAME.match(text, match.end("one")):
        return WrittenUnit("", at, "none")
    if one == "%" or one in _COUNTED or per:
        return None
    if one in _SHORT:
        return WrittenUnit(one, match.end("one"), "short")
    if match.start("one") == at:
        return None  # of a name, as the figure of "haemoglobin A1c" is
    return WrittenUnit("", at, "none")


def _in_short(text: str) -> str:
    plain = unit_in_one_spelling(text)
    return _SPELLED.get(plain, plain)


def only_unit(given: float, written: WrittenUnit, kind: MeasurementKind) -> str | None:
    """The unit that alone can be meant by the number, if there is one."""
    if given in _YEARS:
        return None
    for span in kind.unstated:
        if span.from_ <= given <= span.to and _begins(span.unit, written):
            return span.unit
    return None


def _begins(unit: str, written: WrittenUnit) -> bool:
    """Whether a unit is the short one that is written, if one is."""
    short = f"{written.unit}/" if written.unit else ""
    return unit_in_one_spelling(unit).startswith(short)


def may_be(given: float, written: WrittenUnit, kind: MeasurementKind) -> bool:
    """Whether a number without a unit may be a value all the same."""
    return (
        written.how == "none" and given not in _YEARS and bool(_possible(given, kind))
    )


def _possible(given: float, kind: MeasurementKind) -> list[str]:
    """The units in which somebody may have such a value, one for each factor."""
    by_factor: dict[float, str] = {}
    for unit, factor in kind.units.items():
        by_factor.setdefault(factor, unit)
    return [
        unit
        for factor, unit in by_factor.items()
        if kind.plausible_from <= given * factor <= kind.plausible_to
    ]


def any_unit(given: float, written: WrittenUnit, kind: MeasurementKind) -> str | None:
    """A unit for a number without one that says the same in each that may be meant."""
    if not may_be(given, written, kind):
        return None
    units = _possible(given, kind)
    said = {
        tuple(
            (least or 0.0) <= given * kind.units[unit] < (most or math.inf)
            for least, most in kind.lines
        )
        for unit in units
    }
    same = len(said) == 1 and any(next(iter(said)))
    return units[0] if same else None


def which_unit(given: float, kind: MeasurementKind) -> str:
    """Why a number whose unit is not told cannot be taken."""
    units = " or ".join(f"`{unit}`" for unit in sorted(_possible(given, kind)))
    return f"its unit is not told, and it may be {units}"
