"""A stream comes in pieces of whole records, however it is cut."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.sources import chunks as module
from minsight.screening.sources.careful import MOST_LINES
from minsight.screening.sources.chunks import chunks
from minsight.screening.sources.encoding import Encoding, Recoding
from random_laws import examples


def pieces(raw: bytes, size: int, encoding: Encoding | None = None) -> list[bytes]:
    recoding = Recoding(encoding or Encoding())
    return list(chunks(io.BytesIO(raw), recoding, instead=b"#", size=size))


@pytest.mark.parametrize(
    ("raw", "size", "expected"),
    [
        (b"", 4, []),
        (b"a\nb\nc\n", 100, [b"a\nb\nc\n"]),
        (b"a\nb\nc\n", 4, [b"a\nb\n", b"c\n"]),
        (b"a\nb\nc", 4, [b"a\nb\n", b"c\n"]),
        (b"aaaaaa\nb\n", 4, [b"aaaaaa\n", b"b\n"]),
        (b'"a\nb"\nc\n', 3, [b'"a\nb"\n', b"c\n"]),
        (b"a\r\nb\r\n", 4, [b"a\n", b"b\n"]),
    ],
)
def test_a_piece_ends_with_a_record(
    raw: bytes, size: int, expected: list[bytes]
) -> None:
    assert pieces(raw, size) == expected


def test_the_mark_of_an_encoding_is_left_out() -> None:
    assert pieces(b"\xef\xbb\xbfa\n", 10, Encoding("utf-8", 3)) == [b"a\n"]
    wide = "\ufeffa\nb\n".encode("utf-16-le")
    found = b"".join(pieces(wide, 3, Encoding("utf-16-le", 2)))
    assert found == b"a\nb\n"


def test_a_quotation_over_too_many_lines_is_not_waited_for() -> None:
    text = b'"' + b"a\n" * (MOST_LINES + 2)
    assert len(pieces(text + b"b\n", len(text))) > 1


@pytest.mark.parametrize("size", [1, 4, 7, 30, 300])
@pytest.mark.parametrize("quote", [b"", b'"'])
def test_another_line_stands_instead_of_one_that_is_too_long(
    quote: bytes, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if a quotation begins in it, and whether or not it ever ends."""
    monkeypatch.setattr(module, "LONGEST", 10)
    shorter = b"x" * 10
    for end in (b"\n", b""):
        raw = b"\n".join((shorter, quote + b"y" * 200, shorter)) + end
        assert b"".join(pieces(raw, size)) == b"\n".join((shorter, b"#", shorter, b""))
    assert b"".join(pieces(quote + b"y" * 200, size)) == b"#\n"


_LINES = st.lists(st.sampled_from([b"a", b"", b'"q\nq"', b'"x ""y"" z"', b"a,b"]))


@examples(60)
@given(_LINES, st.integers(1, 9))
def test_no_byte_is_lost_and_no_quotation_torn(lines: list[bytes], size: int) -> None:
    text = b"".join(line + b"\n" for line in lines)
    found = pieces(text, size)
    assert b"".join(found) == text
    for piece in found:
        assert piece.endswith(b"\n")
        assert piece.count(b'"') % 2 == 0
