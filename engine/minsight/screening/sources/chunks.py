"""Chunks: a stream of text as pieces of whole records, UTF-8 with plain line ends."""

from __future__ import annotations

import codecs
from collections.abc import Generator
from typing import IO, Final

from minsight.errors import FileError
from minsight.screening.sources.careful import MOST_LINES

CHUNK: Final = 32 << 20
"""About how many bytes are cut apart at once."""
LONGEST: Final = 1 << 30
"""A longer one is an error: it is not a line."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(head: bytes) -> tuple[str, int]:
    r"""The encoding that the first bytes show, and how many of them are its mark.

    What is neither marked nor wide is `utf-8` here, if it turns out to be.

    >>> encoding_of("a".encode("utf-16")), encoding_of(b"a,b"), encoding_of(b"a\0,\0")
    (('utf-16-le', 2), ('utf-8', 0), ('utf-16-le', 0))
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_other = head[start:64:2]
        if len(every_other) > 1 and not every_other.strip(b"\0"):
            return name, 0
    return "utf-8", 0


class Recoding:
    """Turns what is read into UTF-8 with line feeds, and remembers how.

    Text that is not UTF-8 is taken as cp1252: the whole of it, or, where UTF-8 was seen
    as well, line by line.
    """

    def __init__(self, head: bytes) -> None:
        self.encoding, self.skip = encoding_of(head)
        wide = self.encoding != "utf-8"
        self._decoder = (
            codecs.getincrementaldecoder(self.encoding)("replace") if wide else None
        )
        self._old_lines = b"\r" in head and b"\n" not in head and not wide
        self._seen_utf8 = False
        self.foreign = False
        """Whether text was taken as cp1252."""

    def bytes_of(self, block: bytes, *, last: bool) -> bytes:
        """A block as it comes from the file, without wide characters."""
        if self._decoder is not None:
            return self._decoder.decode(block, final=last).encode("utf-8", "replace")
        return block.replace(b"\r", b"\n") if self._old_lines else block

    def utf8(self, chunk: bytes) -> bytes:
        """A chunk of whole lines as UTF-8 with line feeds."""
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n")
        if chunk.isascii():
            return chunk
        if _is_utf8(chunk):
            self._seen_utf8 = True
            return chunk
        self.foreign = True
        if not self._seen_utf8 and not any(map(_shows_utf8, chunk.split(b"\n"))):
            return _from_cp1252(chunk)
        lines = chunk.split(b"\n")
        return b"\n".join(one if _is_utf8(one) else _from_cp1252(one) for one in lines)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _shows_utf8(line: bytes) -> bool:
    return not line.isascii() and _is_utf8(line)


def _from_cp1252(text: bytes) -> bytes:
    try:
        return text.decode("cp1252").encode()
    except UnicodeDecodeError:
        return text.decode("latin-1").encode()


def chunks(
    stream: IO[bytes], recoding: Recoding, *, size: int = CHUNK
) -> Generator[bytes, None, None]:
    """Pieces of whole records; each ends with a line feed.

    A line feed between quotation marks ends no record, unless that would have more
    lines than anything real.

    Raises:
        FileError: when a line is too long to be one.
    """
    left = b""
    stream.read(recoding.skip)
    while True:
        block = stream.read(size)
        fresh = recoding.bytes_of(block, last=not block)
        if not block:
            break
        whole, left = _parted(left, fresh)
        if len(left) > LONGEST:
            raise FileError("a line is longer than 1 GiB; is this text?")
        if whole:
            yield recoding.utf8(whole)
    left += fresh
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
