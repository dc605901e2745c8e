"""Source: what a file to read is, found once in its first bytes and passed along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END
from pathlib import Path
from typing import IO, Final

import msgspec

from minsight.errors import FileError
from minsight.screening.formats import Format, ending_of
from minsight.screening.mapping.headings import AS_SEEN, TableLayout
from minsight.screening.sources.dialects import Dialect, dialect_in
from minsight.screening.sources.encoding import UTF_8, Encoding, Recoding, encoding_of
from minsight.screening.sources.opening import (
    Compression,
    compression_of,
    copied,
    opened,
    unpacked,
)

NEED_BYTES: Final = ("parquet", "excel", "xpt", "sav", "dta")
"""Formats whose readers go back and forth in a file, and take no stream."""
_HEAD: Final = 1 << 20
"""How many bytes at the beginning of a file are looked at before it is read."""
_AT_ONCE: Final = 16 << 20
_TIMES: Final = 32
"""What has to be in memory at once may have so many bytes, or be so many times as large
as the file: more is not what somebody packed, but what packs itself into nothing."""
_MAGIC: Final[dict[bytes, Format]] = {
    b"PAR1": "parquet",
    b"PK\x03\x04": "excel",
    b"\xd0\xcf\x11\xe0": "excel",
    b"HEADER RECORD*******": "xpt",
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"<stata_dta>": "dta",
}


_TO_JSON: Final = "save the resources as JSON"
_FOREIGN: Final[dict[bytes, tuple[str, str]]] = {
    b"<!doctype html": ("a page of HTML", "save the table as CSV"),
    b"<html": ("a page of HTML", "save the table as CSV"),
    b"<": ("XML", f"of FHIR, {_TO_JSON}; of a workbook, save it as .xlsx"),
    b"%pdf-": ("a PDF", "save the table as CSV"),
    b"{\\rtf": ("a text with formats (RTF)", "save the table as CSV"),
}
"""How files of kinds begin that are not read, what they are, and what to do."""
_YAML_RECORD: Final = re.compile(
    rb"(?:---[ \t]*\r?\n(?:#[^\n]*\n)*|%YAML[^\n]*\n)"
    rb"|(?:[ \t]*#[^\n]*\n)*(?:id:[^\n,;\t]*\n(?:subject|phenotypicFeatures):"
    rb"|(?:subject|phenotypicFeatures|phenotypic_features|metaData|proband|members|present"
    rb"|resourceType):[^\n,;\t]*\r?\n)"
)
"""How a record or a phenopacket in YAML begins; no header of a table does."""


class Source(msgspec.Struct, frozen=True):
    """One file to read. `name` is what messages and results call it.

    Text has an `encoding`, and delimited text a `dialect`. What has no name that it
    could be opened by again is `held` open.
    """

    path: Path
    name: str
    format: Format
    compression: Compression = ""
    encoding: Encoding = UTF_8
    dialect: Dialect | None = None
    held: IO[bytes] | None = None
    layout: TableLayout = AS_SEEN

    @contextmanager
    def raw(self) -> Iterator[IO[bytes]]:
        """The bytes of the file as they are.

        Raises:
            FileError: when it cannot be read.
        """
        with opened(self.held or self.path, self.name) as file:
            yield file

    @property
    def most_at_once(self) -> int:
        """How many bytes of what is unpacked may be held in memory at once."""
        size = self.path.stat().st_size if self.held is None else _size(self.held)
        return max(_AT_ONCE, _TIMES * size)

    @contextmanager
    def plain(self) -> Iterator[IO[bytes]]:
        """The bytes of the file, unpacked.

        Raises:
            FileError: when it is damaged, or zstd is not installed.
        """
        with (
            self.raw() as file,
            unpacked(file, self.compression, self.name) as plain,
        ):
            yield plain

    @contextmanager
    def whole(self) -> Iterator[IO[bytes]]:
        """The file unpacked, open at its beginning, for readers that jump about in it.

        INVARIANT: such readers are given an open file, never a name. They take names
        for patterns, homes of users or addresses.
        """
        with self.plain() as plain:
            if not self.compression:
                yield plain
                return
            file = copied(plain, self.name)
        with file:
            yield file

    @contextmanager
    def at_hand(self) -> Iterator[Source]:
        """The source; open and unpacked meanwhile, if its reader jumps about in it.

        Raises:
            FileError: when it cannot be read.
        """
        if self.format not in NEED_BYTES:
            yield self
            return
        with self.whole() as file:
            yield msgspec.structs.replace(self, compression="", held=file)

    def laid_out(self, layout: TableLayout) -> Source:
        """The source with what a person says of where its table stands.

        Raises:
            FileError: when the file is damaged.
        """
        if layout == self.layout:
            return self
        laid = msgspec.structs.replace(self, layout=layout)
        if self.dialect is None:
            return laid
        with self.plain() as plain:
            dialect = _dialect(plain.read(_HEAD), self.encoding, layout)
        return msgspec.structs.replace(laid, dialect=dialect)


def _size(file: IO[bytes]) -> int:
    """How many bytes an open file has; its reader goes on where they were."""
    place = file.tell()
    size = file.seek(0, SEEK_END)
    file.seek(place)
    return size


def source_of(
    path: Path, name: str | None = None, *, held: IO[bytes] | None = None
) -> Source:
    """The file as a source; what it is, is seen in its first bytes.

    What is `held` open is read as it is, and the path only says where it came from.

    Raises:
        FileError: when it is missing, empty or of a kind that is not read.
    """
    shown = name or str(path)
    if held is None and path.exists() and not path.is_file():
        raise FileError(f"`{shown}` is not a regular file")
    with opened(held or path, shown) as file:
        compression = compression_of(file.read(16))
        file.seek(0)
        with unpacked(file, compression, shown) as plain:
            head = plain.read(_HEAD)
    by_lines = ending_of(shown).by_lines
    if not by_lines and not head.strip():
        raise FileError(f"`{shown}` is empty; there is nothing to read")
    format_ = _format(head, by_lines=by_lines)
    if format_ in ("csv", "json"):
        _refuse_foreign(head, shown)
    if format_ in NEED_BYTES:
        return Source(path, shown, format_, compression, held=held)
    encoding = encoding_of(head)
    dialect = _dialect(head, encoding) if format_ == "csv" else None
    return Source(path, shown, format_, compression, encoding, dialect, held)


def _refuse_foreign(head: bytes, name: str) -> None:
    """Refuse text of a kind that is no table, which would be read as one otherwise.

    Raises:
        FileError: naming the kind and what to give instead.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, (kind, fix) in _FOREIGN.items():
        if start[: len(beginning)].lower() == beginning:
            raise FileError(f"`{name}` is {kind}, which is not read; {fix}")
    if _YAML_RECORD.match(start):
        raise FileError(
            f"`{name}` is YAML, which is not read here; write it as JSON (a phenopacket"
            " or a record)"
        )


def _format(head: bytes, *, by_lines: bool) -> Format:
    """What a file is that begins so; its name tells that it is JSON by lines."""
    for magic, format_ in _MAGIC.items():
        if head.startswith(magic):
            return format_
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if by_lines or start.startswith((b"{", b"[")) else "csv"


def _dialect(head: bytes, encoding: Encoding, layout: TableLayout = AS_SEEN) -> Dialect:
    recoding = Recoding(encoding)
    whole = len(head) < _HEAD
    text = recoding.utf8(recoding.bytes_of(head[encoding.skip :], last=whole))
    return dialect_in(text.decode("utf-8", "replace"), layout)
