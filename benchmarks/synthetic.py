"""Synthetic people for benchmarks: plausible tables of answers, as big as wanted.

Adults and children; to each question about 1.5 % say yes and 20 % nothing. The answers
of a person agree with each other, except in one row of a thousand. Every piece of a
table is drawn anew, so no piece repeats another, and the same rules and seed give the
same people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final
from zlib import crc32

import polars as pl
from polars import Expr, col
from polars.io.plugins import register_io_source

from minsight.ages import DAYS_IN
from minsight.api import Rules
from minsight.intake.contradictions import holds_for
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from minsight.logic.atoms import ANSWERS, named_by

PIECE: Final = 50_000
YES: Final = 0.015
UNANSWERED: Final = 0.2
MEASURED: Final = 0.1
CHILDREN: Final = 0.25
AT_ODDS: Final = 0.001


class People:
    """People who answer every question that the rules read."""

    def __init__(self, rules: Rules, *, seed: int) -> None:
        self._vocabulary = rules.vocabulary
        self._seed = seed
        clauses = rules.program.clauses
        read = set(named_by((a for c in clauses for a in (c.head, *c.body)), *ANSWERS))
        vocabulary = rules.vocabulary
        asked = [e.id for e in vocabulary.findings]
        asked += [group.id for group in vocabulary.groups if not group.derived]
        self.questions = [id_ for id_ in asked if id_ in read]
        self.measurements = [kind.id for kind in rules.vocabulary.measurements]

    def frame(self, first: int, rows: int) -> pl.DataFrame:
        """The people from the number `first` on."""
        numbers = pl.DataFrame({"n": pl.int_range(first, first + rows, eager=True)})
        drawn = numbers.select(
            "n",
            (20 + 70 * self._chance("age") ** 1.3).alias("adult"),
            (18 * self._chance("age")).alias("child"),
            (self._chance("child") < CHILDREN).alias("is_child"),
            (self._chance("sex") < 0.5).alias("is_male"),
            *(self._answer(id_).alias(id_) for id_ in self.questions),
            *(self._value(id_).alias(id_) for id_ in self.measurements),
        )
        people = drawn.with_columns(
            pl.format("p{}", "n").alias("subject_id"),
            pl.when("is_child").then("child").otherwise("adult").round(2).alias("age"),
            pl.when("is_male")
            .then(pl.lit("male"))
            .otherwise(pl.lit("female"))
            .alias("sex"),
        )
        consistent = people.with_columns(
            self._possible(id_).alias(id_) for id_ in self.questions
        )
        for step in self._upwards():
            consistent = consistent.with_columns(step)
        return self._with_odd_rows(consistent).select(
            "subject_id", "age", "sex", *self.questions, *self.measurements
        )

    def _chance(self, what: str) -> Expr:
        """A number from 0 to 1 for each person; another one for each thing drawn."""
        return col("n").hash(crc32(f"{self._seed} {what}".encode())) / 2.0**64

    def _answer(self, id_: str) -> Expr:
        drawn = self._chance(id_)
        return pl.when(drawn >= UNANSWERED).then(drawn < UNANSWERED + YES)

    def _value(self, id_: str) -> Expr:
        """A value amid the plausible ones, for some."""
        kind = self._vocabulary.measurement[id_]
        width = kind.plausible_to - kind.plausible_from
        drawn = self._chance(id_)
        value = kind.plausible_from + width * (0.1 + drawn / MEASURED * 0.4)
        return pl.when(drawn < MEASURED).then(value.round(2))

    def _possible(self, id_: str) -> Expr:
        """The answer, with no yes that the age or sex of a person rules out."""
        whom = holds_for(self._vocabulary, id_)
        return col(id_) if whom == ANYBODY else col(id_) & _may_be(whom)

    def _upwards(self) -> Iterator[list[Expr]]:
        """Who has a kind of something has that too."""
        depth = {
            id_: len(self._vocabulary.with_ancestors(id_)) for id_ in self.questions
        }
        for level in sorted(set(depth.values()), reverse=True):
            above = [id_ for id_ in self.questions if depth[id_] == level]
            step = [
                (col(id_) | reduce(or_, (col(k).fill_null(value=False) for k in kinds)))
                .alias(id_)
                for id_ in above
                if (kinds := self._kinds_of(id_))
            ]  # fmt: skip
            if step:
                yield step

    def _kinds_of(self, above: str) -> Sequence[str]:
        return [
            id_
            for id_ in self.questions
            if id_ != above and above in self._vocabulary.with_ancestors(id_)
        ]

    def _with_odd_rows(self, people: pl.DataFrame) -> pl.DataFrame:
        """A few people say yes to a kind of what they deny."""
        pairs = [
            (kinds[0], id_) for id_ in self.questions if (kinds := self._kinds_of(id_))
        ]
        odd = self._chance("odd")
        step = AT_ODDS / len(pairs)
        exprs: dict[str, Expr] = {}
        for place, (kind, above) in enumerate(pairs):
            chosen = (odd >= place * step) & (odd < (place + 1) * step)
            for id_, answer in ((kind, True), (above, False)):
                before = exprs.get(id_, col(id_))
                exprs[id_] = pl.when(chosen).then(answer).otherwise(before)
        return people.with_columns(e.alias(id_) for id_, e in exprs.items())


def _may_be(whom: Demographic) -> Expr:
    """Whether somebody of the drawn age and sex can be meant."""
    days = col("age") * DAYS_IN["y"]
    tests = [pl.lit(value=True)]
    if whom.from_days is not None:
        tests.append(days >= whom.from_days)
    if whom.below_days is not None:
        tests.append(days < whom.below_days)
    if whom.sex is not None:
        tests.append(col("sex") == whom.sex)
    return pl.all_horizontal(tests)


def write(people: People, rows: int, target: Path) -> None:
    """The table of so many people, piece by piece, as Parquet or CSV by its name."""

    def pieces(*_: object) -> Iterator[pl.DataFrame]:
        for first in range(1, rows + 1, PIECE):
            yield people.frame(first, min(PIECE, rows - first + 1))

    table = register_io_source(pieces, schema=people.frame(1, 1).schema)
    if target.suffix == ".csv":
        written = table.with_columns(_in_words(id_) for id_ in people.questions)
        written.sink_csv(target)
    else:
        table.sink_parquet(target)


def _in_words(id_: str) -> Expr:
    said = pl.when(id_).then(pl.lit("yes")).when(~col(id_)).then(pl.lit("no"))
    return said.alias(id_)
