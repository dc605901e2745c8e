"""Objects: JSON of any layout as a row of values, each with its number.

One value a line, one array, or one object. A line that is not JSON is an error of
its row; a whole document that is not JSON is an error of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, Any, Final

import msgspec

from minsight.errors import FileError, SubjectError
from minsight.intake.records import json_value
from minsight.screening.formats import ending_of
from minsight.screening.sources.encoding import Recoding
from minsight.screening.sources.source import Source

_MOST_BYTES: Final = 1 << 30
_MOST_LINE: Final = 64 << 20


class JsonLine(msgspec.Struct, frozen=True):
    """One value, or why there is none; `text` is how it begins."""

    value: Any
    error: SubjectError | None = None
    text: str = ""


def values_of(source: Source) -> Iterator[JsonLine]:
    """The values of the file, in order.

    Raises:
        FileError: when it is not JSON at all, or damaged.
    """
    with source.plain() as stream:
        stream.read(source.encoding.skip)
        if source.encoding.name != "utf-8":
            text = Recoding(source.encoding).bytes_of(
                stream.read(_MOST_BYTES), last=True
            )
            yield from _of_lines(source, iter(text.splitlines(keepends=True)))
        else:
            yield from _of_lines(source, _lines(stream))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(_MOST_LINE):
        yield line


def _of_lines(source: Source, lines: Iterator[bytes]) -> Iterator[JsonLine]:
    first = next((line for line in lines if line.strip()), b"")
    if not first:
        return
    try:
        begun = json_value(first)
    except SubjectError:
        yield from _whole(source, chain([first], lines))
        return
    if isinstance(begun, list):
        yield from map(JsonLine, begun)
    else:
        yield JsonLine(begun, text=_beginning(first))
    yield from (_line(line) for line in lines if line.strip())


def _line(line: bytes) -> JsonLine:
    try:
        return JsonLine(json_value(line.strip()), text=_beginning(line))
    except SubjectError as error:
        return JsonLine(None, error, _beginning(line))


def _beginning(line: bytes) -> str:
    return line[:200].decode("utf-8", "replace").strip()


def _whole(source: Source, lines: Iterator[bytes]) -> Iterator[JsonLine]:
    """One document over many lines; or lines of which the first is broken."""
    parts: list[bytes] = []
    size = 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > _MOST_BYTES:
            raise FileError(f"`{source.name}` is one JSON document of more than 1 GiB")
    try:
        value = json_value(b"".join(parts))
    except SubjectError as error:
        if not _is_lines(source, parts):
            raise FileError(f"`{source.name}` is {error}") from None
        yield from (_line(line) for line in parts if line.strip())
        return
    yield from map(JsonLine, value) if isinstance(value, list) else [JsonLine(value)]


def _is_lines(source: Source, lines: Sequence[bytes]) -> bool:
    """Whether it is meant as a value a line: by its name, or as most lines look so."""
    if ending_of(source.name).by_lines:
        return True
    told = [line.strip() for line in lines if line.strip()]
    objects = sum(line.startswith(b"{") and line.endswith(b"}") for line in told)
    return objects * 2 >= len(told)
