"""Measuring: values in the units of the vocabulary, read beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from minsight.errors import SubjectError, quoted
from minsight.subject import Measurement
from minsight.vocabulary import MeasurementKind, Vocabulary


class Value(msgspec.Struct, frozen=True):
    """A measured value in the unit of the vocabulary."""

    measurement: str
    value: float


def in_own_unit(given: Measurement, kind: MeasurementKind) -> Value:
    """The value in the unit that the vocabulary keeps it in.

    Raises:
        SubjectError: when the unit is unknown or the value absurd.
    """
    units = {unit_in_one_spelling(unit): by for unit, by in kind.units.items()}
    factor = units.get(unit_in_one_spelling(given.unit))
    if factor is None:
        known = ", ".join(f"`{unit}`" for unit in kind.units)
        raise SubjectError(
            f"{quoted(given.unit)} is not a unit of {kind.label}; use {known}"
        )
    value = given.value * factor
    if not kind.plausible_from <= value <= kind.plausible_to:
        raise SubjectError(
            f"{kind.label} of {given.value:g} {given.unit} is beyond anything measured;"
            " check the number and its unit"
        )
    return Value(kind.id, value)


def unit_in_one_spelling(text: str) -> str:
    """A unit with micro signs as `u`, without spaces, in lower case.

    >>> unit_in_one_spelling("µg per L"), unit_in_one_spelling("mg/100 mL")
    ('ug/l', 'mg/dl')
    """
    plain = text.replace("µ", "u").replace("μ", "u").lower().replace(" per ", "/")
    return plain.replace(" ", "").replace("/100ml", "/dl")


def adjusted(
    values: Sequence[Value], vocabulary: Vocabulary
) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """The values as bands see them, with a note for each that was read beside another.

    Total calcium is the reason: part of it travels on albumin.
    """
    given = {value.measurement: value.value for value in values}
    read = [_beside(value, given, vocabulary) for value in values]
    return tuple(v for v, _ in read), tuple(note for _, note in read if note)


def _beside(
    value: Value, given: Mapping[str, float], vocabulary: Vocabulary
) -> tuple[Value, str]:
    kind = vocabulary.measurement[value.measurement]
    if kind.adjusted is None:
        return value, ""
    name = vocabulary.label(kind.adjusted.by).lower()
    beside = given.get(kind.adjusted.by)
    if beside is None:
        return value, f"{kind.label} was taken as it is, because no {name} was given."
    number = value.value + kind.adjusted.per * (kind.adjusted.at - beside)
    return Value(kind.id, number), (
        f"{kind.label} of {value.value:.3g} {kind.unit} was adjusted for {name} to"
        f" {number:.3g} {kind.unit}."
    )
