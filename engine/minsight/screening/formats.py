"""Formats: what the ending of a file name says, in one table.

What a file to read holds is seen in its first bytes. Its name decides which files of a
folder are read, whether text is a JSON value a line, and how results are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import PurePath
from typing import Final, Literal, TypeAlias

import msgspec

Format: TypeAlias = Literal["csv", "parquet", "excel", "xpt", "sav", "dta", "json"]
Writer: TypeAlias = Literal[
    "delimited", "parquet", "excel", "bundle", "resources", "records"
]


class Ending(msgspec.Struct, frozen=True):
    """How names end, what files so named hold, and who reads and writes them.

    Folders give such files if `in_folders`. Results under such a name are written by
    `writer`, through gzip if that is the `compression`. Text is a JSON value a line if
    `by_lines`.
    """

    text: str
    format: Format
    writer: Writer | None = None
    compression: str = ""
    separator: str = ","
    by_lines: bool = False
    in_folders: bool = True
    spark_reads: bool = False
    spark_writes: bool = False


_PLAIN: Final = (
    Ending(".csv", "csv", "delimited", spark_reads=True, spark_writes=True),
    Ending(".tsv", "csv", "delimited", separator="\t", spark_reads=True),
    Ending(".parquet", "parquet", "parquet", spark_reads=True, spark_writes=True),
    Ending(".xlsx", "excel", "excel"),
    Ending(".fhir.json", "json", "bundle"),
    Ending(".fhir.ndjson", "json", "resources", by_lines=True),
    Ending(".json", "json", "records"),
    Ending(".jsonl", "json", "records", by_lines=True),
    Ending(".ndjson", "json", "records", by_lines=True),
    Ending(".tab", "csv", spark_reads=True),
    Ending(".txt", "csv", spark_reads=True),
    Ending(".pq", "parquet", in_folders=False, spark_reads=True),
    Ending(".xlsm", "excel"),
    Ending(".xlsb", "excel"),
    Ending(".xls", "excel"),
    Ending(".ods", "excel"),
    Ending(".xpt", "xpt"),
    Ending(".sav", "sav"),
    Ending(".zsav", "sav"),
    Ending(".dta", "dta"),
)
_ZIPPED: Final = ("delimited", "bundle", "resources")
"""Writers that can write through gzip."""
_HERE: Final = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_ON_SPARK: Final = {
    ".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".snappy": "snappy", ".lz4": "lz4",
    ".deflate": "deflate",
}  # fmt: skip
"""How names of compressed files end that are read here, and those that Spark reads."""


def _compressed() -> Iterator[Ending]:
    for plain, (text, compression) in product(_PLAIN, (_HERE | _ON_SPARK).items()):
        zipped = compression == "gzip" and plain.writer in _ZIPPED
        yield msgspec.structs.replace(
            plain,
            text=plain.text + text,
            writer=plain.writer if zipped else None,
            compression=compression,
            in_folders=plain.in_folders and text in _HERE,
            spark_reads=plain.spark_reads and text in _ON_SPARK,
            spark_writes=False,
        )


_ALL: Final = (*_PLAIN, *_compressed())
_WITHOUT: Final = Ending("", "json", "records", in_folders=False)
_OTHER: Final = Ending("", "csv", in_folders=False)
_BY_TEXT: Final = {one.text: one for one in _ALL}
RESULTS: Final = tuple(one.text for one in _ALL if one.writer not in (None, "records"))
"""How names of results end that are tables or resources of FHIR."""


def ending_of(name: str | PurePath) -> Ending:
    """The longest ending that a name has, in any case.

    A name without one is that of records.

    >>> ending_of("May.FHIR.json").writer, ending_of("may").writer
    ('bundle', 'records')
    """
    path = PurePath(name)
    text = path.name.lower()
    while "." in text:
        text = text[text.index(".") :]
        if text in _BY_TEXT:
            return _BY_TEXT[text]
        text = text[1:]
    return _OTHER if path.suffix else _WITHOUT
