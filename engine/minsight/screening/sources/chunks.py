"""Chunks: a stream of text as pieces of whole records, UTF-8 with plain line ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import IO, Final

from minsight.errors import FileError
from minsight.screening.sources.careful import MOST_LINES
from minsight.screening.sources.encoding import Recoding

CHUNK: Final = 32 << 20
"""About how many bytes are cut apart at once."""
LONGEST: Final = 1 << 30
"""A longer one is an error: it is not a line."""


def chunks(
    stream: IO[bytes], recoding: Recoding, *, size: int = CHUNK
) -> Generator[bytes, None, None]:
    """Pieces of whole records; each ends with a line feed.

    A line feed between quotation marks ends no record, unless that would have more
    lines than anything real. Marks inside words can mislead only where one piece ends
    and another begins.

    Raises:
        FileError: when a line is too long to be one.
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
            raise FileError("a line is longer than 1 GiB; is this text?")
        if whole:
            yield recoding.utf8(whole)
    if left:
        yield recoding.utf8(left if left.endswith(b"\n") else left + b"\n")


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
