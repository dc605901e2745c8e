"""Spark gives what Polars gives, from the files themselves and from frames."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

import minsight
from command_line import CommandLine, is_one_paragraph
from minsight.screening import load_map, source_of
from minsight.screening.results import SCHEMA
from minsight.screening.running import Screening

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")

QUESTIONS: Final = ("fatigue", "pallor", "ice_craving", "spoon_nails", "pregnant")
PEOPLE: Final = 300
MAP: Final = """\
id: who
age: {column: age, unit: years}
answers:
  - {column: q1, answers: fatigue, observed: [1], excluded: [2], unknown: [7, 9]}
  - {column: q2, answers: spoon_nails, observed: [1], excluded: [2], unknown: [7, 9]}
"""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.log.level": "OFF",
    }
    session = builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Made-up people, with zeros before their ids and some rows that are rejected."""
    chance = random.Random(5)
    path = tmp_path / "survey.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["subject_id", "age_years", "sex", *QUESTIONS])
        for row in range(PEOPLE):
            age = chance.choice([0, 4, 30, 30, 80, 1000])
            answers = [chance.choice(["yes", "no", "", "mabye"]) for _ in QUESTIONS]
            writer.writerow([f"{row:04d}", age, chance.choice("fm"), *answers])
    return path


def by_polars(rules: minsight.Rules, path: Path, mapping: Any = None) -> Any:
    """The results and the rejected rows of one file."""
    screened = list(Screening(rules, mapping=mapping).screen(source_of(path)))
    results = pl.concat([one.results for one in screened]).drop("file")
    rejects = [(r.row, r.column, r.value) for one in screened for r in one.rejects]
    return plain(results), sorted(rejects, key=str)


def plain(results: pl.DataFrame) -> list[tuple[Any, ...]]:
    names = list(SCHEMA)
    return results.select(names).cast(pl.String).fill_null("").sort(names).rows()


def by_spark(found: Any) -> Any:
    results = pl.from_arrow(found.results.toArrow())
    rejects = pl.from_arrow(found.rejects.toArrow())
    assert isinstance(results, pl.DataFrame)
    assert isinstance(rejects, pl.DataFrame)
    rows = rejects.select("row", "column", "value").rows()
    return plain(results), sorted(rows, key=str)


def test_text_files_are_screened_where_they_lie(
    spark: Any, rules: minsight.Rules, survey: Path
) -> None:
    from minsight.screening.spark import parts_of
    from minsight.screening.spark_files import told_of_paths

    told = told_of_paths(rules, spark, [str(survey)])
    found = by_spark(parts_of(told, without_file=False))
    assert found == by_polars(rules, survey)
    assert len(found[1]) > PEOPLE / 6


def test_parquet_files_are_screened_where_they_lie(
    spark: Any, rules: minsight.Rules, survey: Path, tmp_path: Path
) -> None:
    from minsight.screening.spark import parts_of
    from minsight.screening.spark_files import told_of_paths

    path = tmp_path / "survey.parquet"
    pl.read_csv(survey, infer_schema=False).write_parquet(path)
    told = told_of_paths(rules, spark, [str(path)])
    assert by_spark(parts_of(told, without_file=False)) == by_polars(rules, path)


def test_a_map_says_what_columns_are(
    spark: Any, rules: minsight.Rules, tmp_path: Path
) -> None:
    from minsight.screening.spark import parts_of
    from minsight.screening.spark_files import told_of_paths

    path, file = tmp_path / "coded.csv", tmp_path / "coded.map.yaml"
    path.write_text("who,age,q1,q2\n01,30,1,1\n02,40,2,9\n03,50,1,5\n", "utf-8")
    file.write_text(MAP, encoding="utf-8")
    mapping = load_map(file, rules.vocabulary)
    told = told_of_paths(rules, spark, [str(path)], mapping=mapping)
    results, rejects = by_spark(parts_of(told, without_file=False))
    assert (results, rejects) == by_polars(rules, path, mapping)
    assert [row for row, _, _ in rejects] == [3]


def test_a_frame_stays_a_frame_of_spark(
    spark: Any, rules: minsight.Rules, survey: Path
) -> None:
    people = pl.read_csv(survey, infer_schema=False)
    given = spark.createDataFrame(people.rows(), people.columns).coalesce(1)
    found = rules.assess_table(given)
    assert type(found.results) is type(given)
    results, _ = by_spark(found)
    expected, _ = by_polars(rules, survey)
    assert [row[1:] for row in results] == [row[1:] for row in sorted(expected)]


@pytest.mark.usefixtures("spark")
def test_the_command_writes_folders_and_counts(
    command: CommandLine, rules: minsight.Rules, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    words = ("screen", str(survey), "--engine", "spark", "--output", str(out))
    outcome = command.process(*words, "--master", "local[2]")
    assert (outcome.code, outcome.err) == (1, "")
    results, rejects = by_polars(rules, survey)
    rejected = len({row for row, _, _ in rejects})
    counted = f"{PEOPLE} rows: {PEOPLE - rejected} assessed, {rejected} rejected."
    assert outcome.out.startswith(counted)
    assert plain(pl.read_parquet(out / "*.parquet")) == results
    again = command.run(*words)
    assert (again.code, "--force" in again.err) == (2, True)
    assert is_one_paragraph(again.err)


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
