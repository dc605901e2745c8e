"""Spark gives what Polars gives, from the files themselves and from frames."""

from __future__ import annotations

import csv
import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from command_line import CommandLine, is_one_paragraph
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.screening import Map, load_map, source_of
from minsight.screening.pipeline import Screening
from minsight.screening.results.schema import SCHEMA
from random_laws import examples
from strategies import given_sets, shipped
from tables import table_of

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")

QUESTIONS: Final = ("fatigue", "pallor", "ice_craving", "spoon_nails", "pregnant")
PEOPLE: Final = 300
PART: Final = 2_000
"""Bytes of a part of a file."""
MAP: Final = """\
id: who
age: {column: age, unit: years}
answers:
  - {column: q1, answers: fatigue, observed: [1], excluded: [2], unknown: [7, 9]}
  - {column: q2, answers: spoon_nails, observed: [1], excluded: [2], unknown: [7, 9]}
"""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session on two cores that cuts files into parts of a few kilobytes."""
    from pyspark.sql import SparkSession

    assert shutil.which("java"), "these tests need Java 17 or later"
    builder: Any = SparkSession.builder
    conf = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
        "spark.sql.files.maxPartitionBytes": str(PART),
        "spark.sql.files.openCostInBytes": "100",
        "spark.sql.shuffle.partitions": "2",
        "spark.log.level": "OFF",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.master("local[2]").config(map=conf).getOrCreate()
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


# --- what both ways give, in one form -------------------------------------------------

Rows = list[tuple[Any, ...]]


def by_polars(
    rules: minsight.Rules, *paths: Path, mapping: Map | None = None
) -> tuple[Rows, Rows]:
    """The results and the rejects of files, on this machine."""
    screening = Screening(rules, mapping=mapping)
    found = [one for path in paths for one in screening.screen(source_of(path))]
    results = pl.concat([one.results for one in found])
    rejects = [
        (r.file, r.row, r.column, r.value, r.reason)
        for one in found
        for r in one.rejects
    ]
    return plain(results, "file"), sorted(rejects, key=str)


def by_spark(
    rules: minsight.Rules, spark: Any, *paths: Path, mapping: Map | None = None
) -> tuple[Rows, Rows]:
    """The same by Spark."""
    from minsight.screening.spark.files import find_files, told_of_files
    from minsight.screening.spark.frames import parts_of

    files = find_files(spark, list(map(str, paths)))
    told = told_of_files(rules, spark, files, mapping=mapping).persist()
    parts = parts_of(told, without_file=False)
    rejects = as_polars(parts.rejects).rows()
    return plain(as_polars(parts.results), "file"), sorted(rejects, key=str)


def plain(results: pl.DataFrame, *first: str) -> Rows:
    names = [*first, *SCHEMA]
    return results.select(names).cast(pl.String).fill_null("").sort(names).rows()


def as_polars(frame: Any) -> pl.DataFrame:
    found = pl.from_arrow(frame.toArrow())
    assert isinstance(found, pl.DataFrame)
    return found


def as_spark(spark: Any, table: pl.DataFrame) -> Any:
    return spark.createDataFrame(table.to_arrow(compat_level=pl.CompatLevel.oldest()))


# --- files ----------------------------------------------------------------------------


def test_text_in_many_parts_gives_what_it_gives_whole(
    spark: Any, rules: minsight.Rules, survey: Path
) -> None:
    assert survey.stat().st_size > 3 * PART
    found = by_spark(rules, spark, survey)
    assert found == by_polars(rules, survey)
    assert len({row for _, row, *_ in found[1]}) > PEOPLE / 6
    assert {row[2] for row in found[0]} <= {f"{n:04d}" for n in range(PEOPLE)}


def test_parquet_gives_what_it_gives_whole(
    spark: Any, rules: minsight.Rules, survey: Path, tmp_path: Path
) -> None:
    path = tmp_path / "survey.parquet"
    people = pl.read_csv(survey, infer_schema=False)
    people.write_parquet(path, row_group_size=50)
    assert by_spark(rules, spark, path) == by_polars(rules, path)


ODD: Final[Mapping[str, bytes]] = {
    "fields.csv": b"id,fatigue,fever\n1,yes,no\n2,yes\n\n3,no,no,no\n4,yes,no\n",
    "quotes.csv": b'id,fatigue\n"a,b",yes\n"c""d",no\n"e,yes\nf,yes\n',
    "windows.csv": "id;fatigue;alter\n\xfc;ja;30,5\n".encode("cp1252"),
    "marked.csv": "\ufeffid,fatigue\r\n007,1\r\n".encode(),
    "blank before.csv": b"\n\nid,fatigue\n1,yes\n\n2,no\n",
    "spaces 100%25.csv": b"id,fatigue\n x ,yes\n",
    "header.csv": b"id,fatigue\n",
    "tabs.tsv": b"fatigue\tid\nyes\t01\n",
    "twice.csv": b"id,fatigue,fatigue\n1,yes,no\n2,yes,yes\n",
    "case.csv": b"ID,Fatigue,fever,FEVER\n1,yes,no,no\n",
}


def test_odd_text_comes_out_as_on_one_machine(
    spark: Any, rules: minsight.Rules, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ODD]
    for path in paths:
        path.write_bytes(ODD[path.name])
    found = by_spark(rules, spark, tmp_path)
    assert found == by_polars(rules, *paths)
    assert len(found[1]) > 3


def test_a_file_that_cannot_be_read_leaves_the_others(
    spark: Any, rules: minsight.Rules, tmp_path: Path
) -> None:
    texts = {
        "good.csv": b"id,fatigue\n1,yes\n",
        "empty.csv": b"",
        "strange.csv": b"xyzzy\n1\n",
        "wide.csv": "id,fatigue\n1,yes\n".encode("utf-16"),
        "long.csv": b"id,question,answer\n1,fatigue,yes\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    results, rejects = by_spark(rules, spark, tmp_path)
    assert {row[0] for row in results} == {str(tmp_path / "good.csv")}
    assert sorted((file, row) for file, row, *_ in rejects) == sorted(
        (str(tmp_path / name), None) for name in texts if name != "good.csv"
    )


def test_a_map_says_what_columns_are(
    spark: Any, rules: minsight.Rules, tmp_path: Path
) -> None:
    path, file = tmp_path / "coded.csv", tmp_path / "coded.map.yaml"
    path.write_text("who,age,q1,q2\n01,30,1,1\n02,40,2,9\n03,50,1,5\n", "utf-8")
    file.write_text(MAP, encoding="utf-8")
    mapping = load_map(file, rules.vocabulary)
    found = by_spark(rules, spark, path, mapping=mapping)
    assert found == by_polars(rules, path, mapping=mapping)
    assert [row for _, row, *_ in found[1]] == [3]


def test_what_is_neither_text_nor_parquet_is_refused(
    spark: Any, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"present": ["fatigue"]}\n', encoding="utf-8")
    with pytest.raises(minsight.FileError, match=r"people\.jsonl"):
        by_spark(rules, spark, path)


# --- frames ---------------------------------------------------------------------------


def assert_same(rules: minsight.Rules, spark: Any, table: pl.DataFrame) -> None:
    """Whatever the partitions, persons have the results they have in Polars."""
    named = table.with_columns(
        pl.format("0{}", pl.int_range(pl.len())).alias("subject_id")
    )
    expected = rules.assess_table(named)
    found = rules.assess_table(as_spark(spark, named).repartition(3))
    results, rejects = as_polars(found.results), as_polars(found.rejects)
    without_row = [name for name in SCHEMA if name != "row"]
    both = [
        one.select(without_row).cast(pl.String).sort(without_row).rows()
        for one in (results, expected.results)
    ]
    assert both[0] == both[1]
    columns = ["column", "value", "reason"]
    assert sorted(rejects.select(columns).rows()) == sorted(
        expected.rejects.select(columns).rows()
    )
    numbers = pl.concat([results["row"], rejects["row"]])
    assert numbers.n_unique() == table.height


def test_every_curated_person_has_the_same_results(
    spark: Any, rules: minsight.Rules
) -> None:
    cases, _ = read_cases(rules_folder())
    subjects = [subject_of(p.subject) for file in cases.values() for p in file.people]
    starts = [
        given_atoms(enter(one, rules.vocabulary), rules.program, rules.vocabulary)
        for one in subjects
    ]
    assert len(starts) > 200
    assert_same(rules, spark, table_of(rules.program, starts))


@examples(3)
@given(data=st.data())
def test_any_people_have_the_same_results(
    spark: Any, rules: minsight.Rules, data: st.DataObject
) -> None:
    people = st.lists(given_sets(rules.program, shipped()), min_size=10, max_size=25)
    assert_same(rules, spark, table_of(rules.program, data.draw(people)))


def test_a_frame_stays_a_frame_of_spark(spark: Any, rules: minsight.Rules) -> None:
    frame = spark.createDataFrame([("007", True)], "id string, `spoon nails` boolean")
    found = rules.assess_table(frame.withColumnRenamed("spoon nails", "spoon_nails"))
    for part in (found.results, found.rejects, found.notices):
        assert type(part) is type(frame)
    assert found.results.columns == list(SCHEMA)
    assert [row.subject_id for row in found.results.collect()] == ["007"]


def test_a_frame_in_long_form_is_refused(spark: Any, rules: minsight.Rules) -> None:
    frame = spark.createDataFrame(
        [("1", "fatigue", "yes")], "id string, question string, answer string"
    )
    with pytest.raises(minsight.FileError, match="pivot"):
        rules.assess_table(frame)


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
