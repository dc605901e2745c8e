"""Running: a file from its rows to its results, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import polars as pl

from minsight.ruleset import Ruleset
from minsight.screening.assessing import TableAssessor
from minsight.screening.batches import place, read_batches
from minsight.screening.identities import Identities
from minsight.screening.maps import Map
from minsight.screening.reports import Notice, Reject
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
        self, rules: Ruleset, *, mapping: Map | None = None, keep_going: bool = False
    ) -> None:
        self._rules = rules
        self._mapping = mapping
        self._keep_going = keep_going
        self._assessors: dict[tuple[str, ...], TableAssessor] = {}
        self._identities = Identities()

    def screen(self, source: Source) -> Iterator[Screened]:
        """The results of a file, in the order of its rows.

        Raises:
            FileError: when the file cannot be read, or turns out damaged; what was
                given before stands.
        """
        vocabulary = self._rules.vocabulary
        placing = place(source, vocabulary, self._mapping)
        notices = placing.notices
        for batch in read_batches(
            source, placing, vocabulary, keep_going=self._keep_going
        ):
            self._identities.add(source.name, batch.answers)
            results = self._assessor(batch.answers).assess(batch.answers)
            named = results.insert_column(0, pl.lit(source.name).alias("file"))
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
