"""A small file that is in order has the rows that the reader of any file gives."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsight.errors import FileError
from minsight.screening.sources.delimited import raw_frames
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.small_files import SMALL_BYTES, SmallFile, small_file
from minsight.screening.sources.source import Source, source_of
from random_laws import examples

HEADER: Final = b"id,said\n"
_PIECES: Final = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", '""', "yes", '"no"', '"a\nb"', " ", "\x02", "\xe9"]
)


def read(content: bytes, folder: Path, name: str = "f.csv") -> SmallFile | None:
    (folder / name).write_bytes(content)
    return small_file(source_of(folder / name))


def rows_of_any(source: Source) -> tuple[list[list[str]], int, str]:
    """The rows by the reader of any file, how many it puts aside, and what it tells."""
    recoding = Recoding(source.encoding)
    assert source.dialect is not None
    wanted = dict.fromkeys(range(len(source.dialect.header)))
    raws = list(raw_frames(source, wanted, recoding))
    rows = [
        [cell or "" for cell in row[1:]] for raw in raws for row in raw.frame.rows()
    ]
    return rows, sum(len(raw.rejects) for raw in raws), recoding.told


@examples(200)
@given(
    text=st.lists(_PIECES, max_size=14).map("".join),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_rows_are_those_of_the_reader_of_any_file(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(f"id,said\n{text}".encode(encoding))
    try:
        source = source_of(path)
    except FileError:
        assume(condition=False)
    found = small_file(source)
    if found is not None:
        expected = ([list(row) for row in found.rows], 0, found.told)
        assert expected == rows_of_any(source)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"id,said\n", []),
        (b"id,said\na,yes\n\n\n", [["a", "yes"]]),
        (b"\xef\xbb\xbfid,said\r\na,yes\r\nb,", [["a", "yes"], ["b", ""]]),
        (b'id,said\n"a,b","x ""y"""\n', [["a,b", 'x "y"']]),
        (b"A title\n\nid,said,more\na,,yes\n", [["a", "", "yes"]]),
        ("id\tsaid\na\t\xe9\n".encode("utf-16"), [["a", "\xe9"]]),
        # Half a character at the end of a file that is one line long.
        ("id\tsaid".encode("utf-16-be") + b"\0", []),
    ],
)
def test_what_is_in_order_is_read(
    content: bytes, rows: list[list[str]], tmp_path: Path
) -> None:
    found = read(content, tmp_path)
    assert found is not None
    assert [list(row) for row in found.rows] == rows


def test_how_a_text_was_read_is_told(tmp_path: Path) -> None:
    for content, told in (
        (b"id,said\na,caf\xe9\n", "the text is not UTF-8 and was read as Windows-1252"),
        ("id,said\na,b\n".encode("utf-16"), "the text was read as UTF-16-LE"),
        (b"id,said\na,b\n", ""),
    ):
        found = read(content, tmp_path)
        assert found is not None
        assert found.told == told


@pytest.mark.parametrize(
    "content",
    [
        HEADER + b"a,b,c\n",
        HEADER + b"a,b\n\nc,d\n",
        HEADER + b'a,"b\n',
        HEADER + b"a,b\rc\n",
        HEADER + b"a,\x02\n",
        HEADER + b"a,b\n" * (SMALL_BYTES // 4),
    ],
)
def test_what_is_odd_or_large_is_left_to_the_reader_of_any_file(
    content: bytes, tmp_path: Path
) -> None:
    assert read(content, tmp_path) is None


def test_what_is_packed_no_table_or_gone_is_left_to_it_too(tmp_path: Path) -> None:
    assert read(gzip.compress(HEADER + b"a,b\n"), tmp_path, "f.csv.gz") is None
    assert read(b'{"subject_id": "a"}', tmp_path, "f.json") is None
    (tmp_path / "f.csv").write_bytes(HEADER)
    source = source_of(tmp_path / "f.csv")
    (tmp_path / "f.csv").unlink()
    assert small_file(source) is None
