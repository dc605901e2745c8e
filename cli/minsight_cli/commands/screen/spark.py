"""Screening on Spark: files read and written where they lie, nothing collected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from minsight_cli.commands.screen.spark_session import spark_session
from minsight_cli.exits import Exit
from minsight_cli.options.common import load_rules


def screen_on_spark(
    files: Sequence[str],
    output: str,
    aside: str,
    *,
    rules: Path | None,
    mapping: Path | None,
    words: Path | None,
    keep_going: bool,
    master: str | None,
    force: bool,
) -> None:
    """Screen files into a folder of results and one of rejects, and print the counts.

    Both are written by the executors; the results are Parquet or CSV, by their ending.
    What is told of the rows waits on the executors' disks until both are written, so
    that rows are assessed once.
    """
    _refuse_names(output, aside)
    with load_rules(rules) as loaded, spark_session(master) as session:
        from pyspark.storagelevel import StorageLevel

        from minsight.screening import load_map, load_word_list
        from minsight.screening.spark.files import find_files, told_on_spark
        from minsight.screening.spark.frames import parts_of
        from minsight.screening.spark.writing import (
            refuse_taken_folder,
            tally_of,
            write_folder,
        )

        read = load_map(mapping, loaded.vocabulary) if mapping else None
        listed = load_word_list(words, loaded.vocabulary) if words else None
        found = find_files(session, files)
        for target in (output, aside):
            refuse_taken_folder(session, target, found, force=force)
        told = told_on_spark(
            loaded,
            session,
            found,
            mapping=read,
            words=listed,
            keep_going=keep_going,
        ).persist(StorageLevel.DISK_ONLY)
        parts = parts_of(told, without_file=False)
        write_folder(parts.results, output)
        write_folder(parts.rejects, aside, ending=".csv")
        tally = tally_of(told, found)
        told.unpersist()
    from minsight_cli.rendering.screening import show_spark

    show_spark(tally, loaded, output=output, rejects=aside)
    if tally.rejected or tally.rejected_files:
        raise typer.Exit(Exit.LOOK)


def _refuse_names(output: str, aside: str) -> None:
    """Two folders of Spark, neither inside the other, as each is replaced whole."""
    from minsight.screening.formats import ending_of

    if not ending_of(output).spark_writes:
        raise typer.BadParameter(
            "Spark writes a folder of Parquet or CSV; name `OUT.parquet` or `OUT.csv`"
        )
    one, other = f"{output.rstrip('/')}/", f"{aside.rstrip('/')}/"
    if one.startswith(other) or other.startswith(one):
        raise typer.BadParameter("results and rejects need a folder each")
