"""Sources: the files that were asked for, in one order, opened as plain bytes."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final, Literal, TypeAlias, cast

import msgspec

from minsight.errors import FileError

Format: TypeAlias = Literal["csv", "parquet", "excel", "xpt", "json"]
Compression: TypeAlias = Literal["", "gzip", "zstd"]
HEAD: Final = 1 << 20
"""How many bytes at the beginning of a file are looked at before it is read."""


class Source(msgspec.Struct, frozen=True):
    """One file to read. `name` is what messages and results call it."""

    path: Path
    name: str
    format: Format
    compression: Compression = ""


def source_of(path: Path, name: str | None = None) -> Source:
    """The file as a source; what it is, is seen in its first bytes.

    Raises:
        FileError: when it is missing, empty or of a kind that is not read.
    """
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read `{shown}`: {reason}") from None
    compression = _compression(start)
    bare = Source(path, shown, "csv", compression)
    head = head_of(bare, HEAD)
    if not head.strip():
        raise FileError(f"`{shown}` is empty; there is nothing to read")
    return msgspec.structs.replace(bare, format=_format(head))


def _compression(start: bytes) -> Compression:
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start.startswith(b"\x28\xb5\x2f\xfd") else ""


def _format(head: bytes) -> Format:
    if head.startswith(b"PAR1"):
        return "parquet"
    return "csv"


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The plain bytes of the file, decompressed.

    Raises:
        FileError: when it is damaged, or zstd is not installed.
    """
    try:
        with source.path.open("rb") as file, _decompressed(file, source) as plain:
            yield plain
    except (EOFError, gzip.BadGzipFile, zlib.error, _zstd_errors()) as error:
        raise FileError(f"`{source.name}` is cut off or damaged: {error}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read `{source.name}`: {reason}") from None


def _decompressed(file: IO[bytes], source: Source) -> AbstractContextManager[IO[bytes]]:
    if source.compression == "gzip":
        return cast("AbstractContextManager[IO[bytes]]", gzip.open(file, "rb"))
    if source.compression == "zstd":
        try:
            import zstandard
        except ImportError:
            raise FileError(
                f"`{source.name}` is compressed by zstd, which needs a package;"
                ' install it with `pip install "minsight[zstd]"`'
            ) from None
        reader = zstandard.ZstdDecompressor().stream_reader(
            file, read_across_frames=True
        )
        return cast("AbstractContextManager[IO[bytes]]", io.BufferedReader(reader))
    return file


def _zstd_errors() -> type[Exception]:
    try:
        from zstandard import ZstdError
    except ImportError:
        return EOFError
    return ZstdError


def head_of(source: Source, size: int) -> bytes:
    """The first bytes, decompressed."""
    with opened(source) as file:
        return file.read(size)


def sources(paths: Sequence[Path]) -> list[Source]:
    """The files as sources, in the order given."""
    return [source_of(path) for path in paths]
