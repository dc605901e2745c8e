"""Delimited text: CSV and its kin, cut into raw frames by Polars.

Each record gets a mark as one more field at its end. Where that field does not hold the
mark, the record has too many or too few fields: it is rejected and shifts no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final

import polars as pl

from minsight.screening.mapping.value_sets import Spellings, categories
from minsight.screening.prefetch import ahead
from minsight.screening.rejects import Reject
from minsight.screening.rows import END, ROW, Raw
from minsight.screening.sources.careful import Record, records, why_ragged
from minsight.screening.sources.chunks import CHUNK, TOO_LONG, chunks
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.source import Source

_END: Final = "end"
_MOST_CATEGORIES: Final = 1_000
_LONGEST_CATEGORY: Final = 40
_MOST_SURPRISES: Final = 8
"""After so many chunks with new spellings, columns are read as text for good."""
_FAILURES: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
_BLANK: Final = re.compile(rb"\n\n+")
_PLAIN: Final = (
    r'[^{0}\n"]*(?:[^{0}\n"]"[^{0}\n"]*"[^{0}\n"]*)*',
    r'"[^"]*(?:""[^"]*)*"',
)
"""Fields with pairs of marks in their midst or none, and quoted from end to end."""


def raw_frames(
    source: Source, columns: Mapping[int, Spellings | None], recoding: Recoding
) -> Iterator[Raw]:
    """The rows, chunk by chunk; only the given columns.

    Answers, which have spellings, come as categories where that is possible.
    """
    assert source.dialect is not None
    with source.plain() as stream:
        yield from cut_apart(
            stream, source.dialect, columns, recoding, file=source.name
        )


def cut_apart(
    stream: IO[bytes],
    dialect: Dialect,
    columns: Mapping[int, Spellings | None],
    recoding: Recoding,
    *,
    file: str,
    first: int = 1,
) -> Iterator[Raw]:
    """The rows of a stream that is at its beginning; `first` numbers the first row."""
    cutter = _Cutter(dialect, columns)
    row, start = first, dialect.start
    size = max(CHUNK, 2 * start)  # the header is in the first chunk
    ragged = TOO_LONG + dialect.separator * (len(dialect.header) + 1)
    whole = chunks(stream, recoding, instead=ragged.encode(), size=size)
    for chunk in ahead(whole):
        body, start = chunk[start:], 0
        if body.lstrip(b"\n"):
            raw = cutter.cut(body, first=row, file=file)
            row += raw.rows
            yield raw


def _plain(separator: str) -> str:
    """The pattern of a text that Polars and `csv` cut in the same way."""
    between = rf"\x{{{ord(separator):x}}}"
    field = "|".join(one.replace("{0}", between) for one in _PLAIN)
    return rf"\A(?:{field})(?:[{between}\n](?:{field}))*\z"


def _without_blank_lines(body: bytes) -> bytes:
    return _BLANK.sub(b"\n", body).removeprefix(b"\n")


class _Cutter:
    """Cuts chunks, and learns the spellings that it meets."""

    def __init__(
        self, dialect: Dialect, columns: Mapping[int, Spellings | None]
    ) -> None:
        self._dialect = dialect
        self._columns = columns
        self._names = [str(index) for index in range(len(dialect.header))]
        self._plain = _plain(dialect.separator)
        self._met: dict[int, dict[str, None]] = {}
        self._surprises = 0
        self._schema = self._with_categories()

    def cut(self, body: bytes, *, first: int, file: str) -> Raw:
        """The rows of some whole records; the first of them has the number `first`."""
        if body.startswith(b"\n") or body.endswith(b"\n\n"):
            body = body.strip(b"\n") + b"\n"
        if not self._is_plain(body):
            return self._slow(body, first=first, file=file)
        if len(self._names) == 1:  # a blank line would look like any other
            body = _without_blank_lines(body)
        frame = self._fast(body)
        good = None if frame is None else (frame[_END] == END).fill_null(value=False)
        if frame is not None and good is not None and good.all():
            frame = frame.with_row_index(ROW, first).drop(_END)
            return Raw(self._unmarked(frame, body), (), frame.height)
        if b'"' in body or frame is None or good is None:
            return self._slow(body, first=first, file=file)
        full = _without_blank_lines(body)
        if full != body:
            return self.cut(full, first=first, file=file)
        return self._ragged(frame, good, body, first=first, file=file)

    def _is_plain(self, body: bytes) -> bool:
        """Whether Polars may cut the records.

        INVARIANT: no text comes to Polars in which anything follows a quoted field. It
        cuts off the last byte of that, and half a character brings the process down.
        """
        if END.encode() in body:
            return False
        if b'"' not in body:
            return True
        if len(self._names) == 1 and b"\n\n" in body:
            return False
        text = pl.Series([body.removesuffix(b"\n")]).cast(pl.String)
        return bool(text.str.contains(self._plain).item())

    def _fast(self, body: bytes) -> pl.DataFrame | None:
        """All records at once, or None when they are too odd for that."""
        marked = body.replace(b"\n", f"{self._dialect.separator}{END}\n".encode())
        try:
            return self._parsed(marked, self._schema)
        except _FAILURES:
            pass
        try:
            frame = self._parsed(marked, self._as_text())
        except _FAILURES:
            return None
        self._learn(frame)
        return frame

    def _parsed(self, marked: bytes, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
        scan = pl.scan_csv(
            marked,
            has_header=False,
            separator=self._dialect.separator,
            schema=schema,
            extra_columns="ignore",
        )
        return scan.select(*map(str, self._columns), _END).collect()

    def _as_text(self) -> dict[str, pl.DataType]:
        return {name: pl.String() for name in (*self._names, _END)}

    def _with_categories(self) -> dict[str, pl.DataType]:
        schema = self._as_text()
        known: dict[tuple[Spellings, tuple[str, ...]], pl.Enum] = {}
        for index, spellings in self._columns.items():
            met = tuple(self._met.get(index, ()))
            if spellings is not None and len(met) < _MOST_CATEGORIES:
                if (spellings, met) not in known:
                    values = [*categories(spellings, met), END]
                    known[spellings, met] = pl.Enum(values)
                schema[str(index)] = known[spellings, met]
        return schema

    def _learn(self, frame: pl.DataFrame) -> None:
        """Make categories of the spellings that were new; if they go on, give up."""
        self._surprises += 1
        if self._surprises > _MOST_SURPRISES:
            self._schema = self._as_text()
            return
        names = [str(i) for i, spellings in self._columns.items() if spellings]
        found = frame.lazy().select(pl.col(names).unique().implode()).collect()
        for name in names:
            values = [v for v in found[name][0].to_list() if v is not None]
            short = [v for v in values if len(v) <= _LONGEST_CATEGORY and v != END]
            self._met.setdefault(int(name), {}).update(dict.fromkeys(short))
        self._schema = self._with_categories()

    def _unmarked(self, frame: pl.DataFrame, body: bytes) -> pl.DataFrame:
        """The frame without the marks that came into quoted text."""
        if b'"' not in body:
            return frame
        mark = f"{self._dialect.separator}{END}\n"
        text = pl.col(pl.String)
        return frame.with_columns(text.str.replace_all(mark, "\n", literal=True))

    def _ragged(
        self,
        frame: pl.DataFrame,
        good: pl.Series,
        body: bytes,
        *,
        first: int,
        file: str,
    ) -> Raw:
        """Records with too many or too few fields put aside; no text is quoted."""
        numbered = frame.with_row_index(ROW, first).filter(good).drop(_END)
        lines = body.split(b"\n")
        separator = self._dialect.separator.encode()
        rejects = []
        for place in (~good).arg_true():
            count = lines[place].count(separator) + 1
            why = why_ragged(count, len(self._names))
            beginning = lines[place][:200].decode("utf-8", "replace")
            rejects.append(Reject(file, first + place, "", beginning, why))
        return Raw(numbered, tuple(rejects), frame.height)

    def _slow(self, body: bytes, *, first: int, file: str) -> Raw:
        """One record after the other."""
        text = body.decode("utf-8", "replace")
        width = len(self._names)
        found = list(records(text, self._dialect.separator, width=width))
        numbered = list(enumerate(found, start=first))
        rejects = tuple(
            Reject(file, row, "", record.beginning, record.why_not)
            for row, record in numbered
            if record.why_not
        )
        return Raw(self._frame_of(numbered), rejects, len(found))

    def _frame_of(self, numbered: Sequence[tuple[int, Record]]) -> pl.DataFrame:
        good = [(row, record.fields) for row, record in numbered if not record.why_not]
        series = [pl.Series(ROW, [row for row, _ in good], pl.UInt32)]
        for index in self._columns:
            values = [fields[index] or None for _, fields in good]
            series.append(pl.Series(str(index), values, pl.String))
        return pl.DataFrame(series)
