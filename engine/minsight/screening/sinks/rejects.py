"""Rejects: rows that gave no answers, as CSV, for the person who mends them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import IO, Final

from minsight.screening.rejects import Reject
from minsight.screening.sinks.safety import FORMULA

_COLUMNS: Final = ("file", "row", "column", "value", "reason")
_FORMULA: Final = re.compile(FORMULA)


def write_rejects(rejects: Iterable[Reject], file: IO[str]) -> int:
    """Write rejected rows as CSV lines, below a header when they are the first.

    Gives how many cells got an apostrophe before them, so that no spreadsheet runs
    them.
    """
    writer = csv.writer(file, lineterminator="\n")
    changed = 0
    for one in rejects:
        if not file.tell():
            writer.writerow(_COLUMNS)
        row = "" if one.row is None else one.row
        cells = list(map(str, (one.file, row, one.column, one.value, one.reason)))
        safe = [f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells]
        changed += sum(a != b for a, b in zip(cells, safe, strict=True))
        writer.writerow(safe)
    return changed
