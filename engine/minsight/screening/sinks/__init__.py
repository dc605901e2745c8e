"""Sinks: where results go, batch by batch, into a file that others can open."""

from minsight.screening.sinks.formats import (
    files_of,
    most_rows,
    sink_for,
    waiting,
    write_files,
)
from minsight.screening.sinks.parquet import read_part, write_part
from minsight.screening.sinks.rejects import write_rejects
from minsight.screening.sinks.safety import made_safe
from minsight.screening.sinks.whom import by_urgency, write_whom
from minsight.screening.sinks.writing import Write, Written

__all__ = [
    "Write",
    "Written",
    "by_urgency",
    "files_of",
    "made_safe",
    "most_rows",
    "read_part",
    "sink_for",
    "waiting",
    "write_files",
    "write_part",
    "write_rejects",
    "write_whom",
]
