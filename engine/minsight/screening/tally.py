"""Tally: what became of the rows of all files, and what is to be told of them."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable

from minsight.screening.reports import Notice
from minsight.screening.running import Screened


class Tally:
    """Counts over the files of one screening.

    `levels` counts persons by mineral and level, `urgencies` persons by urgency,
    `notices` rows by file and message.
    """

    def __init__(self, *, rejected_files: int = 0) -> None:
        self.files = 0
        self.rejected_files = rejected_files
        self.rows = 0
        self.assessed = 0
        self.rejected = 0
        self.levels: Counter[tuple[str, str]] = Counter()
        self.urgencies: Counter[str] = Counter()
        self.notices: Counter[tuple[str, str]] = Counter()

    def add(self, screened: Screened) -> None:
        """Count a batch."""
        rejected = len({one.row for one in screened.rejects})
        self.rows += screened.rows
        self.rejected += rejected
        self.assessed += screened.rows - rejected
        first = screened.results.unique("row")
        self.urgencies.update(dict(first["urgency"].value_counts().iter_rows()))
        named = screened.results.drop_nulls("mineral")
        counts = named.group_by("mineral", "level").len()
        for mineral, level, count in counts.iter_rows():
            self.levels[mineral, level] += count
        self.tell(screened.notices)

    def tell(self, notices: Iterable[Notice]) -> None:
        """Remember what a reader of the results must know."""
        for notice in notices:
            self.notices[notice.file, notice.message] += notice.rows

    def merge(self, other: Tally) -> None:
        """Count what another tally has counted too."""
        self.files += other.files
        self.rejected_files += other.rejected_files
        self.rows += other.rows
        self.assessed += other.assessed
        self.rejected += other.rejected
        self.levels.update(other.levels)
        self.urgencies.update(other.urgencies)
        self.notices.update(other.notices)

    def to_json(self) -> bytes:
        return pickle.dumps(self)

    @classmethod
    def from_json(cls, raw: bytes) -> Tally:
        return pickle.loads(raw)
