"""Rejects: rows that gave no answers, as CSV, for the person who mends them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO, Final

from polars import DataFrame, String

from minsight.screening.rejects import Reject
from minsight.screening.sinks.tables import write_header, write_rows

_SCHEMA: Final = dict.fromkeys(("file", "row", "column", "value", "reason"), String)
_AT_ONCE: Final = 10_000


def write_rejects(rejects: Iterable[Reject], file: IO[bytes]) -> int:
    """Write rejected rows as CSV below a header.

    Gives how many cells got an apostrophe before them, so that no spreadsheet runs
    them.
    """
    write_header(DataFrame(schema=_SCHEMA), file)
    coming = iter(rejects)
    changed = 0
    while some := list(islice(coming, _AT_ONCE)):
        rows = [[cell or None for cell in _cells(one)] for one in some]
        changed += write_rows(DataFrame(rows, _SCHEMA, orient="row"), file)
    return changed


def _cells(one: Reject) -> tuple[str, str, str, str, str]:
    row = "" if one.row is None else str(one.row)
    return one.file, row, one.column, one.value, one.reason
