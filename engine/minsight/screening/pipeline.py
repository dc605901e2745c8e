"""Pipeline: a file from its rows to its results, batch by batch."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import polars as pl

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.assessment.record import assessment_line
from minsight.intake.answers import Answers, enter
from minsight.intake.recognition import Unrecognised
from minsight.intake.subject import Subject
from minsight.logic.backend import BackendName
from minsight.screening.answers.batches import (
    ROWS,
    read_batches,
    read_joined,
    read_raws,
)
from minsight.screening.answers.identities import Identities
from minsight.screening.answers.joining import Joined, Joining
from minsight.screening.answers.persons import subjects_of
from minsight.screening.answers.places import (
    place,
)
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import AS_SEEN, TableLayout
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.placing import grouped
from minsight.screening.mapping.word_list import WordList
from minsight.screening.prefetch import ahead
from minsight.screening.rejects import BETWEEN_FILES, Batch, Notice, Reject
from minsight.screening.results.assessor import TableAssessor
from minsight.screening.results.cells import group_values
from minsight.screening.results.records.assembler import Records
from minsight.screening.results.schema import assessed_of
from minsight.screening.results.whom import NOBODY, WhomToSee, is_listed, telling_ids
from minsight.screening.rows import ROW, Raw
from minsight.screening.sources.source import Source

_NO_WORDS: Final = WordList()
_MOST_ENGINES: Final = 8
"""So many engines are kept, as each has thousands of expressions.

Files of one person each may all have columns of their own.
"""


class Screened(msgspec.Struct, frozen=True):
    """What became of some rows of a file, or of small files that are read as one.

    Rows of several files are numbered on by `BETWEEN_FILES` in `answers`, `results` and
    `whom`, of which the last two name the files; `rejects` have the rows of their own.
    `answers` are those of the persons in `results`, a row a person; `records` are their
    full assessments in this order, lines of JSON in pieces that are made as they are
    taken, once, if they were asked for.
    `reasons` and `against` count the persons whose results list a rule, `unread` what
    was not understood in free words. `whom` are the urgent people, if a list of them
    was wanted. `groups` has, row by row as `answers`, what people are broken down by;
    `factors` are those that values of measurements were multiplied with. `asked` is of
    how many persons a question is, where it is not of all in `answers`.

    INVARIANT: `rows` is the number of persons in `results` and of rejected rows.
    """

    answers: pl.DataFrame
    results: pl.DataFrame
    reasons: Mapping[str, int]
    against: Mapping[str, int]
    rejects: tuple[Reject, ...]
    rows: int
    notices: tuple[Notice, ...]
    records: Iterable[bytes] = ()
    unread: Mapping[Unrecognised, int] = {}
    whom: pl.DataFrame = NOBODY
    groups: pl.DataFrame = pl.DataFrame()
    factors: Mapping[str, float] = {}
    asked: Mapping[str, int] = {}


class Screening:
    """Screens files with one set of rules, and remembers engines by their columns.

    If `full`, records are made. If `remembering`, it keeps subject ids as well, to tell
    of those that are repeated. If `listing`, the urgent people of each batch are
    listed. People are broken down `by` the columns of these names.
    """

    def __init__(  # noqa: PLR0913  # what holds for all files, each by its name
        self,
        rules: Engine,
        *,
        mapping: Map | None = None,
        words: WordList = _NO_WORDS,
        keep_going: bool = False,
        way: BackendName = "columnar",
        full: bool = False,
        rows_per_batch: int = ROWS,
        remembering: bool = True,
        listing: bool = False,
        by: tuple[str, ...] = (),
    ) -> None:
        self._rules, self._full = rules, full
        self._mapping, self._words = mapping, words
        self._keep_going = keep_going
        self._way = way
        self._rows = rows_per_batch
        self._remembering, self._listing, self._by = remembering, listing, by
        self._telling = telling_ids(rules) if listing else frozenset[str]()
        self._lists: dict[tuple[str, ...], WhomToSee] = {}
        self._assessors: dict[tuple[str, ...], TableAssessor] = {}
        self._recorders: dict[tuple[str, ...], Records] = {}
        self._identities = Identities()
        self._joining = Joining(rules.vocabulary, self._layout)

    def again(self) -> Screening:
        """A screening that has seen no ids yet, with the engines made so far."""
        fresh = Screening(
            self._rules,
            mapping=self._mapping,
            words=self._words,
            keep_going=self._keep_going,
            way=self._way,
            full=self._full,
            rows_per_batch=self._rows,
            remembering=self._remembering,
            listing=self._listing,
            by=self._by,
        )
        fresh._assessors, fresh._lists = self._assessors, self._lists
        fresh._recorders = self._recorders
        return fresh

    def screen(self, source: Source) -> Generator[Screened, None, None]:
        """The results of a file, in the order of its rows.

        Raises:
            FileError: when the file cannot be read, or turns out damaged; what was
                given before stands.
        """
        source = source.laid_out(self._layout)
        with source.at_hand() as source:
            yield from self._of(source)

    def joined(self, sources: Iterable[Source], *, fewest: int) -> Joined | None:
        """The first of the sources to be screened as one, if so many are small."""
        if self._way != "columnar":  # what was answered is counted batch by batch
            return None
        return self._joining.joined(sources, self._placed, fewest=fewest)

    def screen_joined(self, joined: Joined) -> Generator[Screened, None, None]:
        """The results of small files, table by table; their rows are among each other.

        All are read before the first is assessed.
        """
        batches = [
            read_joined(
                joined,
                table,
                self._rules.vocabulary,
                keep_going=self._keep_going,
                for_records=self._full,
            )
            for table in joined.tables
        ]
        file, *beside = joined.names
        ids = pl.concat(batch.answers.select("subject_id", ROW) for batch in batches)
        self._identities.add(file, ids.sort(ROW), beside=beside)
        notices = joined.notices
        for batch in batches:
            yield self._screened(joined.names, batch, notices)
            notices = ()

    @property
    def _layout(self) -> TableLayout:
        return self._mapping.layout if self._mapping else AS_SEEN

    def _placed(self, source: Source) -> Placing:
        placing = place(source, self._rules.vocabulary, self._mapping)
        return msgspec.structs.replace(
            grouped(placing, self._by, file=source.name),
            words=self._words,
            kept=self._telling,
        )

    def _of(self, source: Source) -> Iterator[Screened]:
        placing = self._placed(source)
        batches = read_batches(
            source,
            placing,
            self._rules.vocabulary,
            rows_per_batch=self._rows,
            keep_going=self._keep_going,
            one_by_one=self._way != "columnar",
            for_records=self._full and self._way == "columnar",
        )
        yield from self._all(ahead(batches), placing.notices, source.name)

    def screen_raws(
        self, raws: Iterator[Raw], placing: Placing, *, file: str
    ) -> Iterator[Screened]:
        """The same of rows that stand in raw frames already, with the words placed."""
        vocabulary = self._rules.vocabulary
        batches = read_raws(
            raws,
            placing,
            vocabulary,
            file=file,
            rows_per_batch=self._rows,
            keep_going=self._keep_going,
            one_by_one=self._way != "columnar",
            for_records=self._full and self._way == "columnar",
        )
        yield from self._all(batches, placing.notices, file)

    def _all(
        self, batches: Iterator[Batch], notices: tuple[Notice, ...], file: str
    ) -> Iterator[Screened]:
        for batch in batches:
            if self._remembering:
                self._identities.add(file, batch.answers)
            yield self._screened([file], batch, notices)
            notices = ()

    def remember(self, results: pl.DataFrame, file: str, *beside: str) -> None:
        """Keep the subject ids of results that were there before, of these files."""
        if beside:
            names = pl.Series([file, *beside])
            place = results["file"].replace_strict(names, range(len(names)))
            results = results.with_columns(pl.col(ROW) + place * BETWEEN_FILES)
        ids = results.select(ROW, "subject_id").unique(ROW)
        self._identities.add(file, ids, beside=beside)

    def repeated_ids(self) -> tuple[Notice, ...]:
        """The subject ids that stood more than once in the files screened so far."""
        return self._identities.notices()

    def _screened(
        self, files: Sequence[str], batch: Batch, notices: tuple[Notice, ...]
    ) -> Screened:
        records: Iterable[bytes] = ()
        if self._way == "columnar":
            assessed = self._assessor(batch.answers).assess(batch.answers)
            if self._full:
                records = self._records(batch)
        else:
            alone = tuple(self._one_by_one(batch, self._way))
            assessed = assessed_of(alone, self._rules.catalogue)
            if self._full:
                records = (assessment_line(one) for _, one in alone)
        results = assessed.results.select(_file_of_rows(files), pl.all())
        return Screened(
            answers=batch.answers,
            results=results,
            reasons=assessed.reasons,
            against=assessed.against,
            rejects=batch.rejects,
            rows=batch.rows,
            notices=(*notices, *batch.notices),
            records=records,
            unread=batch.unread,
            whom=self._whom(batch, results) if self._listing else NOBODY,
            groups=group_values(batch.answers[ROW], batch.cells, self._by),
            factors=batch.cells.factors,
            asked=batch.asked,
        )

    def _whom(self, batch: Batch, results: pl.DataFrame) -> pl.DataFrame:
        """The urgent people of a batch."""
        urgent = results.filter(is_listed()).unique(ROW, keep="first").sort(ROW)
        if urgent.is_empty():
            return NOBODY
        answers = batch.answers.filter(pl.col(ROW).is_in(urgent[ROW].implode())).sort(
            ROW
        )
        columns = tuple(answers.columns)
        if columns not in self._lists:
            self._lists[columns] = WhomToSee(self._rules, columns)
        named = {row: one.recognised for row, one in batch.entered} | dict(batch.named)
        return self._lists[columns].of(urgent, answers, batch.cells, named)

    def _one_by_one(
        self, batch: Batch, engine: BackendName
    ) -> Iterator[tuple[int, Assessment]]:
        for row, answers in batch.entered:
            yield row, self._rules.assess_answers(answers, engine=engine)

    def _records(self, batch: Batch) -> Iterator[bytes]:
        """The records of a batch that was assessed in columns."""
        answers = batch.answers
        columns = tuple(answers.columns)
        if columns not in self._recorders:
            _make_room(self._recorders)
            read = self._words.recognise
            self._recorders[columns] = Records(self._rules, columns, recognising=read)
        recorder = self._recorders[columns]
        entered = dict(batch.entered)
        if batch.given is not None and not recorder.reads_columns:
            entered |= self._entered(batch.given)
        yield from recorder.of(answers, entered, batch.given)

    def _entered(self, given: pl.DataFrame) -> Iterator[tuple[int, Answers]]:
        """The people of a table of which a column says something else than its name."""
        vocabulary = self._rules.vocabulary
        for row, subject in subjects_of(given, vocabulary):
            if isinstance(subject, Subject):
                read = self._words.recognise
                yield row, enter(subject, vocabulary, recognising=read)

    def _assessor(self, answers: pl.DataFrame) -> TableAssessor:
        columns = tuple(answers.columns)
        if columns not in self._assessors:
            _make_room(self._assessors)
            self._assessors[columns] = TableAssessor(self._rules, columns)
        return self._assessors[columns]


def _file_of_rows(files: Sequence[str]) -> pl.Expr:
    """The name of the file that each row is of."""
    if len(files) == 1:
        return pl.lit(files[0]).alias("file")
    return pl.lit(pl.Series(files)).gather(pl.col(ROW) // BETWEEN_FILES).alias("file")


def _make_room(engines: dict[tuple[str, ...], Any]) -> None:
    """Forget the engine that was made first, where too many are kept."""
    while len(engines) >= _MOST_ENGINES:
        del engines[next(iter(engines))]
