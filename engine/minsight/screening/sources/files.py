"""Files: those that were asked for, in one order, each as a source."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import IO, Final, TypeVar

import msgspec

from minsight.errors import FileError
from minsight.screening.formats import ending_of
from minsight.screening.rejects import Reject
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.source import Source, source_of

Made = TypeVar("Made")
STDIN: Final = "-"
STDIN_NAME: Final = "standard input"


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
    dialects: dict[Dialect | None, Dialect | None] = {}  # of many files there are few
    for text in map(str, given):
        meant = _tried(text, partial(_meant, text, stdin), rejects)
        for path, name in meant or []:
            source = _tried(name, partial(_named_source, path, name), rejects)
            if source is not None:
                shared = dialects.setdefault(source.dialect, source.dialect)
                source = msgspec.structs.replace(source, dialect=shared)
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
        found += (
            path for path in files if path.is_file() and ending_of(path).in_folders
        )
    return sorted(found)


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
