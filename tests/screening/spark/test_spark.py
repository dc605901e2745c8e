"""Spark gives what Polars gives, from the files themselves and from frames."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.screening import load_map
from minsight.screening.results.schema import SCHEMA
from on_spark import PART, PEOPLE, as_polars, as_spark, by_polars, by_spark
from random_laws import examples
from strategies import given_sets, shipped
from tables import table_of

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")

MAP: Final = """\
id: who
age: {column: age, unit: years}
answers:
  - {column: q1, answers: fatigue, observed: [1], excluded: [2], unknown: [7, 9]}
  - {column: q2, answers: spoon_nails, observed: [1], excluded: [2], unknown: [7, 9]}
"""


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
