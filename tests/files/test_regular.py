"""Only regular files are read, and nothing waits for one that is none.

Each test ends at once or, without the mending, never.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import minsight
from minsight.errors import MinsightError
from minsight.files.regular import bytes_of
from minsight.files.yaml import LoadingError, load_file
from minsight.screening.mapping.maps import load_map
from minsight.screening.runs.manifest import read_manifest
from minsight.whatif.scenarios import load_scenarios

READERS: Final[dict[str, Callable[[Path, minsight.Rules], Any]]] = {
    "bytes": lambda path, _: bytes_of(path),
    "yaml": lambda path, _: load_file(path, "it"),
    "map": lambda path, rules: load_map(path, rules.vocabulary),
    "manifest": lambda path, _: read_manifest(path),
    "scenarios": lambda path, rules: load_scenarios(path, rules.vocabulary),
}
"""What reads small files, each by its own name."""


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def a_link_to_a_pipe(folder: Path) -> Path:
    (folder / "link").symlink_to(a_pipe(folder))
    return folder / "link"


def a_device(_: Path) -> Path:
    return Path("/dev/zero")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("made", [a_pipe, a_link_to_a_pipe, a_device])
def test_what_is_no_regular_file_is_refused_at_once(
    made: Callable[[Path], Path], reader: str, small: minsight.Rules, tmp_path: Path
) -> None:
    with pytest.raises(
        (MinsightError, LoadingError, OSError), match="not a regular file"
    ):
        READERS[reader](made(tmp_path), small)


def test_a_folder_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        bytes_of(tmp_path)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0\r\n\xff" * 100_000)
    assert bytes_of(tmp_path / "file") == b"\0\r\n\xff" * 100_000
