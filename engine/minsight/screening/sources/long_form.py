"""Long form: a line for each person and question, turned into a row for each person.

The lines of one person may stand anywhere, so all lines are held in memory; sort out
what is not needed before, if there are hundreds of millions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, String, col

from minsight.errors import FileError, quoted
from minsight.knowledge.phrases import normalise
from minsight.screening.mapping.columns import PERSON_HEADINGS, Column, Placing
from minsight.screening.mapping.maps import Long, Map
from minsight.screening.rejects import Reject
from minsight.screening.rows import ROW, Raw

_ITEMS: Final = frozenset(
    ("item", "question", "variable", "symptom", "finding", "term", "item id", "link id")
)
_ANSWERS: Final = frozenset(("answer", "value", "response", "reply", "status"))
_UNITS: Final = frozenset(("unit", "units"))
_MOST_COLUMNS: Final = 8
"""A file with more columns is not taken for a long one unless a map says so."""
_FIELDS: Final = ("subject", "item", "answer", "unit")


def long_of(header: Sequence[str], mapping: Map | None, *, file: str) -> Long | None:
    """The columns of a long file, or None when it is a wide one.

    Raises:
        FileError: when the map says that it is long and it lacks a column.
    """
    if mapping is not None:
        if mapping.long is not None:
            for name in _names(mapping.long):
                if name not in header:
                    raise FileError(f"`{file}` has no column {quoted(name)}")
        return mapping.long
    if len(header) > _MOST_COLUMNS:
        return None
    words = {normalise(name.replace("_", " ")): name for name in reversed(header)}
    ids = [
        name for word, name in words.items() if PERSON_HEADINGS.get(word) == ("id", "")
    ]
    items = [name for word, name in words.items() if word in _ITEMS]
    answers = [name for word, name in words.items() if word in _ANSWERS]
    units = [name for word, name in words.items() if word in _UNITS]
    if not (ids and len(items) == 1 and len(answers) == 1):
        return None
    return Long(ids[0], items[0], answers[0], units[0] if units else None)


def _names(long: Long) -> list[str]:
    return [long.subject, long.item, long.answer, *([long.unit] if long.unit else [])]


def columns_of_lines(header: Sequence[str], long: Long) -> tuple[Column, ...]:
    """The columns of the lines, to be read as text."""
    return tuple(Column(header.index(n), n, "text") for n in _names(long))


class Pivoted(msgspec.Struct, frozen=True):
    """The persons of all lines as a raw frame with a header, and how many lines."""

    header: tuple[str, ...]
    raw: Raw
    lines: int


def pivoted(raws: Iterable[Raw], placing: Placing, *, file: str) -> Pivoted:
    """One row for each person, under the number of the person's first line.

    Lines without a person or a question, and persons who answer one question in two
    ways, are rejected.
    """
    assert placing.long is not None
    read = list(raws)
    places = [str(placing.header.index(name)) for name in _names(placing.long)]
    rename = dict(zip(places, _FIELDS, strict=False))
    lines = pl.concat(
        [raw.frame.cast(dict.fromkeys(places, String)) for raw in read]
    ).rename(rename)
    rejects = [reject for raw in read for reject in raw.rejects]
    lines = lines.with_columns(col("subject", "item", "answer").str.strip_chars())
    named = (col("subject").fill_null("") != "") & (col("item").fill_null("") != "")
    rejects += _without_name(lines.filter(~named), file)
    lines = _with_units(lines.filter(named))
    wrong = list(_at_odds(lines, file))
    rejects += wrong
    first = lines.group_by("subject", maintain_order=True).agg(col(ROW).min())
    persons = _wide(lines, first).filter(
        ~col(ROW).is_in([reject.row for reject in wrong])
    )
    header = (placing.long.subject, *persons.columns[2:])
    frame = persons.rename(
        {name: str(place) for place, name in enumerate(persons.columns[1:])}
    )
    rows = frame.height + len({reject.row for reject in rejects})
    count = sum(raw.rows for raw in read)
    return Pivoted(header, Raw(frame, tuple(rejects), rows), count)


def _without_name(lines: DataFrame, file: str) -> Iterator[Reject]:
    for row, subject in lines.select(ROW, "subject").iter_rows():
        what = "question" if subject else "person"
        yield Reject(file, row, "", subject or "", f"the line names no {what}")


def _with_units(lines: DataFrame) -> DataFrame:
    """The lines with the unit as part of the question, as headers have it."""
    if "unit" not in lines.columns:
        return lines
    unit = col("unit").str.strip_chars()
    given = unit.fill_null("") != ""
    question = pl.format("{} ({})", "item", unit)
    return lines.with_columns(pl.when(given).then(question).otherwise("item"))


def _at_odds(lines: DataFrame, file: str) -> Iterator[Reject]:
    """Persons who answer one question in two ways."""
    given = lines.filter(col("answer").fill_null("") != "")
    twice = (
        given.group_by("subject", "item", maintain_order=True)
        .agg(col("answer").unique(maintain_order=True))
        .filter(col("answer").list.len() > 1)
    )
    if not twice.height:
        return
    first = lines.group_by("subject").agg(col(ROW).min())
    for _, item, answers, row in twice.join(first, on="subject").iter_rows():
        value = ", ".join(answers)
        yield Reject(file, row, item, value, "the question is answered in two ways")


def _wide(lines: DataFrame, first: DataFrame) -> DataFrame:
    """The row number, the subject, and a column for each question."""
    wide = lines.pivot(
        on="item",
        index="subject",
        values="answer",
        aggregate_function=pl.element().drop_nulls().first(),
        maintain_order=True,
    )
    joined = first.join(wide, on="subject", maintain_order="left")
    questions = [name for name in wide.columns if name != "subject"]
    return joined.select(ROW, "subject", *questions)
