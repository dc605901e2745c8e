"""Small files: delimited text that is read whole, as lists of fields.

Of a file of few rows, to start a reader for it costs far more than to read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.screening.rows import END
from minsight.screening.sources.careful import records
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.shapes import CellRow
from minsight.screening.sources.source import Source

SMALL_BYTES: Final = 1 << 16
"""How many bytes a small file has at the most."""
_ODD: Final = ("\r", "\0", END)
"""What is left to the reader of any file."""


class SmallFile(msgspec.Struct, frozen=True):
    """The rows of a small file, what is to be told of its text, and its digest."""

    source: Source
    rows: Sequence[CellRow]
    told: str
    sha256: str


def small_file(source: Source) -> SmallFile | None:
    """The file, if it is small, plain, and has a field for each column in each row.

    Its rows are those that the reader of any file gives; none are put aside.
    """
    if source.dialect is None or source.compression or source.held is not None:
        return None
    try:
        with source.raw() as file:
            content = file.read(SMALL_BYTES + 1)
    except FileError:
        return None
    if len(content) > SMALL_BYTES:
        return None
    recoding = Recoding(source.encoding)
    text = recoding.bytes_of(content[source.encoding.skip :], last=True)
    text = recoding.utf8(text if text.endswith(b"\n") else text + b"\n")
    rows = _rows(text[source.dialect.start :].decode().strip("\n"), source.dialect)
    if rows is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    return SmallFile(source, rows, recoding.told, digest)


def _rows(text: str, dialect: Dialect) -> list[CellRow] | None:
    """The records of a text, if all of them fit and no line is blank."""
    if any(one in text for one in _ODD) or "\n\n" in text:
        return None
    width, found = len(dialect.header), list[CellRow]()
    if not text:
        return found
    if '"' not in text:
        found += (line.split(dialect.separator) for line in text.split("\n"))
        return found if all(len(row) == width for row in found) else None
    for record in records(text, dialect.separator, width=width):
        if record.why_not:
            return None
        found.append(record.fields)
    return found
