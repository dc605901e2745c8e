"""Quality: which last digits people and their measurements have, and which they prefer.

Numbers that were guessed or rounded end in 0 and 5 more often than one in five. Digits
are counted in the unit of the file. Of ages only those from 23 to 62 years count, as in
Whipple's index, because the young and the old are not spread evenly over the digits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.ages import DAYS_IN

EXPECTED: Final = 0.2
"""The part of last digits that are 0 or 5 where nobody prefers them."""
AGE: Final = "age_days"
_FROM_YEARS, _TO_YEARS = 23, 62
_MOST_DECIMALS: Final = 2
_USUAL: Final = 0.05
"""Values have so many decimals if this part of them needs as many."""
_ROUND: Final = frozenset({"0", "5"})
_NEARLY: Final = 1e-6
"""How far a number may be from a whole one that arithmetic has moved it away from."""


class Heaping(msgspec.Struct, frozen=True):
    """Of how many numbers the last digit is known, and how many end in 0 or 5."""

    question: str
    persons: int
    rounded: int


def digits(
    answers: DataFrame, factors: Mapping[str, float]
) -> Counter[tuple[str, str, str]]:
    """Persons by question, by how many decimals the number needs, and by last digit.

    A number of more than two decimals is none that somebody wrote; it has no digit.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    years = (answers[AGE] / DAYS_IN["y"] + _NEARLY).floor()
    adults = years.filter(years.is_between(_FROM_YEARS, _TO_YEARS))
    found.update(dict(_counted(AGE, adults)))
    for question, factor in factors.items():
        if question in answers.columns:
            found.update(dict(_counted(question, answers[question] / factor)))
    return found


def heapings(counts: Mapping[tuple[str, str, str], int]) -> list[Heaping]:
    """For each question whose numbers have a usual length, how many end in 0 or 5."""
    questions = dict.fromkeys(question for question, _, _ in counts)
    return [
        one
        for question in questions
        for one in _heaping(question, counts)
        if one.persons
    ]


def _heaping(
    question: str, counts: Mapping[tuple[str, str, str], int]
) -> Iterator[Heaping]:
    own = {key[1:]: number for key, number in counts.items() if key[0] == question}
    needed = Counter[str]()
    for (decimals, _), number in own.items():
        needed[decimals] += number
    total = sum(needed.values())
    usual = max(
        (d for d, number in needed.items() if number >= _USUAL * total), default=""
    )
    if not usual or int(usual) > _MOST_DECIMALS:
        return
    persons = rounded = 0
    for (decimals, digit), number in own.items():
        if decimals <= usual:
            persons += number
            # What needs fewer decimals than is usual ends in a zero.
            rounded += number * (decimals < usual or digit in _ROUND)
    yield Heaping(question, persons, rounded)


def _counted(
    question: str, values: Series
) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Pairs for a counter."""
    table = values.drop_nulls().alias("value").to_frame()
    counts = table.select(_code()).to_series().value_counts()
    for code, number in counts.iter_rows():
        decimals, digit = divmod(code, 10)
        last = str(digit) if decimals <= _MOST_DECIMALS else ""
        yield (question, str(decimals), last), number


def _code() -> Expr:
    """Ten times the number of decimals that a value needs, and its last digit."""
    found = pl.lit((_MOST_DECIMALS + 1) * 10, pl.UInt8)
    for decimals in range(_MOST_DECIMALS, -1, -1):
        scaled = col("value") * 10**decimals
        whole = scaled.round()
        digit = (whole.abs() % 10).cast(pl.UInt8) + decimals * 10
        found = pl.when((scaled - whole).abs() < _NEARLY).then(digit).otherwise(found)
    return found.alias("code")
