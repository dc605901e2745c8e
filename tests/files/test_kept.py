"""What was kept is read as it was written, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsight.files.kept import MOST_KEPT, keep, read_kept


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    assert keep(tmp_path / "new", "k", b"body\nand more", kind="things")
    assert read_kept(tmp_path / "new", "k", kind="things") == b"body\nand more"
    assert read_kept(tmp_path / "new", "other", kind="things") is None


@pytest.mark.parametrize("held", [b"", b"k\nbody", b"k 00\nbody"])
def test_what_does_not_match_is_as_if_it_were_not_there(
    held: bytes, tmp_path: Path
) -> None:
    (tmp_path / "k.things").write_bytes(held)
    assert read_kept(tmp_path, "k", kind="things") is None


def test_what_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert not keep(tmp_path / "file", "k", b"", kind="things")


def test_the_newest_stay(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 2):
        assert keep(tmp_path, str(number), b"", kind="things")
    assert len(list(tmp_path.glob("*.things"))) == MOST_KEPT
    assert read_kept(tmp_path, str(MOST_KEPT + 1), kind="things") == b""
