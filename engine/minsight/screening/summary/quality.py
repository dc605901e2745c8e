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

USUAL_PART: Final = 0.2
"""The part of last digits that are 0 or 5 where nobody prefers them."""
AGE_DAYS: Final = "age_days"
_FROM_YEARS, _TO_YEARS = 23, 62
_MOST_DECIMALS: Final = 2
_USUAL: Final = 0.05
"""Values have so many decimals if this part of them needs as many."""
_SIZES: Final = 5
"""Powers of ten that are told apart: below 10, below 100, and so on."""
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
    """Persons by question, by size and decimals of the number, and by last digit.

    The size is a power of ten, as many instruments show three digits of any number. A
    number of more than two decimals is none that somebody wrote; it has no digit.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    years = (answers[AGE_DAYS] / DAYS_IN["y"] + _NEARLY).floor()
    adults = years.filter(years.is_between(_FROM_YEARS, _TO_YEARS))
    found.update(dict(_counted(AGE_DAYS, adults)))
    for question, factor in factors.items():
        if question in answers.columns:
            found.update(dict(_counted(question, answers[question] / factor)))
    return found


def heapings(counts: Mapping[tuple[str, str, str], int]) -> list[Heaping]:
    """For each question whose numbers have a usual length, how many end in 0 or 5."""
    sizes: dict[str, dict[str, Counter[tuple[str, str]]]] = {}
    for (question, form, digit), number in counts.items():
        size, _, decimals = form.partition(" ")
        own = sizes.setdefault(question, {}).setdefault(size, Counter())
        own[decimals, digit] += number
    found = []
    for question, of_size in sorted(sizes.items()):
        pairs = [_of_size(own) for own in of_size.values()]
        persons, rounded = (sum(part) for part in zip(*pairs, strict=True))
        if persons:
            found.append(Heaping(question, persons, rounded))
    return found


def _of_size(counts: Mapping[tuple[str, str], int]) -> tuple[int, int]:
    """How many numbers have the usual decimals, or fewer, and end in 0 or 5."""
    needed = Counter[str]()
    for (decimals, _), number in counts.items():
        needed[decimals] += number
    least = _USUAL * sum(needed.values())
    usual = max(d for d, number in needed.items() if number >= least)
    if int(usual) > _MOST_DECIMALS:
        return 0, 0
    # What needs fewer decimals than is usual ends in a zero.
    kept = {key: number for key, number in counts.items() if key[0] <= usual}
    rounded = (n for (d, digit), n in kept.items() if d < usual or digit in _ROUND)
    return sum(kept.values()), sum(rounded)


def _counted(
    question: str, values: Series
) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Pairs for a counter."""
    table = values.drop_nulls().alias("value").to_frame()
    counts = table.select(_code()).to_series().value_counts()
    for code, number in counts.iter_rows():
        size, decimals, digit = code // 100, code // 10 % 10, code % 10
        last = str(digit) if decimals <= _MOST_DECIMALS else ""
        yield (question, f"{size} {decimals}", last), number


def _code() -> Expr:
    """The size of a value, the decimals that it needs, its last digit: one number."""
    found = pl.lit((_MOST_DECIMALS + 1) * 10, pl.UInt16)
    for decimals in range(_MOST_DECIMALS, -1, -1):
        scaled = col("value") * 10**decimals
        whole = scaled.round()
        digit = (whole.abs() % 10).cast(pl.UInt16) + decimals * 10
        found = pl.when((scaled - whole).abs() < _NEARLY).then(digit).otherwise(found)
    sizes = (col("value") >= 10**power for power in range(1, _SIZES))
    size = pl.sum_horizontal(one.cast(pl.UInt16) for one in sizes)
    return (found + size * 100).alias("code")
