"""Whom to see: the urgent people, why, and where in the file it was reported.

Everything here is made for the urgent rows alone, which are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from operator import or_
from typing import Final, NamedTuple, TypeAlias

import msgspec
import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.assessment.engine import Engine
from minsight.backends.columnar import ColumnarTables
from minsight.backends.prepared import Prepared, all_of
from minsight.intake.recognition import Recognised
from minsight.knowledge.catalogue import Catalogue
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program
from minsight.scales import CALM, URGENCIES
from minsight.screening.rejects import Cells
from minsight.screening.results.cells import MOST_LETTERS, cell, cut_cell, stood
from minsight.screening.results.schema import (
    SEPARATOR,
    URGENCY,
    ColumnType,
    ages_in_words,
)
from minsight.screening.rows import ROW

LISTED: Final = URGENCIES[: len(CALM) - 1 : -1]
"""The urgencies of people who are listed, the most urgent first."""
_TYPES: Final[Mapping[str, ColumnType]] = {
    "file": pl.String,
    ROW: pl.UInt64,
    "subject_id": pl.String,
    "age": pl.String,
    "sex": pl.String,
    "urgency": URGENCY,
    "urgency_judged": pl.Boolean,
    "advice": pl.String,
    "reasons": pl.String,
    "reported": pl.String,
    "cells": pl.String,
}
WHOM: Final = pl.Schema(_TYPES)
"""The columns of the list, in order."""
NOBODY: Final = DataFrame(schema=WHOM)
_PRESENT: Final = (atoms.observed, atoms.in_group, atoms.band)
_NEVER: Final = pl.lit(value=False)
_PERSON: Final = "person"
_TEXT: Final = "text"
_NOTHING: Final[Mapping[int, Sequence[Recognised]]] = {}
_AT: Final = "at"
_NO_PIECES: Final = DataFrame(schema={_PERSON: pl.UInt32, _TEXT: pl.String})
"""Texts, and the places of the persons that they are about."""
_DIGITS: Final = 4
"""How many digits of a value are shown beside its unit."""


class Sign(msgspec.Struct, frozen=True):
    """A warning sign or an urgent rule, and the ids that it reads."""

    id: str
    text: str
    reads: tuple[str, ...]
    reads_absent: tuple[str, ...] = ()


def signs_of(catalogue: Catalogue) -> list[Sign]:
    """Those that make anybody urgent, the most urgent first, then in file order."""
    found = []
    for _, sentence in sorted(catalogue.warnings.values()):
        if sentence.level in LISTED:
            rule = catalogue.rule.get(sentence.id)
            reads = (rule.reads, rule.reads_absent) if rule else (sentence.reads, ())
            found.append(Sign(sentence.id, sentence.text, *reads))
    return found


def is_listed() -> Expr:
    """Whether a row of results is of somebody who is listed."""
    return col("urgency").is_in(LISTED)


def telling_ids(rules: Engine) -> frozenset[str]:
    """The findings, groups and measurements whose answers can make anybody urgent."""
    vocabulary = rules.vocabulary
    read = {
        id_ for s in signs_of(rules.catalogue) for id_ in (*s.reads, *s.reads_absent)
    }
    every = (*vocabulary.finding, *vocabulary.group, *vocabulary.measurement)
    return frozenset(id_ for id_ in every if read & vocabulary.shown_by(id_))


class WhomToSee:
    """Lists the urgent people of tables with these columns of answers."""

    def __init__(self, rules: Engine, columns: Iterable[str]) -> None:
        self._advice = dict(rules.catalogue.urgencies)
        columns = list(columns)
        signs = signs_of(rules.catalogue)
        reading = _Reading(rules.vocabulary, signs)
        wanted = list(reading.wanted)
        program = _up_to(wanted, rules.program)
        self._backend = ColumnarTables(program, columns, wanted=wanted)
        self._told = [*reading.told(columns, self._backend.possible)]
        self._signs = signs
        self._kept = [*columns, *(_sign(one.id) for one in signs)]
        self._telling = Prepared(self._asked)

    def of(
        self,
        people: DataFrame,
        answers: DataFrame,
        cells: Cells,
        named: Mapping[int, Sequence[Recognised]] = _NOTHING,
    ) -> DataFrame:
        """The list of some people, as `WHOM`, in their order.

        `people` are rows of results, one a person; `answers` are those of the same
        people, in the same order. `named` has, by row, what texts were taken for.
        """
        urgency = people["urgency"].cast(pl.String)
        met = self._signs_met(people["urgency_reasons"])
        (told,) = self._telling.of(answers.hstack(met))
        columns = {one.name: cells.columns.get(one.id, ()) for one in self._told}
        reported = pl.concat([_NO_PIECES, *self._reported(answers, told)])
        stood = pl.concat(
            [
                _NO_PIECES,
                *_cells(answers[ROW], told, columns, cells),
                _in_words(answers[ROW], told, columns, cells, named),
            ]
        )
        return answers.select(
            people["file"],
            ROW,
            "subject_id",
            ages_in_words(answers["age_days"]).alias("age"),
            "sex",
            urgency.alias("urgency"),
            people["urgency_judged"],
            urgency.replace_strict(self._advice).alias("advice"),
            met["reasons"],
            _joined(reported, answers.height).alias("reported"),
            _joined(stood, answers.height).alias("cells"),
        ).cast(WHOM)

    def _asked(self, answers: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
        """Whether each thing that can be told is told of each person."""
        evaluated: pl.LazyFrame = self._backend.evaluate(answers, keep=self._kept)
        yield evaluated.select(one.holds.alias(one.name) for one in self._told)

    def _reported(self, answers: DataFrame, told: DataFrame) -> Iterator[DataFrame]:
        """What each person reported, in words, as pieces."""
        asked = []
        for one in self._told:
            whose = told.lazy().select(col(one.name).arg_true().alias(_PERSON))
            value = pl.lit(answers[one.id]).gather(_PERSON).alias(one.id)
            asked.append(
                whose.select(_PERSON, value).select(_PERSON, one.label.alias(_TEXT))
            )
        yield from all_of(asked)

    def _signs_met(self, ids: Series) -> DataFrame:
        """For each text of ids, which signs it names and what they say.

        Few texts are different, so only those are taken apart.
        """
        different = ids.unique(maintain_order=True)
        each = different.str.split(SEPARATOR).alias("id").to_frame().with_row_index()
        named = each.explode("id").partition_by("id", as_dict=True, include_key=False)
        met, said = [], [_NO_PIECES]
        for sign in self._signs:
            whose = named.get((sign.id,), each.clear())["index"].alias(_PERSON)
            nowhere = pl.repeat(value=False, n=len(different), eager=True)
            met.append(nowhere.scatter(whose, True).alias(_sign(sign.id)))  # noqa: FBT003
            said.append(pl.select(whose, pl.lit(sign.text).alias(_TEXT)))
        reasons = _joined(pl.concat(said), len(different), " ").alias("reasons")
        told = DataFrame([different, *met, reasons])
        of_all = ids.to_frame().join(
            told, on=ids.name, how="left", maintain_order="left"
        )
        return of_all.drop(ids.name)


def _up_to(wanted: Iterable[Atom], program: Program) -> Program:
    """The part of the program that these atoms need: it is made ready far sooner."""
    heads = frozenset(wanted)
    last = max(
        place
        for place, stratum in enumerate(program.strata)
        if any(clause.head in heads for clause in stratum.clauses)
    )
    return msgspec.structs.replace(
        program, strata=program.strata[: last + 1], point_sums=(), minerals=()
    )


# --- what was reported ----------------------------------------------------------------


class _Told(NamedTuple):
    """A finding, group or measurement: of whom it was reported, and in which words."""

    name: str
    id: str
    holds: Expr
    label: Expr


class _Reading:
    """What some signs read, and which answers meet it."""

    def __init__(self, vocabulary: Vocabulary, signs: Sequence[Sign]) -> None:
        self._vocabulary = vocabulary
        self._signs: dict[str, list[str]] = {}
        self._signs_absent: dict[str, list[str]] = {}
        for sign in signs:
            for id_ in sign.reads:
                self._signs.setdefault(id_, []).append(_sign(sign.id))
            for id_ in sign.reads_absent:
                self._signs_absent.setdefault(id_, []).append(_sign(sign.id))

    @property
    def wanted(self) -> Iterator[Atom]:
        """The atoms that tell."""
        yield from (way(id_) for id_ in self._signs for way in _PRESENT)
        for kind in self._vocabulary.measurements:
            yield from map(atoms.band, kind.bands)

    def told(
        self, columns: Iterable[str], possible: AbstractSet[Atom]
    ) -> Iterator[_Told]:
        """Those of the columns that meet a sign, in their order."""
        for id_ in columns:
            kind = self._vocabulary.measurement.get(id_)
            met = self._met(self._vocabulary.shown_by(id_), possible)
            if kind is not None and met is not None:
                yield _measured(kind, met, possible)
            elif self._vocabulary.entry(id_) is not None:
                label = self._vocabulary.label(id_)
                if met is not None:
                    yield _Told(f"told {id_}", id_, col(id_) & met, pl.lit(label))
                if id_ in self._signs_absent:
                    denied = ~col(id_) & _any(self._signs_absent[id_])
                    no = pl.lit(f"No {label.lower()}")
                    yield _Told(f"denied {id_}", id_, denied, no)

    def _met(self, ids: Iterable[str], possible: AbstractSet[Atom]) -> Expr | None:
        """Whether one of these ids holds, and a sign that reads it does."""
        tests = []
        for id_ in sorted(self._signs.keys() & set(ids)):
            ways = [atom for way in _PRESENT if (atom := way(id_)) in possible]
            if ways:
                tests.append(_any(self._signs[id_]) & _any(ways))
        return reduce(or_, tests) if tests else None


def _measured(kind: MeasurementKind, met: Expr, possible: AbstractSet[Atom]) -> _Told:
    """A value that is in one of its bands, with its unit."""
    bands = [band for name in kind.bands if (band := atoms.band(name)) in possible]
    value = col(kind.id).round_sig_figs(_DIGITS).cast(pl.String)
    value = value.str.strip_suffix(".0")
    label = pl.format(f"{kind.label} {{}} {kind.unit}", value)
    return _Told(f"told {kind.id}", kind.id, _any(bands) & met, label)


def _sign(id_: str) -> str:
    """The column that says whether a sign was met."""
    return f"sign {id_}"


def _any(tests: Iterable[str]) -> Expr:
    return reduce(or_, map(col, tests), _NEVER)


# --- where it stood -------------------------------------------------------------------

_Columns: TypeAlias = Mapping[str, Sequence[tuple[int, str]]]


def _cells(
    rows: Series, told: DataFrame, columns: _Columns, cells: Cells
) -> Iterator[DataFrame]:
    """For each cell that tells something: the name of its column, and what stood."""
    tells: dict[tuple[int, str], list[str]] = {}
    for name, own in columns.items():
        for one in own:
            tells.setdefault(one, []).append(name)
    asked = []
    for frame in cells.frames:
        found = frame.select(ROW).with_row_index(_AT)
        at = rows.to_frame().join(found, on=ROW, how="left", maintain_order="left")[_AT]
        for (place, name), all_told in sorted(tells.items()):
            whose = told.lazy().select(_any(all_told).arg_true().alias(_PERSON))
            here = pl.lit(frame[str(place)]).gather(pl.lit(at).gather(_PERSON))
            text = pl.concat_str(pl.lit(f"{name}: "), cut_cell(here))
            asked.append(whose.select(_PERSON, text.alias(_TEXT)))
    yield from all_of(asked)


def _in_words(
    rows: Series,
    told: DataFrame,
    columns: _Columns,
    cells: Cells,
    named: Mapping[int, Sequence[Recognised]],
) -> DataFrame:
    """What was said in words, as far as no cell answers it."""
    texts = cells.columns.get("", ())
    persons = rows.is_in(list(named)).arg_true().alias(_PERSON)
    places = {place for own in (*columns.values(), texts) for place, _ in own}
    table = told[persons].hstack(stood(rows[persons], cells, places if named else ()))
    found: list[str | None] = []
    for row, number in zip(table.iter_rows(named=True), rows[persons], strict=True):
        open_ = {
            name.partition(" ")[2]
            for name, own in columns.items()
            if row[name] and not any(row[cell(place)] for place, _ in own)
        }
        pieces = (one.text for one in named[number] if one.id in open_)
        whole = {name: row[cell(place)] or "" for place, name in texts}
        found.append(SEPARATOR.join(_in_columns(pieces, whole)) or None)
    text = Series(_TEXT, found, pl.String)
    return DataFrame([persons, text])


def _in_columns(pieces: Iterable[str], shown: Mapping[str, str]) -> Iterator[str]:
    """The pieces of text, each once, after the names of the columns that hold them."""
    for piece in dict.fromkeys(pieces):
        cut = piece[:MOST_LETTERS]
        held = (n for n, text in shown.items() if piece.lower() in text.lower())
        name = next(held, None) or ", ".join(n for n, text in shown.items() if text)
        yield f"{name}: {cut}" if name else cut


def _joined(pieces: DataFrame, persons: int, between: str = SEPARATOR) -> Series:
    """The texts of each of so many persons in one, in the order of the pieces."""
    own = (
        pieces.drop_nulls()
        .group_by(_PERSON, maintain_order=True)
        .agg(col(_TEXT).str.join(between))
    )
    each = pl.int_range(persons, dtype=pl.UInt32, eager=True).alias(_PERSON).to_frame()
    found = each.join(own, on=_PERSON, how="left", maintain_order="left")
    return found[_TEXT].fill_null("")
