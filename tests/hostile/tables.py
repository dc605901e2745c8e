"""Tables: text between separators, workbooks and Parquet, spoiled in many ways."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet

from hostile import mutations, people
from hostile.inputs import Chance, Input

SEPARATORS: Final = (",", ";", "\t", "|")
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1")
_BROKEN: Final = ('"yes"\u201d', '"yes"x', '"1"0', '"ja', 'y"e"s', '"a""b', '""x""')
"""Cells whose quotes are not as they should be; what they hold is not known."""


def options(chance: Chance) -> tuple[Sequence[str], str]:
    """A form of the results, and seldom what costs much.

    What is read is the same on every engine; for few rows in many files the reference
    is the quickest.
    """
    more = ["--keep-going"] if chance.random() < 0.2 else []
    if chance.random() < 0.9:
        more += ["--engine", "reference"]
    if chance.random() < 0.03:
        more += ["--report", "report.html", "--smallest", "3"]
    return more, f"out.{chance.choice(people.OUTPUTS)}"


def delimited(chance: Chance) -> Input:
    """A table of text: its cells, its lines or its bytes are not as they should be."""
    crowd = [people.person(chance, n) for n in range(1, chance.randint(2, 8))]
    cells = _spoiled(chance, people.table(crowd))
    separator = chance.choice(SEPARATORS)
    ending = "tsv" if separator == "\t" else chance.choice(("csv", "txt"))
    text = _written(chance, cells, separator)
    rows: int | None = len(cells) - 1
    if chance.random() < 0.3:
        place = chance.randint(0, len(text))
        text = text[:place] + chance.choice(_BROKEN) + text[place:]
        rows = None
    raw = text.encode(chance.choice(ENCODINGS), errors="replace")
    if chance.random() < 0.4:
        raw, rows = mutations.bytes_of(chance, raw), None
    if chance.random() < 0.05:
        raw, ending = mutations.packed(raw), f"{ending}.gz"
    return Input({f"table.{ending}": raw}, (), _sure(rows, cells))


def _sure(rows: int | None, cells: Sequence[Sequence[str]]) -> int | None:
    """The rows, where no reader can count them in another way.

    A line of blanks is no row, and a lone carriage return may end a line.
    """
    texts = [cell for line in cells for cell in line]
    plain = all(set(text).isdisjoint("\r\n\x00\ufeff") for text in texts)
    ragged = any(len(line) < 2 or not "".join(line).strip() for line in cells)
    return rows if plain and not ragged else None


def _spoiled(chance: Chance, cells: list[list[str]]) -> list[list[str]]:
    """The cells with some changed, put in or taken out."""
    for _ in range(chance.randint(0, 4)):
        line = chance.choice(cells)
        place = chance.randrange(len(line)) if line else 0
        match chance.randint(0, 5):
            case 0:
                line.insert(place, mutations.text(chance))
            case 1 if line:
                del line[place]
            case 2 if len(cells) > 1:
                cells.append([""] * chance.randint(0, 3))
            case _ if line:
                line[place] = mutations.text(chance)
    return cells


def _written(chance: Chance, cells: Sequence[Sequence[str]], separator: str) -> str:
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=separator,
        quoting=csv.QUOTE_ALL if chance.random() < 0.3 else csv.QUOTE_MINIMAL,
        lineterminator=chance.choice(("\n", "\r\n", "\n", "\r")),
    )
    writer.writerows(cells)
    return text.getvalue()


def long_form(chance: Chance) -> Input:
    """A line an answer, with items and answers that may be anything."""
    words = ("fatigue", "ferritin", "row", "subject", "age", "sex", "tired", "fever")
    lines = [["id", chance.choice(("item", "question")), "answer"]]
    for _ in range(chance.randint(0, 12)):
        item = chance.choice(words) if chance.random() < 0.8 else mutations.text(chance)
        answer = chance.choice(("yes", "no", "8", "28", "f", mutations.text(chance)))
        lines.append([f"p{chance.randint(1, 4)}", item, answer])
    raw = _written(chance, lines, ",").encode(errors="replace")
    return Input({"long.csv": raw}, in_lines=True)


# --- workbooks ------------------------------------------------------------------------


def workbook(chance: Chance) -> Input:
    """A workbook, spoiled in one of its parts, in its archive, or in its bytes."""
    crowd = [people.person(chance, n) for n in range(1, chance.randint(2, 8))]
    raw = people.written(crowd, "xlsx")
    if chance.random() < 0.7:
        raw = _with_part_spoiled(chance, raw)
    if chance.random() < 0.3:
        raw = mutations.bytes_of(chance, raw)
    return Input({"book.xlsx": raw})


def _with_part_spoiled(chance: Chance, raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    match chance.randint(0, 4):
        case 0:
            del parts[name]
        case 1:
            parts[chance.choice(("../x", "xl/", name.upper()))] = parts.pop(name)
        case 2:
            parts = {key: _cells_moved(chance, part) for key, part in parts.items()}
        case _:
            parts[name] = mutations.bytes_of(chance, parts[name])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, part in parts.items():
            archive.writestr(zipfile.ZipInfo(key), part)
    return target.getvalue()


def _cells_moved(chance: Chance, part: bytes) -> bytes:
    """A sheet whose cells say other places, kinds or values than they should."""
    new = chance.choice(
        (
            (b'r="A2"', b'r="XFD1048576"'),
            (b'r="B1"', b'r="ZZZZ99"'),
            (b't="s"', b't="e"'),
            (b't="s"', b't="b"'),
            (b"<v>0</v>", b"<v>99999999</v>"),
            (b"<v>1</v>", b"<v>-1</v>"),
            (b"<v>2</v>", b"<v>1e308</v>"),
            (b"<sheetData>", b"<sheetData><row r='0'/>"),
            (b"</v>", b"</v><f>1/0</f>"),
        )
    )
    return part.replace(*new)


# --- Parquet --------------------------------------------------------------------------

_MANY: Final[dict[str, Callable[[Chance], tuple[Any, pa.DataType | None]]]] = {
    "text": lambda c: (mutations.text(c).encode(errors="replace").decode(), None),
    "yes": lambda c: (c.choice(("yes", "no", "")), None),
    "truth": lambda c: (c.random() < 0.5, None),
    "whole": lambda c: (c.choice((0, 1, -1, 2**62)), pa.int64()),
    "small": lambda c: (c.choice((0, 1, 255)), pa.uint8()),
    "real": lambda c: (c.choice((0.0, 1.0, float("nan"), float("inf"), 8.5)), None),
    "half": lambda _: (1.0, pa.float32()),
    "decimal": lambda c: (Decimal(c.choice(("1.00", "0.00", "8.25"))), None),
    "date": lambda _: (date(2020, 1, 1), None),
    "moment": lambda _: (datetime(2020, 1, 1, tzinfo=timezone.utc), None),
    "clock": lambda _: (time(1, 2, 3), None),
    "span": lambda _: (timedelta(seconds=1), None),
    "binary": lambda c: (c.choice((b"yes", b"\xff\xfe", b"")), pa.binary()),
    "fixed": lambda _: (b"abcd", pa.binary(4)),
    "list": lambda _: ([1, 2], pa.list_(pa.int8())),
    "array": lambda _: ([1, 2], pa.list_(pa.int8(), 2)),
    "struct": lambda _: ({"a": 1}, pa.struct({"a": pa.int8()})),
    "map": lambda _: ([("a", 1)], pa.map_(pa.string(), pa.int8())),
    "nothing": lambda _: (None, pa.null()),
    "large": lambda _: ("no", pa.large_string()),
    "category": lambda c: (c.choice(("yes", "no")), "category"),
}
_COLUMNS: Final = (
    "id", "subject_id", "age", "age_days", "sex", "fatigue", "fever", "pallor",
    "ferritin", "symptoms", "vegetarian", "row", "subject", "\x00", "[/]", "x" * 300,
)  # fmt: skip


def parquet(chance: Chance) -> Input:
    """Columns of every type under names that questions have."""
    height = chance.choice((0, 1, 3, 5))
    names = chance.sample(_COLUMNS, chance.randint(1, 6))
    columns = [_column(chance, height) for _ in names]
    target = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns, names=names), target)
    raw, rows = target.getvalue(), height
    if chance.random() < 0.4:
        return Input({"table.parquet": mutations.bytes_of(chance, raw)})
    return Input({"table.parquet": raw}, (), rows)


def _column(chance: Chance, height: int) -> pa.Array:
    make = _MANY[chance.choice(sorted(_MANY))]
    cells = [make(chance) for _ in range(height)]
    type_ = cells[0][1] if cells else pa.string()
    values = [None if chance.random() < 0.2 else value for value, _ in cells]
    if type_ == "category":
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, type_)
