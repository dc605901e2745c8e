"""No room: told in one way, whichever library was writing."""

from __future__ import annotations

import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from minsight.api import Rules
from minsight.errors import FileError
from minsight.files.room import no_room, writing_to

FULL = "No space left on device (os error 28)"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "; make room there, or"),
        (OSError(FULL), "no space left on device; make room there, or"),
        (pl.exceptions.ComputeError(f"parquet: {FULL}"), "no space left on device;"),
        (Exception(OSError(errno.EFBIG, "File too large")), "raise the limit of"),
        (pl.exceptions.ComputeError("x (os error 5)"), "`: input/output error"),
    ],
)
def test_that_there_is_no_room_is_told_with_what_to_do(
    error: Exception, told: str
) -> None:
    with pytest.raises(FileError) as caught, writing_to("o.csv"):
        raise error
    assert str(caught.value).startswith("cannot write `o.csv`: ")
    assert told in str(caught.value)
    assert no_room(error) == (";" in str(caught.value))


@pytest.mark.parametrize(
    "error", [FileError("a (os error 28)"), ValueError("b"), OSError(errno.ENOENT, "c")]
)
def test_other_errors_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, writing_to("o.csv"):
        raise error
    assert caught.value is error


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(
    "ending", [".csv", ".csv.gz", ".parquet", ".xlsx", ".jsonl", ".fhir.json"]
)
@pytest.mark.parametrize("size", [0, 700, 5_000])
def test_a_run_without_room_says_so_and_can_be_made_again(
    size: int, ending: str, wide: bool, small: Rules, tmp_path: Path
) -> None:
    """At whichever file of the run the room ends."""
    if wide and ending in (".jsonl", ".fhir.json"):
        return
    table = tmp_path / "people.csv"
    rows = "".join(f"person-{number},yes\n" for number in range(700))
    table.write_text(f"id,itch\n{rows}", encoding="utf-8")
    out = tmp_path / f"out{ending}"
    with (
        no_file_over(size),
        pytest.raises(FileError, match=r"cannot write `.*out\..*`: .*; raise the lim"),
    ):
        small.screen(table, out, wide=wide)
    assert not out.exists()
    again = small.screen(table, out, wide=wide, resume=True)
    assert again.manifest.assessed == 700
    assert {path.name for path in tmp_path.iterdir()} == {
        table.name, out.name, f"{out.name}.manifest.json",
    }  # fmt: skip
