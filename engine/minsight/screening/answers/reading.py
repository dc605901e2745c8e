"""Reading: raw frames, or persons one by one, to answer tables of bounded size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import TypeAlias

import msgspec
import polars as pl
import polars.selectors as cs
from polars import DataFrame, Series

from minsight.backends.expressions import limit_column
from minsight.errors import FileError, SubjectError
from minsight.intake.answers import Answers
from minsight.intake.recognition import Recognised
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.consistency import Agreement
from minsight.screening.answers.first_look import with_first_look
from minsight.screening.answers.measured import OPEN_COLUMN
from minsight.screening.answers.only import Only
from minsight.screening.answers.persons import (
    PERSON_SCHEMA,
    Entering,
    TextColumn,
    answer_row,
    no_person,
    subjects_of,
    with_beginning,
)
from minsight.screening.answers.plain_texts import (
    PlainTexts,
    named_by_row,
    texts_of_columns,
    with_plain_texts,
    without_reading,
)
from minsight.screening.answers.table import Read, kept_cells, read_raw, text_columns
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.fields import Fields
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.placing import grouped, place_header
from minsight.screening.mapping.word_list import WordList
from minsight.screening.rejects import (
    BETWEEN_FILES,
    Batch,
    Notebook,
    Reject,
    in_own_files,
)
from minsight.screening.rows import ROW, Raw, joined_rows
from minsight.screening.sources import json_persons as singly
from minsight.screening.sources.long_form import pivoted
from minsight.screening.sources.source import Source

_Person: TypeAlias = tuple[int, Subject | SubjectError, str]


class Reading:
    """What reading a file, or some files as one, keeps between two batches."""

    def __init__(  # noqa: PLR0913  # how rows are read, each by its name
        self,
        file: str,
        vocabulary: Vocabulary,
        words: WordList,
        *,
        keep_going: bool,
        one_by_one: bool = False,
        for_records: bool = False,
        only: Only | None = None,
        apart: bool = False,
        beside: Sequence[str] = (),
    ) -> None:
        self.file, self._vocabulary = file, vocabulary
        self._files = (file, *beside)
        self._apart = apart
        self._for_records = for_records
        self._one_by_one, self._only = one_by_one, only
        self._keep_going = keep_going
        self.notebook = Notebook(*self._files)
        self._entering = Entering(
            vocabulary,
            self.notebook,
            words,
            file=file,
            keep_going=keep_going,
            suggesting=one_by_one or for_records,
        )
        self._agreements: dict[tuple[str, ...], Agreement] = {}

    # --- tables -----------------------------------------------------------------------

    def wide_or_long(
        self, raws: Iterator[Raw], placing: Placing, rows: int
    ) -> Iterator[Batch]:
        """The batches of raw frames of either form."""
        if placing.long is not None:
            return _read_long(raws, placing, self._vocabulary, self, rows)
        return self.tables(raws, placing, rows)

    def tables(
        self, raws: Iterator[Raw], placing: Placing, rows: int
    ) -> Iterator[Batch]:
        """The batches of raw frames, and then what went wrong.

        The first has no rows: the caller can make ready for its columns while
        the rows are read.
        """
        first, damaged = _first_of(raws)
        if first is not None:
            placing, told = with_first_look(
                placing, first.frame, self._vocabulary, file=self.file
            )
            for message in told:
                self.notebook.note(message)
        empty = self._read(Raw(_no_rows(placing), (), 0), placing)
        yield self._batch([empty], placing)
        waiting: list[Raw] = []
        try:
            for raw in chain([] if first is None else [first], raws):
                waiting.append(raw)
                if sum(one.rows for one in waiting) >= rows:
                    yield self._batch(self._all(waiting, placing), placing)
                    waiting = []
        except FileError as error:
            damaged = error
        if waiting or self.notebook:
            reads = self._all(waiting, placing) or [empty]
            yield self._batch(reads, placing)
        if damaged is not None:
            raise damaged

    def looked_at(self, raw: Raw, placing: Placing) -> Batch:
        """The batch of a raw frame whose first rows were looked at already."""
        return self._batch([self._read(raw, placing)], placing)

    def _all(self, raws: list[Raw], placing: Placing) -> list[Read]:
        """Reads raw frames; those of one schema together, which takes far less time."""
        alike = groupby(raws, key=lambda raw: raw.frame.schema)
        return [self._read(joined_rows(list(run)), placing) for _, run in alike]

    def _read(self, raw: Raw, placing: Placing) -> Read:
        return read_raw(raw, placing, self._vocabulary, file=self.file)

    def _batch(self, reads: list[Read], placing: Placing) -> Batch:
        """What is waiting, with answers that agree."""
        texts = text_columns(placing)
        table = pl.concat([read.answers for read in reads], how="diagonal")
        if self._only is not None:
            table = table.filter(self._only.expression)
        rejects = [reject for read in reads for reject in read.rejects]
        for message, numbers in (note for read in reads for note in read.noted):
            self.notebook.note_of(message, numbers)
        read = self._with_texts(table, texts)
        agreement = self._of_columns(read.table)
        alone = ~read.plain | self._alone(read.table, agreement)
        together = read.where(~alone).drop(
            *(text.name for text in texts), cs.by_name(OPEN_COLUMN, require_all=False)
        )
        answers = self._of_columns(together).settled(together, self.notebook)
        beside = {table[ROW][n]: m for n, m in read.meanings.items() if not alone[n]}
        each: tuple[tuple[int, Answers], ...] = ()
        if alone.any() or beside:
            subjects = subjects_of(
                table.filter(alone),
                self._vocabulary,
                texts,
                keep_going=self._keep_going,
            )
            entered = self._entering.enter_all(subjects, of_table=True, beside=beside)
            if entered.answers.height:
                parts = [answers, entered.answers]
                answers = pl.concat(parts, how="diagonal").sort(ROW)
            rejects = sorted((*rejects, *entered.rejects), key=lambda r: r.row or 0)
            each = entered.each
        rows = sum(one.rows for one in reads)
        named = named_by_row(beside)
        answers, asked = self._apart_by_file(answers, read.given, named, each)
        answers = answers.rechunk()  # or each expression goes from piece to piece
        return Batch(
            answers,
            tuple(in_own_files(rejects, self._files)),
            rows,
            self.notebook.told(),
            each,
            self._entering.unread(),
            kept_cells(reads, placing, self._vocabulary),
            together if self._for_records else None,
            named,
            asked,
        )

    def _apart_by_file(
        self,
        answers: DataFrame,
        given: Sequence[str],
        named: Mapping[int, Sequence[Recognised]],
        each: Sequence[tuple[int, Answers]],
    ) -> tuple[DataFrame, Mapping[str, int]]:
        """Of several files, the table with columns that only words have made in order.

        Each is of the persons of the files that have such words: so many.
        """
        new = set(answers.columns) - {*given, *PERSON_SCHEMA}
        if len(self._files) == 1 or not new:
            return answers, {}
        order = [*self._vocabulary.finding, *self._vocabulary.group]
        for id_ in self._vocabulary.measurement:
            order += [id_, limit_column(id_)]
        files: dict[str, set[int]] = {name: set() for name in order if name in new}
        said = ((row, [one.id for one in matches]) for row, matches in named.items())
        for row, ids in chain(said, ((row, answer_row(row, one)) for row, one in each)):
            for id_ in files.keys() & ids:
                files[id_].add(self.notebook.file_of(row))
        persons = Counter(answers[ROW] // BETWEEN_FILES)
        asked = {id_: sum(persons[file] for file in of) for id_, of in files.items()}
        old = [name for name in answers.columns if name not in files]
        return answers.select(*old, *files), asked

    def _with_texts(self, table: DataFrame, texts: list[TextColumn]) -> PlainTexts:
        """The table with what its texts say, where columns can say it."""
        if self._apart:
            self._entering.read_ahead(texts_of_columns(table, texts))
        if self._one_by_one or self._for_records or not texts:
            return without_reading(table, texts)
        reading = self._entering.meaning
        return with_plain_texts(table, texts, self._vocabulary, reading)

    def _alone(self, table: DataFrame, agreement: Agreement) -> Series:
        """Which rows must be entered one by one, whatever their texts say."""
        if self._one_by_one:
            return pl.repeat(value=True, n=table.height, eager=True)
        odd = agreement.at_odds(table)
        if OPEN_COLUMN in table.columns:
            odd = odd | table[OPEN_COLUMN].fill_null(value=False)
        if self._for_records:
            odd = odd | agreement.loses_answers(table)
        return odd

    def _of_columns(self, table: DataFrame) -> Agreement:
        columns = tuple(table.columns)
        if columns not in self._agreements:
            self._agreements[columns] = Agreement(columns, self._vocabulary)
        return self._agreements[columns]

    # --- one by one -------------------------------------------------------------------

    def singly(self, source: Source, mapping: Map | None, rows: int) -> Iterator[Batch]:
        """The batches of persons that come one by one."""
        note = self._entering.note
        fields = Fields(self._vocabulary, mapping, left_out=self._left_out, note=note)
        persons = self._wanted(singly.persons_of(source, fields))
        damaged: FileError | None = None
        given = 0
        while damaged is None:
            some: list[tuple[int, Subject]] = []
            texts: dict[int, str] = {}
            rejects: list[Reject] = []
            try:
                for row, person, text in islice(persons, rows):
                    if isinstance(person, Subject):
                        some.append((row, person))
                        texts[row] = text
                    else:
                        rejects.append(no_person(self.file, row, person, text))
            except FileError as error:
                damaged = error
            if not some and not rejects and (given or damaged):
                break
            entered = self._entering.enter_all(some)
            late = (with_beginning(one, texts) for one in entered.rejects)
            told = sorted((*rejects, *late), key=lambda r: r.row or 0)
            count = len(some) + len(rejects)
            notices, unread = self.notebook.told(), self._entering.unread()
            yield Batch(
                entered.answers, tuple(told), count, notices, entered.each, unread
            )
            given += 1
        if damaged is not None:
            raise damaged

    def _wanted(self, persons: Iterable[_Person]) -> Iterator[_Person]:
        """Those who are wanted, and what is no person."""
        for one in persons:
            row, person, _ = one
            if (
                self._only is None
                or not isinstance(person, Subject)
                or self._only.fits(row, person)
            ):
                yield one

    def _left_out(self, name: str) -> None:
        self._entering.note(f"not read, because no question is known by it: `{name}`")


def _read_long(
    lines: Iterator[Raw],
    placing: Placing,
    vocabulary: Vocabulary,
    reading: Reading,
    rows: int,
) -> Iterator[Batch]:
    persons = pivoted(lines, placing, file=reading.file)
    wide = place_header(
        Heading(tuple(persons.header)),
        vocabulary,
        file=reading.file,
        mapping=placing.mapping,
        long=True,
    )
    wide = msgspec.structs.replace(
        grouped(wide, placing.by, file=reading.file),
        decimal_comma=placing.decimal_comma,
        words=placing.reading,
        kept=placing.kept,
    )
    raw = persons.raw
    message = f"{persons.lines} lines in long form tell of {raw.rows} persons"
    reading.notebook.note(message)
    for notice in wide.notices:
        reading.notebook.note(notice.message)
    yield from reading.tables(raw_pieces(raw, rows), wide, rows)


def raw_pieces(raw: Raw, rows: int) -> Iterator[Raw]:
    """The raw frame in pieces of so many rows at the most, after what was put aside."""
    yield Raw(raw.frame.clear(), raw.rejects, raw.rows - raw.frame.height)
    for piece in raw.frame.iter_slices(rows):
        yield Raw(piece, (), piece.height)


def _first_of(raws: Iterator[Raw]) -> tuple[Raw | None, FileError | None]:
    """The first rows, if there are any, and why no more of them can be read."""
    try:
        return next(raws, None), None
    except FileError as error:
        return None, error


def _no_rows(placing: Placing) -> DataFrame:
    names = [str(column.index) for column in placing.columns]
    return DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)})
