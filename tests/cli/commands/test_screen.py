"""`screen` refuses what Spark does not do, and asks to look at rejected rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from minsight_cli.commands.screen.command import Way, _refuse_for_spark, screen
from minsight_cli.commands.screen.spark import _refuse_names
from minsight_cli.exits import Exit


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("id,fever\na,yes\nb,no\n", encoding="utf-8")
    return path


def test_a_run_without_problems_ends_well(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = people.with_name("out.csv")
    screen([str(people)], str(out))
    assert out.read_text(encoding="utf-8").startswith("file,row,subject_id,")
    assert "2 rows of 1 file: 2 assessed, 0 rejected" in capsys.readouterr().out


def test_a_rejected_row_asks_to_be_looked_at_and_stands_where_it_was_wanted(
    people: Path,
) -> None:
    people.write_text("id,fever\na,yes\nb,mabye\n", encoding="utf-8")
    out, aside = people.with_name("out.csv"), people.with_name("aside.csv")
    with pytest.raises(typer.Exit) as stopped:
        screen([str(people)], str(out), rejects=str(aside))
    assert stopped.value.exit_code == Exit.LOOK
    assert "mabye" in aside.read_text(encoding="utf-8")
    assert not people.with_name("out.csv.rejects").exists()


@pytest.mark.parametrize("option", ["report", "wide", "fail_fast", "resume"])
def test_what_spark_does_not_do_is_refused_by_name(option: str) -> None:
    _refuse_for_spark(report=None, wide=False, fail_fast=False, resume=False)
    with pytest.raises(typer.BadParameter) as caught:
        _refuse_for_spark(**{option: True})
    assert str(caught.value).startswith(f"`--{option.replace('_', '-')}` is not for")


def test_it_is_refused_before_spark_is_begun(people: Path) -> None:
    with pytest.raises(typer.BadParameter, match="`--wide` is not for"):
        screen([str(people)], "out.parquet", wide=True, engine=Way.SPARK)


@pytest.mark.parametrize(
    ("output", "aside"),
    [
        ("out.csv", "out.csv.rejects"),
        ("s3a://bucket/out.parquet/", "s3a://bucket/aside"),
        ("a/out.csv", "a/aside/out.csv"),
    ],
)
def test_results_and_rejects_of_spark_have_a_folder_each(
    output: str, aside: str
) -> None:
    _refuse_names(output, aside)


@pytest.mark.parametrize(
    ("output", "aside", "told"),
    [
        ("out.xlsx", "aside", "Spark writes a folder of Parquet or CSV"),
        ("out", "aside", "Spark writes a folder of Parquet or CSV"),
        ("out.csv", "out.csv", "a folder each"),
        ("out.csv", "out.csv/aside", "a folder each"),
        ("a/out.csv", "a/", "a folder each"),
    ],
)
def test_folders_of_spark_that_would_replace_each_other_are_refused(
    output: str, aside: str, told: str
) -> None:
    with pytest.raises(typer.BadParameter, match=told):
        _refuse_names(output, aside)
