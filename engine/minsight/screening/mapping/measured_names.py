"""Measured names: what a column measures, and in which unit, by its name and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from minsight.intake.measurements import factor_of
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary
from minsight.screening.mapping.person_headings import without_accents

_MICRO: Final = re.compile("[\u00b5\u03bc]")
"""The sign for a millionth, and the letter as which it is written as often."""
_MEASURED: Final = {
    **dict.fromkeys(("ferritina", "ferritine", "ferr", "ferritinwert"), "ferritin"),
    **dict.fromkeys(("hemoglobina", "hemoglobine", "hamoglobin", "hgb"), "haemoglobin"),
    **dict.fromkeys(("calcio", "kalzium"), "calcium"),
    **dict.fromkeys(("potasio", "potassio", "kalium"), "potassium"),
    **dict.fromkeys(("sodio", "natrium"), "sodium"),
    **dict.fromkeys(("magnesio",), "magnesium"),
    **dict.fromkeys(("vitamina", "vitamine", "vit"), "vitamin"),
    "vitd": "vitamin d",
    **dict.fromkeys(("zink",), "zinc"),
    **dict.fromkeys(("selenio", "selen"), "selenium"),
}
"""What is measured, in Spanish, French, German and Portuguese, without accents."""


def kind_in(
    text: str, vocabulary: Vocabulary
) -> tuple[MeasurementKind | None, list[str]]:
    """The measurement that the longest run of words names, and the words besides."""
    words = normalise(without_accents(text)).split()
    words = [_MEASURED.get(word, word) for word in words]
    if len(words) == 1 and (apart := _measured_apart(words[0], vocabulary)):
        words = apart
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            found = vocabulary.measurement_phrase.get(phrase)
            if found is not None:
                rest = words[:start] + words[start + length :]
                return vocabulary.measurement[found.id], rest
    return None, []


def _measured_apart(word: str, vocabulary: Vocabulary) -> list[str]:
    """A name such as `ferritinug`, as what is measured and the unit."""
    for phrase in sorted(vocabulary.measurement_phrase, key=len, reverse=True):
        squashed = phrase.replace(" ", "")
        if len(squashed) > 2 and word.startswith(squashed) and word != squashed:
            return [*phrase.split(), word.removeprefix(squashed)]
    return []


def unit_in(words: Sequence[str], kind: MeasurementKind) -> str | None:
    """The unit that words name as a program would: `gdl`, `ng ml`, `ug/l`."""
    runs = {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 4)}
    letters = {re.sub(r"[^a-z0-9]", "", _MICRO.sub("u", run)) for run in runs}
    for unit in kind.units:
        plainly = re.sub(r"[^a-z0-9]", "", unit.lower().replace("\u00b5", "u"))
        if plainly in letters or (plainly[:-1] in letters and len(plainly) > 3):
            return unit
    return None


def fits_unit(values: Sequence[str], unit: str, kind: MeasurementKind) -> bool:
    """Whether most of the values can be meant in the unit, and the middle one can."""
    factor = factor_of(unit, kind)
    numbers = sorted(_numbers(values))
    if factor is None or not numbers:
        return factor is not None
    plausible = [
        kind.plausible_from <= n * factor <= kind.plausible_to for n in numbers
    ]
    return 2 * sum(plausible) > len(numbers) and plausible[len(numbers) // 2]


def unit_by_values(values: Sequence[str], kind: MeasurementKind) -> str | None:
    """The only unit in which most of the values can be meant, if there is one."""
    numbers = _numbers(values)
    for span in kind.unstated:
        within = sum(span.from_ <= number <= span.to for number in numbers)
        if numbers and within >= 0.9 * len(numbers):
            return span.unit
    fitting = [unit for unit in kind.units if fits_unit(values, unit, kind)]
    return fitting[0] if len(fitting) == 1 and numbers else None


def other_unit(values: Sequence[str], kind: MeasurementKind) -> str | None:
    """The unit that the values tell, if they cannot be in that of the rules."""
    unit = unit_by_values(values, kind)
    same = unit is None or factor_of(unit, kind) == factor_of(kind.unit, kind)
    return None if same else unit


def _numbers(values: Sequence[str]) -> list[float]:
    return [
        float(value.replace(",", "."))
        for value in values
        if re.fullmatch(r"\d+(?:[.,]\d+)?", value)
    ]
