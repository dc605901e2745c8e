"""Objects: JSON of any layout as a row of values, each with its number.

One value a line, one array, or one object. A line that is no JSON is an error of its
row; a whole document that is none is an error of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, Final

import msgspec

from minsight.errors import FileError, SubjectError
from minsight.screening.chunks import Recoding
from minsight.screening.sources import HEAD, Source, head_of, opened

_MOST_BYTES: Final = 1 << 30
_MOST_LINE: Final = 64 << 20
NOT_JSON: Final = "this line is not JSON"


class Line(msgspec.Struct, frozen=True):
    """One value, or why there is none; `text` is how it begins."""

    value: Any
    error: SubjectError | None = None
    text: str = ""


def values_of(source: Source) -> Iterator[Line]:
    """The values of the file, in order.

    Raises:
        FileError: when it is no JSON at all, or damaged.
    """
    recoding = Recoding(head_of(source, HEAD))
    with opened(source) as stream:
        stream.read(recoding.skip)
        if recoding.encoding != "utf-8":
            text = recoding.bytes_of(stream.read(_MOST_BYTES), last=True)
            yield from _of_lines(source, iter(text.splitlines(keepends=True)))
        else:
            yield from _of_lines(source, _lines(stream))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(_MOST_LINE):
        yield line


def _of_lines(source: Source, lines: Iterator[bytes]) -> Iterator[Line]:
    first = next((line for line in lines if line.strip()), b"")
    try:
        begun = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _whole(source, chain([first], lines))
        return
    if isinstance(begun, list):
        yield from map(Line, begun)
    else:
        yield Line(begun)
    yield from (_line(line) for line in lines if line.strip())


def _line(line: bytes) -> Line:
    try:
        return Line(msgspec.json.decode(line))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text = line[:200].decode("utf-8", "replace").strip()
        return Line(None, SubjectError(NOT_JSON), text)


def _whole(source: Source, lines: Iterator[bytes]) -> Iterator[Line]:
    """One document over many lines; or lines of which the first is broken."""
    parts: list[bytes] = []
    size = 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > _MOST_BYTES:
            raise FileError(f"`{source.name}` is one JSON document of more than 1 GiB")
    try:
        value = msgspec.json.decode(b"".join(parts))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        read = [_line(line) for line in parts if line.strip()]
        if sum(one.error is None for one in read) < len(read) / 2:
            message = f"`{source.name}` is not JSON: {str(error)[:200]}"
            raise FileError(message) from None
        yield from read
        return
    yield from map(Line, value) if isinstance(value, list) else [Line(value)]
