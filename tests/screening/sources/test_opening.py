"""Files that are opened: how often, and what is told of those that are damaged."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

import minsight
from minsight.errors import FileError
from minsight.screening.sources.opening import (
    Compression,
    compression_of,
    opened,
    unpacked,
)
from reading_tables import read

Pack = Callable[[bytes], bytes]


def _gzip(raw: bytes) -> bytes:
    """The same bytes whenever it is asked: ids of tests are made of them."""
    return gzip.compress(raw, mtime=0)


PACKERS: dict[str, Pack] = {"gz": _gzip, "zst": zstd.compress}
ROWS = 20_000


def table(rows: int = ROWS) -> bytes:
    draw = random.Random(1)
    lines = (f"{draw.randbytes(4).hex()},yes" for _ in range(rows))
    return ("id,fatigue\n" + "\n".join(lines) + "\n").encode()


def compressed(folder: Path, ending: str, raw: bytes) -> Path:
    path = folder / f"d.csv.{ending}"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("cut", [1, 5, 5_000, 100_000])
def test_a_compressed_file_that_is_cut_off_is_an_error(
    ending: str, cut: int, rules: minsight.Rules, tmp_path: Path
) -> None:
    whole = PACKERS[ending](table())
    assert cut < len(whole)
    path = compressed(tmp_path, ending, whole[:-cut])
    with pytest.raises(FileError, match=rf"`.*d\.csv\.{ending}` is cut off or damaged"):
        read(path, rules)


@pytest.mark.parametrize("ending", PACKERS)
def test_what_is_behind_the_last_piece_of_a_compressed_file_is_an_error(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = compressed(tmp_path, ending, PACKERS[ending](table()) + b"and more")
    with pytest.raises(FileError, match="is cut off or damaged"):
        read(path, rules)


@pytest.mark.parametrize("ending", PACKERS)
def test_a_compressed_file_in_several_pieces_is_read_to_its_end(
    ending: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    pack = PACKERS[ending]
    raw = table(100)
    pieces = pack(raw[:300]) + pack(b"") + pack(raw[300:])
    assert read(compressed(tmp_path, ending, pieces), rules).answers.height == 100


def test_without_the_extra_a_file_in_zstd_is_refused_with_what_to_install(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = compressed(tmp_path, "zst", zstd.compress(table(10)))
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(FileError, match=r"install \"minsight\[zstd\]\""):
        read(path, rules)


# --- one file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "compression"),
    [
        (_gzip(b"a"), "gzip"),
        (zstd.compress(b"a"), "zstd"),
        (b"", ""),
        (b"\x1f", ""),
        (b"id,fatigue", ""),
    ],
)
def test_a_compressed_file_is_known_by_how_it_begins(
    start: bytes, compression: str
) -> None:
    assert compression_of(start) == compression


@pytest.mark.parametrize(
    ("compression", "pack"),
    [("", bytes), ("gzip", _gzip), ("zstd", zstd.compress)],
)
def test_the_plain_bytes_of_a_file_are_those_that_were_packed(
    compression: Compression, pack: Pack, tmp_path: Path
) -> None:
    path = tmp_path / "d"
    path.write_bytes(pack(b"id,fatigue\n"))
    with opened(path, "d") as file, unpacked(file, compression, "d") as plain:
        assert plain.read() == b"id,fatigue\n"


def test_what_goes_wrong_while_a_file_is_open_is_told_by_its_name(
    tmp_path: Path,
) -> None:
    path = tmp_path / "d"
    path.touch()
    for error, told in (
        (EOFError("ended too soon"), "`shown` is cut off or damaged: ended too soon"),
        (OSError(5, "Input/output error"), "cannot read `shown`: input/output error"),
    ):
        with pytest.raises(FileError) as caught, opened(path, "shown"):
            raise error
        assert str(caught.value) == told
    with (
        pytest.raises(FileError, match="cannot read `shown`: no such file"),
        opened(tmp_path / "none", "shown"),
    ):
        pass


# --- how often ------------------------------------------------------------------------

RUN = """
import sys
from pathlib import Path

import minsight
from minsight.screening import find_sources
from minsight.screening.runs.order import Order
from minsight.screening.runs.run import Runner
from minsight.screening.sources import dialects

survey, folder = Path(sys.argv[1]), Path(sys.argv[1]).parent
opens, sniffs = [], []
sniff = dialects._separator
dialects._separator = lambda text: sniffs.append(text) or sniff(text)


def watch(event, details):
    if event == "open" and str(details[0]) == str(survey):
        opens.append(event)


sys.addaudithook(watch)
found = find_sources([survey])
order = Order(found=found, output=folder / "out.csv", rejects=folder / "out.rejects")
run = Runner(order, minsight.load()).run()
assert run.tally.assessed == 3, run.tally
print(len(opens), len(sniffs))
"""
JSON = b'{"present": ["fatigue"]}\n' * 3


@pytest.mark.parametrize(
    ("name", "raw", "sniffs"),
    [
        ("d.csv", table(3), 1),
        ("d.csv.gz", _gzip(table(3)), 1),
        ("d.csv.zst", zstd.compress(table(3)), 1),
        ("d.csv", table(3).decode().encode("utf-16"), 1),
        ("d.jsonl", JSON, 0),
        ("d.jsonl.gz", _gzip(JSON), 0),
    ],
)
def test_a_run_opens_a_file_three_times_and_finds_its_dialect_once(
    name: str, raw: bytes, sniffs: int, tmp_path: Path
) -> None:
    """To see what it is, to know it again by its hash, and to read it."""
    survey = tmp_path / name
    survey.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(survey)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["3", str(sniffs)]
