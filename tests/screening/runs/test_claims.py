"""A name is written to by one run at a time, and freed by any death of its owner."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from minsight.errors import FileError
from minsight.screening.runs.claims import claimed

HOLDING = """
import sys
from pathlib import Path
from minsight.screening.runs.claims import claimed
with claimed([Path(sys.argv[1])]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_name_is_held_by_one_alone_and_leaves_nothing(tmp_path: Path) -> None:
    out, other = tmp_path / "out.csv", tmp_path / "other.csv"
    with claimed([out]):
        with claimed([other]):
            pass
        with pytest.raises(FileError, match=r"another run is writing to `.*out\.csv`"):
            claimed([other, out]).__enter__()
    with claimed([out, other]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_death_of_its_owner_frees_a_name(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    owner = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"held\n"
    with pytest.raises(FileError, match="another run"), claimed([out]):
        pass
    owner.kill()
    owner.communicate()
    with claimed([out]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "out.csv"
    with pytest.raises(FileError, match=r"there is no folder `.*none` to write to"):
        claimed([nowhere]).__enter__()
    long = tmp_path / ("n" * 255)
    with pytest.raises(FileError, match="cannot write"):
        claimed([long]).__enter__()
