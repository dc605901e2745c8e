"""Spark writing: results and rejects as folders, written by the executors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyspark.sql import functions as sf

from minsight.errors import FileError, Remedy
from minsight.files.formulas import FORMULA
from minsight.scales import told_urgency
from minsight.screening.formats import ending_of
from minsight.screening.lines import REJECT, RESULT
from minsight.screening.rejects import Notice
from minsight.screening.spark.files import Files, names_in
from minsight.screening.spark.frames import parts_of
from minsight.screening.summary.tally import Tally

if TYPE_CHECKING:
    from pyspark.sql import Column, SparkSession
    from pyspark.sql import DataFrame as SparkFrame

MOST_NOTICES: Final = 1_000
_CSV: Final = {
    "header": "true",
    "escape": '"',
    "emptyValue": "",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}


def refuse_taken_folder(
    session: SparkSession, target: str, files: Files, *, force: bool
) -> None:
    """Refuse to write where something is, or, with force, where the input is.

    Raises:
        FileError: when the folder is taken.
    """
    there = names_in(session, [target])
    if there is None:
        return
    if not set(there).isdisjoint(files.names):
        raise FileError(f"`{target}` holds the input; write somewhere else")
    if not force:
        raise FileError(f"`{target}` exists; {Remedy.ALLOW_REPLACING}")


def write_folder(frame: SparkFrame, target: str, *, ending: str | None = None) -> None:
    """Write a folder of Parquet or CSV, by the ending of its name or the one given.

    Texts in CSV that a spreadsheet would run get an apostrophe before them. What stands
    at the target is replaced.
    """
    writer: Any
    if ending_of(ending or target).writer == "delimited":
        writer = made_safe_on_spark(frame).write.mode("overwrite").options(**_CSV)
        writer.csv(target)
    else:
        frame.write.mode("overwrite").parquet(target)


def made_safe_on_spark(frame: SparkFrame) -> SparkFrame:
    """The frame with an apostrophe before texts that a spreadsheet would run."""

    def safe(name: str) -> Column:
        text = sf.col(name)
        return sf.when(text.rlike(FORMULA), sf.concat(sf.lit("'"), text)).otherwise(
            text
        )

    texts = [name for name, kind in frame.dtypes if kind == "string"]
    return frame.withColumns({name: safe(name) for name in texts})


def tally_of(told: SparkFrame, files: Files) -> Tally:
    """What became of all rows, from counts that the executors make.

    Persons are not counted by age group and sex, and questions and rules not at all.
    """
    tally = Tally()
    by = ("told", "first", "urgency", "urgency_judged", "mineral", "level")
    whole = sf.col("row").isNull().alias("whole")
    for line in told.groupBy(*by, whole).count().collect():
        number = line["count"]
        if line["told"] == RESULT:
            if line["first"]:
                tally.assessed += number
                judged = line["urgency_judged"]
                urgency = told_urgency(line["urgency"], judged=judged)
                tally.standing[urgency, line["level"]] += number
            if line["mineral"] is not None:
                tally.candidates[line["mineral"], line["level"], "", ""] += number
        elif line["told"] == REJECT and line["first"]:
            if line["whole"]:
                tally.rejected_files += number
            else:
                tally.rejected += number
    tally.rows = tally.assessed + tally.rejected
    tally.files = len(files.names) - tally.rejected_files
    notices = parts_of(told, without_file=False).notices
    most = notices.orderBy(sf.desc("rows"), "file", "message").limit(MOST_NOTICES)
    tally.tell(Notice(one.file, one.message, one.rows) for one in most.collect())
    return tally
