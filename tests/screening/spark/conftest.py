"""What the tests of Spark start from: a session, and a survey of made-up people."""

from __future__ import annotations

import csv
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from on_spark import PART, PEOPLE, QUESTIONS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, as each would start a Java of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("spark"))


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
