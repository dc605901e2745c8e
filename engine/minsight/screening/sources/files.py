"""Sources: the files that were asked for, in one order, opened as plain bytes.

What a file is, is seen in its first bytes. Its name decides only that text is a JSON
value a line, as a first line that is broken shows nothing.
"""

from __future__ import annotations

import glob
import gzip
import os
import shutil
import signal
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final, Literal, TypeAlias, TypeVar, cast

import msgspec

from minsight.errors import FileError, missing_extra
from minsight.screening.rejects import Reject

Format: TypeAlias = Literal["csv", "parquet", "excel", "xpt", "json"]
Compression: TypeAlias = Literal["", "gzip", "zstd"]
Made = TypeVar("Made")
HEAD: Final = 1 << 20
"""How many bytes at the beginning of a file are looked at before it is read."""
STDIN: Final = "-"
STDIN_NAME: Final = "standard input"
NEED_BYTES: Final = ("parquet", "excel", "xpt")
"""Formats that are read from a file of their own, never from a stream."""
_READ_IN_FOLDERS: Final = (
    ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx",
    ".xlsm", ".xlsb", ".xls", ".ods", ".xpt",
)  # fmt: skip
_LINES: Final = (".jsonl", ".ndjson")
_COMPRESSED: Final = (".gz", ".zst", ".zstd")
_MAGIC: Final[Sequence[tuple[bytes, Format]]] = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "excel"),
    (b"\xd0\xcf\x11\xe0", "excel"),
    (b"HEADER RECORD*******", "xpt"),
)


class Source(msgspec.Struct, frozen=True):
    """One file to read. `name` is what messages and results call it."""

    path: Path
    name: str
    format: Format
    compression: Compression = ""


class Found(msgspec.Struct, frozen=True):
    """The files that can be read, in order, and those that cannot, with the reason."""

    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...] = ()


def find_sources(
    given: Iterable[str | Path], *, stdin: IO[bytes] | None = None
) -> Found:
    """The files that names, patterns and folders mean, each once.

    They stand in the order given; those of a pattern or folder by name. A folder gives
    its tables and records at any depth, without hidden files. `-` is standard input,
    which is kept in a temporary file as long as this process runs.
    """
    found: dict[Path, Source] = {}
    rejects: list[Reject] = []
    for text in map(str, given):
        meant = _tried(text, partial(_meant, text, stdin), rejects)
        for path, name in meant or []:
            source = _tried(name, partial(_named_source, path, name), rejects)
            if source is not None:
                found.setdefault(path.resolve(), source)
    return Found(tuple(found.values()), tuple(rejects))


def _tried(name: str, make: Callable[[], Made], rejects: list[Reject]) -> Made | None:
    """What is made, or a reject of the file."""
    try:
        return make()
    except FileError as error:
        rejects.append(Reject(legible(name), None, "", "", legible(str(error))))
        return None


def _named_source(path: Path, name: str) -> Source:
    refuse_broken_name(name)
    if path.is_dir():
        raise FileError(f"`{name}` is a folder that cannot be read")
    return source_of(path, name)


def refuse_broken_name(name: str) -> None:
    """Refuse a name whose bytes are not text in the encoding of this system.

    Results and manifests are text and could not name the file.
    """
    if legible(name) != name:
        raise FileError(
            f"`{legible(name)}` has a name that is not valid text here; rename it,"
            " or work in a UTF-8 locale"
        )


def legible(name: str) -> str:
    """A name with a question mark for each byte that is not text."""
    return name.encode(errors="replace").decode()


def _meant(text: str, stdin: IO[bytes] | None) -> list[tuple[Path, str]]:
    """The files that one name means, with the names they are called by."""
    if text == STDIN:
        if stdin is None:
            raise FileError("nothing comes in by standard input")
        return [(_kept(stdin), STDIN_NAME)]
    path = Path(text)
    if path.is_fifo():
        with path.open("rb") as stream:
            return [(_kept(stream), text)]
    if path.is_dir():
        files = _in_folder(path)
        if not files:
            raise FileError(f"`{text}` has no files that can be read")
        return [(file, str(file)) for file in files]
    if not path.exists() and glob.has_magic(text):
        names = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 - any pattern
        files = [Path(name) for name in names if Path(name).is_file()]
        if not files:
            raise FileError(f"no file fits `{text}`")
        return [(file, str(file)) for file in files]
    return [(path, text)]


def _in_folder(folder: Path) -> list[Path]:
    """The files of a folder that are read, and the folders in it that cannot be."""
    found: list[Path] = []

    def keep(error: OSError) -> None:
        found.append(Path(error.filename))

    for above, folders, names in os.walk(folder, onerror=keep):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(above, name) for name in names if not name.startswith("."))
        found += (path for path in files if path.is_file() and _is_read(path))
    return sorted(found)


def _is_read(path: Path) -> bool:
    return _ending(path) in _READ_IN_FOLDERS


def _ending(path: Path) -> str:
    """The last ending in small letters, leaving out that of a compression."""
    endings = [ending.lower() for ending in path.suffixes]
    if endings and endings[-1] in _COMPRESSED:
        endings.pop()
    return endings[-1] if endings else ""


def _kept(stream: IO[bytes]) -> Path:
    """What comes in, in a temporary file."""
    file = tempfile.NamedTemporaryFile(prefix="minsight-")  # noqa: SIM115 - see below
    _let_interrupts_through()
    shutil.copyfileobj(stream, file)
    file.flush()
    _KEPT.append(file)
    return Path(file.name)


def _let_interrupts_through() -> None:
    """Polars takes interrupts so that a waiting read goes on, whatever is pressed."""
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003 - of the system


_KEPT: Final[list[object]] = []
"""Temporary files, which vanish when nobody holds them any more."""


def source_of(path: Path, name: str | None = None) -> Source:
    """The file as a source; what it is, is seen in its first bytes.

    Raises:
        FileError: when it is missing, empty or of a kind that is not read.
    """
    shown = name or str(path)
    if path.exists() and not path.is_file():
        raise FileError(f"`{shown}` is not a regular file")
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read `{shown}`: {reason}") from None
    bare = Source(path, shown, "csv", _compression(start))
    head = head_of(bare, HEAD)
    if not head.strip() and not is_named_lines(shown):
        raise FileError(f"`{shown}` is empty; there is nothing to read")
    format_ = "json" if is_named_lines(shown) and _is_text(head) else _format(head)
    return msgspec.structs.replace(bare, format=format_)


def is_named_lines(name: str) -> bool:
    """Whether the name says that the file holds a JSON value a line."""
    return _ending(Path(name)) in _LINES


def _is_text(head: bytes) -> bool:
    return not any(head.startswith(magic) for magic, _ in _MAGIC)


def _compression(start: bytes) -> Compression:
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start.startswith(b"\x28\xb5\x2f\xfd") else ""


def _format(head: bytes) -> Format:
    for magic, format_ in _MAGIC:
        if head.startswith(magic):
            return format_
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if start.startswith((b"{", b"[")) else "csv"


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The plain bytes of the file, decompressed.

    Raises:
        FileError: when it is damaged, or zstd is not installed.
    """
    try:
        with source.path.open("rb") as file, _decompressed(file, source) as plain:
            yield plain
    except _damage() as error:
        raise FileError(f"`{source.name}` is cut off or damaged: {error}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read `{source.name}`: {reason}") from None


def _decompressed(file: IO[bytes], source: Source) -> AbstractContextManager[IO[bytes]]:
    if source.compression == "gzip":
        return cast("AbstractContextManager[IO[bytes]]", gzip.open(file, "rb"))
    if source.compression == "zstd":
        zstd = _zstd()
        if zstd is None:
            raise missing_extra(f"`{source.name}`", "zstd")
        return cast("AbstractContextManager[IO[bytes]]", zstd.open(file, "rb"))
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


def head_of(source: Source, size: int) -> bytes:
    """The first bytes, decompressed."""
    with opened(source) as file:
        return file.read(size)


@contextmanager
def as_file(source: Source) -> Iterator[Path]:
    """The file decompressed, as a file, for readers that need one."""
    if not source.compression:
        yield source.path
        return
    with tempfile.NamedTemporaryFile(prefix="minsight-") as file:
        with opened(source) as plain:
            shutil.copyfileobj(plain, file)
        file.flush()
        yield Path(file.name)
