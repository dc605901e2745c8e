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
from minsight.intake.answers import Answers
from minsight.knowledge.catalogue import Catalogue
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import CALM, URGENCIES
from minsight.screening.rejects import Cells
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
_MOST_LETTERS: Final = 200
"""How much of one cell or text is copied."""
_PRESENT: Final = (atoms.observed, atoms.in_group, atoms.band)
_NEVER: Final = pl.lit(value=False)
_WORDS: Final = "words"
_DIGITS: Final = 4
"""How many digits of a value are shown beside its unit."""


class Sign(msgspec.Struct, frozen=True):
    """A warning sign or an urgent rule, and the ids that it reads."""

    atom: Atom
    text: str
    reads: tuple[str, ...]
    reads_absent: tuple[str, ...] = ()


def signs_of(catalogue: Catalogue) -> list[Sign]:
    """Those that make anybody urgent, the most urgent first, then in file order."""
    ordered = sorted(catalogue.warnings.items(), key=lambda one: one[1][0])
    found = []
    for atom, (_, sentence) in ordered:
        if sentence.level in LISTED:
            rule = catalogue.rule.get(sentence.id)
            reads = (rule.reads, rule.reads_absent) if rule else (sentence.reads, ())
            found.append(Sign(atom, sentence.text, *reads))
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
        self._backend = ColumnarTables(rules.program, columns, wanted=reading.wanted)
        possible = self._backend.possible
        self._told = [*reading.told(columns, possible)]
        self._reasons = [
            pl.when(sign.atom).then(pl.lit(sign.text))
            for sign in signs
            if sign.atom in possible
        ]

    def of(
        self,
        people: DataFrame,
        answers: DataFrame,
        cells: Cells,
        entered: Iterable[tuple[int, Answers]] = (),
    ) -> DataFrame:
        """The list of some people, as `WHOM`, in their order.

        `people` are rows of results, one a person; `answers` are those of the same
        people, in the same order. `entered` are those who were entered one by one.
        """
        urgency = people["urgency"].cast(pl.String)
        told = answers.hstack(self._backend.evaluate(answers)).with_columns(
            one.holds.alias(one.name) for one in self._told
        )
        columns = {one.name: cells.columns.get(one.id, ()) for one in self._told}
        stood = told.hstack(_stood(answers[ROW], cells))
        table = stood.hstack([_in_words(stood, columns, cells, entered)])
        return table.select(
            people["file"],
            ROW,
            "subject_id",
            ages_in_words(answers["age_days"]).alias("age"),
            "sex",
            urgency.alias("urgency"),
            people["urgency_judged"],
            urgency.replace_strict(self._advice).alias("advice"),
            _joined(self._reasons, " ").alias("reasons"),
            _joined((one.shown for one in self._told), SEPARATOR).alias("reported"),
            _joined(_cells(columns), SEPARATOR).alias("cells"),
        ).cast(WHOM)  # fmt: skip


# --- what was reported ----------------------------------------------------------------


class _Told(NamedTuple):
    """A finding, group or measurement: of whom it was reported, and in which words."""

    name: str
    id: str
    holds: Expr
    label: Expr

    @property
    def shown(self) -> Expr:
        return pl.when(self.name).then(self.label)


class _Reading:
    """What some signs read, and which answers meet it."""

    def __init__(self, vocabulary: Vocabulary, signs: Sequence[Sign]) -> None:
        self._vocabulary = vocabulary
        self._flags = [sign.atom for sign in signs]
        self._signs: dict[str, list[Atom]] = {}
        self._signs_absent: dict[str, list[Atom]] = {}
        for sign in signs:
            for id_ in sign.reads:
                self._signs.setdefault(id_, []).append(sign.atom)
            for id_ in sign.reads_absent:
                self._signs_absent.setdefault(id_, []).append(sign.atom)

    @property
    def wanted(self) -> Iterator[Atom]:
        """The atoms that tell."""
        yield from self._flags
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
                if flags := [
                    a for a in self._signs_absent.get(id_, ()) if a in possible
                ]:
                    no = pl.lit(f"No {label.lower()}")
                    yield _Told(f"denied {id_}", id_, ~col(id_) & _any(flags), no)

    def _met(self, ids: Iterable[str], possible: AbstractSet[Atom]) -> Expr | None:
        """Whether one of these ids holds, and a sign that reads it does."""
        tests = []
        for id_ in sorted(self._signs.keys() & set(ids)):
            flags = [flag for flag in self._signs[id_] if flag in possible]
            ways = [atom for way in _PRESENT if (atom := way(id_)) in possible]
            if flags and ways:
                tests.append(_any(flags) & _any(ways))
        return reduce(or_, tests) if tests else None


def _measured(kind: MeasurementKind, met: Expr, possible: AbstractSet[Atom]) -> _Told:
    """A value that is in one of its bands, with its unit."""
    bands = [band for name in kind.bands if (band := atoms.band(name)) in possible]
    value = col(kind.id).round_sig_figs(_DIGITS).cast(pl.String)
    value = value.str.strip_suffix(".0")
    label = pl.format(f"{kind.label} {{}} {kind.unit}", value)
    return _Told(f"told {kind.id}", kind.id, _any(bands) & met, label)


def _any(tests: Iterable[Atom]) -> Expr:
    return reduce(or_, map(col, tests), _NEVER)


# --- where it stood -------------------------------------------------------------------

_Columns: TypeAlias = Mapping[str, Sequence[tuple[int, str]]]


def _stood(rows: Series, cells: Cells) -> DataFrame:
    """The cells of some rows as texts, a column for each place, in the order given."""
    places = {place for own in cells.columns.values() for place, _ in own}
    frames = [
        frame.filter(col(ROW).is_in(rows.implode())).select(
            col(ROW).cast(pl.UInt64),
            col(*map(str, sorted(places))).cast(pl.String).str.strip_chars(),
        )
        for frame in cells.frames
    ]
    names = {str(place): _cell(place) for place in sorted(places)}
    if not frames:
        return DataFrame(
            {name: [None] * len(rows) for name in names.values()},
            dict.fromkeys(names.values(), pl.String),
        )
    found = rows.to_frame().join(
        pl.concat(frames), on=ROW, how="left", maintain_order="left"
    )
    cut = col(*names).str.slice(0, _MOST_LETTERS)
    shown = found.select(pl.when(cut != "").then(cut))
    return shown.rename(names)


def _cell(place: int) -> str:
    return f"cell {place}"


def _cells(columns: _Columns) -> Iterator[Expr]:
    """For each cell that tells something: the name of its column, and what stood."""
    tells: dict[tuple[int, str], list[str]] = {}
    for told, own in columns.items():
        for one in own:
            tells.setdefault(one, []).append(told)
    for (place, name), all_told in sorted(tells.items()):
        shown = pl.concat_str(pl.lit(f"{name}: "), _cell(place))
        yield pl.when(pl.any_horizontal(all_told)).then(shown)
    yield col(_WORDS)


def _in_words(
    stood: DataFrame,
    columns: _Columns,
    cells: Cells,
    entered: Iterable[tuple[int, Answers]],
) -> Series:
    """What those said who were entered one by one, as far as no cell answers it."""
    each, texts = dict(entered), cells.columns.get("", ())
    found: list[str | None] = []
    for row in stood.iter_rows(named=True) if each else ():
        open_ = {
            told.partition(" ")[2]
            for told, own in columns.items()
            if row[told] and not any(row[_cell(place)] for place, _ in own)
        }
        answers = each.get(row[ROW])
        pieces = (
            (one.text for one in answers.recognised if one.id in open_)
            if answers
            else ()
        )
        shown = {name: row[_cell(place)] or "" for place, name in texts}
        found.append(SEPARATOR.join(_in_columns(pieces, shown)) or None)
    return Series(_WORDS, found or [None] * stood.height, pl.String)


def _in_columns(pieces: Iterable[str], shown: Mapping[str, str]) -> Iterator[str]:
    """The pieces of text, each once, after the names of the columns that hold them."""
    for piece in dict.fromkeys(pieces):
        cut = piece[:_MOST_LETTERS]
        held = (n for n, text in shown.items() if piece.lower() in text.lower())
        name = next(held, None) or ", ".join(n for n, text in shown.items() if text)
        yield f"{name}: {cut}" if name else cut


def _joined(texts: Iterable[Expr], separator: str) -> Expr:
    """The texts that there are, with a separator between them."""
    every = [pl.lit(None, pl.String), *texts]
    return pl.concat_str(every, separator=separator, ignore_nulls=True)
