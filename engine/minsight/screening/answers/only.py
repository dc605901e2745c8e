"""Only: which persons of a file are wanted."""

from __future__ import annotations

import msgspec
import polars as pl

from minsight.intake.subject import Subject
from minsight.screening.rows import ROW


class Only(msgspec.Struct, frozen=True):
    """Which persons are wanted: by id, by row number, or by both."""

    subject_id: str | None = None
    row: int | None = None

    @property
    def expression(self) -> pl.Expr:
        """Whether a row of an answer table is wanted."""
        wanted = {"subject_id": self.subject_id, ROW: self.row}
        return pl.all_horizontal(
            pl.col(name) == value for name, value in wanted.items() if value is not None
        )

    def fits(self, row: int, subject: Subject) -> bool:
        """Whether a person is wanted."""
        shown = subject.subject_id or str(row)
        return self.row in (None, row) and self.subject_id in (None, shown)
