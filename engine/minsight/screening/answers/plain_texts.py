"""Plain texts: free words that say no more than columns could, for all rows at once.

A text is plain if all it says are findings and groups that are there or denied. One
that tells an age, a sex or a value may change how the rest is read, and no column can
tell what is unsure, so its row is entered alone; so is a row of which a text and a
column, or two texts, differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame, Series

from minsight.intake.answers import Recogniser
from minsight.intake.recognition import Meaning, Recognised
from minsight.intake.subject import MOST_TEXT
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.answers.persons import TextColumn
from minsight.screening.answers.readers import AskedText

_UNREAD: Final = "unread"
_PLACE: Final = "place"
_ID: Final = "id"
_SAID: Final = "said"
_ANSWERS: Final[Mapping[Status, bool]] = {"observed": True, "excluded": False}
_NOTHING: Final = Meaning()


class PlainTexts(msgspec.Struct, frozen=True):
    """A table with what plain texts say in its columns, and what they mean by place.

    Where `plain` is false, the row has to be entered alone, and its columns may be at
    odds with its texts. `given` are the columns that the table had before.
    """

    table: DataFrame
    plain: Series
    meanings: Mapping[int, tuple[Meaning, ...]]
    given: tuple[str, ...]

    def where(self, kept: Series) -> DataFrame:
        """Some rows, without columns that only texts of the others have named."""
        named = {
            match.id
            for place, meant in self.meanings.items()
            if kept[place]
            for meaning in meant
            for match in meaning.recognised
        }
        columns = (*self.given, _UNREAD, *named)
        return self.table.filter(kept).select(
            name for name in self.table.columns if name in columns
        )


def texts_of_columns(
    table: DataFrame, texts: Sequence[TextColumn]
) -> Iterator[AskedText]:
    """The different texts of a table that are read each by itself."""
    for text in texts:
        for one in table[text.name].drop_nulls().unique(maintain_order=True):
            if not text.family and one.strip() and len(one) <= MOST_TEXT:
                yield one, text.status


def named_by_row(
    meanings: Mapping[int, Sequence[Meaning]],
) -> dict[int, tuple[Recognised, ...]]:
    """What was recognised in the texts of each row, by the number of the row."""
    return {
        row: tuple(match for meaning in meant for match in meaning.recognised)
        for row, meant in meanings.items()
    }


def without_reading(table: DataFrame, texts: Sequence[TextColumn]) -> PlainTexts:
    """The table in which each row with a text has to be entered alone."""
    plain = pl.repeat(value=True, n=table.height, eager=True)
    for text in texts:
        plain = plain & table[text.name].is_null()
    return PlainTexts(table, plain, {}, tuple(table.columns))


def with_plain_texts(
    table: DataFrame,
    texts: Sequence[TextColumn],
    vocabulary: Vocabulary,
    reading: Recogniser,
) -> PlainTexts:
    """The table with what its texts say, each different text read once."""
    alone: set[int] = set()
    meanings: dict[int, tuple[Meaning, ...]] = {}
    for text in sorted(texts, key=_is_denied):  # as of one person: denials last
        places = table[text.name].is_not_null().arg_true()
        read = _read(table[text.name], text, vocabulary, reading)
        for place, meaning in zip(places, read, strict=True):
            if meaning is None:
                alone.add(place)
            else:
                meanings[place] = (*meanings.get(place, ()), meaning)
    for place in alone:
        meanings.pop(place, None)
    return _merged(table, alone, meanings, vocabulary)


def _read(
    cells: Series, text: TextColumn, vocabulary: Vocabulary, reading: Recogniser
) -> list[Meaning | None]:
    """What the cells that are not empty mean; nothing where they are not plain."""
    known: dict[str, Meaning | None] = {}
    for one in cells.drop_nulls().unique(maintain_order=True):
        if not one.strip():
            known[one] = _NOTHING
        elif text.family or len(one) > MOST_TEXT or one in vocabulary.family:
            known[one] = None
        else:
            meaning = reading(one, vocabulary, status=text.status)
            known[one] = meaning if _is_plain(meaning) else None
    return [known[one] for one in cells.drop_nulls()]


def _is_denied(text: TextColumn) -> bool:
    return text.status == "excluded"


def _is_plain(meaning: Meaning) -> bool:
    more = meaning.mentions or meaning.stages or meaning.values or meaning.weeks
    return not more and all(
        m.kind != "measurement" and m.status in _ANSWERS for m in meaning.recognised
    )


def _merged(
    table: DataFrame,
    alone: set[int],
    meanings: Mapping[int, tuple[Meaning, ...]],
    vocabulary: Vocabulary,
) -> PlainTexts:
    said = DataFrame(
        list(_said(meanings)),
        schema={_PLACE: pl.UInt32, _ID: pl.String, _SAID: pl.Boolean},
        orient="row",
    ).unique(maintain_order=True)
    told = said.drop_nulls().partition_by(_ID, as_dict=True)
    nobody = pl.repeat(None, table.height, dtype=pl.Boolean, eager=True)
    columns: list[Series] = []
    for id_ in _in_order(said[_ID], vocabulary):
        own = table[id_] if id_ in table.columns else nobody
        here = told.get((id_,), said.clear())
        before = own[here[_PLACE]]
        differ = (before != here[_SAID]) | here[_PLACE].is_duplicated()
        alone.update(here.filter(differ)[_PLACE])
        new = here.filter(before.is_null())
        columns.append(own.clone().scatter(new[_PLACE], new[_SAID]).alias(id_))
    kept = {place: meant for place, meant in meanings.items() if place not in alone}
    left = (n for n, meant in kept.items() if any(one.unrecognised for one in meant))
    numbers = pl.int_range(table.height, dtype=pl.UInt32, eager=True)
    columns.append(numbers.is_in(list(left)).alias(_UNREAD))
    plain = ~numbers.is_in(list(alone))
    return PlainTexts(table.with_columns(columns), plain, kept, tuple(table.columns))


def _in_order(ids: Series, vocabulary: Vocabulary) -> list[str]:
    named = set(ids)
    return [id_ for id_ in (*vocabulary.finding, *vocabulary.group) if id_ in named]


def _said(
    meanings: Mapping[int, tuple[Meaning, ...]],
) -> Iterator[tuple[int, str, bool]]:
    """The places of rows, and what their texts say of each finding or group."""
    for place, all_ in meanings.items():
        for match in (m for meaning in all_ for m in meaning.recognised):
            if match.kind != "person":
                yield place, match.id, _ANSWERS[match.status]
