"""Outputs: what the finished parts of a run come to, beside its results."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec
import polars as pl

from minsight.assessment.engine import Engine
from minsight.errors import FileError
from minsight.screening.report import write_report
from minsight.screening.report.people import MOST_ON_PAGE, ToSee
from minsight.screening.results.whom import NOBODY
from minsight.screening.runs.manifest import Manifest
from minsight.screening.runs.order import Order
from minsight.screening.runs.part_files import FinishedPart
from minsight.screening.sinks import Written, by_urgency, write_rejects, write_whom
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


def make_report(
    order: Order,
    parts: Sequence[FinishedPart],
    tally: Tally,
    manifest: Manifest,
    rules: Engine,
    *,
    persons: int,
    target: Path,
) -> None:
    """Write the report; `persons` are on the list of whom to see."""
    listed = None
    if order.options.urgent_list:
        listed = first_listed(parts, persons, order.outputs["urgent"].name)
    plain, smallest = msgspec.to_builtins(manifest), order.options.smallest
    with target.open("w", encoding="utf-8", newline="\n") as file:
        write_report(tally, plain, rules, file, smallest=smallest, listed=listed)


def first_listed(parts: Sequence[FinishedPart], persons: int, file: str) -> ToSee:
    """Whom to see, as a report lists them."""
    people, left = [NOBODY], MOST_ON_PAGE
    for some in by_urgency([path for part in parts for path in part.whom]):
        people.append(some.head(left))
        left -= people[-1].height
        if not left:
            break
    return ToSee(pl.concat(people), persons, file)


def make_list(parts: Sequence[FinishedPart], target: Path) -> Written:
    """Write whom to see, the most urgent first, if there is anybody."""
    people = [path for part in parts for path in part.whom]
    if not people:
        return Written(0)
    with target.open("wb") as file:
        return write_whom(people, file)
