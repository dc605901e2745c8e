"""Encodings: text of any kind as UTF-8 with plain line ends."""

from __future__ import annotations

import codecs
from typing import Final

import msgspec

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(msgspec.Struct, frozen=True):
    """The encoding of a text, and how many bytes before it are the mark of it.

    `old_lines` says that lines end in carriage returns alone.
    """

    name: str = "utf-8"
    skip: int = 0
    old_lines: bool = False


UTF_8: Final = Encoding()


def encoding_of(head: bytes) -> Encoding:
    r"""The encoding that the first bytes show.

    What is neither marked nor wide is `utf-8` here, if it turns out to be.

    >>> encoding_of("a".encode("utf-16")).name, encoding_of(b"a,b").name
    ('utf-16-le', 'utf-8')
    >>> encoding_of(b"a\0,\0"), encoding_of(b"a\rb").old_lines
    (Encoding(name='utf-16-le', skip=0, old_lines=False), True)
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _with_lines(name, len(mark), head)
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_other = head[start:64:2]
        if len(every_other) > 1 and not every_other.strip(b"\0"):
            return _with_lines(name, 0, head)
    return _with_lines("utf-8", 0, head)


def _with_lines(name: str, skip: int, head: bytes) -> Encoding:
    text = head.decode(name, "replace")
    return Encoding(name, skip, old_lines="\r" in text and "\n" not in text)


class Recoding:
    """Turns what is read into UTF-8 with line feeds, and remembers how.

    Text that is not UTF-8 is taken as cp1252: the whole of it, or, where UTF-8 was seen
    as well, line by line.
    """

    def __init__(self, encoding: Encoding = UTF_8) -> None:
        self.encoding = encoding
        wide = encoding.name != "utf-8"
        self._decoder = (
            codecs.getincrementaldecoder(encoding.name)("replace") if wide else None
        )
        self._seen_utf8 = False
        self.foreign = False
        """Whether text was taken as cp1252."""

    @property
    def told(self) -> str:
        """What a reader of the results must know of it, if anything."""
        if self.foreign:
            return "the text is not UTF-8 and was read as Windows-1252"
        name = self.encoding.name
        return "" if name == "utf-8" else f"the text was read as {name.upper()}"

    def bytes_of(self, block: bytes, *, last: bool) -> bytes:
        """A block as it comes from the file, without wide characters."""
        if self._decoder is not None:
            text = self._decoder.decode(block, final=last)
            block = text.encode("utf-8", "replace")
        return block.replace(b"\r", b"\n") if self.encoding.old_lines else block

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
