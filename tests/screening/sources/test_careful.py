"""Records are cut with care: an open quotation mark spoils its own line only."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.sources.careful import (
    MOST_LINES,
    _Lines,
    records,
    why_ragged,
)
from random_laws import examples

OPEN = "a quotation mark is opened and not closed"


def cut(text: str, separator: str = ",", width: int = 2) -> list[list[str] | str]:
    """The fields of each record, or why there are none."""
    found = records(text, separator, width=width)
    return [record.why_not or list(record.fields) for record in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n", []),
        ("a,b\n", [["a", "b"]]),
        ("a,b\n\n\nc,d", [["a", "b"], ["c", "d"]]),
        ('"a,b",c\n', [["a,b", "c"]]),
        ('"a\nb",c\nd,e\n', [["a\nb", "c"], ["d", "e"]]),
        ('"say ""a""",c\n', [['say "a"', "c"]]),
        (",\n", [["", ""]]),
        ('a,"b\nc,d\ne,f\n', [OPEN, ["c", "d"], ["e", "f"]]),
        ("a\nb,c\n", ["has 1 field, and the header has 2", ["b", "c"]]),
        ("a,b,c\n", ["has 3 fields, and the header has 2"]),
        ('a,5\'6"\nx "b" y,c\n', [["a", "5'6\""], ['x "b" y', "c"]]),
        ('a, "b"\n', [["a", ' "b"']]),
        ('"a" ,"b"\t\nc,d\n', [["a", "b"], ["c", "d"]]),
        ("a\rb,c\0d\n", [["a\rb", "c\0d"]]),
    ],
)
def test_a_text_is_cut_into_records(text: str, expected: list[list[str] | str]) -> None:
    assert cut(text) == expected


def test_a_record_of_several_lines_that_does_not_fit_spoils_its_first_only() -> None:
    assert cut('a,"b\nc,d"\ne,f\n', width=3) == [
        OPEN,
        OPEN,
        "has 2 fields, and the header has 3",
    ]
    assert cut('a,"b\nc,d\n6",7,8\n"g","h\nh"\n') == [
        OPEN,
        ["c", "d"],
        OPEN,
        ["g", "h\nh"],
    ]


@pytest.mark.parametrize("text", ['a,"1"0', 'a,"ja"x', 'a,"yes"?', 'a,"yes"\u201d'])
def test_what_follows_a_closing_mark_makes_no_answer_of_its_text(text: str) -> None:
    why = (
        "text stands after a closing quotation mark;"
        " write two marks for one inside a text"
    )
    assert cut(f"{text}\nc,d\n") == [why, ["c", "d"]]
    assert cut(f'b,"no\n{text}\nc,d\n') == [OPEN, why, ["c", "d"]]


@pytest.mark.parametrize("odd", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_what_ends_a_line_elsewhere_ends_none_here(odd: str) -> None:
    assert cut(f'a{odd}b,"{odd}"\n') == [[f"a{odd}b", odd]]


def test_what_begins_a_record_that_is_rejected_is_kept_short() -> None:
    (record,) = records("x" * 5_000, ",", width=2)
    assert record.beginning == "x" * 200
    assert record.fields == ()


def test_a_record_over_too_many_lines_is_an_open_quotation() -> None:
    fits = '"' + "a\n" * (MOST_LINES - 1) + '",b\n'
    assert len(cut(fits)) == 1
    beyond = '"' + "a\n" * MOST_LINES + '",b\n'
    assert len(cut(beyond)) == MOST_LINES + 1


@pytest.mark.parametrize(
    ("count", "why"),
    [
        (1, "has 1 field, and the header has 4"),
        (5, "has 5 fields, and the header has 4"),
    ],
)
def test_why_a_record_does_not_fit_is_told(count: int, why: str) -> None:
    assert why_ragged(count, 4) == why


@pytest.mark.parametrize("line", ['x","', 'a,"b', 'a,"b""', '"""', 'a,"b"c'])
def test_no_line_is_read_often_for_marks_that_come_to_no_good(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = 0
    usual = _Lines.__next__

    def counted(lines: _Lines) -> str:
        nonlocal given
        given += 1
        return usual(lines)

    monkeypatch.setattr(_Lines, "__next__", counted)
    count = 3 * MOST_LINES
    assert len(cut(f"{line}\n" * count, width=3)) == count
    assert given < 4 * count


_FIELDS = st.lists(st.text(alphabet='ab,;" \n', max_size=5), min_size=2, max_size=2)


@examples(60)
@given(st.lists(_FIELDS, max_size=5), st.sampled_from(",;"))
def test_what_is_written_as_csv_is_read_again(
    rows: list[list[str]], separator: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    assert cut(written.getvalue(), separator) == rows
