"""What frames of Spark need to be told before a session is there."""

from __future__ import annotations

import pytest

from minsight.errors import FileError
from minsight.screening.lines import TOLD
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.maps import Long
from minsight.screening.spark.frames import SCHEMA_OF_TOLD, _quoted, refuse_long

HEADER = ("id", "item", "answer")


def test_a_table_of_lines_is_refused_and_one_of_persons_is_not() -> None:
    refuse_long(Placing(("id", "fever"), (Column(1, "fever", "answer", "fever"),)))
    with pytest.raises(FileError, match="cannot be screened on Spark"):
        refuse_long(Placing(HEADER, (), long=Long(*HEADER)))


def test_the_schema_names_each_column_with_a_type_that_spark_has() -> None:
    columns = [part.split("` ") for part in SCHEMA_OF_TOLD.split(", ")]
    assert [name.removeprefix("`") for name, _ in columns] == TOLD.names()
    kinds = {name.removeprefix("`"): kind for name, kind in columns}
    assert set(kinds.values()) == {"string", "boolean", "smallint", "bigint", "double"}
    assert (kinds["row"], kinds["rank"], kinds["points"]) == (
        "bigint", "smallint", "smallint",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "quoted"), [("age", "`age`"), ("a.b", "`a.b`"), ("a`b", "`a``b`")]
)
def test_any_name_of_a_column_can_be_asked_for(name: str, quoted: str) -> None:
    assert _quoted(name) == quoted
