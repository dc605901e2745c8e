"""Opening: the only place where a file to read is opened, and unpacked on the way."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, cast

from minsight.errors import FileError, missing_extra
from minsight.files.room import no_room

Compression: TypeAlias = Literal["", "gzip", "zstd"]


@contextmanager
def opened(file: Path | IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The bytes of the file as they are; `name` is what messages call it.

    A file that is open already is read from its beginning, and stays open: nobody else
    reads it meanwhile.

    Raises:
        FileError: when it cannot be read, or what is unpacked of it is damaged.
    """
    try:
        if isinstance(file, Path):
            with file.open("rb") as fresh:
                yield fresh
        else:
            file.seek(0)
            yield file
    except _damage() as error:
        raise FileError(f"`{name}` is cut off or damaged: {error}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read `{name}`: {reason}") from None


def compression_of(start: bytes) -> Compression:
    """How a file is compressed that begins so."""
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start.startswith(b"\x28\xb5\x2f\xfd") else ""


def unpacked(
    file: IO[bytes], compression: Compression, name: str
) -> AbstractContextManager[IO[bytes]]:
    """The plain bytes of an open file.

    Raises:
        FileError: when it is zstd and that is not installed.
    """
    if compression == "gzip":
        return cast("AbstractContextManager[IO[bytes]]", gzip.open(file, "rb"))
    if compression == "zstd":
        zstd = _zstd()
        if zstd is None:
            raise missing_extra(f"`{name}`", "zstd")
        return cast("AbstractContextManager[IO[bytes]]", zstd.open(file, "rb"))
    return nullcontext(file)


def copied(stream: IO[bytes], name: str) -> IO[bytes]:
    """What a stream gives, in an open file that has no name.

    No other process finds it, and nothing of it is left when this one ends, however it
    ends.

    Raises:
        FileError: when there is no room for it.
    """
    file = tempfile.TemporaryFile(prefix="minsight-")  # noqa: SIM115 - handed on
    try:
        shutil.copyfileobj(stream, file)
        file.flush()
    except BaseException as error:
        file.close()
        if isinstance(error, OSError) and no_room(error):
            raise FileError(
                f"there is no room for what is in `{name}` in the temporary folder"
                f" `{tempfile.gettempdir()}`; make room, or name another as `TMPDIR`"
            ) from None
        raise
    file.seek(0)
    return file


def _damage() -> tuple[type[Exception], ...]:
    """What is raised when compressed data are cut off or damaged."""
    zstd = _zstd()
    found = (EOFError, gzip.BadGzipFile, zlib.error)
    return found if zstd is None else (*found, zstd.ZstdError)


def _zstd() -> Any:
    """The module for zstd, of Python (from 3.14 on) or of the extra, if it is there."""
    for name in ("compression.zstd", "backports.zstd"):
        with suppress(ImportError):
            return import_module(name)
    return None
