"""Assessing: a table of answers to the table of results, all rows at once.

What assembling does for one person is done here for columns: the level and points of
each mineral, the order of candidates, what speaks for and against, brakes and urgency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import Final

import polars as pl
from polars.io.plugins import register_io_source

from minsight import atoms
from minsight.atoms import Atom
from minsight.backends.columnar import ColumnarBackend, points_of
from minsight.catalogue import Catalogue, Link
from minsight.ruleset import Ruleset
from minsight.scales import LEVELS, URGENCIES
from minsight.screening.naming import names_that_hold
from minsight.screening.results import LEVEL, SCHEMA, SEPARATOR, URGENCY, standing

PERSON: Final = ("row", "subject_id")
_POINTS_SPAN: Final = 10_000
"""More than the points of two candidates can ever differ by."""


class TableAssessor:
    """Assesses tables that have the given columns of answers."""

    def __init__(self, rules: Ruleset, columns: Collection[str]) -> None:
        self._catalogue = rules.catalogue
        self._minerals = rules.program.minerals
        self._order = standing(rules.catalogue)
        self._columns = [_MineralColumns(m, rules.catalogue) for m in self._minerals]
        self._flags = _flags(rules.catalogue)
        self._backend = ColumnarBackend(rules.program, columns, wanted=self._wanted())
        self._queries: dict[tuple[tuple[str, pl.DataType], ...], _Query] = {}

    def assess(self, answers: pl.DataFrame) -> pl.DataFrame:
        """The results of a table of answers, by row and rank.

        `answers` has `row`, `subject_id` and any columns of answers.
        """
        holds = self._query(answers.schema).collect(answers)
        holds = holds.with_columns(_urgency(), *map(_level, self._minerals))
        holds = holds.with_columns(*self._sort_keys())
        holds = holds.with_columns(*map(self._rank, self._minerals))
        for link in self._catalogue.links:
            if link.first in self._minerals:
                holds = holds.with_columns(*_moved(link, self._minerals))
        named = names_that_hold(
            holds, [atoms.flag(id_) for id_ in self._flags], self._flags, SEPARATOR
        )
        holds = holds.with_columns(named.alias("urgency_reasons"))
        parts = [
            self._quiet(holds),
            *(self._candidates(holds, c) for c in self._columns),
        ]
        return pl.concat(parts).cast(SCHEMA).sort("row", "rank")

    def _query(self, schema: pl.Schema) -> _Query:
        key = tuple(schema.items())
        if key not in self._queries:
            self._queries[key] = _Query(self._backend, schema)
        return self._queries[key]

    def _wanted(self) -> Iterator[Atom]:
        for columns in self._columns:
            yield from columns.wanted()
        yield from (atoms.flag(id_) for id_ in self._flags)
        yield from (atoms.urgency(name) for name in URGENCIES[1:])
        yield from (atoms.link(link.id) for link in self._catalogue.links)

    def _sort_keys(self) -> Iterator[pl.Expr]:
        """A number for each mineral that is greater the further ahead it goes."""
        profile = self._catalogue.profile
        last_first = sorted(
            self._minerals, key=lambda m: (profile[m].base_rate, m), reverse=True
        )
        for place, mineral in enumerate(last_first):
            level = pl.col(_level_of(mineral)).to_physical().cast(pl.Int32)
            points = pl.col(points_of(mineral)).cast(pl.Int32)
            number = (level * _POINTS_SPAN + points) * len(last_first) + place
            yield number.alias(_key_of(mineral))

    def _rank(self, mineral: str) -> pl.Expr:
        own = pl.col(_key_of(mineral))
        ahead = (
            (pl.col(_key_of(other)) > own).cast(pl.UInt8)
            for other in self._minerals
            if other != mineral
        )
        return reduce(add, ahead, pl.lit(1, pl.UInt8)).alias(_rank_of(mineral))

    def _quiet(self, holds: pl.DataFrame) -> pl.DataFrame:
        """The people without a candidate."""
        silent = reduce(
            and_, (pl.col(_level_of(m)) == LEVELS[0] for m in self._minerals)
        )
        empty = pl.lit("")
        return holds.filter(silent).select(
            *PERSON,
            "urgency",
            "urgency_reasons",
            pl.lit(None, pl.UInt8).alias("rank"),
            pl.lit(None, pl.String).alias("mineral"),
            pl.lit(LEVELS[0], LEVEL).alias("level"),
            pl.lit(None, pl.Int16).alias("points"),
            empty.alias("reasons"),
            empty.alias("against"),
            empty.alias("brakes"),
        )

    def _candidates(
        self, holds: pl.DataFrame, columns: _MineralColumns
    ) -> pl.DataFrame:
        """The people for whom the mineral is a candidate."""
        mineral = columns.mineral
        chosen = holds.filter(pl.col(_level_of(mineral)) != LEVELS[0])
        brakes = chosen.select(columns.acted())
        return chosen.select(
            *PERSON,
            "urgency",
            "urgency_reasons",
            pl.col(_rank_of(mineral)).alias("rank"),
            pl.lit(mineral).alias("mineral"),
            pl.col(_level_of(mineral)).alias("level"),
            pl.col(points_of(mineral)).alias("points"),
            self._reasons(chosen, columns.supporting).alias("reasons"),
            self._reasons(chosen, columns.contrary).alias("against"),
            names_that_hold(brakes, brakes.columns, brakes.columns, SEPARATOR).alias(
                "brakes"
            ),
        )

    def _reasons(self, chosen: pl.DataFrame, rules: Sequence[str]) -> pl.Series:
        ordered = sorted(rules, key=self._order.__getitem__)
        columns = [atoms.evidence(rule) for rule in ordered]
        return names_that_hold(chosen, columns, ordered, SEPARATOR)


class _Query:
    """What holds, as one query that is planned once and asked for many tables.

    Two thousand expressions take as long to translate as to run on 250,000 rows.
    """

    def __init__(self, backend: ColumnarBackend, schema: pl.Schema) -> None:
        self._answers = pl.DataFrame(schema=schema)
        source = register_io_source(self._given, schema=schema)
        self._query: pl.LazyFrame = backend.evaluate(source, keep=PERSON)

    def collect(self, answers: pl.DataFrame) -> pl.DataFrame:
        """What holds for these answers."""
        self._answers = answers
        return self._query.collect()

    def _given(self, columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        yield self._answers if columns is None else self._answers.select(columns)


class _MineralColumns:
    """The atoms that tell what becomes of one mineral."""

    def __init__(self, mineral: str, catalogue: Catalogue) -> None:
        self.mineral = mineral
        rules = catalogue.rules_of.get(mineral, ())
        self.supporting = [rule.id for rule in rules if rule.says == "for"]
        self.contrary = [rule.id for rule in rules if rule.says == "against"]
        self._brakes = [brake.id for brake in catalogue.brakes]

    def wanted(self) -> Iterator[Atom]:
        yield from (atoms.level(self.mineral, name) for name in LEVELS[1:])
        yield from map(atoms.evidence, (*self.supporting, *self.contrary))
        for stage in range(len(self._brakes) + 1):
            yield from self._reached(stage)

    def acted(self) -> list[pl.Expr]:
        """For each brake, whether it lowered the level.

        A level stands for itself and all below it, so the highest one falls when any
        that was reached before the brake is not reached after it.
        """
        return [
            reduce(
                or_,
                (
                    pl.col(before) & ~pl.col(after)
                    for before, after in zip(
                        self._reached(stage - 1), self._reached(stage), strict=True
                    )
                ),
            ).alias(brake)
            for stage, brake in enumerate(self._brakes, start=1)
        ]

    def _reached(self, stage: int) -> list[Atom]:
        return [atoms.reached(self.mineral, name, stage) for name in LEVELS[1:]]


def _flags(catalogue: Catalogue) -> list[str]:
    """Red flags and urgent combinations, most urgent first, then in file order."""
    levels = [(flag.id, flag.level) for flag in catalogue.flags]
    levels += [(r.id, r.urgency) for r in catalogue.rules if r.urgency != URGENCIES[0]]
    levels.sort(key=lambda pair: -URGENCIES.index(pair[1]))
    return [id_ for id_, _ in levels]


def _level(mineral: str) -> pl.Expr:
    steps = ((name, atoms.level(mineral, name)) for name in LEVELS)
    return _highest(steps, LEVEL).alias(_level_of(mineral))


def _urgency() -> pl.Expr:
    steps = ((name, atoms.urgency(name)) for name in URGENCIES)
    return _highest(steps, URGENCY).alias("urgency")


def _highest(steps: Iterable[tuple[str, Atom]], scale: pl.Enum) -> pl.Expr:
    """The last step whose atom holds; the first one when none does."""
    (lowest, _), *higher = steps
    highest = pl.lit(lowest, scale)
    for name, atom in higher:
        highest = pl.when(atom).then(pl.lit(name, scale)).otherwise(highest)
    return highest


def _moved(link: Link, minerals: Sequence[str]) -> Iterator[pl.Expr]:
    """The ranks after the link moved its first mineral before the others it names.

    It moves up to the foremost of those at its own level; who stood between makes room.
    """
    first = str(link.first)
    own_level, own = pl.col(_level_of(first)), pl.col(_rank_of(first))
    others = [m for m in link.others if m in minerals]
    place = pl.min_horizontal(
        pl.when(pl.col(_level_of(m)) == own_level).then(pl.col(_rank_of(m)))
        for m in others
    )
    shown = own_level != LEVELS[0]
    moves = (pl.col(atoms.link(link.id)) & shown & (place < own)).fill_null(value=False)
    yield pl.when(moves).then(place).otherwise(own).alias(_rank_of(first))
    for mineral in minerals:
        if mineral != first:
            rank = pl.col(_rank_of(mineral))
            passed = moves & (rank >= place) & (rank < own)
            yield (
                pl.when(passed).then(rank + 1).otherwise(rank).alias(_rank_of(mineral))
            )


def _level_of(mineral: str) -> str:
    return f"level_of:{mineral}"


def _key_of(mineral: str) -> str:
    return f"key:{mineral}"


def _rank_of(mineral: str) -> str:
    return f"rank:{mineral}"
