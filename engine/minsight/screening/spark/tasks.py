"""Executing: what a Spark task does with its rows; nothing here knows of Spark.

A task gets Arrow batches and gives Arrow batches. In between the rows go the way that
those of a file go on one machine, through the same code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import IO, Any, Final, TypeAlias, cast
from urllib.parse import unquote

import msgspec
import polars as pl
import pyarrow as pa

from minsight.__about__ import __version__
from minsight.assessment.engine import Engine
from minsight.errors import BackendError
from minsight.knowledge.base import KnowledgeBase
from minsight.screening.answers.batches import wanted_columns
from minsight.screening.lines import TOLD, told, told_of_files
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.pipeline import Screening
from minsight.screening.rejects import Notice
from minsight.screening.rows import Raw
from minsight.screening.sources.delimited import cut_apart
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.encoding import Recoding

FILE: Final = "file"
START: Final = "start"
VALUE: Final = "value"
_ROWS: Final = 50_000
"""How many rows are assessed at once; an assessment holds 2,000 bits for each."""
_ROWS_TO_ARROW: Final = 10_000

Batches: TypeAlias = Iterable[pa.RecordBatch]


class Work(msgspec.Struct, frozen=True):
    """What every task is given: the compiled rules and how answers are taken."""

    rules: bytes
    keep_going: bool
    version: str = __version__


class TextLayout(msgspec.Struct, frozen=True):
    """How the lines of a text file are cut, and where its questions stand."""

    separator: str
    placing: Placing


class TextPlan(msgspec.Struct, frozen=True):
    """Text files by name: the layout of each, and the first row of each of its parts.

    Parts are known by the byte that they start at. A file without a layout was rejected
    as a whole.
    """

    layouts: tuple[TextLayout, ...]
    of_file: Mapping[str, int]
    first_row: Mapping[str, Mapping[int, int]]


def work_of(rules: Engine, *, keep_going: bool) -> Work:
    return Work(rules.packed(), keep_going)


def screen_columns(work: Work, placing: Placing, batches: Batches) -> Batches:
    """All that is told of rows that come in columns named by their places.

    `row` has their numbers and `file`, if it is there, the file of each.
    """
    screening = _screening(work)
    for (file,), pieces in _runs(batches, [FILE]):
        raws = (Raw(piece, (), piece.height) for piece in pieces)
        yield from _told(screening, raws, placing, shown(file))


def screen_lines(work: Work, plan: TextPlan, batches: Batches) -> Batches:
    """All that is told of lines of text, with the `file` and `start` of their part."""
    screening = _screening(work)
    for (key, start), pieces in _runs(batches, [FILE, START]):
        if key not in plan.of_file:
            continue
        layout, file = plan.layouts[plan.of_file[key]], shown(key)
        header = layout.placing.header
        stream = cast("IO[bytes]", _Stream(pieces, skip_header=start == 0))
        recoding = Recoding()
        raws = cut_apart(
            stream,
            Dialect(layout.separator, Heading(header)),
            wanted_columns(layout.placing),
            recoding,
            file=file,
            first=plan.first_row[key][start],
        )
        yield from _told(screening, raws, layout.placing, file)
        if recoding.foreign:
            notice = Notice(file, "the text is not UTF-8 and was read as Windows-1252")
            yield from arrow_of(told_of_files((), [notice])).to_batches()


def shown(file: str) -> str:
    """The name of a file for people; Spark has it as a URI.

    >>> shown("file:///survey/wave%201.csv"), shown("s3a://survey/a.csv")
    ('/survey/wave 1.csv', 's3a://survey/a.csv')
    """
    return unquote(re.sub("^file:/+", "/", file))


def _screening(work: Work) -> Screening:
    """The screening of this process, which keeps the engines that it has made.

    Raises:
        BackendError: when the package here is not the one that began the work.
    """
    if work.version != __version__:
        raise BackendError(
            f"the executors have minsight {__version__} and the driver has"
            f" {work.version}; install the same version on both"
        )
    return _engines(work)


@lru_cache(maxsize=2)
def _engines(work: Work) -> Screening:
    """Spark keeps its Python processes between tasks; compiling takes half a second."""
    rules = Engine(msgspec.json.decode(work.rules, type=KnowledgeBase))
    return Screening(
        rules, keep_going=work.keep_going, rows_per_batch=_ROWS, remembering=False
    )


def _runs(
    batches: Batches, names: list[str]
) -> Iterator[tuple[tuple[Any, ...], Iterator[pl.DataFrame]]]:
    """Rows that stand together and have the same values in some columns.

    Those columns are dropped; one that is not there is the empty text.
    """
    pieces = (piece for frame in _gathered(batches) for piece in _cut(frame, names))
    for key, run in groupby(pieces, key=lambda piece: piece[0]):
        yield key, (frame for _, frame in run)


def _cut(
    frame: pl.DataFrame, names: list[str]
) -> Iterator[tuple[tuple[Any, ...], pl.DataFrame]]:
    there = [name for name in names if name in frame.columns]
    if not there:
        yield ("",), frame
        return
    changes = frame.select(pl.struct(there).rle_id().alias("run"))["run"]
    for piece in frame.with_columns(changes).partition_by("run", maintain_order=True):
        key = piece.select(there).row(0)
        yield key, piece.drop(*there, "run")


def _gathered(batches: Batches) -> Iterator[pl.DataFrame]:
    """The rows in frames of a good size; Spark gives a few thousand at a time."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= _ROWS:
            yield _frame(waiting)
            waiting = []
    if waiting:
        yield _frame(waiting)


def _frame(batches: list[pa.RecordBatch]) -> pl.DataFrame:
    return cast("pl.DataFrame", pl.from_arrow(pa.Table.from_batches(batches)))


def _told(
    screening: Screening, raws: Iterator[Raw], placing: Placing, file: str
) -> Batches:
    for screened in screening.screen_raws(raws, placing, file=file):
        yield from arrow_of(told(screened)).to_batches(_ROWS_TO_ARROW)


class _Stream:
    """Lines as the stream of bytes that they came from."""

    def __init__(self, pieces: Iterator[pl.DataFrame], *, skip_header: bool) -> None:
        self._pieces = pieces
        self._skip = skip_header

    def read(self, size: int) -> bytes:
        """About so many bytes; none when no line is left."""
        found: list[bytes] = []
        while sum(map(len, found)) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            lines: list[bytes] = piece[VALUE].to_list()
            if self._skip:
                header = next((n for n, line in enumerate(lines) if line), None)
                lines = [] if header is None else lines[header + 1 :]
                self._skip = header is None
            found.append(b"".join(line + b"\n" for line in lines))
        return b"".join(found)


# --- types ----------------------------------------------------------------------------


def _plain(dtype: pl.DataType) -> Any:
    """The nearest type that Spark has."""
    if isinstance(dtype, pl.Enum):
        return pl.String
    nearest: dict[Any, Any] = {pl.UInt64: pl.Int64, pl.UInt8: pl.Int16}
    return nearest.get(type(dtype), dtype)


TOLD_PLAIN: Final = pl.Schema({name: _plain(dtype) for name, dtype in TOLD.items()})
_ARROW: Final = {
    pl.String: pa.string(),
    pl.Boolean: pa.bool_(),
    pl.Int16: pa.int16(),
    pl.Int64: pa.int64(),
    pl.Float64: pa.float64(),
}
ARROW: Final = pa.schema(
    [(name, _ARROW[type(dtype)]) for name, dtype in TOLD_PLAIN.items()]
)


def arrow_of(lines: pl.DataFrame) -> pa.Table:
    """What is told as Arrow, in types that Spark has."""
    table = lines.cast(TOLD_PLAIN).to_arrow(compat_level=pl.CompatLevel.oldest())
    return table.cast(ARROW)
