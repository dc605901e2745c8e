"""Text of any encoding becomes UTF-8 with line feeds, and it is remembered how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.sources.encoding import Encoding, Recoding, encoding_of
from random_laws import examples


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"", Encoding()),
        (b"a,b\n", Encoding()),
        (b"\xef\xbb\xbfa,b\n", Encoding("utf-8", 3)),
        (b"\xff\xfea\0", Encoding("utf-16-le", 2)),
        (b"\xfe\xff\0a", Encoding("utf-16-be", 2)),
        (b"\xff\xfe\0\0a\0\0\0", Encoding("utf-32-le", 4)),
        (b"\0\0\xfe\xff\0\0\0a", Encoding("utf-32-be", 4)),
        (b"a\0,\0b\0", Encoding("utf-16-le")),
        (b"\0a\0,\0b", Encoding("utf-16-be")),
        (b"a\0", Encoding()),  # one zero shows nothing
        (b"a,b\rc,d\r", Encoding(old_lines=True)),
        (b"a,b\r\nc,d\r\n", Encoding()),
        (b"\xef\xbb\xbfa\rb", Encoding("utf-8", 3, old_lines=True)),
        (b"\xff\xfea\0\r\0b\0", Encoding("utf-16-le", 2, old_lines=True)),
        (b"\0a\0\r\0b\0\r", Encoding("utf-16-be", old_lines=True)),
    ],
)
def test_the_first_bytes_show_the_encoding(head: bytes, encoding: Encoding) -> None:
    assert encoding_of(head) == encoding


def recoded(*chunks: bytes, encoding: Encoding | None = None) -> tuple[list[str], bool]:
    recoding = Recoding(encoding or Encoding())
    texts = [
        recoding.utf8(recoding.bytes_of(chunk, last=False)).decode() for chunk in chunks
    ]
    return texts, recoding.foreign


@pytest.mark.parametrize(
    ("chunk", "text", "foreign"),
    [
        (b"a\r\nb\n", "a\nb\n", False),
        ("m\u00fcde\n".encode(), "m\u00fcde\n", False),
        ("m\u00fcde \u20ac\n".encode("cp1252"), "m\u00fcde \u20ac\n", True),
        (b"\x81\n", "\x81\n", True),  # not even cp1252 has it
    ],
)
def test_text_that_is_not_utf_8_is_taken_as_that_of_windows(
    chunk: bytes, text: str, foreign: bool
) -> None:
    assert recoded(chunk) == ([text], foreign)


def test_where_utf_8_was_seen_too_each_line_is_taken_by_itself() -> None:
    utf8, windows = "\u00fc".encode(), "\u00fc".encode("cp1252")
    mixed = utf8 + b"\n" + windows + b"\n"
    assert recoded(mixed) == (["\u00fc\n\u00fc\n"], True)
    assert recoded(utf8 + b"\n", windows + b"\n") == (["\u00fc\n", "\u00fc\n"], True)


def test_bytes_of_windows_that_happen_to_be_utf_8_follow_what_stands_before() -> None:
    both = b"\xc3\xbc"  # a u with dots in UTF-8, and two letters on Windows
    windows = b"\xfc\n"
    assert recoded(windows)[0] == ["\u00fc\n"]
    assert recoded(both + b"\n", windows)[0] == ["\u00fc\n", "\u00fc\n"]


def test_old_ends_of_lines_become_line_feeds() -> None:
    assert recoded(b"a\rb\r", encoding=Encoding(old_lines=True))[0] == ["a\nb\n"]


@examples(40)
@given(
    st.text(alphabet="a\u00fc\u20ac\U0001f600\n", max_size=12),
    st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
    st.integers(1, 5),
)
def test_wide_text_may_come_in_pieces_of_any_size(
    text: str, name: str, size: int
) -> None:
    recoding, raw = Recoding(Encoding(name)), text.encode(name)
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    read = b"".join(recoding.bytes_of(piece, last=False) for piece in pieces)
    assert (read + recoding.bytes_of(b"", last=True)).decode() == text
