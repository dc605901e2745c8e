"""Delimited text becomes raw rows; each record is there, or rejected by its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.value_sets import USUAL, Spellings
from minsight.screening.rows import Raw, joined_rows
from minsight.screening.sources import delimited as module
from minsight.screening.sources.delimited import cut_apart, raw_frames
from minsight.screening.sources.dialects import Dialect
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.source import source_of
from random_laws import examples

DIALECT = Dialect(",", Heading(("id", "said")))
AS_TEXT: Mapping[int, Spellings | None] = {0: None, 1: None}
OPEN = "a quotation mark is opened and not closed"


def cut(
    text: bytes,
    columns: Mapping[int, Spellings | None] = AS_TEXT,
    dialect: Dialect = DIALECT,
    first: int = 1,
) -> Raw:
    raws = cut_apart(
        io.BytesIO(text), dialect, columns, Recoding(), file="f.csv", first=first
    )
    as_text = [
        Raw(raw.frame.cast(dict.fromkeys(map(str, columns), pl.String)), raw.rejects,
            raw.rows)
        for raw in raws
    ]  # fmt: skip
    return joined_rows(as_text)


def rows(raw: Raw) -> list[tuple[object, ...]]:
    return raw.frame.rows()


def told(raw: Raw) -> list[tuple[int | None, str]]:
    return [(reject.row, reject.reason) for reject in raw.rejects]


def test_rows_are_numbered_and_an_empty_field_is_null() -> None:
    raw = cut(b"a,yes\n007,\n , x \n", first=5)
    assert rows(raw) == [(5, "a", "yes"), (6, "007", None), (7, " ", " x ")]
    assert (raw.rejects, raw.rows) == ((), 3)


def test_only_the_columns_that_are_asked_for_are_read() -> None:
    dialect = Dialect(";", Heading(("a", "b", "c")))
    assert rows(cut(b"1;2;3\n", {2: None}, dialect)) == [(1, "3")]


def test_blank_lines_are_no_rows() -> None:
    assert rows(cut(b"\na,yes\n\n\nb,no\n\n")) == [(1, "a", "yes"), (2, "b", "no")]
    one = Dialect(",", Heading(("said",)))
    assert rows(cut(b"yes\n\nno\n", {0: None}, one)) == [(1, "yes"), (2, "no")]


def test_a_record_of_another_width_is_rejected_and_shifts_no_other() -> None:
    raw = cut(b"a,yes\nb\nc,no,more\nd,no\n")
    assert rows(raw) == [(1, "a", "yes"), (4, "d", "no")]
    assert told(raw) == [
        (2, "has 1 field, and the header has 2"),
        (3, "has 3 fields, and the header has 2"),
    ]
    assert [reject.value for reject in raw.rejects] == ["b", "c,no,more"]
    assert raw.rows == 4


def test_an_open_quotation_mark_spoils_its_line_and_no_other() -> None:
    raw = cut(b'a,yes\nb,"no\nc,no\n"d,d",yes\n')
    assert told(raw) == [(2, OPEN)]
    assert rows(raw) == [(1, "a", "yes"), (3, "c", "no"), (4, "d,d", "yes")]


def test_quoted_text_comes_without_marks_over_lines_too() -> None:
    raw = cut(b'"a\nb","say ""yes"""\nc,no\n')
    assert rows(raw) == [(1, "a\nb", 'say "yes"'), (2, "c", "no")]


def test_a_mark_inside_a_word_is_a_character_like_any_other() -> None:
    raw = cut(b'a,5\'6"\nb,the "big" one\n"c\nc",no\n')
    assert rows(raw) == [
        (1, "a", "5'6\""),
        (2, "b", 'the "big" one'),
        (3, "c\nc", "no"),
    ]
    assert raw.rejects == ()


@pytest.mark.parametrize("columns", [AS_TEXT, {0: None, 1: USUAL}])
@pytest.mark.parametrize(
    "said",
    ['"1"0', '"ja"x', '"yes"?', '"yes"\u201d', '"yes"\U0001f600', '""x', '"\u00e9"e'],
)
def test_what_follows_a_quoted_text_is_never_cut_off(
    said: str, columns: Mapping[int, Spellings | None]
) -> None:
    raw = cut(f"a,{said}\nb,no\n".encode(), columns)
    assert rows(raw) == [(2, "b", "no")]
    ((row, why),) = told(raw)
    assert (row, why.split(";")[0]) == (1, "text stands after a closing quotation mark")


def test_a_field_that_looks_like_the_mark_of_an_end_is_one_too_many() -> None:
    raw = cut(b"a,yes,\x02\nb,no\n")
    assert rows(raw) == [(2, "b", "no")]
    assert told(raw) == [(1, "has 3 fields, and the header has 2")]


def test_what_polars_cannot_bear_is_cut_with_care(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def panic(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException("index out of bounds")

    monkeypatch.setattr(pl, "scan_csv", panic)
    assert rows(cut(b"a,yes\nb,no\n")) == [(1, "a", "yes"), (2, "b", "no")]


def test_answers_come_as_categories_and_what_is_new_among_them_as_it_stands() -> None:
    columns = {0: None, 1: USUAL}
    raws = list(
        cut_apart(
            io.BytesIO(b"a,yes\nb,No\n"), DIALECT, columns, Recoding(), file="f.csv"
        )
    )
    assert isinstance(raws[0].frame.schema["1"], pl.Enum)
    assert rows(cut(b"a,yes\nb,perhaps\nc,YES\n", columns)) == [
        (1, "a", "yes"),
        (2, "b", "perhaps"),
        (3, "c", "YES"),
    ]


def test_spellings_that_never_end_are_read_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CHUNK", 8)
    lines = [f"p{n},odd{n}" for n in range(30)]
    raw = cut("".join(f"{line}\n" for line in lines).encode(), {0: None, 1: USUAL})
    assert [f"{id_},{said}" for _, id_, said in rows(raw)] == lines
    assert raw.frame["row"].to_list() == list(range(1, 31))


def test_rows_of_a_file_begin_behind_its_header(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(b"\n id ;said\na;yes\n")
    (raw,) = raw_frames(source_of(path), AS_TEXT, Recoding())
    assert rows(raw) == [(1, "a", "yes")]


def test_of_no_records_there_is_nothing() -> None:
    for text in (b"", b"\n\n"):
        raws = cut_apart(io.BytesIO(text), DIALECT, AS_TEXT, Recoding(), file="f")
        assert list(raws) == []


_LINE = st.sampled_from(
    [b"a,yes", b"b", b"c,no,more", b"", b'"d,d",x', b'e,"f', b"g,", b'"h\nh",i', b'"j']
)


@examples(40)
@given(st.lists(_LINE, max_size=8))
def test_each_record_is_a_row_or_a_reject(lines: list[bytes]) -> None:
    raws = list(
        cut_apart(
            io.BytesIO(b"".join(line + b"\n" for line in lines)),
            DIALECT,
            AS_TEXT,
            Recoding(),
            file="f.csv",
        )
    )
    numbers = [row for raw in raws for row in raw.frame["row"]]
    numbers += [reject.row or 0 for raw in raws for reject in raw.rejects]
    assert sorted(numbers) == list(range(1, sum(raw.rows for raw in raws) + 1))
    whole = [line for line in lines if line and b'"' not in line]
    if len(whole) == len([line for line in lines if line]):
        assert sum(raw.rows for raw in raws) == len(whole)


def _by_the_standard_library(text: str, separator: str) -> list[list[str]] | None:
    """The records of a text, or None when it is not as it should be."""
    lines = io.StringIO(text, newline="\n")
    try:
        return [
            row for row in csv.reader(lines, delimiter=separator, strict=True) if row
        ]
    except csv.Error:
        return None


_ODD: Final = "\u201d\u2028\x85\x0b\x0c\U0001f600\u00e9"
_PIECES: Final = st.sampled_from(
    ['"', ",", ";", "\n", '""', "yes", '"no"', "5'6\"", " ", *_ODD]
)
_SOUND: Final = st.text(alphabet=f'ab,;" \n{_ODD}', max_size=4).map(
    lambda text: '"{}"'.format(text.replace('"', '""'))
)
_RECORDS: Final = st.lists(
    st.lists(st.one_of(_SOUND, _PIECES), min_size=2, max_size=2), max_size=5
)


@examples(150)
@given(
    st.one_of(
        _RECORDS.map(lambda rows: "".join(f"{';'.join(row)}\n" for row in rows)),
        st.lists(_PIECES, max_size=14).map("".join),
    ),
    st.sampled_from([AS_TEXT, {0: None, 1: USUAL}]),
)
def test_records_are_those_of_the_standard_library(
    text: str, columns: Mapping[int, Spellings | None]
) -> None:
    dialect = Dialect(";", Heading(("id", "said")))
    raws = cut_apart(io.BytesIO(text.encode()), dialect, columns, Recoding(), file="f")
    found = list(raws)
    numbers = [row for raw in found for row in raw.frame["row"]]
    rejected = [reject.row or 0 for raw in found for reject in raw.rejects]
    assert sorted([*numbers, *rejected]) == list(range(1, len(numbers + rejected) + 1))
    expected = _by_the_standard_library(text, ";")
    if expected is not None and all(len(record) == 2 for record in expected):
        read = [
            [value or "" for value in row[1:]]
            for raw in found
            for row in raw.frame.cast(dict.fromkeys("01", pl.String)).rows()
        ]
        assert (read, rejected) == (expected, [])
