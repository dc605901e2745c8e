"""A file that is written is there as a whole, or as it was before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from minsight.files.whole import UNFINISHED, whole_path, written_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_all_of_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "f.txt"
    with written_whole(target) as file:
        file.write("one\n")
        file.flush()
        (unfinished,) = names(tmp_path)
        assert unfinished.startswith(UNFINISHED)
    assert target.read_bytes() == b"one\n"
    assert names(tmp_path) == ["f.txt"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_is_not_written_to_its_end_leaves_all_as_it_was(
    error: type[BaseException], tmp_path: Path
) -> None:
    target = tmp_path / "f.txt"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(error), written_whole(target) as file:
        file.write("half")
        raise error
    assert target.read_text(encoding="utf-8") == "before"
    assert names(tmp_path) == ["f.txt"]


@pytest.mark.parametrize(("private", "mode"), [(False, 0o644), (True, 0o600)])
def test_others_may_read_what_is_not_private(
    private: bool, mode: int, tmp_path: Path
) -> None:
    target = tmp_path / "f"
    was = os.umask(0o022)
    try:
        with whole_path(target, private=private) as path:
            path.write_bytes(b"x")
    finally:
        os.umask(was)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_what_is_private_is_so_from_the_first_moment(tmp_path: Path) -> None:
    target = tmp_path / "f"
    target.touch(0o666)
    with written_whole(target, private=True) as file:
        file.write("x")
        file.flush()
        (unfinished,) = tmp_path.glob(f"{UNFINISHED}*")
        assert stat.S_IMODE(unfinished.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_name_may_be_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    target = tmp_path / ("x" * longest)
    with written_whole(target) as file:
        file.write("x")
    assert target.exists()


def test_what_cannot_be_written_is_named_as_the_caller_named_it(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "ann.json"
    with pytest.raises(FileNotFoundError) as caught, whole_path(target):
        pass
    assert caught.value.filename == str(target)
