"""Measuring: values in the units of the vocabulary, read beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    seen, notes = [], []
    for value in values:
        kind = vocabulary.measurement[value.measurement]
        number = value.value
        for number, note in _adjustments(value, kind, given, vocabulary):
            notes.append(note)
        seen.append(Value(kind.id, number))
    return tuple(seen), tuple(notes)


def _adjustments(
    value: Value, kind: MeasurementKind, given: dict[str, float], vocabulary: Vocabulary
) -> Iterator[tuple[float, str]]:
    if kind.adjusted is None:
        return
    by, name = kind.adjusted.by, vocabulary.label(kind.adjusted.by).lower()
    if by not in given:
        yield value.value, f"{kind.label} was taken as it is, because no {name} was given."
        return
    number = value.value + kind.adjusted.per * (kind.adjusted.at - given[by])
    yield number, (
        f"{kind.label} of {value.value:.3g} {kind.unit} was adjusted for {name} to"
        f" {number:.3g} {kind.unit}."
    )
