"""Files: those that were asked for, in one order, each as a source."""

from __future__ import annotations

import glob
import os
import signal
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeVar

import msgspec

from minsight.errors import FileError
from minsight.screening.formats import ending_of
from minsight.screening.rejects import Reject
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.opening import copied
from minsight.screening.sources.source import Source, source_of

Made = TypeVar("Made")
STDIN: Final = "-"
STDIN_NAME: Final = "standard input"


class _Meant(NamedTuple):
    """A file that a name means, and what it is called; what came in, if by a stream."""

    path: Path
    name: str
    held: IO[bytes] | None = None


class Found(msgspec.Struct, frozen=True):
    """The files that can be read, in order, and those that cannot, with the reason."""

    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...] = ()

    def close(self) -> None:
        """Let go of what came by streams; the sources of it cannot be read any more."""
        for source in self.sources:
            if source.held is not None:
                source.held.close()


def find_sources(
    given: Iterable[str | Path], *, stdin: IO[bytes] | None = None
) -> Found:
    """The files that names, patterns and folders mean, each once.

    They stand in the order given; those of a pattern or folder by name. A folder gives
    its tables and records at any depth, without hidden files. `-` is standard input.
    What comes by it or by a pipe is kept, until it is closed, in a file without a name.
    """
    found: dict[Path | str, Source] = {}
    rejects: list[Reject] = []
    dialects: dict[Dialect | None, Dialect | None] = {}  # of many files there are few
    for text in map(str, given):
        if text in found:  # a stream that was read already
            continue
        meant = _tried(text, partial(_meant, text, stdin), rejects)
        for one in meant or []:
            source = _tried(one.name, partial(_named_source, one), rejects)
            if source is not None:
                shared = dialects.setdefault(source.dialect, source.dialect)
                source = msgspec.structs.replace(source, dialect=shared)
                found.setdefault(text if one.held else one.path.resolve(), source)
    return Found(tuple(found.values()), tuple(rejects))


def _tried(name: str, make: Callable[[], Made], rejects: list[Reject]) -> Made | None:
    """What is made, or a reject of the file."""
    try:
        return make()
    except FileError as error:
        reason = str(error)
    except OSError as error:
        reason = f"cannot read `{name}`: {(error.strerror or str(error)).lower()}"
    rejects.append(Reject(legible(name), None, "", "", legible(reason)))
    return None


def _named_source(meant: _Meant) -> Source:
    refuse_broken_name(meant.name)
    if meant.held is not None:
        return _source_of_held(meant.path, meant.name, meant.held)
    if meant.path.is_dir():
        raise FileError(f"`{meant.name}` is a folder that cannot be read")
    return source_of(meant.path, meant.name)


def _source_of_held(path: Path, name: str, held: IO[bytes]) -> Source:
    try:
        return source_of(path, name, held=held)
    except BaseException:
        held.close()
        raise


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


def _meant(text: str, stdin: IO[bytes] | None) -> list[_Meant]:
    """The files that one name means, with the names they are called by."""
    if text == STDIN:
        if stdin is None:
            raise FileError("nothing comes in by standard input")
        return [_Meant(Path(STDIN), STDIN_NAME, _kept(stdin, STDIN_NAME))]
    path = Path(text)
    if path.is_fifo():
        with path.open("rb") as stream:
            return [_Meant(path, text, _kept(stream, text))]
    if path.is_dir():
        files = _in_folder(path)
        if not files:
            raise FileError(f"`{text}` has no files that can be read")
        return [_Meant(file, str(file)) for file in files]
    if not path.exists() and glob.has_magic(text):
        names = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 - any pattern
        files = [Path(name) for name in names if Path(name).is_file()]
        if not files:
            raise FileError(f"no file fits `{text}`")
        return [_Meant(file, str(file)) for file in files]
    return [_Meant(path, text)]


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


def _kept(stream: IO[bytes], name: str) -> IO[bytes]:
    """What comes in, in a file without a name."""
    _let_interrupts_through()
    return copied(stream, name)


def _let_interrupts_through() -> None:
    """Polars takes interrupts so that a waiting read goes on, whatever is pressed."""
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003 - of the system
