"""Screening on Spark: files read and written where they lie, nothing collected."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from minsight_cli.exits import Exit
from minsight_cli.options import load_rules

if TYPE_CHECKING:
    from pyspark.sql import DataFrame as SparkFrame
    from pyspark.sql import SparkSession

_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_LOCAL: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""On one machine, nothing listens to others, and little is shuffled."""


def screen_on_spark(
    files: Sequence[str],
    output: str,
    aside: str,
    *,
    rules: Path | None,
    mapping: Path | None,
    keep_going: bool,
    master: str | None,
    force: bool,
) -> None:
    """Screen files into a folder of results and one of rejects, and print the counts.

    Both are written by the executors. The results are Parquet or CSV, by their ending.
    """
    ending = Path(output).suffix.lower()
    if ending not in (".csv", ".parquet"):
        raise typer.BadParameter(
            "Spark writes a folder of Parquet or CSV; name `OUT.parquet` or `OUT.csv`"
        )
    with _session(master) as session, load_rules(rules) as loaded:
        from minsight.screening import load_map
        from minsight.screening.spark import parts_of
        from minsight.screening.spark_files import told_of_paths

        read = load_map(mapping, loaded.vocabulary) if mapping else None
        told = told_of_paths(
            loaded, session, files, mapping=read, keep_going=keep_going
        ).persist()
        found = parts_of(told, without_file=False)
        mode = "overwrite" if force else "errorifexists"
        _written(found.results, output, ending, mode)
        _written(found.rejects, aside, ".csv", mode)
        counts = _counts(told)
        notices = [(n.file, n.message, n.rows) for n in found.notices.collect()]
    from minsight_cli.rendering.screening import show_spark

    show_spark(counts, notices, output=output, rejects=aside)
    if counts["rejected"] or counts["files"]:
        raise typer.Exit(Exit.LOOK)


def _written(frame: SparkFrame, target: str, ending: str, mode: str) -> None:
    from pyspark.errors import AnalysisException

    writer = frame.write.mode(mode)
    try:
        if ending == ".csv":
            writer.csv(target, header=True, escape='"', quoteAll=False, nullValue="")
        else:
            writer.parquet(target)
    except AnalysisException as error:
        if "PATH_ALREADY_EXISTS" not in str(error):
            raise
        raise typer.BadParameter(
            f"`{target}` exists; choose another name or add --force"
        ) from None


def _counts(told: SparkFrame) -> dict[str, int]:
    """How many persons were assessed, rows rejected and files not read."""
    from pyspark.sql import functions as sf

    first, kind = sf.col("first"), sf.col("told")
    row = told.agg(
        sf.count_if(first & (kind == "result")).alias("assessed"),
        sf.count_if(first & (kind == "reject") & sf.col("row").isNotNull()).alias(
            "rejected"
        ),
        sf.count_if(first & (kind == "reject") & sf.col("row").isNull()).alias("files"),
    ).collect()[0]
    return {name: int(row[name]) for name in ("assessed", "rejected", "files")}


@contextmanager
def _session(master: str | None) -> Iterator[SparkSession]:
    """A session on the master, or on what `spark-submit` gave, or on this machine."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise typer.BadParameter(
            "Spark needs a package that is not installed; install it with"
            ' `pip install "minsight[spark]"`'
        ) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Spark warns of the newest pandas, which nothing here touches.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    builder: Any = SparkSession.builder
    builder = builder.appName("minsight screen").config(map=_SETTINGS)
    submitted = "SPARK_ENV_LOADED" in os.environ
    if master is not None or not submitted:
        builder = builder.master(master or "local[*]")
        if (master or "local").startswith("local"):
            builder = builder.config(map=_LOCAL)
    try:
        with _java_kept_quiet():
            session: SparkSession = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError, OSError) as error:
        raise typer.BadParameter(
            "Spark could not start; it needs Java 17 or later (`java -version`), and a"
            f" master that answers: {_first_line(error)}"
        ) from None
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise typer.BadParameter(f"Spark stopped: {_first_line(error)}") from None
    finally:
        session.stop()


@contextmanager
def _java_kept_quiet() -> Iterator[None]:
    """Java is started with a standard error of its own, as it talks of many things.

    What matters comes back to us as an exception.
    """
    own = os.dup(2)
    try:
        with tempfile.TemporaryFile() as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(own, 2)
        os.close(own)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]
