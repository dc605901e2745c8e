"""Spark: frames and files of any size, assessed on the executors where they lie.

Each task turns its rows into Polars frames and assesses them as a file is assessed on
one machine. Nothing is collected on the driver but what stands in headers.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec
from pyspark.sql import functions as sf

from minsight.assessment.engine import Engine
from minsight.errors import FileError
from minsight.screening.lines import COLUMNS_OF, NOTICE, REJECT, RESULT, told_of_files
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.maps import Map
from minsight.screening.rejects import Notice, Reject
from minsight.screening.rows import ROW
from minsight.screening.spark.tasks import ARROW, arrow_of, screen_columns, work_of
from minsight.screening.table_results import TableResults, place_frame, places

if TYPE_CHECKING:
    from pyspark.sql import Column, SparkSession
    from pyspark.sql import DataFrame as SparkFrame

Task: TypeAlias = Any
_TYPES: Final = {"string": "string", "bool": "boolean"}
SCHEMA_OF_TOLD: Final = (
    ", ".join(
        f"`{field.name}` {_TYPES.get(str(field.type), str(field.type))}"
        for field in ARROW
    )
    .replace("int16", "smallint")
    .replace("int64", "bigint")
)


def assess_spark(
    rules: Engine,
    frame: SparkFrame,
    *,
    mapping: Map | None = None,
    keep_going: bool = False,
) -> TableResults[SparkFrame]:
    """The results of a Spark frame, as Spark frames; nothing runs before they are used.

    `row` tells the rows of one run apart and is no more than that: it says in which
    partition a row was and where in it, so it changes when the frame is partitioned
    differently. Join by `subject_id`.

    All three are views of one computation, which runs for each that is used; see
    `told_of_frame` for how to run it once.

    Raises:
        FileError: when no column is a question, or the frame is in long form.
    """
    lines = told_of_frame(rules, frame, mapping=mapping, keep_going=keep_going)
    return parts_of(lines, without_file=True)


def told_of_frame(
    rules: Engine,
    frame: SparkFrame,
    *,
    mapping: Map | None = None,
    keep_going: bool = False,
) -> SparkFrame:
    """Results, rejects and notices in one frame, to be persisted and taken apart.

    Raises:
        FileError: when no column is a question, or the frame is in long form.
    """
    placing = place_frame(frame.columns, rules.vocabulary, mapping)
    row = sf.monotonically_increasing_id() + 1
    columns = placed_columns(frame, placing).withColumn(ROW, row)
    return told_of_columns(rules, columns, placing, keep_going=keep_going)


def parts_of(lines: SparkFrame, *, without_file: bool) -> TableResults[SparkFrame]:
    """The results, the rejects and the notices among all that is told."""
    results, rejects, notices = (
        lines.where(sf.col("told") == kind).select(
            *COLUMNS_OF[kind][1 if without_file else 0 :]
        )
        for kind in (RESULT, REJECT, NOTICE)
    )
    by = [name for name in notices.columns if name != "rows"]
    return TableResults(
        results, rejects, notices.groupBy(*by).agg(sf.sum("rows").alias("rows"))
    )


def placed_columns(frame: SparkFrame, placing: Placing, *also: Column) -> SparkFrame:
    """The columns that are read, named by their places, and others."""
    refuse_long(placing)
    names = frame.columns
    return frame.select(
        *(sf.col(_quoted(names[place])).alias(str(place)) for place in places(placing)),
        *also,
    )


def told_of_columns(
    rules: Engine, columns: SparkFrame, placing: Placing, *, keep_going: bool
) -> SparkFrame:
    """All that is told of placed columns with the number of each row."""
    work = work_of(rules, keep_going=keep_going)
    silent = msgspec.structs.replace(placing, notices=())
    task = partial(screen_columns, work, silent)
    return with_told(run(columns, task), (), placing.notices)


def run(frame: SparkFrame, task: Task) -> SparkFrame:
    """All that is told by a task that runs on every partition of the frame."""

    def of_partition(batches: Iterator[Any]) -> Iterator[Any]:
        yield from task(batches)

    with warnings.catch_warnings():  # of pandas, which nothing here touches
        warnings.simplefilter("ignore", FutureWarning)
        return frame.mapInArrow(of_partition, SCHEMA_OF_TOLD)


def with_told(
    lines: SparkFrame, rejects: Sequence[Reject], notices: Sequence[Notice]
) -> SparkFrame:
    """With what the driver knows of the files."""
    if not rejects and not notices:
        return lines
    known = arrow_of(told_of_files(rejects, notices))
    session: SparkSession = lines.sparkSession
    rows = [tuple(line.values()) for line in known.to_pylist()]
    return lines.unionByName(session.createDataFrame(rows, SCHEMA_OF_TOLD))


def refuse_long(placing: Placing) -> None:
    """Refuse a table with a line for each person and question."""
    if placing.long is not None:
        raise FileError(
            "a table with a line for each person and question cannot be screened on"
            " Spark, where the lines of a person may be far apart; pivot it first"
        )


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
