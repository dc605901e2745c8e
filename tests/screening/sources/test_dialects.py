"""What separates fields is what cuts the first lines alike into most of them."""

from __future__ import annotations

import pytest

from minsight.errors import FileError
from minsight.screening.mapping.headings import Heading, TableLayout
from minsight.screening.sources.dialects import Dialect, dialect_in


@pytest.mark.parametrize(
    ("text", "separator", "header"),
    [
        ("a,b\n1,2\n", ",", ("a", "b")),
        ("a;b\n1,5;2,5\n", ";", ("a", "b")),
        ("a\tb\n1\t2\n", "\t", ("a", "b")),
        ("a|b\n1|2\n", "|", ("a", "b")),
        ("a\n1\n", ",", ("a",)),
        ("a,b;c\n1,2;3\n", ",", ("a", "b;c")),
        ("a,b;c;d\n1;2;3\n4;5;6\n", ";", ("a,b", "c", "d")),
        ('"a;b",c\n1,2\n', ",", ("a;b", "c")),
        (" a , b \n", ",", ("a", "b")),
        ("a,b", ",", ("a", "b")),
        ("a, x;b;c\n1,5;2;3\n2,5;3\n1,5;2;3\n", ";", ("a, x", "b", "c")),
        ('a|b|c\n1|x "y|3\n"1|2|3\n1,5|2|3\n', "|", ("a", "b", "c")),
        ('a;b\n"x\n1;2\n1;2\n', ";", ("a", "b")),
        ("a\tb, or c, or d\n1\t2\n", "\t", ("a", "b, or c, or d")),
        (f"a;b\n{'x' * 200_000};2\n", ";", ("a", "b")),
        ('5" or 6";b\n1;2\n', ";", ('5" or 6"', "b")),
        ('a;"b\n1;2\n', ";", ("a", '"b')),
        ("a\rx;b\0y\n1;2\n", ";", ("a\rx", "b\0y")),
    ],
)
def test_a_text_shows_its_separator_and_its_header(
    text: str, separator: str, header: tuple[str, ...]
) -> None:
    found = dialect_in(text)
    assert (found.separator, found.header) == (separator, header)


def test_a_separator_that_is_said_goes_before_the_one_that_is_seen() -> None:
    assert dialect_in("a,b;c\n", TableLayout(";")).header == ("a,b", "c")
    assert dialect_in("a,b\n", TableLayout("#")).header == ("a,b",)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a,b\n1,2\n", "1,2\n"),
        ("\n  \na,b\n1,2\n", "1,2\n"),
        ('"a\nb",c\n1,2\n', "1,2\n"),
        ("\u00fc,b\n1,2\n", "1,2\n"),
        ("a,b\n", ""),
    ],
)
def test_the_first_record_begins_after_the_header(text: str, rest: str) -> None:
    assert text.encode()[dialect_in(text).start :].decode() == rest


@pytest.mark.parametrize("text", ["", "\n", ",,\n", '" "\n'])
def test_a_text_without_names_of_columns_cannot_be_used(text: str) -> None:
    with pytest.raises(FileError, match=r"`f\.csv` has no header; name the columns"):
        dialect_in(text).refuse_unusable("f.csv")


def test_far_too_many_columns_cannot_be_used() -> None:
    Dialect(",", Heading(("a",) * 100_000)).refuse_unusable("f.csv")
    with pytest.raises(FileError, match="has 100001 columns, too many to read"):
        Dialect(",", Heading(("a",) * 100_001)).refuse_unusable("f.csv")
