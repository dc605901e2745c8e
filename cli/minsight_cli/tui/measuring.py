"""Test results as they are typed."""

from __future__ import annotations

import re
from typing import Final

from minsight.errors import SubjectError, did_you_mean, quoted
from minsight.intake.measurements import in_own_unit
from minsight.intake.records import measurement_from_text
from minsight.intake.subject import Measurement
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary

_NAME_THEN_VALUE: Final = re.compile(
    r"\s*([^=<>\u2264\u2265]*?[^\d<>\u2264\u2265])\s*[=:]?\s*"
    r"((?:(?:[<>]=?|[\u2264\u2265])\s*)?\d[\d.,]*\s*[^\d\s=].*)"
)


def measurement_of(text: str, vocabulary: Vocabulary) -> Measurement:
    """The measurement of a text, its name as an id.

    Raises:
        SubjectError: when a part is missing, unknown or absurd.
    """
    split = _NAME_THEN_VALUE.fullmatch(text)
    given = measurement_from_text(
        f"{split.group(1)}={split.group(2)}" if split is not None else text
    )
    phrases = vocabulary.measurement_phrase
    known = phrases.get(normalise(given.name))
    if known is None:
        hint = did_you_mean(normalise(given.name), phrases)
        raise SubjectError(
            f"{quoted(given.name)} is no test the rules read;"
            f" {hint or 'the names above are known'}"
        )
    measured = Measurement(known.id, given.value, given.unit, given.comparator)
    in_own_unit(measured, vocabulary.measurement[known.id])
    return measured


def as_typed(given: Measurement, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(given.name)
    return f"{label} = {given.in_words}"


def names_known(vocabulary: Vocabulary) -> str:
    """The measurements and their units, in one sentence."""
    return "; ".join(f"{m.label} ({m.unit})" for m in vocabulary.measurements)
