"""Source: what a file to read is, found once in its first bytes and passed along."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from minsight.errors import FileError
from minsight.screening.formats import Format, ending_of
from minsight.screening.sources.dialects import Dialect, dialect_in
from minsight.screening.sources.encoding import UTF_8, Encoding, Recoding, encoding_of
from minsight.screening.sources.opening import (
    Compression,
    compression_of,
    opened,
    unpacked,
)

NEED_BYTES: Final = ("parquet", "excel", "xpt")
"""Formats that are read from a file of their own, never from a stream."""
_HEAD: Final = 1 << 20
"""How many bytes at the beginning of a file are looked at before it is read."""
_MAGIC: Final[dict[bytes, Format]] = {
    b"PAR1": "parquet",
    b"PK\x03\x04": "excel",
    b"\xd0\xcf\x11\xe0": "excel",
    b"HEADER RECORD*******": "xpt",
}


class Source(msgspec.Struct, frozen=True):
    """One file to read. `name` is what messages and results call it.

    Text has an `encoding`, and delimited text a `dialect`.
    """

    path: Path
    name: str
    format: Format
    compression: Compression = ""
    encoding: Encoding = UTF_8
    dialect: Dialect | None = None

    @contextmanager
    def plain(self) -> Iterator[IO[bytes]]:
        """The bytes of the file, unpacked.

        Raises:
            FileError: when it is damaged, or zstd is not installed.
        """
        with (
            opened(self.path, self.name) as file,
            unpacked(file, self.compression, self.name) as plain,
        ):
            yield plain

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The file unpacked, as a file, for readers that need one."""
        if not self.compression:
            yield self.path
            return
        with tempfile.NamedTemporaryFile(prefix="minsight-") as file:
            with self.plain() as plain:
                shutil.copyfileobj(plain, file)
            file.flush()
            yield Path(file.name)

    def separated_by(self, separator: str | None) -> Source:
        """The source whose fields stand between these, if that is said.

        Raises:
            FileError: when the file is damaged.
        """
        if self.dialect is None or separator in (None, self.dialect.separator):
            return self
        with self.plain() as plain:
            dialect = _dialect(plain.read(_HEAD), self.encoding, separator)
        return msgspec.structs.replace(self, dialect=dialect)


def source_of(path: Path, name: str | None = None) -> Source:
    """The file as a source; what it is, is seen in its first bytes.

    Raises:
        FileError: when it is missing, empty or of a kind that is not read.
    """
    shown = name or str(path)
    if path.exists() and not path.is_file():
        raise FileError(f"`{shown}` is not a regular file")
    with opened(path, shown) as file:
        compression = compression_of(file.read(16))
        file.seek(0)
        with unpacked(file, compression, shown) as plain:
            head = plain.read(_HEAD)
    by_lines = ending_of(shown).by_lines
    if not by_lines and not head.strip():
        raise FileError(f"`{shown}` is empty; there is nothing to read")
    format_ = _format(head, by_lines=by_lines)
    if format_ in NEED_BYTES:
        return Source(path, shown, format_, compression)
    encoding = encoding_of(head)
    dialect = _dialect(head, encoding) if format_ == "csv" else None
    return Source(path, shown, format_, compression, encoding, dialect)


def _format(head: bytes, *, by_lines: bool) -> Format:
    """What a file is that begins so; its name tells that it is JSON by lines."""
    for magic, format_ in _MAGIC.items():
        if head.startswith(magic):
            return format_
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if by_lines or start.startswith((b"{", b"[")) else "csv"


def _dialect(head: bytes, encoding: Encoding, separator: str | None = None) -> Dialect:
    recoding = Recoding(encoding)
    text = recoding.utf8(recoding.bytes_of(head[encoding.skip :], last=False))
    return dialect_in(text.decode("utf-8", "replace"), separator)
