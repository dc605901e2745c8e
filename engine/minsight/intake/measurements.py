"""Measuring: values in the units of the vocabulary, read beside one another."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias, cast

import msgspec

from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Comparator, Measurement
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary

Limit: TypeAlias = Literal["", "below", "above"]
"""On which side of the number a value is that was too low or high to be read."""
_SIDES: Final[Mapping[str, Limit]] = {
    "<": "below", "<=": "below", ">": "above", ">=": "above",
}  # fmt: skip
_OTHER_SIDE: Final[Mapping[Limit, Limit]] = {
    "": "", "below": "above", "above": "below",
}  # fmt: skip
_BEYOND: Final[Mapping[Limit, str]] = {
    "": "",
    "below": "at most ",
    "above": "at least ",
}
SIGN_OF: Final[Mapping[Limit, Comparator]] = {"": "", "below": "<", "above": ">"}
"""The comparator of what words tell to be below or above a number."""
SAYS_ONLY_A_SIDE: Final = "it only says on which side of a limit it is; give the number"
SAME_BUT_FOR: Final = 0.01
"""By how much two values may differ and be one that was rounded in two units."""
_ANNOTATION: Final = re.compile(r"\{[^{}]*\}")
"""What UCUM lets people write beside a unit."""
_GRAMS: Final = re.compile(r"(?<![a-z])([munp]?)(?:gms|gm|gr)(?![a-z])")
_PER_CENT: Final = re.compile(r"(?<![a-z])([mu]?g)%")
"""Mass in a hundred millilitres, as it is still written: `g%`, `mg%`."""
_SHORT_UNITS: Final = {
    f"{long}{name}{plural}": f"{short}{own}"
    for long, short in (
        ("micro", "u"), ("milli", "m"), ("nano", "n"), ("pico", "p"), ("deci", "d"),
        ("femto", "f"), ("", ""),
    )
    for name, own in (
        ("gram", "g"), ("gramme", "g"), ("mole", "mol"), ("mol", "mol"),
        ("litre", "l"), ("liter", "l"),
    )
    for plural in ("s", "")
}  # fmt: skip
_LONG_UNITS: Final = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted(_SHORT_UNITS, key=len, reverse=True))})(?![a-z])"
)
_NO_AGE: Final = "its limits depend on age and no age was given"


class Value(msgspec.Struct, frozen=True):
    """A measured value in the unit of the vocabulary.

    With a `limit`, all that is known is that it is this value or one on that side of
    it: of "<5" the value next to 5. What a laboratory has `adjusted` is not adjusted
    once more.
    """

    measurement: str
    value: float
    limit: Limit = ""
    adjusted: bool = False

    @property
    def least(self) -> float:
        """The least that it can be."""
        return 0.0 if self.limit == "below" else self.value

    @property
    def most(self) -> float:
        """The most that it can be."""
        return math.inf if self.limit == "above" else self.value


def limited(measurement: str, number: float, comparator: Comparator) -> Value:
    """The value that stands so to the number.

    >>> limited("ferritin", 5, "<=").value, limited("ferritin", 5, "<").value < 5
    (5, True)
    """
    limit = _SIDES.get(comparator, "")
    if comparator in ("<", ">"):
        number = math.nextafter(number, 0.0 if limit == "below" else math.inf)
    return Value(measurement, number, limit)


def given_as(value: Value, unit: str) -> Measurement:
    """The value as a measurement that gives it; `unit` is the one it is in.

    >>> given_as(limited("ferritin", 5, "<"), "ug/L").in_words
    '<5 ug/L'
    """
    id_, limit = value.measurement, value.limit
    if not limit:
        return Measurement(id_, value.value, unit)
    number = float(f"{value.value:.13g}")
    strict: Comparator = "<" if limit == "below" else ">"
    for comparator in (strict, cast("Comparator", f"{strict}=")):
        if limited(id_, number, comparator).value == value.value:
            return Measurement(id_, number, unit, comparator)
    return Measurement(id_, value.value, unit, cast("Comparator", f"{strict}="))


def open_limit(value: Value, kind: MeasurementKind) -> str:
    """Why a value says too little, if it does: in no band for sure, maybe in one."""
    if not value.limit:
        return ""
    if any(_is_inside(value, line) for line in kind.plain_lines):
        return ""
    return (
        SAYS_ONLY_A_SIDE if any(_may_be_in(value, line) for line in kind.lines) else ""
    )


def _is_inside(value: Value, line: tuple[float | None, float | None]) -> bool:
    least, most = line
    return (least or 0.0) <= value.least and (most is None or value.most < most)


def _may_be_in(value: Value, line: tuple[float | None, float | None]) -> bool:
    least, most = line
    return (least or 0.0) <= value.most and (most is None or value.least < most)


def in_own_unit(given: Measurement, kind: MeasurementKind) -> Value:
    """The value in the unit that the vocabulary keeps it in.

    Raises:
        SubjectError: when the unit is missing or unknown, or the value absurd.
    """
    known = ", ".join(f"`{unit}`" for unit in kind.units)
    if not given.unit.strip():
        raise SubjectError(
            f"{kind.label} of {given.in_words} has no unit; write one of {known}"
        )
    factor = factor_of(given.unit, kind)
    if factor is None:
        raise SubjectError(
            f"{quoted(given.unit)} is not a unit of {kind.label}; use {known}"
        )
    value = limited(kind.id, given.value * factor, given.comparator)
    what = f"{kind.label} of {given.in_words}"
    _refuse_absurd(value, kind, what=what)
    return value


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are one, given in whatever units."""
    return one.limit == other.limit and math.isclose(
        one.value, other.value, rel_tol=SAME_BUT_FOR
    )


def factor_of(unit: str, kind: MeasurementKind) -> float | None:
    """The factor for a value in this unit; None when the unit is not accepted."""
    units = {unit_in_one_spelling(known): by for known, by in kind.units.items()}
    return units.get(unit_in_one_spelling(unit))


def _refuse_absurd(value: Value, kind: MeasurementKind, *, what: str) -> None:
    beyond = beyond_measure(value, kind)
    if beyond:
        raise SubjectError(f"{what} is {beyond}")


def beyond_measure(value: Value, kind: MeasurementKind) -> str:
    """Why a value cannot be right; empty when it can."""
    if kind.plausible_from <= value.value <= kind.plausible_to:
        return ""
    return (
        f"beyond anything measured ({kind.plausible_from:g} to"
        f" {kind.plausible_to:g} {kind.unit}); check the number and its unit"
    )


def unit_in_one_spelling(text: str) -> str:
    """A unit with micro as `u`, `per` as a stroke, without spaces, in lower case.

    >>> unit_in_one_spelling("\u00b5g per L"), unit_in_one_spelling("mcg / L")
    ('ug/l', 'ug/l')
    >>> unit_in_one_spelling("mg/100 mL"), unit_in_one_spelling("gm%")
    ('mg/dl', 'g/dl')
    >>> unit_in_one_spelling("m[IU]/L"), unit_in_one_spelling("ug{total}/L")
    ('miu/l', 'ug/l')
    """
    plain = " ".join(text.split()).lower().replace(" per ", "/").replace(" ", "")
    plain = plain.replace("\u00b5", "u").replace("\u03bc", "u").replace("mcg", "ug")
    plain = _ANNOTATION.sub("", plain).replace("[iu]", "iu")
    plain = _LONG_UNITS.sub(lambda match: _SHORT_UNITS[match.group()], plain)
    plain = _GRAMS.sub(r"\1g", plain).replace("/100ml", "/dl")
    return _PER_CENT.sub(r"\1/dl", plain)


def as_bands_see(
    values: Sequence[Value], vocabulary: Vocabulary, *, age_days: float | None
) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """The values as bands see them, with notes on what was adjusted or not judged.

    Total calcium is the reason: part of it travels on albumin.

    Raises:
        SubjectError: when a value and the one it is read beside cannot both be right.
    """
    given = {value.measurement: value for value in values}
    seen: list[Value] = []
    notes: list[str] = []
    for value in values:
        kind = vocabulary.measurement[value.measurement]
        if kind.adjusted is None or value.adjusted:
            seen.append(value)
        else:
            other = vocabulary.measurement[kind.adjusted.by]
            known = given.get(other.id)
            read, note = _beside(value, kind, other=other, known=known, age=age_days)
            seen += [read] if read is not None else []
            notes.append(note)
        if kind.needs_age and age_days is None:
            notes.append(f"{kind.label} was not judged, because {_NO_AGE}.")
    return tuple(seen), tuple(notes)


def _beside(
    value: Value,
    kind: MeasurementKind,
    *,
    other: MeasurementKind,
    known: Value | None,
    age: float | None,
) -> tuple[Value | None, str]:
    """The value adjusted for the other one, with a note that says so or why not.

    The less there is of the other, the more is added: where only its most is known, the
    least of the value is. None where neither is known.
    """
    rule, name = kind.adjusted, other.label.lower()
    if rule is None or known is None:
        return value, f"{kind.label} was taken as it is, because no {name} was given."
    if age is not None and age < rule.from_days:
        return value, f"{kind.label} is not adjusted for {name} at this age."
    limits = {value.limit, _OTHER_SIDE[known.limit]} - {""}
    if len(limits) > 1:
        return None, f"{kind.label} was not judged, as {name} leaves it open."
    number = value.value + rule.per * (rule.at - known.value)
    read = Value(kind.id, number, limits.pop() if limits else "")
    shown = f"{_BEYOND[read.limit]}{number:.2f} {kind.unit}"
    _refuse_absurd(read, kind, what=f"{kind.label}, adjusted for {name}, of {shown}")
    before = f"{_BEYOND[value.limit]}{value.value:.2f} {kind.unit}"
    return read, f"{kind.label} of {before} was adjusted for {name} to {shown}."
