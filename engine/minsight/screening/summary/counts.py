"""Counting: what some screened rows come to, as numbers of persons by what they share.

Each count is made by one query over whole columns; Python sees only its few groups.

INVARIANT: results stand by row, and their persons are those of the answers; so the
runs of equal rows in the results are the rows of the answers, in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import polars as pl

from minsight.backends.expressions import LIMITS
from minsight.scales import LEVELS, told_urgency
from minsight.screening.answers.persons import PERSON_SCHEMA
from minsight.screening.rejects import Reject
from minsight.screening.summary.strata import STRATA

PERSONAL: Final = ("age_days", "sex")
"""The questions about the person that an answer table has beside the others."""
URGENCY_IS: Final = "urgency "
MOST_WORDS: Final = 100
"""How many characters of a reason for rejection tell one kind from another."""
_OF_ALL: Final[Mapping[str, int]] = {}
_QUOTED: Final = re.compile(r"`[^`]*`")


def people(strata: pl.Series) -> Counter[tuple[str, str]]:
    """Persons by age group and sex."""
    counts = strata.value_counts()
    return Counter({STRATA[stratum]: n for stratum, n in counts.iter_rows()})


def candidates(
    strata: pl.Series, results: pl.DataFrame
) -> Counter[tuple[str, str, str, str]]:
    """Persons by mineral, level, age group and sex; only minerals with evidence."""
    person = results["row"].rle_id()
    assert person.is_empty() or person[-1] + 1 == len(strata), "a person is amiss"
    stratum = strata.gather(person).alias("stratum")
    counts = _counted(
        results.lazy().select("mineral", "level", stratum),
        "mineral",
        "level",
        "stratum",
    )
    return Counter(
        {
            (mineral, level, *STRATA[stratum]): n
            for mineral, level, stratum, n in counts
            if mineral is not None
        }
    )


def standing_counts(results: pl.DataFrame) -> Counter[tuple[str, str]]:
    """Persons by what is told of urgency and by the highest level of any mineral.

    A number that grows with the person first and the level second has, where the rows
    of the person end, its greatest level as its running maximum.
    """
    row, steps = pl.col("row"), len(LEVELS)
    greatest = (row.rle_id() * steps + pl.col("level").to_physical()).cum_max() % steps
    is_last = (row != row.shift(-1)).fill_null(value=True)
    persons = results.lazy().select(
        "urgency", "urgency_judged", is_last.alias("last"), level=greatest
    )
    counts = _counted(persons.filter("last"), "urgency", "urgency_judged", "level")
    found: Counter[tuple[str, str]] = Counter()
    for urgency, judged, level, number in counts:
        found[told_urgency(urgency, judged=judged), LEVELS[level]] += number
    return found


def broken_down(
    groups: pl.DataFrame, results: pl.DataFrame
) -> Counter[tuple[str, str, str]]:
    """Persons by column, by its value, and by urgency or mineral above few findings.

    What is told of urgency begins with `URGENCY_IS`; every person counts once there.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    row = pl.col("row")
    first = results.filter((row != row.shift(1)).fill_null(value=True))
    person = results["row"].rle_id()
    standing_out = (results["level"].to_physical() > 1).fill_null(value=False)
    for name in groups.columns if groups.height else ():
        of = groups[name].alias("of")
        urgent = first.select("urgency", "urgency_judged", of)
        for urgency, judged, value, number in _counted(urgent.lazy(), *urgent.columns):
            told = told_urgency(urgency, judged=judged)
            found[name, value, f"{URGENCY_IS}{told}"] += number
        lines = results.select("mineral", of.gather(person)).filter(standing_out)
        for mineral, value, number in _counted(lines.lazy(), *lines.columns):
            found[name, value, mineral] += number
    return found


def questions(answers: pl.DataFrame) -> list[str]:
    """The columns of an answer table that hold answers."""
    beside = PERSON_SCHEMA.keys() - set(PERSONAL)
    return [
        name
        for name in answers.columns
        if name not in beside and not name.startswith(LIMITS)
    ]


def asked(answers: pl.DataFrame, of: Mapping[str, int]) -> Counter[str]:
    """Persons by question: all of the table, or as many as the question is `of`."""
    every = answers.height
    return Counter({name: of.get(name, every) for name in questions(answers)})


def unanswered(answers: pl.DataFrame, of: Mapping[str, int] = _OF_ALL) -> Counter[str]:
    """Persons who gave no answer, by question; a question that all answered has 0.

    Of a question that is not of all, those whom it is not `of` do not count.
    """
    every, persons = answers.height, asked(answers, of)
    return Counter({n: answers[n].null_count() - (every - persons[n]) for n in persons})


def rejected(rejects: Iterable[Reject]) -> tuple[Counter[str], Counter[str]]:
    """Rejected rows by kind of reason and by column; a row counts once for each."""
    told = list(rejects)
    kinds = {(one.file, one.row, reason_kind(one.reason)) for one in told}
    columns = {(one.file, one.row, one.column) for one in told if one.column}
    return Counter(kind for *_, kind in kinds), Counter(name for *_, name in columns)


@lru_cache(maxsize=10_000)
def reason_kind(reason: str) -> str:
    """A reason without what it quotes and what it advises, cut to its first words.

    >>> reason_kind("`mabye` is no answer to `fever`; write yes, no or nothing")
    '`…` is no answer to `…`'
    """
    kind = _QUOTED.sub("`…`", reason).partition(";")[0]
    if len(kind) <= MOST_WORDS:
        return kind
    return kind[:MOST_WORDS].rpartition(" ")[0] + " …"


def _counted(rows: pl.LazyFrame, *by: str) -> Iterable[tuple[Any, ...]]:
    return rows.group_by(by).len().collect(engine="streaming").iter_rows()
