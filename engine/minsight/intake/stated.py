"""Stated: the values that a text states, as the measurements that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from minsight.intake.measurements import SIGN_OF, Value, is_same
from minsight.intake.subject import Measurement
from minsight.knowledge.vocabulary import Vocabulary

if TYPE_CHECKING:
    from minsight.intake.text.directions import Unclear
    from minsight.intake.text.mentions import Mention, TextReading
    from minsight.intake.text.results import Result

_TWICE: Final = "another value of it is given besides; give the one of now"


class StatedValue(msgspec.Struct, frozen=True):
    """A value, the words it is stated in, and the measurement as it was given."""

    text: str
    value: Value
    given: Measurement


def with_doubtful(
    told: TextReading, results: Sequence[Result], unclear: Iterable[Unclear]
) -> TextReading:
    """What was read, with the results that cannot be taken among what is left.

    Of two values of one measurement neither is taken.
    """
    from minsight.intake.text.mentions import TextReading, Unread

    twice = _unlike(part.result for part in told.parts if part.result)
    left = [
        *told.left,
        *(Unread(one.at, one.because, one.about) for one in unclear),
        *(Unread(one.at, one.because, (one.phrase,)) for one in results if one.because),
        *(
            Unread(part.at, _TWICE, (part.phrase,))
            for part in told.parts
            if part.phrase.id in twice
        ),
    ]
    parts = (part for part in told.parts if part.phrase.id not in twice)
    return TextReading(tuple(parts), tuple(left))


def _unlike(found: Iterable[Result]) -> set[str]:
    """The measurements of which these are two values."""
    first: dict[str, Value] = {}
    twice: set[str] = set()
    for one in found:
        if one.value is not None:
            before = first.setdefault(one.value.measurement, one.value)
            if not is_same(before, one.value):
                twice.add(one.value.measurement)
    return twice


def stated_values(
    parts: Iterable[Mention], words: Callable[[Mention], str], vocabulary: Vocabulary
) -> tuple[StatedValue, ...]:
    """The values among what was read; `words` gives those that tell each."""
    return tuple(
        StatedValue(words(part), value, _given(part.result, value, vocabulary))
        for part in parts
        if part.result is not None and (value := part.result.value) is not None
    )


def _given(result: Result, value: Value, vocabulary: Vocabulary) -> Measurement:
    """The measurement as it was given."""
    kind = vocabulary.measurement[value.measurement]
    name = result.phrase.words if value.adjusted else kind.id
    return Measurement(name, result.given, result.unit, SIGN_OF[value.limit])


def without_unit(parts: Iterable[Mention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """For each value whose unit is not told, in which one it was read."""
    return tuple(
        f"{vocabulary.label(part.phrase.id)} was given without a unit, and read in"
        f" {part.result.unit}."
        for part in parts
        if part.result is not None and not part.result.with_unit
    )
