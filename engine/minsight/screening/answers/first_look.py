"""First look: what only the values of a column show, seen in its first rows.

Codes such as 1 and 2 say yes and no, male and female, in either order: nobody guesses
which. Such columns are not read, and what has to be known of them is told. The order of
day and month is that which the first rows show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import msgspec
import polars as pl
from polars import DataFrame, Float64, Series, String

from minsight.ages import OLDEST_YEARS, unit_of_age
from minsight.errors import FileError, Remedy, quoted
from minsight.intake.text.lists import words_of
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.dates import order_in
from minsight.screening.mapping.columns import DATES, SAYING, Column, Placing, choices
from minsight.screening.mapping.measured_names import other_unit
from minsight.screening.mapping.person_headings import plain_words
from minsight.screening.mapping.value_sets import USUAL, plain
from minsight.screening.rows import texts_of
from minsight.screening.sources.shapes import CellRow

_ROWS: Final = 10_000
"""How many rows are looked at."""
TICKS: Final = frozenset(
    ["0", "1", "checked", "unchecked", "selected", "unselected", "true", "false", "x"]
) | {"not selected", "not checked"}
"""How programs write that a choice was ticked or not."""
UNTICKED: Final = frozenset(
    ["unchecked", "unselected", "not selected", "not checked", "not_selected"]
)
"""What nobody answers, and programs write of a box alone."""
_AGE_CODES: Final = (77.0, 88.0, 97.0, 98.0, 99.0)
"""How programs write that nobody knows an age, which could be ages as well."""
_GAP: Final = 15
"""So many years lie between the oldest person and such a code."""
_CROSS: Final = "`x` in {} may be a yes or a no beside those, and was taken as unknown"
_ENOUGH_VALUES: Final = 5
"""With fewer different values the unit of the rules is taken without a doubt."""
_MOST_VALUES: Final = 500
"""So many different values tell their unit."""
_PLAIN_CODES: Final = ("0", "1")
_MOST_KNOWN: Final = 100_000
"""How many columns of files of few rows are known."""
_Look: TypeAlias = tuple[Column | None, tuple[str, ...]]
"""A column as it is read, if it is, and what is to be told of it."""
_CellsOf: TypeAlias = Callable[[Column], Series]
"""Gives the first cells of a column."""


def with_first_look(
    placing: Placing, frame: DataFrame, vocabulary: Vocabulary, *, file: str
) -> tuple[Placing, tuple[str, ...]]:
    """The placing of what can be read, and what is to be told of the rest.

    Raises:
        FileError: when no column is left that says anything.
    """
    first = texts_of(frame.head(_ROWS))
    values = _different_in(first)
    looked = []
    for column in placing.columns:
        cells, different = first[str(column.index)], values[str(column.index)]
        looked.append(_looked_at(column, cells, different, placing, vocabulary))
    return _with_looks(placing, looked, lambda c: first[str(c.index)], file=file)


class FirstLooks:
    """Looks at files of few rows that are placed alike, and knows columns it has seen.

    What it says of each is what `with_first_look` says.
    """

    def __init__(self, placing: Placing, vocabulary: Vocabulary) -> None:
        self._placing, self._vocabulary = placing, vocabulary
        self._known: dict[tuple[int, CellRow], _Look] = {}

    def at(
        self, rows: Sequence[CellRow], *, file: str
    ) -> tuple[Placing, tuple[str, ...]]:
        """The placing of these rows, and what is to be told.

        Raises:
            FileError: when no column is left that says anything.
        """
        of_columns = list(zip(*rows, strict=True))
        looked = [
            self._look(place, column, of_columns[column.index])
            for place, column in enumerate(self._placing.columns)
        ]
        return _with_looks(
            self._placing, looked, lambda c: _cells(of_columns[c.index]), file=file
        )

    def _look(self, place: int, column: Column, texts: CellRow) -> _Look:
        known = self._known.get((place, texts))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            values = _plainly(texts)
            known = _looked_at(
                column, _cells(texts), values, self._placing, self._vocabulary
            )
            self._known[place, texts] = known
        return known


def _cells(texts: CellRow) -> Series:
    return Series([text or None for text in texts], dtype=String)


def _looked_at(
    column: Column,
    cells: Series,
    values: Sequence[str],
    placing: Placing,
    vocabulary: Vocabulary,
) -> _Look:
    """A column by its first cells, if it can be read, and what is to be told of it."""
    told: list[str] = []
    if column.role in DATES and not column.unit:
        column = msgspec.structs.replace(column, unit=order_in(cells))
    if column.role == "age" and are_units(values):
        column = msgspec.structs.replace(column, role="age unit", unit="")
    if column.role == "answer" and _is_doubtful_cross(values, column):
        column = _without_cross(column)
        told.append(_CROSS.format(quoted(column.name)))
    if column.question and not _are_ticks(values, column):
        column = msgspec.structs.replace(column, question="")
    has_unit = column.role == "age" and placing.of("age unit")
    asked = "" if has_unit else why_asked(column, values)
    asked = asked or _other_unit(column, values, vocabulary)
    if asked:
        told.append(f"{quoted(column.name)} was not read: {asked}; say it in a map")
        return None, tuple(told)
    if column.role == "age" and len(values) > 1:
        column = _with_age_codes(column, cells)
    return column, tuple(told)


def _with_looks(
    placing: Placing, looked: Sequence[_Look], cells_of: _CellsOf, *, file: str
) -> tuple[Placing, tuple[str, ...]]:
    """The placing with the columns that were looked at, and what is to be told."""
    kept = [column for column, _ in looked if column is not None]
    told = tuple(message for _, own in looked for message in own)
    if told and not any(column.role in SAYING for column in kept):
        raise FileError(f"`{file}`: {told[0]}; {Remedy.DRAFT_MAP}")
    columns = tuple(_with_months(kept, cells_of))
    return msgspec.structs.replace(placing, columns=columns), told


def are_units(values: Sequence[str]) -> bool:
    """Whether the values are units of ages and nothing else.

    >>> are_units(["years", "months"]), are_units(["9 months"]), are_units([])
    (True, False, False)
    """
    return bool(values) and all(unit_of_age(value) is not None for value in values)


def _is_doubtful_cross(values: Sequence[str], column: Column) -> bool:
    """Whether some wrote a cross where others wrote yes otherwise."""
    others = {value for value in values if value != "x"} - {"1", "true"}
    usual = "x" in column.spellings.observed
    return usual and "x" in values and "observed" in map(USUAL.meaning, others)


def _without_cross(column: Column) -> Column:
    known = column.spellings
    spellings = msgspec.structs.replace(
        known, observed=known.observed - {"x"}, unknown=known.unknown | {"x"}
    )
    return msgspec.structs.replace(column, spellings=spellings)


def _are_ticks(values: Sequence[str], column: Column) -> bool:
    """Whether the values tell whether a box was ticked, and no more than that."""
    found = set(values)
    return found <= {*TICKS, *own_words(column)} or (
        bool(found & UNTICKED) and found <= {*TICKS, *own_words(column), "yes", "no"}
    )


def _with_months(columns: Sequence[Column], cells_of: _CellsOf) -> list[Column]:
    """The columns, of ages in years and months those months that are beyond the years.

    Where somebody is a year old or older, and all months are below twelve, the months
    are no ages of their own.
    """
    ages = [column for column in columns if column.role == "age"]
    by_unit = {column.unit or "y": column for column in ages}
    if len(ages) != len(by_unit) or set(by_unit) != {"y", "mo"}:
        return list(columns)
    years, months = (
        cells_of(by_unit[unit]).cast(Float64, strict=False) for unit in ("y", "mo")
    )
    both = (years >= 1) & months.is_not_null()
    beyond = both.any() and (months.drop_nulls() < 12).all()
    return [
        msgspec.structs.replace(column, role="months")
        if beyond and column is by_unit["mo"]
        else column
        for column in columns
    ]


def _with_age_codes(column: Column, cells: Series) -> Column:
    """The column of ages with the codes in it that could be ages of the oldest."""
    if column.unit not in ("", "y"):
        return column
    numbers = cells.cast(Float64, strict=False).drop_nulls()
    likely = numbers.filter(
        ~numbers.is_in(_AGE_CODES) & (numbers <= OLDEST_YEARS)
    ).max()
    codes = numbers.filter(numbers.is_in(_AGE_CODES)).unique().sort().to_list()
    if not codes or not isinstance(likely, float) or likely > codes[0] - _GAP:
        return column
    values = tuple((f"{code:g}", "") for code in codes)
    return msgspec.structs.replace(column, values=values)


def own_words(column: Column) -> frozenset[str]:
    """The words of a choice, which some programs write where it is ticked."""
    return frozenset(map(plain, choices(column.name))) | column.spellings.observed


def different_values(cells: Series) -> list[str]:
    """The different values of a column, in the spelling of `plain`, without empty ones.

    A column of categories may have some that no row has.
    """
    return _plainly(cells.drop_nulls().unique(maintain_order=True).to_list())


def _different_in(first: DataFrame) -> dict[str, list[str]]:
    """The same of each column, all at once, which takes far less time."""
    unique = pl.all().drop_nulls().unique(maintain_order=True)
    (found,) = first.select(unique.implode()).iter_rows(named=True)
    return {name: _plainly(values) for name, values in found.items()}


def _plainly(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(plain, values))))


def why_asked(column: Column, values: Sequence[str]) -> str:
    """Why these values of a column need a map, or nothing.

    >>> why_asked(Column(0, "fever", "answer", "fever"), ["2", "1", "9"])
    'it holds 1 and 2, and nobody says which of them is yes'
    """
    if column.role == "sex" and not column.values:
        return _of_sex(values)
    if column.role == "age" and not column.unit and _is_young(column.name, values):
        return "nobody says whether it holds years or months"
    if column.role == "answer" and USUAL.observed <= column.spellings.observed:
        codes = sorted(_codes(values), key=float)
        if any(code not in _PLAIN_CODES for code in codes):
            return f"it holds {_listed(codes)}, and nobody says which of them is yes"
    return ""


def _other_unit(column: Column, values: Sequence[str], vocabulary: Vocabulary) -> str:
    """Why values below a bare name of a measurement are not in the unit of the rules.

    Grams in a decilitre, taken as those in a litre, make everybody an emergency.
    """
    if column.role != "measurement" or column.by == "map":
        return ""
    kind = vocabulary.measurement[column.target]
    if column.name.strip().lower() != kind.id or len(values) < _ENOUGH_VALUES:
        return ""
    unit = other_unit(values[:_MOST_VALUES], kind)
    if unit is None:
        return ""
    return f"it names no unit, and its values are in {unit} and not in {kind.unit}"


def _is_young(name: str, values: Sequence[str]) -> bool:
    """Whether bare numbers are said to be ages of the youngest."""
    bare = bool(values) and all(re.fullmatch(r"\d+(?:[.,]\d+)?", v) for v in values)
    return bare and bool(plain_words(name) & words_of("columns", "youngest"))


def _of_sex(values: Sequence[str]) -> str:
    codes = sorted(_codes(values), key=float)
    if codes:
        return f"it holds {_listed(codes)}, and nobody says which is female"
    if {"h", "m"} <= set(values):  # hombre and mujer
        return "it holds H and M, and M may be a man or a woman"
    return ""


def _codes(values: Sequence[str]) -> Iterator[str]:
    """The numbers among values, without those for what was not answered."""
    for value in values:
        if value.lstrip("+-").isdecimal() and value not in USUAL.unknown:
            yield value


def _listed(codes: Sequence[str]) -> str:
    return f"{', '.join(codes[:-1])} and {codes[-1]}" if codes[1:] else codes[0]
