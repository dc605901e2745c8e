"""The table of results: a row for each person and candidate, and what its cells mean.

A person without a candidate has one row, with no mineral and the level `no_pattern`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec
import polars as pl

from minsight.ages import DAYS_IN, age_in_words
from minsight.assessment.model import Assessment, Candidate
from minsight.assessment.reasons import by_standing
from minsight.knowledge.catalogue import Catalogue
from minsight.scales import LEVELS, URGENCIES

SEPARATOR: Final = "; "
"""Between the ids of one cell."""
LEVEL: Final = pl.Enum(LEVELS)
URGENCY: Final = pl.Enum(URGENCIES)
ColumnType: TypeAlias = pl.DataType | type[pl.DataType]
_TYPES: Final[Mapping[str, ColumnType]] = {
    "row": pl.UInt64,
    "subject_id": pl.String,
    "age": pl.String,
    "age_years": pl.Float64,
    "sex": pl.String,
    "urgency": URGENCY,
    "urgency_judged": pl.Boolean,
    "urgency_reasons": pl.String,
    "rank": pl.UInt8,
    "mineral": pl.String,
    "level": LEVEL,
    "points": pl.Int16,
    "reasons": pl.String,
    "against": pl.String,
    "brakes": pl.String,
}
SCHEMA: Final = pl.Schema(_TYPES)
"""The columns, in order. Reasons are ids of rules, those that stand highest first."""
LONG: Final = pl.Schema({"file": pl.String, **_TYPES})
"""The columns of the results of files."""


class Assessed(msgspec.Struct, frozen=True):
    """The results of a table of persons, by row and rank.

    `reasons` and `against` count the persons whose results list a rule.
    """

    results: pl.DataFrame
    reasons: Mapping[str, int]
    against: Mapping[str, int]


def assessed_of(
    assessments: Iterable[tuple[int, Assessment]], catalogue: Catalogue
) -> Assessed:
    """The results of people who were assessed one by one, with their row numbers."""
    order = standing(catalogue)
    rows: list[tuple[object, ...]] = []
    days_of: list[float | None] = []
    reasons: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for number, assessment in assessments:
        own = list(_rows(number, assessment, order))
        rows.extend(own)
        days_of.extend([assessment.age_days] * len(own))
        for candidate in assessment.candidates:
            reasons.update(reason.rule for reason in candidate.reasons)
            against.update(reason.rule for reason in candidate.against)
    results = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    days = pl.Series(days_of, dtype=pl.Float64)
    return Assessed(results.with_columns(age_columns(days)), reasons, against)


def ages_in_words(days: pl.Series) -> pl.Series:
    """Ages in days as people say them; null where an age is not known.

    >>> ages_in_words(pl.Series([12418.5, None, 273.9375])).to_list()
    ['34 years', None, '9 months']
    """
    words = {age: age_in_words(age) for age in days.drop_nulls().unique()}
    return days.replace_strict(words, default=None, return_dtype=pl.String)


def age_columns(days: pl.Series) -> list[pl.Series]:
    """The columns of ages in days: in words, and in years to four decimals."""
    years = (days / DAYS_IN["y"]).round(4)
    return [ages_in_words(days).alias("age"), years.alias("age_years")]


def standing(catalogue: Catalogue) -> Mapping[str, int]:
    """The place of each rule in the order that results show reasons in."""
    return {rule.id: place for place, rule in enumerate(by_standing(catalogue.rules))}


def _rows(
    number: int, assessment: Assessment, order: Mapping[str, int]
) -> Iterator[tuple[object, ...]]:
    urgency = assessment.urgency
    flags = SEPARATOR.join(reason.flag for reason in urgency.reasons)
    told = (assessment.sex, urgency.level, urgency.judged, flags)
    person = (number, assessment.subject_id, None, None, *told)
    if not assessment.candidates:
        yield (*person, None, None, LEVELS[0], None, "", "", "")
    for candidate in assessment.candidates:
        yield (*person, *_of_candidate(candidate, order))


def _of_candidate(candidate: Candidate, order: Mapping[str, int]) -> tuple[object, ...]:
    def ids(reasons: Iterable[str]) -> str:
        return SEPARATOR.join(sorted(reasons, key=order.__getitem__))

    return (
        candidate.rank,
        candidate.mineral,
        candidate.level,
        candidate.points,
        ids(reason.rule for reason in candidate.reasons),
        ids(reason.rule for reason in candidate.against),
        SEPARATOR.join(brake.id for brake in candidate.brakes),
    )
