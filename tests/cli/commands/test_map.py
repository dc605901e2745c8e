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
    assert shown.err == "2 columns placed, 0 guessed, 0 open, 1 not placed\n"


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


def test_a_check_says_what_each_column_becomes_and_drafts_nothing(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = table.with_name("people.map.yaml")
    map_(table, output=target)
    capsys.readouterr()
    map_(table, check=target)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "The first 1 row:"
    assert any(one.startswith("  fever: ") and "1 yes, 0 no" in one for one in lines)


def test_a_codebook_says_what_codes_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coded = tmp_path / "coded.csv"
    coded.write_text("record_id,q1\n1,1\n2,2\n", encoding="utf-8")
    book = tmp_path / "dictionary.csv"
    book.write_text(
        "Variable / Field Name,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels"\n'
        'q1,radio,Fever,"1, No | 2, Yes"\n',
        encoding="utf-8",
    )
    map_(coded, codebook=book)
    shown = capsys.readouterr().out
    assert '{column: q1, answers: fever, observed: ["2"], excluded: ["1"]' in shown
