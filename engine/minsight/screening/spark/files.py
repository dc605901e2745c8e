"""Spark files: Parquet and delimited text read where they lie, with exact row numbers.

Text is read by Spark as lines and cut on the executors by the reader of text files, so
that bad records, quotation marks and encodings come out as they do on one machine.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec
from pyspark.errors import AnalysisException
from pyspark.sql import functions as sf

from minsight.assessment.engine import Engine
from minsight.errors import FileError, Remedy
from minsight.screening.answers.places import (
    is_decimal_comma,
    place_table,
)
from minsight.screening.formats import ending_of
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import AS_SEEN, Heading
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.word_list import WordList
from minsight.screening.rejects import Notice, Reject
from minsight.screening.rows import ROW
from minsight.screening.sources.dialects import Dialect, dialect_in
from minsight.screening.sources.encoding import Recoding
from minsight.screening.spark.frames import (
    placed_columns,
    refuse_long,
    run,
    told_of_columns,
    with_told,
)
from minsight.screening.spark.tasks import (
    FILE,
    START,
    VALUE,
    TextLayout,
    TextPlan,
    screen_lines,
    shown,
    work_of,
)

if TYPE_CHECKING:
    from pyspark.sql import Column, SparkSession
    from pyspark.sql import DataFrame as SparkFrame

FileKind: TypeAlias = Literal["parquet", "text"]
_MOST_REASONS: Final = 3


class Files(msgspec.Struct, frozen=True):
    """The files that were asked for: how to ask Spark for them, and what they are."""

    paths: tuple[str, ...]
    names: tuple[str, ...]
    kind: FileKind
    deep: bool
    """Whether folders give the files at any depth, and their names no column."""


def find_files(session: SparkSession, paths: Sequence[str]) -> Files:
    """The files of paths, folders and patterns, wherever Spark can read.

    Raises:
        FileError: when there are none, or of several kinds, or of one that Spark does
            not read.
    """
    names = names_in(session, paths)
    if not names:
        raise FileError(f"there is no file in {_listed(paths)}, or no such path")
    kinds = {_kind(name) for name in names}
    if len(kinds) > 1:
        raise FileError(
            f"{_listed(paths)} has Parquet and text; screen one kind at a time"
        )
    (kind,) = kinds
    divided = kind == "parquet" and any("=" in one for one in map(_folder, names))
    return Files(tuple(paths), tuple(names), kind, deep=not divided)


def names_in(session: SparkSession, paths: Sequence[str]) -> list[str] | None:
    """All files below the paths by name, or None when one of them is not there."""
    listed = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        return sorted(map(_one_form, listed.load(list(paths)).inputFiles()))
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        return None


def told_on_spark(
    rules: Engine,
    session: SparkSession,
    files: Files,
    *,
    mapping: Map | None = None,
    words: WordList | None = None,
    keep_going: bool = False,
) -> SparkFrame:
    """All that is told of files, by the name that Spark has for each and by row.

    Rows count from 1 in each file, as they do on one machine; below text with line ends
    inside of quotation marks they may count too far, as lines are counted.

    Raises:
        FileError: when no file can be read.
    """
    of_kind = _told_of_parquet if files.kind == "parquet" else _told_of_text
    survey = Survey(rules, mapping, words or WordList())
    return of_kind(rules, session, files, survey, keep_going=keep_going)


def _one_form(name: str) -> str:
    """The URI of a file in one form: Spark writes `file:/` and `file:///` for one."""
    return re.sub("^file:/+", "file:/", name)


def _path() -> Column:
    """The URI of the file that a row is of, in the same form."""
    return sf.regexp_replace("_metadata.file_path", "^file:/+", "file:/")


def _kind(name: str) -> FileKind:
    ending = ending_of(name)
    if not ending.spark_reads:
        raise FileError(
            f"`{shown(name)}` is no file that Spark reads here; give it Parquet, CSV or"
            f" TSV, or {Remedy.WITHOUT_SPARK}"
        )
    return "parquet" if ending.format == "parquet" else "text"


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _listed(paths: Sequence[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


# --- Parquet --------------------------------------------------------------------------


def _told_of_parquet(
    rules: Engine,
    session: SparkSession,
    files: Files,
    survey: Survey,
    *,
    keep_going: bool,
) -> SparkFrame:
    """Files of one schema, or of schemas that go together."""
    reader = session.read.option("mergeSchema", "true")
    reader = reader.option("recursiveFileLookup", str(files.deep).lower())
    frame = reader.parquet(*files.paths)
    dialect = Dialect("", Heading(tuple(frame.columns)))
    placing = survey.placed(dialect, file=_name_of_all(files))
    row = sf.col("_metadata.row_index") + 1
    file = _path()
    columns = placed_columns(frame, placing, file.alias(FILE), row.alias(ROW))
    return told_of_columns(rules, columns, placing, keep_going=keep_going)


def _name_of_all(files: Files) -> str:
    return shown(files.names[0]) if len(files.names) == 1 else ", ".join(files.paths)


# --- text -----------------------------------------------------------------------------


def _told_of_text(
    rules: Engine,
    session: SparkSession,
    files: Files,
    survey: Survey,
    *,
    keep_going: bool,
) -> SparkFrame:
    """Files with a header each; one that cannot be read leaves the others."""
    reader = session.read.option("recursiveFileLookup", "true")
    lines = reader.text(list(files.paths)).select(
        sf.col("value").cast("binary").alias(VALUE),
        _path().alias(FILE),
        sf.col("_metadata.file_block_start").alias(START),
    )
    for file, parts in _parts(lines, files):
        survey.add(file, parts)
    plan = survey.plan()
    work = work_of(rules, keep_going=keep_going)
    told = run(lines, partial(screen_lines, work, plan))
    return with_told(told, survey.rejects, survey.notices)


class FilePart(msgspec.Struct, frozen=True):
    """A part of a file that one task reads: how many lines it has, and the first."""

    start: int
    lines: int
    first: bytes


def _parts(lines: SparkFrame, files: Files) -> Iterator[tuple[str, list[FilePart]]]:
    """The parts of each file, in order; the first lines are those of all text."""
    line = sf.col(VALUE)
    filled = sf.length(line) > 0
    counted = lines.groupBy(FILE, START).agg(
        sf.count_if(filled).alias("lines"),
        sf.first(sf.when(filled, line), ignorenulls=True).alias("first"),
    )
    found: dict[str, list[FilePart]] = {name: [] for name in files.names}
    for row in counted.collect():
        part = FilePart(row[START], row["lines"], bytes(row["first"] or b""))
        found.setdefault(row[FILE], []).append(part)
    for file, parts in found.items():
        yield file, sorted(parts, key=lambda part: part.start)


class Survey:
    """What is learnt of files before their rows are read."""

    def __init__(self, rules: Engine, mapping: Map | None, words: WordList) -> None:
        self._rules, self._mapping, self._words = rules, mapping, words
        self._layouts: list[TextLayout] = []
        self._known: dict[tuple[str, tuple[str, ...]], int] = {}
        self.rejects: list[Reject] = []
        self.notices: list[Notice] = []
        self._of_file: dict[str, int] = {}
        self._first_row: dict[str, Mapping[int, int]] = {}

    def add(self, file: str, parts: Sequence[FilePart]) -> None:
        """Find the layout of a file and the numbers of the first rows of its parts."""
        try:
            self._of_file[file] = self._layout(shown(file), parts)
        except FileError as error:
            self.rejects.append(Reject(shown(file), None, "", "", str(error)))
            return
        numbers: dict[int, int] = {}
        row = 0  # the header
        for part in parts:
            numbers[part.start] = max(row, 1)
            row += part.lines
        self._first_row[file] = numbers

    def placed(self, dialect: Dialect, *, file: str) -> Placing:
        """Where each question of a table with this header stands."""
        placing = place_table(
            dialect.heading,
            self._rules.vocabulary,
            self._mapping,
            file=file,
            decimal_comma=is_decimal_comma(self._mapping, dialect.separator),
        )
        return msgspec.structs.replace(placing, words=self._words)

    def plan(self) -> TextPlan:
        """What the tasks must know.

        Raises:
            FileError: when no file can be read.
        """
        if not self._layouts:
            reasons = "; ".join(one.reason for one in self.rejects[:_MOST_REASONS])
            raise FileError(f"no file could be read: {reasons}")
        return TextPlan(tuple(self._layouts), self._of_file, self._first_row)

    def _layout(self, file: str, parts: Sequence[FilePart]) -> int:
        dialect = _dialect(parts[0].first if parts else b"", self._mapping, file=file)
        key = (dialect.separator, dialect.header)
        if key not in self._known:
            placing = self.placed(dialect, file=file)
            refuse_long(placing)
            self.notices += placing.notices
            silent = msgspec.structs.replace(placing, notices=())
            self._known[key] = len(self._layouts)
            self._layouts.append(TextLayout(dialect.separator, silent))
        return self._known[key]


def _dialect(line: bytes, mapping: Map | None, *, file: str) -> Dialect:
    """The separator and the header that the first line of a file shows."""
    line = line.removeprefix(codecs.BOM_UTF8)
    if not line:
        raise FileError(f"`{file}` has nothing where its header should be")
    if b"\0" in line:
        raise FileError(f"`{file}` is not in UTF-8; convert it, for example by `iconv`")
    if line.count(b'"') % 2:
        raise FileError(f"the header of `{file}` goes over several lines; use one")
    text = Recoding().utf8(line).decode()
    dialect = dialect_in(text, mapping.layout if mapping else AS_SEEN)
    dialect.refuse_unusable(file)
    return dialect
