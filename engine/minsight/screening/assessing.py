"""Assessing: a table of answers to the table of results, all rows at once.

What assembling does for one person is done here for columns: the level and points of
each mineral, the order of candidates, what speaks for and against, brakes and urgency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, or_
from typing import Final

import polars as pl

from minsight import atoms
from minsight.atoms import Atom
from minsight.backends.columnar import ColumnarBackend, points_of
from minsight.catalogue import Catalogue, Link
from minsight.ruleset import Ruleset
from minsight.scales import LEVELS, URGENCIES
from minsight.screening.naming import Naming, names_that_hold, told
from minsight.screening.results import LEVEL, SCHEMA, SEPARATOR, URGENCY, standing

PERSON: Final = ("row", "subject_id")
_PERSON: Final = "person"
_CANDIDATES: Final = "candidates"
_FIRST: Final = "first"
_PLACE: Final = "place"
"""Of a person: the number, how many candidates, and where the first line goes; of a
line: its person, and where it goes."""
_POINTS_SPAN: Final = 10_000
"""More than the points of two candidates can ever differ by."""


class TableAssessor:
    """Assesses tables that have the given columns of answers."""

    def __init__(self, rules: Ruleset, columns: Collection[str]) -> None:
        catalogue, self._minerals = rules.catalogue, rules.program.minerals
        asked = [_MineralColumns(mineral, catalogue) for mineral in self._minerals]
        flags = _flags(catalogue)
        wanted = [
            *(atom for columns in asked for atom in columns.wanted()),
            *(atoms.flag(id_) for id_ in flags),
            *(atoms.urgency(name) for name in URGENCIES[1:]),
            *(atoms.link(link.id) for link in catalogue.links),
        ]
        self._backend = ColumnarBackend(rules.program, columns, wanted=wanted)
        possible = self._backend.possible
        order = standing(catalogue)
        self._candidates = [_Candidates(one, possible, order) for one in asked]
        self._flags = [id_ for id_ in flags if atoms.flag(id_) in possible]
        self._steps = list(_person_by_person(catalogue, self._minerals))

    def assess(self, answers: pl.DataFrame) -> pl.DataFrame:
        """The results of a table of answers, by row and rank.

        `answers` has `row`, `subject_id` and any columns of answers.
        """
        if not answers["row"].is_sorted():
            answers = answers.sort("row")
        holds = self._backend.evaluate(answers, keep=PERSON)
        for step in self._steps:
            holds = holds.with_columns(step)
        flags = [atoms.flag(id_) for id_ in self._flags]
        named = names_that_hold(holds, flags, self._flags, SEPARATOR)
        people = holds.select(*PERSON, "urgency", named.alias("urgency_reasons"))
        parts = [_quiet(holds.lazy())]
        parts += [one.of(holds.lazy()) for one in self._candidates]
        return _in_order(people, pl.concat(pl.collect_all(parts)))


def _person_by_person(
    catalogue: Catalogue, minerals: Sequence[str]
) -> Iterator[list[pl.Expr]]:
    """Steps that tell urgency, levels and ranks, and where the results of each go."""
    yield [_urgency(), *map(_level, minerals)]
    yield [
        *_sort_keys(catalogue, minerals),
        *(_is_candidate(mineral).alias(_shown_of(mineral)) for mineral in minerals),
    ]
    yield [_rank(mineral, minerals) for mineral in minerals]
    for link in catalogue.links:
        if link.first in minerals:
            yield list(_moved(link, minerals))
    shown = (_one_if(pl.col(_shown_of(mineral))) for mineral in minerals)
    yield [reduce(add, shown, pl.lit(0, pl.UInt8)).alias(_CANDIDATES)]
    lines = pl.max_horizontal(_CANDIDATES, 1).cast(pl.UInt32)
    yield [pl.int_range(pl.len(), dtype=pl.UInt32).alias(_PERSON), lines.alias(_FIRST)]
    yield [(pl.col(_FIRST).cum_sum() - pl.col(_FIRST)).alias(_FIRST)]


def _sort_keys(catalogue: Catalogue, minerals: Sequence[str]) -> Iterator[pl.Expr]:
    """A number for each mineral that is greater the further ahead it goes."""
    profile = catalogue.profile
    last_first = sorted(
        minerals,
        key=lambda mineral: (profile[mineral].base_rate, mineral),
        reverse=True,
    )
    for place, mineral in enumerate(last_first):
        level = pl.col(_level_of(mineral)).to_physical().cast(pl.Int32)
        points = pl.col(points_of(mineral)).cast(pl.Int32)
        number = (level * _POINTS_SPAN + points) * len(last_first) + place
        yield number.alias(_key_of(mineral))


def _rank(mineral: str, minerals: Sequence[str]) -> pl.Expr:
    own = pl.col(_key_of(mineral))
    others = (pl.col(_key_of(other)) for other in minerals if other != mineral)
    ahead = (_one_if(other > own) for other in others)
    return reduce(add, ahead, pl.lit(1, pl.UInt8)).alias(_rank_of(mineral))


def _one_if(test: pl.Expr) -> pl.Expr:
    """A byte that can be added up; faster than casting the test."""
    return pl.when(test).then(pl.lit(1, pl.UInt8)).otherwise(pl.lit(0, pl.UInt8))


def _is_candidate(mineral: str) -> pl.Expr:
    return pl.col(_level_of(mineral)).to_physical() > 0


def _quiet(holds: pl.LazyFrame) -> pl.LazyFrame:
    """A line for each of the people without a candidate, and where it goes."""
    empty = pl.lit("")
    return holds.filter(pl.col(_CANDIDATES) == 0).select(
        _PERSON,
        pl.col(_FIRST).alias(_PLACE),
        pl.lit(None, pl.UInt8).alias("rank"),
        pl.lit(None, pl.String).alias("mineral"),
        pl.lit(LEVELS[0], LEVEL).alias("level"),
        pl.lit(None, pl.Int16).alias("points"),
        empty.alias("reasons"),
        empty.alias("against"),
        empty.alias("brakes"),
    )


class _Candidates:
    """The people for whom one mineral is a candidate."""

    def __init__(
        self,
        columns: _MineralColumns,
        possible: Collection[Atom],
        order: Mapping[str, int],
    ) -> None:
        self._mineral = columns.mineral
        self._namings = {
            "reasons": _of_rules(columns.supporting, possible, order, prefix="for "),
            "against": _of_rules(columns.contrary, possible, order, prefix="against "),
            "brakes": Naming(
                columns.acted(), columns.brakes, SEPARATOR, prefix="brakes "
            ),
        }

    def of(self, holds: pl.LazyFrame) -> pl.LazyFrame:
        """A line for each of them, and where it goes."""
        mineral, rank = self._mineral, pl.col(_rank_of(self._mineral))
        packed = [one for naming in self._namings.values() for one in naming.packed()]
        chosen = holds.filter(_shown_of(mineral)).select(
            _PERSON,
            (pl.col(_FIRST) + rank - 1).alias(_PLACE),
            rank.alias("rank"),
            pl.lit(mineral).alias("mineral"),
            pl.col(_level_of(mineral)).alias("level"),
            pl.col(points_of(mineral)).alias("points"),
            *packed,
        )
        return told(chosen, self._namings)


def _of_rules(
    rules: Iterable[str],
    possible: Collection[Atom],
    order: Mapping[str, int],
    *,
    prefix: str,
) -> Naming:
    """Names of the rules that can match, those that stand highest first."""
    named = [rule for rule in rules if atoms.evidence(rule) in possible]
    named.sort(key=order.__getitem__)
    columns = [pl.col(atoms.evidence(rule)) for rule in named]
    return Naming(columns, named, SEPARATOR, prefix=prefix)


def _in_order(people: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Each line at its place, beside the person it is about."""
    numbers = pl.int_range(lines.height, dtype=pl.UInt32, eager=True)
    order = numbers.clone().scatter(lines[_PLACE], numbers)
    placed = lines.drop(_PLACE)[order]
    whom = people[placed[_PERSON]]
    return whom.hstack(placed.drop(_PERSON)).cast(SCHEMA)


class _MineralColumns:
    """The atoms that tell what becomes of one mineral."""

    def __init__(self, mineral: str, catalogue: Catalogue) -> None:
        self.mineral = mineral
        rules = catalogue.rules_of.get(mineral, ())
        self.supporting = [rule.id for rule in rules if rule.says == "for"]
        self.contrary = [rule.id for rule in rules if rule.says == "against"]
        self.brakes = [brake.id for brake in catalogue.brakes]

    def wanted(self) -> Iterator[Atom]:
        yield from (atoms.level(self.mineral, name) for name in LEVELS[1:])
        yield from map(atoms.evidence, (*self.supporting, *self.contrary))
        for stage in range(len(self.brakes) + 1):
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
            )
            for stage in range(1, len(self.brakes) + 1)
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


def _shown_of(mineral: str) -> str:
    return f"shown:{mineral}"


def _rank_of(mineral: str) -> str:
    return f"rank:{mineral}"
