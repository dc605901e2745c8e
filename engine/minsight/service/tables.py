"""Tables: a small file of people, read to subject records one by one.

It reads what a form or a simple survey holds: a column a question, named by an id, a
label or other words of the vocabulary, and yes, no or nothing in the cells; or records,
a line each. `Rules.screen` reads far more, and is what large files are for; what both
read, they read alike.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import msgspec

from minsight.ages import age_in_days, parse_age
from minsight.api import Rules
from minsight.errors import RequestError, SubjectError, quoted
from minsight.intake.records import subject_from_json, subject_record
from minsight.intake.status import in_lists
from minsight.intake.subject import Subject, limit_in, subject_from_record
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.mapping.person_headings import TEXTS, person_heading
from minsight.screening.mapping.value_sets import MISSING, SEX_OF, USUAL, plain
from minsight.service.answers import (
    PlacedColumn,
    TableAnswer,
    TablePerson,
    TableReject,
)
from minsight.service.requests import TableRequest
from minsight.service.stamping import stamp_of

MOST_PEOPLE: Final = 5_000
DELIMITERS: Final = ",;\t|"
_CROSS: Final = "x"
_UNIT: Final = re.compile(r"\s*[\[(]([^\])]*)[\])]\s*$")


def table(rules: Rules, asked: TableRequest) -> TableAnswer:
    """The people of a table as records, and the rows that cannot be read.

    Raises:
        RequestError: when no column is a question, or there are too many rows.
    """
    text, notes = asked.text.lstrip("\ufeff"), dict[str, None]()
    if text.lstrip().startswith("{"):
        columns: tuple[PlacedColumn, ...] = ()
        read = list(_records(text))
    else:
        header, *rows = _cells(text)
        columns = tuple(placed(name, rules.vocabulary) for name in header)
        if not any(one.role in ("answer", "measurement", "text") for one in columns):
            begins = ", ".join(quoted(name) for name in header[:3])
            raise RequestError(
                "no column is a question that the rules know (it begins with"
                f" {begins}); name columns in words of the vocabulary",
                "text",
            )
        columns = tuple(_crossed(c, rows, n) for n, c in enumerate(columns))
        read = [_person(n, row, columns, rules, notes) for n, row in enumerate(rows, 1)]
    return TableAnswer(
        **stamp_of(rules),
        columns=columns,
        people=tuple(one for one in read if isinstance(one, TablePerson)),
        rejects=tuple(one for one in read if isinstance(one, TableReject)),
        notes=tuple(notes),
    )


def _refuse_many(count: int) -> None:
    if count > MOST_PEOPLE:
        raise RequestError(
            f"the table has more than {MOST_PEOPLE} rows; screen it as a file", "text"
        )


def _records(text: str) -> Iterator[TablePerson | TableReject]:
    lines = [line for line in text.splitlines() if line.strip()]
    _refuse_many(len(lines))
    for number, line in enumerate(lines, start=1):
        yield _record(number, line)


def _record(number: int, line: str) -> TablePerson | TableReject:
    try:
        return TablePerson(number, subject_record(subject_from_json(line.encode())))
    except SubjectError as error:
        return TableReject(number, "", "", str(error))


def _cells(text: str) -> list[list[str]]:
    """The header and the rows that are not empty."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        message = f"not a table: {error}; save it as CSV"
        raise RequestError(message, "text") from None
    if not rows:
        raise RequestError("the table is empty; there is nothing to read", "text")
    _refuse_many(len(rows) - 1)
    return rows


# --- columns --------------------------------------------------------------------------


def placed(name: str, vocabulary: Vocabulary) -> PlacedColumn:
    """What a column of this name says: of whom, to which question, or nothing."""
    words = normalise(name)
    phrase = vocabulary.phrase.get(words)
    if phrase is not None:
        return PlacedColumn(name, "answer", phrase.id)
    person = person_heading(name)
    if person is not None and person[0] in ("id", "age", "sex"):
        return PlacedColumn(name, person[0], "", person[1])
    bare, unit = _UNIT.sub("", name), _UNIT.search(name)
    measured = vocabulary.measured_as(name) or vocabulary.measured_as(bare)
    if measured is not None:
        own = vocabulary.measurement[measured.id].unit
        return PlacedColumn(name, "measurement", measured.id, unit[1] if unit else own)
    if words in TEXTS:
        return PlacedColumn(name, "text", TEXTS[words])
    return PlacedColumn(name, "left_out")


def _crossed(
    column: PlacedColumn, rows: Sequence[Sequence[str]], place: int
) -> PlacedColumn:
    """A column in which `x` stands beside other answers, and may be a yes or a no."""
    if column.role != "answer":
        return column
    seen = {plain(row[place]) for row in rows if place < len(row)} - {""}
    others = any(USUAL.meaning(one) not in ("unknown", None) for one in seen - {_CROSS})
    if _CROSS in seen and others:
        return msgspec.structs.replace(column, role="crossed")
    return column


# --- rows -----------------------------------------------------------------------------


class _CellError(SubjectError):
    """A cell that cannot be understood, in its column."""

    def __init__(self, message: str, column: str, value: str) -> None:
        super().__init__(message)
        self.column, self.value = column, value


def _person(
    number: int,
    row: Sequence[str],
    columns: Sequence[PlacedColumn],
    rules: Rules,
    notes: dict[str, None],
) -> TablePerson | TableReject:
    if len(row) > len(columns):
        reason = f"the row has {len(row)} cells, and the header {len(columns)}"
        return TableReject(number, "", "", reason)
    try:
        said = _Row(rules.vocabulary, notes)
        for column, cell in zip(columns, row, strict=False):
            said.take(column, cell)
        return TablePerson(number, subject_record(said.subject()))
    except _CellError as error:
        return TableReject(number, error.column, error.value, str(error))
    except SubjectError as error:
        return TableReject(number, "", "", str(error))


class _Row:
    """What one row says, cell by cell."""

    def __init__(self, vocabulary: Vocabulary, notes: dict[str, None]) -> None:
        self._vocabulary, self._notes = vocabulary, notes
        self._said: list[tuple[str, Status]] = []
        self._about: dict[str, Any] = {"measurements": []}

    def take(self, column: PlacedColumn, cell: str) -> None:
        """Take a cell.

        Raises:
            _CellError: when it cannot be understood.
        """
        if not cell.strip() or column.role == "left_out":
            return
        try:
            self._take(column, cell.strip())
        except (SubjectError, ValueError) as error:
            raise _CellError(str(error), column.name, cell) from None

    def _take(self, column: PlacedColumn, cell: str) -> None:
        match column.role:
            case "id":
                self._about["subject_id"] = cell
            case "age":
                if plain(cell) not in MISSING:
                    self._about["age_days"] = _age(cell, column.unit)
            case "sex":
                self._about["sex"] = SEX_OF.get(plain(cell)) or None
                if plain(cell) not in SEX_OF and plain(cell) not in MISSING:
                    self._note(f"{quoted(cell)} is none of the sexes that are known")
            case "measurement":
                self._measure(column, cell)
            case "text":
                self._said.append((cell, cast("Status", column.target)))
            case "crossed" if plain(cell) == _CROSS:
                self._note(f"`x` in {quoted(column.name)} may be a yes or a no")
            case _:
                meant = _meant(column, cell)
                if meant != "unknown":
                    self._said.append((column.target, meant))

    def _measure(self, column: PlacedColumn, cell: str) -> None:
        measured = _measured(column, cell)
        if measured is not None:
            self._about["measurements"].append(measured)
        elif plain(cell) not in MISSING:
            self._note(f"{quoted(cell)} in {quoted(column.name)} tells no number")

    def _note(self, what: str) -> None:
        self._notes[f"{what}, and was taken as unknown"] = None

    def subject(self) -> Subject:
        """The person."""
        lists = in_lists(self._said, self._vocabulary.group)
        return subject_from_record({**self._about, **lists})


def _age(cell: str, unit: str) -> float:
    try:
        return age_in_days(float(cell), unit or "y")
    except ValueError:
        return parse_age(cell)


def _measured(column: PlacedColumn, cell: str) -> dict[str, Any] | None:
    """The measurement; None when the cell tells no number."""
    try:
        number, sign = limit_in(cell) or (float(cell), "")
    except ValueError:
        return None
    name, unit = column.target, column.unit
    return {"name": name, "value": number, "unit": unit, "comparator": sign}


def _meant(column: PlacedColumn, cell: str) -> Status:
    meant = USUAL.meaning(cell)
    if meant is None:
        raise SubjectError(
            f"{quoted(cell)} is no answer to `{column.target}`;"
            " write yes, no or nothing"
        )
    return meant
