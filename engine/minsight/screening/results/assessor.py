"""Assessing: a table of answers to the table of results, all rows at once.

What assembling does for one person is done here for columns: the level and points of
each mineral, the order of candidates, what speaks for and against, brakes and urgency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from operator import add, or_
from typing import Final

import polars as pl

from minsight.assessment.engine import Engine
from minsight.backends.columnar import ColumnarTables
from minsight.backends.expressions import points_of
from minsight.backends.prepared import Prepared
from minsight.knowledge.catalogue import Catalogue, Link
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import LEVELS, URGENCIES
from minsight.screening.results.naming import Naming
from minsight.screening.results.schema import (
    LEVEL,
    SCHEMA,
    SEPARATOR,
    Assessed,
    age_columns,
    standing,
)
from minsight.screening.results.urgency import (
    OPEN,
    MoreUrgent,
    flags_in_order,
    highest_step,
    urgency_expression,
)

PERSON_KEY: Final = ("row", "subject_id")
_PERSONAL: Final = {"age_days": pl.Float64, "sex": pl.String}
UNREAD: Final = "unread"
"""The column of answer tables that marks whom something was not understood of."""
PERSON: Final = "person"
CANDIDATES: Final = "candidates"
FIRST_LINE: Final = "first"
_PLACE: Final = "place"
"""Of a person: the number, how many candidates, and where the first line goes; of a
line: its person, and where it goes."""
_POINTS_SPAN: Final = 10_000
"""More than the points of two candidates can ever differ by."""
_NOBODY: Final = Assessed(pl.DataFrame(schema=SCHEMA), {}, {})


class TableAssessor:
    """Assesses tables that have the given columns of answers."""

    def __init__(self, rules: Engine, columns: Collection[str]) -> None:
        catalogue, minerals = rules.catalogue, rules.program.minerals
        asked = [_MineralColumns(mineral, catalogue) for mineral in minerals]
        flags = flags_in_order(catalogue)
        wanted = [
            *(atom for columns in asked for atom in columns.wanted()),
            *(atoms.flag(id_) for id_ in flags),
            *(atoms.urgency(name) for name in URGENCIES[1:]),
            *(atoms.link(link.id) for link in catalogue.links),
        ]
        self._backend = ColumnarTables(rules.program, columns, wanted=wanted)
        self._more_urgent = MoreUrgent(rules, columns)
        possible = self._backend.possible
        flags = [id_ for id_ in flags if atoms.flag(id_) in possible]
        tests = [pl.col(atoms.flag(id_)) for id_ in flags]
        self._flags = Naming(tests, flags, SEPARATOR, prefix="flags ")
        order = standing(catalogue)
        self._candidates = [_Candidates(one, possible, order) for one in asked]
        # Neither knows of the assessor, so that it goes as soon as nobody needs it.
        backend, steps = self._backend, list(person_by_person(catalogue, minerals))
        self._holding = Prepared(lambda table: [_what_holds(table, backend, steps)])
        self._telling = Prepared(partial(_what_is_told, self._flags, self._candidates))
        self._is_ready = False

    def assess(self, answers: pl.DataFrame) -> Assessed:
        """The results of a table of answers.

        `answers` has `row`, `subject_id` and any columns of answers; `unread`, if it is
        there, says of whom not everything was understood, and `unsure` what is unsure.
        """
        if UNREAD not in answers.columns:
            answers = answers.with_columns(pl.lit(value=False).alias(UNREAD))
        answers = answers.with_columns(
            pl.lit(None, kind).alias(name)
            for name, kind in _PERSONAL.items()
            if name not in answers.columns
        )
        if not answers["row"].is_sorted():
            answers = answers.sort("row")
        if answers.is_empty() and self._is_ready:
            return _NOBODY
        answers = self._more_urgent.marked(answers)
        (holds,) = self._holding.of(answers)
        self._is_ready = True
        if holds.is_empty():
            self._telling.ready_for(holds.schema)
            return _NOBODY
        people, reasons, against, quiet, *found = self._telling.of(holds)
        named = self._flags.text(people).alias("urgency_reasons")
        ages = age_columns(people["age_days"])
        told = ("sex", "urgency", "urgency_judged", named)
        people = people.select(*PERSON_KEY, *ages, *told)
        pairs = zip(self._candidates, found, strict=True)
        parts = [quiet, *(one.in_words(own) for one, own in pairs)]
        lines = pl.concat(parts, rechunk=True)  # gathering from chunks takes far longer
        return Assessed(_in_order(people, lines), _counts(reasons), _counts(against))


def _what_holds(
    answers: pl.LazyFrame, backend: ColumnarTables, steps: Iterable[list[pl.Expr]]
) -> pl.LazyFrame:
    kept = (*PERSON_KEY, *_PERSONAL, UNREAD, OPEN)
    evaluated: pl.LazyFrame = backend.evaluate(answers, keep=kept)
    return reduce(pl.LazyFrame.with_columns, steps, evaluated)


def _what_is_told(
    flags: Naming, candidates: Sequence[_Candidates], holds: pl.LazyFrame
) -> Iterator[pl.LazyFrame]:
    more = pl.col("urgency").to_physical() < pl.col(OPEN)
    doubts = (pl.col(UNREAD), more)
    judged = ~reduce(or_, (one.fill_null(value=False) for one in doubts))
    yield holds.select(
        *PERSON_KEY,
        *_PERSONAL,
        "urgency",
        judged.alias("urgency_judged"),
        *flags.packed(),
    )
    for text in ("reasons", "against"):
        yield holds.select(met for c in candidates for met in c.met(text))
    yield _quiet(holds)
    yield from (one.of(holds) for one in candidates)


def _counts(met: pl.DataFrame) -> Mapping[str, int]:
    """What was met by anybody."""
    return {one.name: count for one in met if (count := one.item())}


def person_by_person(
    catalogue: Catalogue, minerals: Sequence[str]
) -> Iterator[list[pl.Expr]]:
    """Steps that tell urgency, levels and ranks, and where the results of each go."""
    yield [urgency_expression(), *map(_level, minerals)]
    yield [
        *_sort_keys(catalogue, minerals),
        *(_is_candidate(mineral).alias(shown_column(mineral)) for mineral in minerals),
    ]
    yield [_rank(mineral, minerals) for mineral in minerals]
    for link in catalogue.links:
        if link.first in minerals:
            yield list(_moved(link, minerals))
    shown = (one_if(pl.col(shown_column(mineral))) for mineral in minerals)
    yield [reduce(add, shown, pl.lit(0, pl.UInt8)).alias(CANDIDATES)]
    lines = pl.max_horizontal(CANDIDATES, 1).cast(pl.UInt32)
    yield [
        pl.int_range(pl.len(), dtype=pl.UInt32).alias(PERSON),
        lines.alias(FIRST_LINE),
    ]
    yield [(pl.col(FIRST_LINE).cum_sum() - pl.col(FIRST_LINE)).alias(FIRST_LINE)]


def _sort_keys(catalogue: Catalogue, minerals: Sequence[str]) -> Iterator[pl.Expr]:
    """A number for each mineral that is greater the further ahead it goes."""
    profile = catalogue.profile
    last_first = sorted(
        minerals,
        key=lambda mineral: (profile[mineral].base_rate, mineral),
        reverse=True,
    )
    for place, mineral in enumerate(last_first):
        level = pl.col(level_column(mineral)).to_physical().cast(pl.Int32)
        points = pl.col(points_of(mineral)).cast(pl.Int32)
        number = (level * _POINTS_SPAN + points) * len(last_first) + place
        yield number.alias(_key_of(mineral))


def _rank(mineral: str, minerals: Sequence[str]) -> pl.Expr:
    own = pl.col(_key_of(mineral))
    others = (pl.col(_key_of(other)) for other in minerals if other != mineral)
    ahead = (one_if(other > own) for other in others)
    return reduce(add, ahead, pl.lit(1, pl.UInt8)).alias(rank_column(mineral))


def one_if(test: pl.Expr) -> pl.Expr:
    """A byte that can be added up; faster than casting the test."""
    return pl.when(test).then(pl.lit(1, pl.UInt8)).otherwise(pl.lit(0, pl.UInt8))


def _is_candidate(mineral: str) -> pl.Expr:
    return pl.col(level_column(mineral)).to_physical() > 0


def _quiet(holds: pl.LazyFrame) -> pl.LazyFrame:
    """A line for each of the people without a candidate, and where it goes."""
    empty = pl.lit("")
    whose = holds.select(PERSON, FIRST_LINE, CANDIDATES).filter(pl.col(CANDIDATES) == 0)
    return whose.select(
        PERSON,
        pl.col(FIRST_LINE).alias(_PLACE),
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
        self._rules = {
            "reasons": _ordered(columns.supporting, possible, order),
            "against": _ordered(columns.contrary, possible, order),
        }
        self._evidence = [
            atoms.evidence(r) for own in self._rules.values() for r in own
        ]
        self._reached = columns.reached
        self._namings = {
            text: Naming(
                [pl.col(atoms.evidence(rule)) for rule in rules],
                rules,
                SEPARATOR,
                prefix=f"{text} ",
            )
            for text, rules in self._rules.items()
        }
        self._namings["brakes"] = Naming(
            columns.acted(), columns.brakes, SEPARATOR, prefix="brakes "
        )

    def of(self, holds: pl.LazyFrame) -> pl.LazyFrame:
        """A line for each of them, and where it goes; keys stand for texts."""
        mineral, rank = self._mineral, rank_column(self._mineral)
        level, points = level_column(mineral), points_of(mineral)
        given = (
            PERSON,
            FIRST_LINE,
            rank,
            level,
            points,
            *self._evidence,
            *self._reached,
        )
        packed = (one for naming in self._namings.values() for one in naming.packed())
        return (
            holds.select(shown_column(mineral), *given)
            .filter(pl.col(shown_column(mineral)))
            .select(
                PERSON,
                (pl.col(FIRST_LINE) + pl.col(rank) - 1).alias(_PLACE),
                pl.col(rank).alias("rank"),
                pl.lit(mineral).alias("mineral"),
                pl.col(level).alias("level"),
                pl.col(points).alias("points"),
                *packed,
            )
        )

    def in_words(self, lines: pl.DataFrame) -> pl.DataFrame:
        """The lines with texts instead of keys."""
        keys = [key for naming in self._namings.values() for key in naming.keys]
        texts = [one.text(lines).alias(name) for name, one in self._namings.items()]
        return lines.drop(keys).hstack(texts)

    def met(self, text: str) -> Iterator[pl.Expr]:
        """For each rule of a text, how many of them it was met by."""
        shown = pl.col(shown_column(self._mineral))
        for rule in self._rules[text]:
            yield (pl.col(atoms.evidence(rule)) & shown).sum().alias(rule)


def _ordered(
    rules: Iterable[str], possible: Collection[Atom], order: Mapping[str, int]
) -> list[str]:
    """The rules that can match, those that stand highest first."""
    named = (rule for rule in rules if atoms.evidence(rule) in possible)
    return sorted(named, key=order.__getitem__)


def _in_order(people: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Each line at its place, beside the person it is about."""
    numbers = pl.int_range(lines.height, dtype=pl.UInt32, eager=True)
    order = numbers.clone().scatter(lines[_PLACE], numbers)
    placed = lines.drop(_PLACE)[order]
    whom = people[placed[PERSON]]
    return whom.hstack(placed.drop(PERSON)).cast(SCHEMA)


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
        yield from self.reached

    @property
    def reached(self) -> list[Atom]:
        """The levels that were reached, before and after each brake."""
        stages = range(len(self.brakes) + 1)
        return [atom for stage in stages for atom in self._reached(stage)]

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


def _level(mineral: str) -> pl.Expr:
    steps = ((name, atoms.level(mineral, name)) for name in LEVELS)
    return highest_step(steps, LEVEL).alias(level_column(mineral))


def _moved(link: Link, minerals: Sequence[str]) -> Iterator[pl.Expr]:
    """The ranks after the link moved its first mineral before the others it names.

    It moves up to the foremost of those at its own level; those between make room.
    """
    first = str(link.first)
    own_level, own = pl.col(level_column(first)), pl.col(rank_column(first))
    others = [m for m in link.others if m in minerals]
    place = pl.min_horizontal(
        pl.when(pl.col(level_column(m)) == own_level).then(pl.col(rank_column(m)))
        for m in others
    )
    shown = own_level != LEVELS[0]
    moves = (pl.col(atoms.link(link.id)) & shown & (place < own)).fill_null(value=False)
    yield pl.when(moves).then(place).otherwise(own).alias(rank_column(first))
    for mineral in minerals:
        if mineral != first:
            rank = pl.col(rank_column(mineral))
            passed = moves & (rank >= place) & (rank < own)
            yield (
                pl.when(passed)
                .then(rank + 1)
                .otherwise(rank)
                .alias(rank_column(mineral))
            )


def level_column(mineral: str) -> str:
    return f"level_of:{mineral}"


def _key_of(mineral: str) -> str:
    return f"key:{mineral}"


def shown_column(mineral: str) -> str:
    return f"shown:{mineral}"


def rank_column(mineral: str) -> str:
    return f"rank:{mineral}"
