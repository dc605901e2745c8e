"""Shapes: titles above a table, and names of columns that stand in several rows.

Programs for surveys write two or three rows of names, people write titles above them,
and both leave cells empty that are joined to the one before. What stands above the
first person is seen in the first rows; a map can say it instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import Final, TypeAlias

import msgspec

from minsight.errors import quoted
from minsight.intake.text.lists import words_of
from minsight.screening.mapping.headings import AS_SEEN, Heading, TableLayout
from minsight.screening.mapping.value_sets import SEX_OF, USUAL

ROWS_LOOKED_AT: Final = 60
CellRow: TypeAlias = Sequence[str]
_MOST_TITLES: Final = 20
_IMPORT_ID: Final = re.compile(r'\{\s*"ImportId"')
_VALUE: Final = re.compile(r"[-+<>\u2264\u2265~]*\s*\d[\d\s.,:/TZ+-]*%?")
"""A number, a date or a time: no column is called so."""
_CODE: Final = re.compile(r"\w{1,24}(?:[.\[]\w+\]?)?")
"""A short name that a program gives to a question."""
_UNIT: Final = re.compile(
    r"[(\[].{1,16}[)\]]|[\w\u00b5%]{1,6}(?:/[\w\u00b5.]{1,6})+|fL|pg|%|kg|cm|mm|IE|IU"
)
_WITH_UNIT: Final = re.compile(r".+[(\[][^()\[\]]{1,16}[)\]]")
"""A name of what is measured, below a group of one: `Ferritin (ng/mL)`."""
_RESPONSE: Final = frozenset({"response", "open-ended response"})
_NO_CHOICE: Final = _RESPONSE | {""}
"""What programs write below a question that has one column."""


class Shape(msgspec.Struct, frozen=True):
    """The names of the columns, and how many records stand above the first person."""

    heading: Heading
    above: int


def shape_of(rows: Sequence[CellRow], layout: TableLayout = AS_SEEN) -> Shape:
    """How the table of these first rows is laid out; what the layout says goes first.

    >>> shape = shape_of([["A class"], ["id", "itch", "rash"], ["a", "yes", "no"]])
    >>> shape.heading.names, shape.heading.told, shape.above
    (('id', 'itch', 'rash'), 'read below 1 title row', 2)
    """
    titles = layout.title_rows
    if titles is None:
        titles = _titles(rows)
    below = rows[titles:]
    count, program = _names(below)
    if layout.header_rows is not None:
        count = max(1, min(layout.header_rows, len(below)))
    heading = _heading(below[:count], program)
    told = _told(titles, count, program)
    return Shape(msgspec.structs.replace(heading, told=told), titles + count)


def _told(titles: int, count: int, program: str) -> str:
    parts = []
    if titles:
        parts.append(f"{titles} title row{'' if titles == 1 else 's'}")
    if count > 1:
        parts.append(f"{count} header rows")
    if program:
        return f"read as a {program} export: {', '.join(parts)}"
    return f"read below {' and '.join(parts)}" if parts else ""


# --- titles ---------------------------------------------------------------------------


def _titles(rows: Sequence[CellRow]) -> int:
    """How many rows at the top are titles: they fill far fewer cells than the table."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = median(filled) if filled else 0
    if usual < 3:
        return 0
    first = next(n for n, count in enumerate(filled) if 2 * count >= usual)
    if first > _MOST_TITLES:
        return 0
    # A row right above the names that heads several groups of them is one of names.
    while first and _heads_groups(rows[first - 1], rows[first]):
        first -= 1
    return first


def _heads_groups(row: CellRow, below: CellRow) -> bool:
    heads = [place for place, cell in enumerate(row) if cell.strip()]
    return len(heads) > 1 and heads[0] > 0 and not any(map(_is_value, below))


# --- rows of names --------------------------------------------------------------------


def _names(rows: Sequence[CellRow]) -> tuple[int, str]:
    """Over how many rows names go, and the program that writes them so, if one does."""
    if len(rows) > 2 and _all(rows[2], _IMPORT_ID):
        return 3, "Qualtrics"
    if len(rows) > 1 and _all(rows[1], _IMPORT_ID):
        return 2, "Qualtrics"
    if len(rows) < 2:
        return 1, ""
    if any(cell.strip().casefold() in _RESPONSE for cell in rows[1]):
        return 2, "SurveyMonkey"
    if _are_units(rows[0], rows[1]):
        return 2, ""
    if any(map(_is_value, rows[1])):
        return 1, ""
    goes_on = _goes_on(rows[0], rows[1]) or _asks(rows[0], rows[1])
    return (2, "") if goes_on else (1, "")


def _all(row: CellRow, pattern: re.Pattern[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and all(pattern.match(cell.strip()) for cell in filled)


def _is_value(cell: str) -> bool:
    """Whether the cell is an answer of a person and no name of a column."""
    text = cell.strip()
    if not text:
        return False
    word = text.casefold()
    return bool(
        _VALUE.fullmatch(text) or USUAL.meaning(text) is not None or word in SEX_OF
    )


def _goes_on(names: CellRow, below: CellRow) -> bool:
    """Whether a row of names goes on below, where columns have none of their own.

    Below a column that has its name, and the next one too, there is nothing or a unit;
    where the first columns have none above, the upper row heads groups of the lower.
    """
    width = max(len(names), len(below))
    filled = [n for n in range(width) if not _at(names, n) and _at(below, n)]
    if not filled or not any(n and _at(names, n - 1) for n in range(width)):
        return False
    if filled[0] == 0 and len(filled) > 1:
        return True
    alone = (
        _at(below, n)
        for n in range(width)
        if _at(names, n) and (n + 1 == width or _at(names, n + 1))
    )
    grouped = any(n and n in filled for n in range(width))
    return grouped and all(
        one.casefold() in _NO_CHOICE or _is_unit(one) or _WITH_UNIT.fullmatch(one)
        for one in alone
    )


def _are_units(names: CellRow, below: CellRow) -> bool:
    """Whether units alone stand below the names of what is measured."""
    units = [n for n in range(len(below)) if _at(below, n)]
    return len(units) > 1 and all(
        _at(names, n) and _is_unit(_at(below, n)) for n in units
    )


def _is_unit(text: str) -> bool:
    of_ages = words_of("columns", "units of age")
    return bool(_UNIT.fullmatch(text)) or text.casefold() in of_ages


def _asks(names: CellRow, below: CellRow) -> bool:
    """Whether short names of a program stand above the questions in full."""
    pairs = [(_at(names, n), _at(below, n)) for n in range(len(names))]
    asked = [question for _, question in pairs if question]
    if len(set(asked)) < max(3, 0.9 * len(names)):
        return False
    coded = all(_CODE.fullmatch(name) for name, _ in pairs if name)
    questions = sum(one.endswith(("?", ":")) for one in asked)
    worded = sum(" " in one for one in asked)
    return coded and questions >= 2 and 2 * worded >= len(asked)


def _at(row: CellRow, place: int) -> str:
    return row[place].strip() if place < len(row) else ""


# --- what the columns are called ------------------------------------------------------


def _heading(rows: Sequence[CellRow], program: str) -> Heading:
    width = max(map(len, rows), default=0)
    first = tuple(_at(rows[0], n) for n in range(width)) if rows else ()
    if len(rows) < 2:
        return Heading(first)
    second = tuple(_at(rows[1], n) for n in range(width))
    if program == "Qualtrics" or _asks(first, second):
        return Heading(first, second)
    carried: list[str] = list(accumulate(first, _or_before))
    names = list(first)
    for n, below in enumerate(second):
        names[n] = _joined(carried[n] if below else first[n], below)
    for row in rows[2:]:
        names = [_joined(name, _at(row, n)) for n, name in enumerate(names)]
    return Heading(tuple(names))


def _or_before(before: str, name: str) -> str:
    return name or before


def _joined(above: str, below: str) -> str:
    if below.casefold() in _NO_CHOICE or not above:
        return above or below
    if _is_unit(below):
        return f"{above} {below if below[0] in '([' else f'({below})'}"
    return f"{above} - {below}"


# --- rows that are no person ----------------------------------------------------------

_TOTALS: Final = frozenset(
    {
        "total", "totals", "grand total", "sum", "subtotal", "average", "mean", "count",
        "gesamt", "summe", "mittelwert", "anzahl", "moyenne", "somme", "suma",
        "promedio", "soma",
    }
)  # fmt: skip
"""What begins a row that counts; not `n`, which is how somebody writes no."""


def why_no_person(row: CellRow) -> str:
    """Why a row below the persons is none, or nothing.

    >>> why_no_person(["Total", "3", ""]), why_no_person(["Tom", "3", ""])
    ('it counts persons or stands below a count: `Total`', '')
    """
    first = next((cell.strip() for cell in row if cell and cell.strip()), "")
    if first.casefold().rstrip(":") in _TOTALS:
        return f"it counts persons or stands below a count: {quoted(first)}"
    return ""
