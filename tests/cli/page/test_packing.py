"""Packing: bytes as letters that no copy of a page changes."""

from __future__ import annotations

import gzip
import re

from hypothesis import given
from hypothesis import strategies as st

from minsight_cli.page.packing import element, from_letters, in_letters


@given(st.binary(max_size=60))
def test_what_is_packed_can_be_unpacked(data: bytes) -> None:
    assert from_letters(in_letters(data), len(data)) == data


def test_no_letter_ends_a_line_or_an_element() -> None:
    text = in_letters(bytes(range(256)) * 7)
    assert set(text).isdisjoint("\0\n\r\x1a<")
    assert len(text.encode()) < 1.2 * 256 * 7


def test_an_element_says_how_long_its_data_is() -> None:
    text = element("rules", b"iron " * 100)
    found = re.fullmatch(
        r'<script type="text/plain" id="part-rules" data-bytes="(\d+)">(.*)</script>',
        text,
        re.DOTALL,
    )
    assert found is not None
    assert gzip.decompress(from_letters(found[2], int(found[1]))) == b"iron " * 100
