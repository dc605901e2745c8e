"""Measuring: values in the units of the vocabulary, read beside one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Measurement
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary

Limit: TypeAlias = Literal["", "below", "above"]
"""On which side of the number a value is that was too low or high to be read."""
SAME_BUT_FOR: Final = 0.01
"""By how much two values may differ and be one that was rounded in two units."""
_NO_AGE: Final = "its limits depend on age and no age was given"


class Value(msgspec.Struct, frozen=True):
    """A measured value in the unit of the vocabulary.

    With a `limit`, the value next to it that stands for all beyond. What a laboratory
    has `adjusted` is not adjusted once more.
    """

    measurement: str
    value: float
    limit: Limit = ""
    adjusted: bool = False


def in_own_unit(given: Measurement, kind: MeasurementKind) -> Value:
    """The value in the unit that the vocabulary keeps it in.

    Raises:
        SubjectError: when the unit is missing or unknown, or the value absurd.
    """
    known = ", ".join(f"`{unit}`" for unit in kind.units)
    if not given.unit.strip():
        raise SubjectError(
            f"{kind.label} of {given.value:g} has no unit; write one of {known}"
        )
    factor = factor_of(given.unit, kind)
    if factor is None:
        raise SubjectError(
            f"{quoted(given.unit)} is not a unit of {kind.label}; use {known}"
        )
    value = Value(kind.id, given.value * factor)
    what = f"{kind.label} of {given.value:g} {given.unit}"
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
    >>> unit_in_one_spelling("mg/100 mL")
    'mg/dl'
    """
    plain = " ".join(text.split()).lower().replace(" per ", "/").replace(" ", "")
    plain = plain.replace("\u00b5", "u").replace("\u03bc", "u").replace("mcg", "ug")
    return plain.replace("/100ml", "/dl")


def as_bands_see(
    values: Sequence[Value], vocabulary: Vocabulary, *, age_days: float | None
) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """The values as bands see them, with notes on what was adjusted or not judged.

    Total calcium is the reason: part of it travels on albumin.

    Raises:
        SubjectError: when a value and the one it is read beside cannot both be right.
    """
    given = {value.measurement: value.value for value in values}
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
            seen.append(read)
            notes.append(note)
        if kind.needs_age and age_days is None:
            notes.append(f"{kind.label} was not judged, because {_NO_AGE}.")
    return tuple(seen), tuple(notes)


def _beside(
    value: Value,
    kind: MeasurementKind,
    *,
    other: MeasurementKind,
    known: float | None,
    age: float | None,
) -> tuple[Value, str]:
    """The value adjusted for the other one, with a note that says so or why not."""
    rule, name = kind.adjusted, other.label.lower()
    if rule is None or known is None:
        return value, f"{kind.label} was taken as it is, because no {name} was given."
    if age is not None and age < rule.from_days:
        return value, f"{kind.label} is not adjusted for {name} at this age."
    number = value.value + rule.per * (rule.at - known)
    shown = f"{number:.2f} {kind.unit}"
    read = Value(kind.id, number, value.limit)
    _refuse_absurd(read, kind, what=f"{kind.label}, adjusted for {name}, of {shown}")
    before = f"{value.value:.2f} {kind.unit}"
    return read, f"{kind.label} of {before} was adjusted for {name} to {shown}."
