"""Chunks: a stream of text as pieces of whole records, UTF-8 with plain line ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import IO, Final

from minsight.screening.sources.careful import MOST_LINES
from minsight.screening.sources.encoding import Recoding

CHUNK: Final = 32 << 20
"""About how many bytes are cut apart at once."""
LONGEST: Final = 4 << 20
"""A longer line is no row of anything real, and would take hundreds of times its size
in memory to be cut apart; one up to twice as long may come through."""
TOO_LONG: Final = f"(a line of more than {LONGEST >> 20} MiB)"


def chunks(
    stream: IO[bytes], recoding: Recoding, *, instead: bytes, size: int = CHUNK
) -> Generator[bytes, None, None]:
    """Pieces of whole records; each ends with a line feed.

    A line feed between quotation marks ends no record, unless that would have more
    lines, or more bytes, than anything real. Marks inside words can mislead only where
    one piece ends and another begins. A line that is too long is put aside: another
    stands `instead` of it.
    """
    left = b""
    stream.read(recoding.encoding.skip)
    block = stream.read(size)
    while block:
        following = stream.read(size)
        fresh = recoding.bytes_of(block, last=not following)
        block = following
        if not block:
            left += fresh
            break
        whole, left = _parted(left, fresh)
        if len(left) > LONGEST:
            whole, left = _given_up(whole, left)
        if whole:
            yield recoding.utf8(_without_long_lines(whole, instead))
    if left:
        whole = left if left.endswith(b"\n") else left + b"\n"
        yield recoding.utf8(_without_long_lines(whole, instead))


def _given_up(whole: bytes, left: bytes) -> tuple[bytes, bytes]:
    """The same of a record that is too long to be one: it ends with its last line.

    Of a line that is too long itself, no more is kept than shows that it is.
    """
    cut = left.rfind(b"\n") + 1
    whole, left = whole + left[:cut], left[cut:]
    if len(left) > LONGEST:
        left = left[: 2 * LONGEST].replace(b'"', b"'")
    return whole, left


def _without_long_lines(text: bytes, instead: bytes) -> bytes:
    starts = range(0, len(text) - LONGEST, LONGEST)
    if all(text.find(b"\n", at, at + LONGEST) >= 0 for at in starts):
        return text
    lines = text.split(b"\n")
    return b"\n".join(instead if len(one) > LONGEST else one for one in lines)


def _parted(left: bytes, fresh: bytes) -> tuple[bytes, bytes]:
    """The whole records of a text that comes in two pieces, and what is left of it."""
    if b'"' in left or b'"' in fresh:
        text = left + fresh
        cut = _last_end(text)
        if text.count(b"\n", cut) > MOST_LINES:
            cut = text.rfind(b"\n") + 1
        return text[:cut], text[cut:]
    cut = fresh.rfind(b"\n") + 1
    if not cut:
        return b"", left + fresh
    return b"".join([left, memoryview(fresh)[:cut]]), fresh[cut:]  # copied once only


def _last_end(text: bytes) -> int:
    """Where the last whole record ends; 0 when none does."""
    end = text.rfind(b"\n") + 1
    marks = text.count(b'"', 0, end)
    while end and marks % 2:
        start = text.rfind(b"\n", 0, end - 1) + 1
        marks -= text.count(b'"', start, end)
        end = start
    return end
