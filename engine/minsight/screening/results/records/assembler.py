"""Assembling: the records of a table of answers, from parts that many people share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Expr, Series, col

from minsight.assessment.differential import answered_note, idle_note
from minsight.assessment.engine import Engine
from minsight.assessment.next_questions import atoms_answering
from minsight.backends.columnar import ColumnarTables
from minsight.backends.expressions import points_of
from minsight.backends.prepared import Prepared
from minsight.intake.answers import Answers, Recogniser
from minsight.intake.recognition import recognise
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import LEVELS, URGENCIES
from minsight.screening.results.assessor import (
    FIRST_LINE,
    PERSON,
    UNREAD,
    level_column,
    person_by_person,
    rank_column,
    shown_column,
)
from minsight.screening.results.records.bits import (
    NO_BITS,
    PackedColumns,
    one_holds,
    one_number,
)
from minsight.screening.results.records.frames_of_people import (
    PEOPLE_AT_ONCE,
    given_values,
    lines_of_people,
    record_frame,
)
from minsight.screening.results.records.minerals import MineralParts, atoms_of_mineral
from minsight.screening.results.records.numbering import read_ids
from minsight.screening.results.records.people import Links, LookAlikesMet, Warnings
from minsight.screening.results.records.questions import Questions, Whom
from minsight.screening.results.records.said import (
    SaidInColumns,
    SaidInWords,
    SaidPieces,
)

_encode: Final = msgspec.json.encode
_MOST_REMEMBERED: Final = 300_000
"""So many parts are kept between two batches."""
_WHO: Final = ("row", "subject_id", "age_days", "sex", UNREAD, FIRST_LINE)


class _People(msgspec.Struct):
    """Some people in order, each thing of all of them in a list.

    `lines` are the parts of their candidates; `first` says where those of each begin.
    """

    ids: list[str]
    ages: list[float | None]
    sexes: list[str | None]
    said: list[SaidPieces]
    whom: list[Whom]
    answered: list[int]
    raising: list[int]
    first: list[int]
    lines: list[bytes]
    shown: list[int]
    leading: list[str]


class Records:
    """Makes records of tables with these columns, as each person alone would get.

    `recognising` reads the names of columns, as it would the words of one person.
    """

    def __init__(
        self,
        rules: Engine,
        columns: Collection[str],
        *,
        recognising: Recogniser = recognise,
    ) -> None:
        self._rules, compiled = rules, rules.knowledge
        vocabulary, self._minerals = rules.vocabulary, rules.program.minerals
        self._numbering = read_ids(compiled)
        self._questions = Questions(compiled, self._numbering)
        self._warnings = Warnings(rules, columns, self._numbering)
        self._look_alikes, self._links = LookAlikesMet(compiled), Links(compiled)
        self._words = SaidInWords(vocabulary, self._numbering)
        ids = [name for name in columns if vocabulary.entry(name) is not None]
        measured = [name for name in columns if name in vocabulary.measurement]
        self._columns = SaidInColumns(
            vocabulary,
            self._words,
            ids=ids,
            measured=measured,
            recognising=recognising,
        )
        self._backend = ColumnarTables(
            rules.program, columns, wanted=dict.fromkeys(self._wanted())
        )
        possible = self._backend.possible
        self._parts = [
            MineralParts(
                compiled,
                mineral,
                possible=possible,
                measured=measured,
                numbering=self._numbering,
            )
            for mineral in self._minerals
        ]
        answered = [
            self._is_answered(id_, possible, ids, measured)
            for id_ in self._numbering.ids
        ]
        raising = [
            col(id_) if id_ in ids else pl.lit(value=False)
            for id_ in self._questions.raising.ids
        ]
        self._answered = PackedColumns(answered, prefix="answered ")
        self._raising = PackedColumns(raising, prefix="raising ")
        self._kept = tuple(dict.fromkeys([*columns, UNREAD]))
        self._holding = Prepared(lambda table: [self._holds(table)])
        self._telling = Prepared(self._told)
        self._head, self._identity, self._footer = record_frame(rules)

    @property
    def reads_columns(self) -> bool:
        """Whether people can be told of by columns; else all must be entered."""
        return self._columns.plain

    def _wanted(self) -> Iterator[Atom]:
        yield from self._warnings.wanted
        yield from self._look_alikes.wanted
        yield from self._links.wanted
        yield from (atoms.urgency(name) for name in URGENCIES[1:])
        for mineral in self._minerals:
            yield from (atoms.level(mineral, name) for name in LEVELS[1:])
            own = atoms_of_mineral(self._rules.knowledge, mineral)
            yield from filter(self._can_hold, own)
        for id_ in self._numbering.ids:
            yield from filter(self._can_hold, sorted(atoms_answering(id_)))

    def _can_hold(self, atom: Atom) -> bool:
        """Whether anybody can say it: not that of a group which is told of findings."""
        kind, arguments = atoms.parse(atom)
        if kind in ("observed", "excluded"):
            return arguments[0] in self._rules.vocabulary.finding
        if kind in ("group", "outside_group"):
            return arguments[0] in self._rules.vocabulary.group
        return True

    def _is_answered(
        self,
        id_: str,
        possible: Collection[Atom],
        ids: Collection[str],
        measured: Collection[str],
    ) -> Expr:
        """Whether yes or no was said to it, as `is_answered` tells it."""
        above = self._rules.vocabulary.with_ancestors(id_)
        told = sorted(atoms_answering(id_).intersection(possible))
        return one_holds(
            [
                *map(col, told),
                *(~col(name) for name in sorted(above) if name in ids),
                *([col(id_).is_not_null()] if id_ in measured else ()),
            ]
        ).fill_null(value=False)

    # --- in columns -------------------------------------------------------------------

    def _holds(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        evaluated: pl.LazyFrame = self._backend.evaluate(answers, keep=self._kept)
        steps = person_by_person(self._rules.catalogue, self._minerals)
        return reduce(pl.LazyFrame.with_columns, steps, evaluated)

    def _told(self, holds: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
        yield holds.select(*_WHO)
        for exprs in (
            self._warnings.packed.exprs,
            self._look_alikes.exprs,
            self._links.packed.exprs,
            self._answered.exprs,
            self._raising.exprs,
            self._columns.exprs(),
        ):
            yield holds.select(*exprs, NO_BITS)
        for part in self._parts:
            mineral = part.mineral
            yield holds.filter(col(shown_column(mineral))).select(
                col(PERSON),
                col(rank_column(mineral)),
                col(level_column(mineral)).to_physical(),
                col(points_of(mineral)),
                *(expr for packed in part.packed for expr in packed.exprs),
            )

    # --- person by person -------------------------------------------------------------

    def of(
        self,
        answers: DataFrame,
        entered: Mapping[int, Answers],
        given: DataFrame | None,
    ) -> Iterator[bytes]:
        """The records of the people of a table, a line each, some at once.

        `entered` has the answers by row of those who were entered one by one. `given`
        has the measurements of the others, by row, as they were given.
        """
        if answers.is_empty():
            return
        self._forget_some()
        if UNREAD not in answers.columns:
            unread = pl.lit(value=False).alias(UNREAD)
            answers = answers.with_columns(unread)
        some_age = self._warnings.at_some_age(answers)
        unsure = self._warnings.if_so(answers)
        (holds,) = self._holding.of(answers)
        people, *about = self._telling.of(holds)
        keys, parts = about[:6], about[6:]
        values = given_values(answers, given, self._columns.measured)
        told = [lines_of_people(frame, people.height) for frame in parts]
        for start in range(0, people.height, PEOPLE_AT_ONCE):
            rows = slice(start, start + PEOPLE_AT_ONCE)
            own = [frame[rows] for frame in keys]
            some = self._some(people[rows], own, values[rows], entered)
            for part, lines in zip(self._parts, told, strict=True):
                self._tell(part, next(lines), some, start)
            yield self._joined(
                some, own, (some_age, unsure), start, people[rows][UNREAD]
            )

    def _some(
        self,
        people: DataFrame,
        keys: Sequence[DataFrame],
        values: DataFrame,
        entered: Mapping[int, Answers],
    ) -> _People:
        *_, answered, raising, packed = keys
        ids, ages, sexes = (
            people[name].to_list() for name in ("subject_id", "age_days", "sex")
        )
        said = list(self._columns.of(packed, values, ages))
        for place, row in enumerate(people["row"]):
            alone = entered.get(row)
            if alone is not None:
                whom = alone.subject
                said[place] = self._words.of(alone)
                ids[place], ages[place] = whom.subject_id, whom.age_days
                sexes[place] = whom.sex
        first = people[FIRST_LINE].to_list()
        count = people.height
        return _People(
            ids=ids,
            ages=ages,
            sexes=sexes,
            said=said,
            whom=list(map(self._questions.whom, ages, sexes)),
            answered=[
                one_number(row) | one.unsure
                for row, one in zip(answered.rows(), said, strict=True)
            ],
            raising=list(map(one_number, raising.rows())),
            first=[place - first[0] for place in first],
            lines=[b""] * (first[-1] - first[0] + len(self._minerals) + 1),
            shown=[0] * count,
            leading=[""] * count,
        )

    def _tell(
        self, part: MineralParts, frame: DataFrame, some: _People, start: int
    ) -> None:
        """Put the parts of one mineral where they go."""
        rules, around, ages = (len(packed.names) for packed in part.packed)
        after_rules, after_around = 4 + rules, 4 + rules + around
        mineral, missing = part.mineral, self._questions.missing
        del ages
        for row in frame.iter_rows():
            person = row[0] - start
            matched = part.matched(row[4:after_rules])
            near = part.around(row[2], row[after_rules:after_around], some.ages[person])
            asked = (
                missing(
                    mineral,
                    matched.covered,
                    part.outside(row[after_around:]),
                    whom=some.whom[person],
                    present=some.raising[person],
                    answered=some.answered[person],
                )
                if near.asks
                else b',"missing":[]'
            )
            some.shown[person] |= matched.shown
            if row[1] == 1:
                some.leading[person] = mineral
            some.lines[some.first[person] + row[1] - 1] = b"%b%d%b%d%b%b%b%b%b" % (
                part.head,
                row[1],
                part.level[row[2]],
                row[3],
                near.advice,
                matched.reasons,
                near.brakes,
                asked,
                near.tail,
            )

    def _joined(
        self,
        some: _People,
        keys: Sequence[DataFrame],
        left_open: Sequence[Mapping[int, tuple[int, ...]]],
        start: int,
        unread: Series,
    ) -> bytes:
        warnings, look_alikes, links, *_ = keys
        ends = [*some.first[1:], len(some.lines)]
        told: list[bytes] = []
        rows = zip(
            warnings.rows(), look_alikes.rows(), links.rows(), unread, strict=True
        )
        for place, (warned, alike, linked, doubted) in enumerate(rows):
            some_age, unsure = (more.get(start + place, ()) for more in left_open)
            urgency = self._warnings.of(warned, some_age, unsure, unread=bool(doubted))
            lines = some.lines[some.first[place] : ends[place]]
            said = some.said[place]
            notes = self._notes(some, place, linked, urgency.shown)
            told += (
                self._head,
                _encode(some.ids[place]),
                b',"age_days":',
                _encode(some.ages[place]),
                b',"sex":',
                _encode(some.sexes[place]),
                self._identity,
                urgency.text,
                b',"candidates":[',
                b",".join(filter(None, lines)),
                b'],"look_alikes":',
                self._look_alikes.of(alike),
                b',"recognised":[',
                said.recognised,
                b'],"unrecognised":',
                said.unrecognised,
                b',"notes":',
                _encode(notes),
                self._footer,
            )
        return b"".join(told)

    def _notes(
        self, some: _People, place: int, linked: tuple[int, ...], flagged: int
    ) -> list[str]:
        said = some.said[place]
        notes = [*said.notes, *self._links.of(linked)]
        shown = some.shown[place] | flagged
        notes += idle_note([text for text, ids in said.observed if not ids & shown])
        mineral = some.leading[place]
        if mineral:
            share = self._questions.answered_share(
                mineral, some.whom[place], some.answered[place]
            )
            notes += answered_note(self._rules.profiles[mineral].name, *share)
        return notes

    def _forget_some(self) -> None:
        """Keep no parts, where very many are kept."""
        kept: list[Questions | MineralParts] = [self._questions, *self._parts]
        if sum(one.remembered for one in kept) > _MOST_REMEMBERED:
            for one in kept:
                one.forget()
