"""Outputs: what the finished parts of a run come to, beside its results."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from minsight.errors import FileError
from minsight.screening.runs.checkpoint import FinishedPart
from minsight.screening.runs.order import Order
from minsight.screening.sinks import Written, write_rejects, write_whom
from minsight.screening.summary.tally import Tally


def refuse_lost_rows(
    order: Order, parts: Sequence[FinishedPart], tally: Tally, *, written: int
) -> None:
    """Refuse to publish fewer persons or rows than were assessed.

    Raises:
        FileError: when `written` are not the rows that the parts hold.
    """
    persons = sum(part.persons for part in parts)
    rows = persons if order.options.full else sum(part.rows for part in parts)
    if (persons, written) != (tally.assessed, rows):
        raise FileError(
            f"`{order.output}` would hold {written:,} rows of {persons:,}"
            f" persons, and {rows:,} of {tally.assessed:,} were assessed; something"
            " else changed what was kept of this run, so start it anew"
        )


def make_rejects(order: Order, parts: Sequence[FinishedPart], target: Path) -> int:
    """Write the rejected rows, if any; gives how many cells were made safe."""
    found = chain(order.found.rejects, *(part.rejects for part in parts))
    first = next(found, None)
    if first is None:
        return 0
    with target.open("wb") as file:
        return write_rejects(chain([first], found), file)


def make_list(parts: Sequence[FinishedPart], target: Path) -> Written:
    """Write whom to see, the most urgent first, if there is anybody."""
    people = [path for part in parts for path in part.whom]
    if not people:
        return Written(0)
    with target.open("wb") as file:
        return write_whom(people, file)
