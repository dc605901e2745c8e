"""Running: a file from its rows to its results, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import polars as pl

from minsight.ruleset import Ruleset
from minsight.screening.assessing import TableAssessor
from minsight.screening.batches import ROWS, place, read_batches, read_raws
from minsight.screening.identities import Identities
from minsight.screening.maps import Map
from minsight.screening.placing import Placing
from minsight.screening.raw import Raw
from minsight.screening.reports import Batch, Notice, Reject
from minsight.screening.sources import Source


class Screened(msgspec.Struct, frozen=True):
    """What became of some rows of a file.

    `answers` are those of the persons in `results`, a row a person.

    INVARIANT: `rows` is the number of persons in `results` and of rejected rows.
    """

    answers: pl.DataFrame
    results: pl.DataFrame
    rejects: tuple[Reject, ...]
    rows: int
    notices: tuple[Notice, ...]


class Screening:
    """Screens files with one set of rules, and remembers engines by their columns."""

    def __init__(
        self,
        rules: Ruleset,
        *,
        mapping: Map | None = None,
        keep_going: bool = False,
        rows_per_batch: int = ROWS,
    ) -> None:
        self._rules = rules
        self._mapping = mapping
        self._keep_going = keep_going
        self._rows = rows_per_batch
        self._assessors: dict[tuple[str, ...], TableAssessor] = {}
        self._identities = Identities()

    def again(self) -> Screening:
        """A screening that has seen no ids yet, with the engines made so far."""
        fresh = Screening(
            self._rules,
            mapping=self._mapping,
            keep_going=self._keep_going,
            rows_per_batch=self._rows,
        )
        fresh._assessors = self._assessors
        return fresh

    def screen(self, source: Source) -> Iterator[Screened]:
        """The results of a file, in the order of its rows.

        Raises:
            FileError: when the file cannot be read, or turns out damaged; what was
                given before stands.
        """
        vocabulary = self._rules.vocabulary
        placing = place(source, vocabulary, self._mapping)
        batches = read_batches(
            source,
            placing,
            vocabulary,
            rows_per_batch=self._rows,
            keep_going=self._keep_going,
        )
        yield from self._screened(batches, placing, source.name)

    def screen_raws(
        self, raws: Iterator[Raw], placing: Placing, *, file: str
    ) -> Iterator[Screened]:
        """The same of rows that stand in raw frames already."""
        vocabulary = self._rules.vocabulary
        batches = read_raws(
            raws,
            placing,
            vocabulary,
            file=file,
            rows_per_batch=self._rows,
            keep_going=self._keep_going,
        )
        yield from self._screened(batches, placing, file)

    def _screened(
        self, batches: Iterator[Batch], placing: Placing, file: str
    ) -> Iterator[Screened]:
        notices = placing.notices
        for batch in batches:
            self._identities.add(file, batch.answers)
            results = self._assessor(batch.answers).assess(batch.answers)
            named = results.insert_column(0, pl.lit(file).alias("file"))
            told = (*notices, *batch.notices)
            yield Screened(batch.answers, named, batch.rejects, batch.rows, told)
            notices = ()

    def repeated_ids(self) -> tuple[Notice, ...]:
        """The subject ids that stood more than once in the files screened so far."""
        return self._identities.notices()

    def _assessor(self, answers: pl.DataFrame) -> TableAssessor:
        columns = tuple(answers.columns)
        if columns not in self._assessors:
            self._assessors[columns] = TableAssessor(self._rules, columns)
        return self._assessors[columns]
