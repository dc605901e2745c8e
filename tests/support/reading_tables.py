"""What the tests of reading share: a file read to its end, its rows accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import minsight
from minsight.screening import (
    Map,
    Notice,
    Reject,
    load_map,
    merged,
    place,
    read_batches,
    source_of,
)


@dataclass(frozen=True)
class Outcome:
    """All batches of a file together."""

    answers: pl.DataFrame
    rejects: tuple[Reject, ...]
    rows: int
    notices: tuple[Notice, ...]

    @property
    def told(self) -> list[str]:
        return [notice.message for notice in self.notices]

    @property
    def rejected(self) -> list[int | None]:
        return [reject.row for reject in self.rejects]

    def person(self, subject_id: str) -> dict[str, object]:
        """What one person answered; unknown is left out, and what only marks them."""
        (row,) = self.answers.filter(subject_id=subject_id).to_dicts()
        skipped = ("row", "subject_id", "unread")
        return {k: v for k, v in row.items() if v is not None and k not in skipped}


def read(
    path: Path,
    rules: minsight.Rules,
    *,
    mapping: Map | None = None,
    keep_going: bool = False,
    rows_per_batch: int = 250_000,
) -> Outcome:
    """The file, read; every row of every batch is in the answers or the rejects."""
    source = source_of(path)
    placing = place(source, rules.vocabulary, mapping)
    batches = list(
        read_batches(
            source,
            placing,
            rules.vocabulary,
            rows_per_batch=rows_per_batch,
            keep_going=keep_going,
        )
    )
    for batch in batches:
        rejected = {reject.row for reject in batch.rejects}
        assert batch.rows == batch.answers.height + len(rejected)
        assert not rejected & set(batch.answers["row"])
    answers = pl.concat([batch.answers for batch in batches], how="diagonal")
    assert answers["row"].is_sorted()
    assert answers["subject_id"].null_count() == 0
    return Outcome(
        answers,
        tuple(reject for batch in batches for reject in batch.rejects),
        sum(batch.rows for batch in batches),
        merged([*placing.notices, *(n for batch in batches for n in batch.notices)]),
    )


def mapped(text: str, folder: Path, rules: minsight.Rules) -> Map:
    """The map of a text."""
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return load_map(path, rules.vocabulary)


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(",".join(row) for row in (header, *rows)) + "\n"
