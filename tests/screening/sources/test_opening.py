"""Files that are opened: how often, and what is told of those that are damaged."""

from __future__ import annotations

import errno
import gzip
import io
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from backports import zstd

import minsight
from command_line import CommandLine
from minsight.errors import FileError
from minsight.screening.runs.manifest import manifest_of, read_manifest
from minsight.screening.sources.files import find_sources
from minsight.screening.sources.opening import (
    Compression,
    compression_of,
    opened,
    unpacked,
)
from minsight.screening.sources.source import source_of
from minsight.screening.sources.tables import heading_of_table
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
sniff = dialects._fit
dialects._fit = lambda text, mark: sniffs.append(mark) or sniff(text, mark)


def watch(event, details):
    if event == "open" and str(details[0]) == str(survey):
        opens.append(event)


sys.addaudithook(watch)
found = find_sources([survey])
order = Order(found=found, output=folder / "out.csv", rejects=folder / "out.rejects")
run = Runner(order, minsight.load()).run()
assert run.tally.assessed == 3, run.tally
print(len(opens), sniffs.count(","))
"""
JSON = b'{"present": ["fatigue"]}\n' * 3
FRAME = pl.DataFrame({"id": ["a", "b", "c"], "fatigue": ["yes"] * 3})


def as_parquet() -> bytes:
    file = io.BytesIO()
    FRAME.write_parquet(file)
    return file.getvalue()


def as_excel() -> bytes:
    file = io.BytesIO()
    FRAME.write_excel(file)
    return file.getvalue()


def as_transport(folder: Path) -> bytes:
    path = folder / "people.xpt"
    pyreadstat.write_xport(FRAME, str(path), file_format_version=5)
    return path.read_bytes()


JUMPING: dict[str, Callable[[Path], bytes]] = {
    "d.parquet": lambda _: as_parquet(),
    "d.xlsx": lambda _: as_excel(),
    "d.xpt": as_transport,
}
"""Files whose readers jump about in them."""


def opens_and_sniffs(survey: Path, raw: bytes) -> list[str]:
    """How often a run opens a file, and how often it looks for separators in it."""
    survey.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(survey)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


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
def test_a_run_opens_a_file_four_times_and_finds_its_dialect_once(
    name: str, raw: bytes, sniffs: int, tmp_path: Path
) -> None:
    """To see what it is, to know it by its hash, to read it, to find it unchanged."""
    assert opens_and_sniffs(tmp_path / name, raw) == ["4", str(sniffs)]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("name", JUMPING)
def test_a_file_that_is_jumped_about_in_is_opened_no_more_often(
    name: str, ending: str, tmp_path: Path
) -> None:
    raw = PACKERS.get(ending[1:], bytes)(JUMPING[name](tmp_path))
    assert opens_and_sniffs(tmp_path / f"{name}{ending}", raw) == ["4", "0"]


# --- what is kept meanwhile -----------------------------------------------------------


def test_what_comes_by_a_stream_has_no_name_that_could_be_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even while it is there, so that no way to die leaves anything."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with closing(find_sources(["-"], stdin=io.BytesIO(table(3)))) as found:
        (source,) = found.sources
        assert source.held is not None
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", JUMPING)
def test_standard_input_is_read_by_every_reader_and_leaves_nothing(
    name: str, command: CommandLine, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    out, env = tmp_path / "out.csv", {"TMPDIR": str(temporary)}
    raw = JUMPING[name](tmp_path)
    process = command.spawn(
        "screen", "-", f"--output={out}", env=env, stdin=subprocess.PIPE
    )
    process.communicate(raw)
    assert process.returncode == 0
    assert list(temporary.iterdir()) == []
    (told,) = read_manifest(manifest_of(out)).inputs
    assert told.file is not None
    assert (told.name, told.file.path, told.assessed) == ("standard input", "-", 3)


@pytest.mark.parametrize("name", JUMPING)
def test_what_is_unpacked_has_no_name_either(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(_gzip(JUMPING[name](tmp_path)))
    before = set(tmp_path.iterdir())
    with (
        pytest.MonkeyPatch.context() as patch,
        source_of(path).at_hand() as source,
        source.whole() as file,
    ):
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        assert file.read() == gzip.decompress(path.read_bytes())
        assert set(tmp_path.iterdir()) == before


def test_no_room_for_what_is_unpacked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "d.parquet.gz"
    path.write_bytes(_gzip(as_parquet()))
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(FileError, match=r"there is no room .*; make room, or name"):
        heading_of_table(source_of(path))
    found = find_sources(["-"], stdin=io.BytesIO(table(3)))
    assert "there is no room for what is in `standard input`" in found.rejects[0].reason
