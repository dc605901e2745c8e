"""Manifests: what a run was made of, so that it can be checked and made again.

A manifest holds no date and no name of a machine: equal runs have equal manifests.
Paths are relative to the folder the manifest is in, so that a folder can be moved.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Final, Literal, TypeAlias

import msgspec

from minsight.errors import FileError
from minsight.files.regular import bytes_of
from minsight.logic.backend import BackendName

FORMAT: Final = "minsight.run/1"
ENDING: Final = ".manifest.json"
Role: TypeAlias = Literal["results", "rejects", "urgent", "report", "unread_words"]
_PACKAGES: Final = ("polars", "narwhals", "durable-rules")
_AT_ONCE: Final = 1 << 20


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file with what tells it from every other."""

    path: str
    sha256: str
    bytes: int


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was to be read, and what became of its rows.

    `name` is what results call it. Without a `file`, it could not be read at all;
    `problem` says why, or why not to its end.
    """

    name: str
    file: File | None
    rows: int = 0
    assessed: int = 0
    rejected: int = 0
    problem: str = ""


class Output(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was written."""

    role: Role
    file: File


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else decides the results."""

    way: BackendName = "columnar"
    keep_going: bool = False
    wide: bool = False
    full: bool = False
    smallest: int = 0
    urgent_list: bool = False
    by: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run: from which inputs, rules, map, words and options it made which outputs.

    `rules_folder` is None for the rules that come with the package.
    """

    format: Literal["minsight.run/1"] = FORMAT
    version: str
    fingerprint: str
    rules_folder: str | None
    map: File | None
    words: File | None = None
    options: Options
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    versions: Mapping[str, str]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.inputs)

    @property
    def assessed(self) -> int:
        return sum(one.assessed for one in self.inputs)

    @property
    def rejected(self) -> int:
        return sum(one.rejected for one in self.inputs)

    @property
    def has_problems(self) -> bool:
        """Whether a row was rejected, or a file not read to its end."""
        return any(one.rejected or one.problem for one in self.inputs)


def manifest_of(output: Path) -> Path:
    """Where the manifest of results stands."""
    return output.with_name(output.name + ENDING)


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as the bytes of a file."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest of a file.

    Raises:
        FileError: when there is none, or it is not a manifest of this kind.
    """
    try:
        raw = bytes_of(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read the manifest `{path}`: {reason}") from None
    try:
        return msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = str(error)[:200].lower()
        raise FileError(f"`{path}` is no manifest of a run: {reason}") from None


def file_of(path: Path, folder: Path) -> File:
    """The file as a manifest in this folder knows it."""
    digest, size = digest_of(path)
    return File(relative(path, folder), digest, size)


def digest_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size in bytes."""
    with path.open("rb") as file:
        return digest_in(file)


def digest_in(file: IO[bytes]) -> tuple[str, int]:
    """The SHA-256 of what is left in an open file and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_AT_ONCE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def versions(packages: Sequence[str] = _PACKAGES) -> dict[str, str]:
    """Python and the packages that results could depend on."""
    found = {name: _installed(name) for name in packages}
    known = {name: text for name, text in found.items() if text is not None}
    return {"python": platform.python_version(), **known}


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def relative(path: Path, folder: Path) -> str:
    """The path as seen from a folder."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.resolve().as_posix()
