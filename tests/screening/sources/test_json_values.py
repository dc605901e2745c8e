"""JSON of any layout is a row of values; a broken line is an error of its row only."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from minsight.errors import FileError
from minsight.screening.sources import json_values as module
from minsight.screening.sources import source as sources
from minsight.screening.sources.json_values import JsonLine, values_of
from minsight.screening.sources.source import source_of

TWO = [{"a": 1}, {"b": 2}]


def lines_of(raw: bytes, folder: Path, name: str = "people.json") -> list[JsonLine]:
    path = folder / name
    path.write_bytes(raw)
    return list(values_of(source_of(path)))


def values(lines: list[JsonLine]) -> list[Any]:
    assert [line.error for line in lines] == [None] * len(lines)
    return [line.value for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"b": 2}\n',
        '{"a": 1}\n\n  \n{"b": 2}',
        '[{"a": 1}, {"b": 2}]',
        json.dumps(TWO, indent=2),
        '\n\n[{"a": 1},\n {"b": 2}]\n',
        '\ufeff{"a": 1}\r\n{"b": 2}\r\n',
    ],
    ids=["lines", "blank lines", "array", "indented", "broken array", "marked"],
)
def test_the_values_of_every_layout_are_the_same(text: str, tmp_path: Path) -> None:
    assert values(lines_of(text.encode(), tmp_path)) == TWO


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_text_is_read_too(encoding: str, tmp_path: Path) -> None:
    raw = '{"a": "\u00fc"}\n{"b": 2}\n'.encode(encoding)
    assert values(lines_of(raw, tmp_path, "p.jsonl")) == [{"a": "\u00fc"}, {"b": 2}]


def test_compressed_text_is_read_too(tmp_path: Path) -> None:
    raw = gzip.compress(b'{"a": 1}\n{"b": 2}\n')
    assert values(lines_of(raw, tmp_path, "p.json.gz")) == TWO


def test_one_object_is_one_value(tmp_path: Path) -> None:
    assert values(lines_of(b'{\n"a": 1\n}\n', tmp_path)) == [{"a": 1}]
    assert values(lines_of(b"[]", tmp_path)) == []
    assert lines_of(b"", tmp_path, "p.jsonl") == []


def test_a_line_that_is_not_json_is_an_error_of_its_row(tmp_path: Path) -> None:
    first, broken, last = lines_of(
        b'{"a": 1}\n{"a": 1, "a": 2}\n{"b": 2}\n', tmp_path, "p.jsonl"
    )
    assert (first.value, last.value) == (TWO[0], TWO[1])
    assert broken.value is None
    assert broken.error is not None
    assert broken.text == '{"a": 1, "a": 2}'


def test_where_the_first_line_is_broken_lines_are_known_by_name_or_by_look(
    tmp_path: Path,
) -> None:
    raw = b'{"a": \n{"b": 2}\n{"c": 3}\n'
    for name in ("p.jsonl", "p.json"):
        found = lines_of(raw, tmp_path, name)
        assert [line.error is None for line in found] == [False, True, True]
    with pytest.raises(FileError, match=r"`.*p\.json` is not JSON"):
        lines_of(b'{"a": \n"b\n', tmp_path, "p.json")


def test_the_beginning_of_a_value_is_kept_short(tmp_path: Path) -> None:
    (line,) = lines_of(json.dumps({"a": "x" * 900}).encode(), tmp_path)
    assert line.text == '{"a": "' + "x" * 193


# --- what is too large ----------------------------------------------------------------


def packed(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(raw))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_is_one_error_of_its_row(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONGEST", 20)
    for end in ("\n", ""):
        text = "[1]\n" + "x" * 99 + "\n[2]\n" + "[3" + " " * 18 + "]" + end
        path = tmp_path / "d.jsonl"
        path.write_bytes(text.encode(encoding))
        found = list(values_of(source_of(path)))
        assert [one.value for one in found] == [1, None, [2], None]
        told = [str(one.error) for one in found if one.error]
        assert all(one.startswith("is longer than ") for one in told)
        assert len(told) == 2


def test_a_document_that_packs_itself_into_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_AT_ONCE", 1_000)
    document = b"[{}\n" + b",{}\n" * 10_000 + b"]\n"
    path = packed(tmp_path, "d.json.gz", document)
    with pytest.raises(FileError, match=r"more than .*; unpack it, or write a value"):
        list(values_of(source_of(path)))
    (tmp_path / "d.json").write_bytes(document)
    assert len(list(values_of(source_of(tmp_path / "d.json")))) == 10_001
    lines = packed(tmp_path, "d.jsonl.gz", b"{\n" + b"{}\n" * 10_000)
    found = list(values_of(source_of(lines)))
    assert (len(found), sum(one.error is not None for one in found)) == (10_001, 1)
