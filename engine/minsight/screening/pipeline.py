"""Pipeline: a file from its rows to its results, batch by batch."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Final

import msgspec
import polars as pl

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.intake.recognition import Unrecognised
from minsight.logic.backend import BackendName
from minsight.screening.answers.batches import ROWS, place, read_batches, read_raws
from minsight.screening.answers.identities import Identities
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.word_list import WordList
from minsight.screening.prefetch import ahead
from minsight.screening.rejects import Batch, Notice, Reject
from minsight.screening.results.assessor import TableAssessor
from minsight.screening.results.schema import assessed_of
from minsight.screening.rows import Raw
from minsight.screening.sources.source import Source

_NO_WORDS: Final = WordList()


class Screened(msgspec.Struct, frozen=True):
    """What became of some rows of a file.

    `answers` are those of the persons in `results`, a row a person; `assessments` hold
    each of them in full with its row number, when they were assessed one by one.
    `reasons` and `against` count the persons whose results list a rule, `unread` what
    was not understood in free words.

    INVARIANT: `rows` is the number of persons in `results` and of rejected rows.
    """

    answers: pl.DataFrame
    results: pl.DataFrame
    reasons: Mapping[str, int]
    against: Mapping[str, int]
    rejects: tuple[Reject, ...]
    rows: int
    notices: tuple[Notice, ...]
    assessments: tuple[tuple[int, Assessment], ...] = ()
    unread: Mapping[Unrecognised, int] = {}


class Screening:
    """Screens files with one set of rules, and remembers engines by their columns.

    If `remembering`, it keeps subject ids as well, to tell of those that are repeated.
    """

    def __init__(
        self,
        rules: Engine,
        *,
        mapping: Map | None = None,
        words: WordList = _NO_WORDS,
        keep_going: bool = False,
        way: BackendName = "columnar",
        rows_per_batch: int = ROWS,
        remembering: bool = True,
    ) -> None:
        self._rules = rules
        self._mapping, self._words = mapping, words
        self._keep_going = keep_going
        self._way = way
        self._rows = rows_per_batch
        self._remembering = remembering
        self._assessors: dict[tuple[str, ...], TableAssessor] = {}
        self._identities = Identities()

    def again(self) -> Screening:
        """A screening that has seen no ids yet, with the engines made so far."""
        fresh = Screening(
            self._rules,
            mapping=self._mapping,
            words=self._words,
            keep_going=self._keep_going,
            way=self._way,
            rows_per_batch=self._rows,
            remembering=self._remembering,
        )
        fresh._assessors = self._assessors
        return fresh

    def screen(self, source: Source) -> Generator[Screened, None, None]:
        """The results of a file, in the order of its rows.

        Raises:
            FileError: when the file cannot be read, or turns out damaged; what was
                given before stands.
        """
        source = source.separated_by(self._mapping.separator if self._mapping else None)
        with source.at_hand() as source:
            yield from self._of(source)

    def _of(self, source: Source) -> Iterator[Screened]:
        vocabulary = self._rules.vocabulary
        placing = msgspec.structs.replace(
            place(source, vocabulary, self._mapping), words=self._words
        )
        batches = read_batches(
            source,
            placing,
            vocabulary,
            rows_per_batch=self._rows,
            keep_going=self._keep_going,
            one_by_one=self._way != "columnar",
        )
        yield from self._all(ahead(batches), placing, source.name)

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
        )
        yield from self._all(batches, placing, file)

    def _all(
        self, batches: Iterator[Batch], placing: Placing, file: str
    ) -> Iterator[Screened]:
        notices = placing.notices
        for batch in batches:
            if self._remembering:
                self._identities.add(file, batch.answers)
            yield self._screened(file, batch, notices)
            notices = ()

    def remember(self, file: str, results: pl.DataFrame) -> None:
        """Keep the subject ids of results that were there before."""
        self._identities.add(file, results.select("row", "subject_id").unique("row"))

    def repeated_ids(self) -> tuple[Notice, ...]:
        """The subject ids that stood more than once in the files screened so far."""
        return self._identities.notices()

    def _screened(
        self, file: str, batch: Batch, notices: tuple[Notice, ...]
    ) -> Screened:
        if self._way == "columnar":
            one_by_one: tuple[tuple[int, Assessment], ...] = ()
            assessed = self._assessor(batch.answers).assess(batch.answers)
        else:
            one_by_one = tuple(self._one_by_one(batch, self._way))
            assessed = assessed_of(one_by_one, self._rules.catalogue)
        return Screened(
            answers=batch.answers,
            results=assessed.results.insert_column(0, pl.lit(file).alias("file")),
            reasons=assessed.reasons,
            against=assessed.against,
            rejects=batch.rejects,
            rows=batch.rows,
            notices=(*notices, *batch.notices),
            assessments=one_by_one,
            unread=batch.unread,
        )

    def _one_by_one(
        self, batch: Batch, engine: BackendName
    ) -> Iterator[tuple[int, Assessment]]:
        for row, answers in batch.entered:
            yield row, self._rules.assess_answers(answers, engine=engine)

    def _assessor(self, answers: pl.DataFrame) -> TableAssessor:
        columns = tuple(answers.columns)
        if columns not in self._assessors:
            self._assessors[columns] = TableAssessor(self._rules, columns)
        return self._assessors[columns]
