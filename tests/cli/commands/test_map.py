"""`map` writes a draft where it is wanted, and never over the table itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

import minsight
from minsight.errors import FileError
from minsight.screening import draft_map, source_of
from minsight_cli.commands.map import map_


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("id,fever,hats\n1,yes,4\n", encoding="utf-8")
    return path


def test_the_draft_is_printed_and_counted_apart(
    table: Path, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    map_(table)
    shown = capsys.readouterr()
    assert shown.out == draft_map(source_of(table), rules.vocabulary).text
    assert shown.err == "2 columns placed, 0 guessed, 1 not placed\n"


def test_the_draft_is_written_whole_to_a_file_that_is_free(
    table: Path, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    target = table.with_name("people.map.yaml")
    map_(table, output=target)
    expected = draft_map(source_of(table), rules.vocabulary).text
    assert target.read_text(encoding="utf-8") == expected
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith(f"1 not placed in {target}\n")
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(FileError, match="exists"):
        map_(table, output=target)
    assert target.read_text(encoding="utf-8") == "mine"
    map_(table, output=target, force=True)
    assert target.read_text(encoding="utf-8") == expected


def test_the_table_is_never_the_map(table: Path) -> None:
    before = table.read_bytes()
    link = table.with_name("link.csv")
    link.symlink_to(table)
    for target in (table, link):
        with pytest.raises(typer.BadParameter, match="is the table; write somewhere"):
            map_(table, output=target, force=True)
    assert table.read_bytes() == before


def test_a_map_of_no_table_that_is_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        map_(tmp_path / "none.csv")
    taken = tmp_path / "taken.yaml"
    taken.touch()
    with pytest.raises((FileError, FileNotFoundError)):
        map_(tmp_path / "none.csv", output=taken)
    assert taken.read_bytes() == b""
