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
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.maps import Long, Map
from minsight.screening.mapping.person_headings import PERSON_HEADINGS
from minsight.screening.rejects import Reject
from minsight.screening.rows import ROW, Raw, single_values

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
                if header.count(name) != 1:
                    count = header.count(name) or "no"
                    columns = f"column{'s called' if name in header else ''}"
                    raise FileError(f"`{file}` has {count} {columns} {quoted(name)}")
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
    read = [single_values(raw, placing.header, file=file) for raw in raws]
    rejects = [reject for raw in read for reject in raw.rejects]
    lines = _lines(read, placing.header, placing.long)
    named = col("subject").is_not_null() & col("item").is_not_null()
    rejects += _without_name(lines.filter(~named), file)
    lines = _with_units(lines.filter(named))
    wrong = list(_at_odds(lines, file))
    rejects += wrong
    first = lines.group_by("subject", maintain_order=True).agg(col(ROW).min())
    questions = lines["item"].unique(maintain_order=True).to_list()
    frame = _wide(lines, first, questions).filter(
        ~col(ROW).is_in([reject.row for reject in wrong])
    )
    header = (placing.long.subject, *questions)
    rows = frame.height + len({reject.row for reject in rejects})
    count = sum(raw.rows for raw in read)
    return Pivoted(header, Raw(frame, tuple(rejects), rows), count)


def _lines(raws: Sequence[Raw], header: Sequence[str], long: Long) -> DataFrame:
    """All lines with what each of their columns is; what is blank there is null."""
    places = [str(header.index(name)) for name in _names(long)]
    empty = DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(places, String)})
    frames = [raw.frame.cast(dict.fromkeys(places, String)) for raw in raws] or [empty]
    lines = pl.concat(frames).rename(dict(zip(places, _FIELDS, strict=False)))
    text = pl.col(String).str.strip_chars()
    return lines.with_columns(pl.when(text != "").then(text))


def _without_name(lines: DataFrame, file: str) -> Iterator[Reject]:
    for row, subject in lines.select(ROW, "subject").iter_rows():
        what = "question" if subject else "person"
        yield Reject(file, row, "", subject or "", f"the line names no {what}")


def _with_units(lines: DataFrame) -> DataFrame:
    """The lines with the unit as part of the question, as headers have it."""
    if "unit" not in lines.columns:
        return lines
    question = pl.format("{} ({})", "item", "unit")
    return lines.with_columns(pl.coalesce(question, "item").alias("item"))


def _at_odds(lines: DataFrame, file: str) -> Iterator[Reject]:
    """Persons who answer one question in two ways."""
    given = lines.filter(col("answer").is_not_null())
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


def _wide(lines: DataFrame, first: DataFrame, questions: Sequence[str]) -> DataFrame:
    """The row number, the subject, and the questions, by their places.

    A question may be called anything; a place is like no name of a column of lines.
    """
    places = [str(place) for place in range(1, len(questions) + 1)]
    on = col("item").replace_strict(questions, places, return_dtype=String)
    wide = lines.with_columns(on).pivot(
        on="item",
        index="subject",
        values="answer",
        aggregate_function=pl.element().drop_nulls().first(),
        maintain_order=True,
    )
    joined = first.join(wide, on="subject", maintain_order="left")
    return joined.select(ROW, col("subject").alias("0"), *places)
