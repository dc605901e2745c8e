"""What Spark writes: folders of results, and counts of what became of all rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import minsight
from command_line import CommandLine, is_one_paragraph
from minsight.errors import FileError
from minsight.screening import source_of
from minsight.screening.formats import ending_of
from minsight.screening.pipeline import Screening
from minsight.screening.spark.files import Files, find_files, told_on_spark
from minsight.screening.spark.writing import (
    made_safe_on_spark,
    refuse_taken_folder,
    tally_of,
    write_folder,
)
from minsight.screening.summary.tally import Tally
from on_spark import PEOPLE, as_polars, by_polars, plain

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")


@pytest.mark.parametrize(
    ("target", "writes"),
    [
        ("s3a://b/out.CSV", True),
        ("out.parquet/", True),
        ("a.csv/out", False),
        ("out.csv.gz", False),
    ],
)
def test_whether_a_folder_is_written_is_told_by_the_end_of_its_name(
    target: str, writes: bool
) -> None:
    assert ending_of(target).spark_writes == writes


def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe(spark: Any) -> None:
    rows = [("=1+1", 1), ("-", -2), ("+x", 3), ("@x", 4), ("007", 5), ("a=1", 6)]
    frame = spark.createDataFrame([*rows, (None, 7)], "text string, number int")
    safe = as_polars(made_safe_on_spark(frame))
    assert safe["text"].to_list() == ["'=1+1", "'-", "'+x", "'@x", "007", "a=1", None]
    assert safe["number"].to_list() == [1, -2, 3, 4, 5, 6, 7]


def test_a_folder_that_stands_in_the_way_is_refused_or_replaced(
    spark: Any, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    files = Files((), (str(tmp_path / "in.csv"),), "text", deep=True)
    refuse_taken_folder(spark, str(target), files, force=False)
    frame = spark.createDataFrame([("=1",)], "text string")
    write_folder(frame, str(target), ending=".csv")
    with pytest.raises(FileError, match=r"out` exists; choose another name"):
        refuse_taken_folder(spark, str(target), files, force=False)
    refuse_taken_folder(spark, str(target), files, force=True)
    write_folder(frame, str(target), ending=".parquet")
    assert pl.read_parquet(target / "*.parquet").rows() == [("=1",)]
    assert list(target.glob("*.csv")) == []


def test_a_folder_that_holds_the_input_is_refused_even_by_force(
    spark: Any, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text("id,fatigue\n1,yes\n", encoding="utf-8")
    files = find_files(spark, [str(tmp_path)])
    with pytest.raises(FileError, match="holds the input; write somewhere else"):
        refuse_taken_folder(spark, str(tmp_path), files, force=True)


def test_rows_are_counted_as_on_one_machine(
    spark: Any, rules: minsight.Rules, survey: Path
) -> None:
    (survey.parent / "empty.csv").write_bytes(b"")
    files = find_files(spark, [str(survey.parent)])
    found = tally_of(told_on_spark(rules, spark, files), files)
    expected = Tally(files=1, rejected_files=1)
    for screened in Screening(rules).screen(source_of(survey)):
        expected.add(screened)
    for name in ("files", "rejected_files", "rows", "assessed", "rejected"):
        assert getattr(found, name) == getattr(expected, name), name
    assert found.standing == expected.standing
    assert found.levels == expected.levels
    assert found.notices == expected.notices


# --- the command ----------------------------------------------------------------------


def test_the_command_is_quiet_and_writes_folders_by_itself(
    command: CommandLine, rules: minsight.Rules, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    words = ("screen", str(survey), "--engine", "spark", "--output", str(out))
    outcome = command.process(*words, "--master", "local[2]")
    assert (outcome.code, outcome.err) == (1, "")
    results, rejects = by_polars(rules, survey)
    rejected = len({row for _, row, *_ in rejects})
    counted = f"{PEOPLE} rows of 1 file: {PEOPLE - rejected} assessed, {rejected}"
    assert outcome.out.startswith(counted)
    assert plain(pl.read_parquet(out / "*.parquet"), "file") == results


@pytest.mark.usefixtures("spark")
def test_text_that_the_command_writes_can_be_read_again(
    command: CommandLine, tmp_path: Path
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    ids = ["007", "=1+1", ' a "b", c ', "-"]
    with people.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "fatigue"], *([id_, "yes"] for id_ in ids)])
        csv.writer(file).writerow(["=2", "mabye"])
    words = ("screen", str(people), "--engine", "spark", "--output", str(out))
    assert command.run(*words).code == 1
    found = {row["subject_id"] for row in rows_of(out)}
    assert found == {"007", "'=1+1", ' a "b", c ', "'-"}
    (reject,) = rows_of(tmp_path / "out.csv.rejects")
    assert (reject["row"], reject["column"], reject["value"]) == (
        *("5", "fatigue", "mabye"),
    )
    again = command.run(*words)
    assert (again.code, "--force" in again.err) == (2, True)
    assert is_one_paragraph(again.err)
    assert command.run(*words, "--force").code == 1


def rows_of(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    ("output", "rejects"),
    [
        ("survey.csv", "r.csv"),
        ("out.csv", "survey.csv"),
        ("out.csv", "out.csv"),
        ("out.csv", "out.csv/r.csv"),
        ("out.docx", "r.csv"),
    ],
)
def test_a_folder_that_cannot_be_written_is_refused_before_anything_is(
    output: str, rejects: str, command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    before = survey.read_bytes()
    outcome = command.run(
        *("screen", str(survey), "--engine", "spark", "--force"),
        *("--output", str(tmp_path / output), "--rejects", str(tmp_path / rejects)),
    )
    assert outcome.code == 2
    assert is_one_paragraph(outcome.err)
    assert [path.name for path in tmp_path.iterdir()] == ["survey.csv"]
    assert survey.read_bytes() == before


@pytest.mark.usefixtures("spark")
def test_a_missing_file_is_told(command: CommandLine, tmp_path: Path) -> None:
    words = ("screen", str(tmp_path / "no.csv"), "--engine", "spark")
    outcome = command.run(*words, "--output", str(tmp_path / "out.csv"))
    assert (outcome.code, "no.csv" in outcome.err) == (2, True)
    assert is_one_paragraph(outcome.err)


def test_without_java_the_command_says_what_to_install(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    words = ("screen", str(survey), "--engine", "spark")
    nowhere = {"PATH": str(tmp_path), "JAVA_HOME": None}
    outcome = command.process(*words, "--output", str(tmp_path / "o.csv"), env=nowhere)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Java 17" in outcome.err
    assert is_one_paragraph(outcome.err)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--resume",), "--resume"),
        (("--report", "r.html"), "--report"),
        (("--wide",), "--wide"),
    ],
)
def test_what_spark_does_not_do_is_refused(
    options: tuple[str, ...],
    named: str,
    command: CommandLine,
    survey: Path,
    tmp_path: Path,
) -> None:
    out = str(tmp_path / "out.parquet")
    words = ("screen", str(survey), "--engine", "spark", "--output", out)
    outcome = command.run(*words, *options)
    assert (outcome.code, named in outcome.err) == (2, True)
