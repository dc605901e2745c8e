"""The files that names, patterns and folders mean, each once and in one order."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from minsight.errors import FileError
from minsight.screening.sources.files import (
    STDIN,
    STDIN_NAME,
    Found,
    find_sources,
    legible,
    refuse_broken_name,
)

TABLE = b"id,fever\n1,yes\n"


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TABLE)


def names_of(found: Found, folder: Path) -> list[str]:
    return [str(source.path.relative_to(folder)) for source in found.sources]


def rejected(found: Found) -> list[str]:
    return [reject.reason for reject in found.rejects]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["b.csv", "a.csv"], ["b.csv", "a.csv"]),
        (["a.csv", "a.csv", "./a.csv"], ["a.csv"]),
        (["*.csv"], ["a.csv", "b.csv"]),
        (["b.csv", "*.csv"], ["b.csv", "a.csv"]),
        (["**/*.csv"], ["a.csv", "b.csv", "deep/c.csv"]),
        (["."], ["a.csv", "b.csv", "deep/c.csv"]),
        (["deep", "a.csv"], ["deep/c.csv", "a.csv"]),
    ],
)
def test_files_stand_in_the_order_given_each_once(
    given: Sequence[str], expected: list[str], tmp_path: Path
) -> None:
    fill(tmp_path, "b.csv", "a.csv", "deep/c.csv")
    found = find_sources([str(tmp_path / name) for name in given])
    assert [str(s.path.resolve().relative_to(tmp_path)) for s in found.sources] == (
        expected
    )
    assert found.rejects == ()


def test_a_folder_gives_what_is_read_and_nothing_hidden(tmp_path: Path) -> None:
    fill(
        tmp_path,
        "a.csv",
        "b.TSV",
        "c.csv.gz",
        "d.docx",
        "README",
        ".e.csv",
        ".git/f.csv",
    )
    found = find_sources([tmp_path])
    assert names_of(found, tmp_path) == ["a.csv", "b.TSV", "c.csv.gz"]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    fill(tmp_path, "people", ".hidden", "odd[1].csv")
    found = find_sources(
        tmp_path / name for name in ("people", ".hidden", "odd[1].csv")
    )
    assert names_of(found, tmp_path) == ["people", ".hidden", "odd[1].csv"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.csv", "cannot read"),
        ("none*.csv", "no file fits"),
        ("empty", "has no files that can be read"),
        ("blank.csv", "is empty; there is nothing to read"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_others_are_found(
    name: str, reason: str, tmp_path: Path
) -> None:
    fill(tmp_path, "a.csv")
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.csv").write_bytes(b" \n")
    found = find_sources([tmp_path / name, tmp_path / "a.csv"])
    assert names_of(found, tmp_path) == ["a.csv"]
    (told,) = rejected(found)
    assert reason in told
    assert f"`{tmp_path / name}`" in told
    assert found.rejects[0].row is None


def test_files_of_one_dialect_share_it(tmp_path: Path) -> None:
    fill(tmp_path, "a.csv", "b.csv")
    one, other = find_sources([tmp_path]).sources
    assert one.dialect is other.dialect is not None


def test_standard_input_is_a_file_like_any_other() -> None:
    with closing(find_sources([STDIN, STDIN], stdin=io.BytesIO(TABLE))) as found:
        (source,) = found.sources
        assert source.name == STDIN_NAME
        for _ in range(2):
            with source.plain() as plain:
                assert plain.read(3) == TABLE[:3]
                assert source.most_at_once > len(TABLE)  # which moves nobody who reads
                assert plain.read() == TABLE[3:]
    found = find_sources([STDIN])
    assert rejected(found) == ["nothing comes in by standard input"]


def test_a_name_that_is_not_text_is_refused_and_told_legibly(tmp_path: Path) -> None:
    broken = os.fsdecode(b"a\xff.csv")
    assert legible(broken) == "a?.csv"
    assert legible("m\u00fcde.csv") == "m\u00fcde.csv"
    refuse_broken_name("m\u00fcde.csv")
    with pytest.raises(FileError, match=r"`a\?\.csv` has a name that is not"):
        refuse_broken_name(broken)
    (tmp_path / broken).write_bytes(TABLE)
    found = find_sources([tmp_path])
    assert found.sources == ()
    assert found.rejects[0].file == str(tmp_path / "a?.csv")
