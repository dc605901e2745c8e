"""People: the parts of a record that tell of the person and not of one mineral."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from operator import add, or_
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.assessment.differential import LeftOpen, look_alike_met, urgency_of
from minsight.assessment.engine import Engine
from minsight.knowledge.base import KnowledgeBase
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import URGENCIES
from minsight.screening.results.assessor import shown_column
from minsight.screening.results.records.bits import (
    NO_BITS,
    PackedColumns,
    atoms_of,
    fits,
    met,
    one_holds,
    one_number,
    places_in,
)
from minsight.screening.results.records.numbering import Numbering
from minsight.screening.results.urgency import OpenTables, if_so, is_unsure

_encode: Final = msgspec.json.encode
_WORD: Final = 8
"""How many counts are one number."""
_BITS: Final = 8
_NOBODY: Final = pl.lit(0, pl.UInt8)


class Urgent(msgspec.Struct, frozen=True):
    """The urgency as JSON, and the ids behind its red flags as bits."""

    text: bytes
    shown: int


class Warnings:
    """Urgency and warning signs, also those that what is open would add."""

    def __init__(
        self, rules: Engine, columns: Collection[str], numbering: Numbering
    ) -> None:
        self._catalogue = rules.catalogue
        self._behind = {
            atoms.flag(flag.id): numbering.bits(flag.reads)
            for flag in rules.catalogue.flags
        }
        self.wanted = list(_atoms_of_urgency(rules.knowledge))
        self._tables = OpenTables(rules, columns, self.wanted)
        self.packed = PackedColumns(list(map(col, self.wanted)), prefix="urgency ")
        self._told: dict[tuple[object, ...], Urgent] = {}

    def at_some_age(self, answers: DataFrame) -> Mapping[int, tuple[int, ...]]:
        """By place, what holds at some age of those whose age is not known."""
        return self._open(answers, answers["age_days"].is_null().arg_true())

    def if_so(self, answers: DataFrame) -> Mapping[int, tuple[int, ...]]:
        """By place, what holds if what is unsure is there, of whom something is."""
        return self._open(if_so(answers), is_unsure(answers).arg_true())

    def _open(
        self, answers: DataFrame, places: Series
    ) -> Mapping[int, tuple[int, ...]]:
        if not places.len():
            return {}
        exprs = (*self.packed.exprs, NO_BITS)
        found = self._tables.found(answers[places], exprs, keep=["row"])
        return dict(zip(places, found.rows(), strict=True))

    def of(
        self,
        key: tuple[int, ...],
        some_age: tuple[int, ...],
        unsure: tuple[int, ...],
        *,
        unread: bool,
    ) -> Urgent:
        """The urgency of whom these hold, these at some age and these if it is so."""
        whole = (key, some_age, unsure, unread)
        known = self._told.get(whole)
        if known is None:
            known = self._told[whole] = self._of(key, some_age, unsure, unread=unread)
        return known

    def _of(self, *keys: tuple[int, ...], unread: bool) -> Urgent:
        holds, some_age, unsure = map(self._holding, keys)
        more = LeftOpen(some_age, unsure)
        urgency = urgency_of(self._catalogue, holds, more, unread=unread)
        shown = (self._behind[atom] for atom in holds & self._behind.keys())
        return Urgent(_encode(urgency), reduce(or_, shown, 0))

    def _holding(self, key: tuple[int, ...]) -> frozenset[Atom]:
        return frozenset(self.wanted[place] for place in places_in(one_number(key)))


def _atoms_of_urgency(compiled: KnowledgeBase) -> Iterator[Atom]:
    derived = {clause.head for clause in compiled.program.clauses}
    yield from (atoms.urgency(name) for name in URGENCIES[1:])
    yield from (atom for atom in compiled.catalogue.warnings if atom in derived)


class LookAlikesMet:
    """What else fits beside the candidates, by how much of it was reported."""

    def __init__(self, compiled: KnowledgeBase) -> None:
        self._all = compiled.catalogue.look_alikes
        self.wanted = [Atom(a) for one in self._all for a in atoms_of(one.when)]
        scored = compiled.program.minerals
        counts: list[Expr] = []
        for one in self._all:
            listed = (col(shown_column(m)) for m in one.beside if m in scored)
            fitting = fits(one.when) & one_holds(listed)
            number = pl.when(fitting).then(met(one.when) + 1).otherwise(_NOBODY)
            counts.append(number.cast(pl.UInt64))
        self.exprs = [
            reduce(
                add,
                (
                    count * (1 << _BITS * place)
                    for place, count in enumerate(counts[start : start + _WORD])
                ),
            ).alias(f"look-alikes {start // _WORD}")
            for start in range(0, len(counts), _WORD)
        ]
        """The counts of all, a byte each; 0 for what does not fit."""
        self._told: dict[tuple[int, ...], bytes] = {}

    def of(self, key: tuple[int, ...]) -> bytes:
        """Those that fit as JSON; `key` are the numbers of the counts."""
        known = self._told.get(key)
        if known is None:
            whole = one_number(key)
            counts = [
                whole >> _BITS * place & (1 << _BITS) - 1
                for place in range(len(self._all))
            ]
            pairs = [p for p in zip(counts, self._all, strict=True) if p[0]]
            pairs.sort(key=lambda pair: -pair[0])
            known = _encode([look_alike_met(one) for _, one in pairs])
            self._told[key] = known
        return known


class Links:
    """The sentences for minerals that stand out together."""

    def __init__(self, compiled: KnowledgeBase) -> None:
        self._links = compiled.catalogue.links
        self.wanted = [atoms.link(link.id) for link in self._links]
        self.packed = PackedColumns(list(map(col, self.wanted)), prefix="links ")

    def of(self, key: tuple[int, ...]) -> list[str]:
        """The sentences of those that hold."""
        return [self._links[place].text for place in places_in(one_number(key))]
