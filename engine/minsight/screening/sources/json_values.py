"""Objects: JSON of any layout as a row of values, each with its number.

One value a line, one array, or one object. A line that is not JSON is an error of
its row; a whole document that is not JSON is an error of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import chain
from typing import IO, Any, BinaryIO, Final, cast

import msgspec

from minsight.errors import FileError, SubjectError
from minsight.intake.records import json_value
from minsight.screening.formats import ending_of
from minsight.screening.sources.source import Source

_MOST_BYTES: Final = 1 << 30
"""How large a document over many lines may be, which is read at once."""
_LONGEST: Final = 16 << 20
"""How long a line of a value may be; it takes up to thirty times its size in memory."""
_SHOWN: Final = 200
_TOO_LONG: Final = f"is longer than {_LONGEST >> 20} MiB, which no person is"


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
        most = min(_MOST_BYTES, source.most_at_once)
        stream.read(source.encoding.skip)
        yield from _of_lines(source, _pieces(stream, source.encoding.name), most)


def _pieces(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The lines in UTF-8, one that is too long in several pieces."""
    if encoding == "utf-8":
        while line := stream.readline(_LONGEST):
            yield line
        return
    text = TextIOWrapper(cast("BinaryIO", stream), encoding, "replace", newline="\n")
    try:
        while words := text.readline(_LONGEST):
            yield words.encode("utf-8", "replace")
    finally:
        text.detach()  # the stream is closed by who opened it


def _lines(pieces: Iterable[bytes]) -> Iterator[JsonLine]:
    """The value of each line that is not blank, or why there is none."""
    beginning = b""
    for piece in pieces:
        ends = len(piece) < _LONGEST or piece.endswith(b"\n")
        if not ends:
            beginning = beginning or piece[:_SHOWN]
        elif beginning:
            yield JsonLine(None, SubjectError(_TOO_LONG), _beginning(beginning))
            beginning = b""
        elif piece.strip():
            yield _line(piece)
    if beginning:
        yield JsonLine(None, SubjectError(_TOO_LONG), _beginning(beginning))


def _of_lines(source: Source, lines: Iterator[bytes], most: int) -> Iterator[JsonLine]:
    first = next((line for line in lines if line.strip()), b"")
    if not first:
        return
    try:
        begun = json_value(first)
    except SubjectError:
        yield from _whole(source, chain([first], lines), most)
        return
    if isinstance(begun, list):
        yield from map(JsonLine, begun)
    else:
        yield JsonLine(begun, text=_beginning(first))
    yield from _lines(lines)


def _line(line: bytes) -> JsonLine:
    try:
        return JsonLine(json_value(line.strip()), text=_beginning(line))
    except SubjectError as error:
        return JsonLine(None, error, _beginning(line))


def _beginning(line: bytes) -> str:
    return line[:_SHOWN].decode("utf-8", "replace").strip()


def _whole(source: Source, lines: Iterator[bytes], most: int) -> Iterator[JsonLine]:
    """One document over many lines; or lines of which the first is broken."""
    parts: list[bytes] = []
    size = 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > most:
            if ending_of(source.name).by_lines:
                yield from _lines(chain(parts, lines))
                return
            raise FileError(_too_large(source, most))
    try:
        value = json_value(b"".join(parts))
    except SubjectError as error:
        if not _is_lines(source, parts):
            raise FileError(f"`{source.name}` is {error}") from None
        yield from _lines(parts)
        return
    yield from map(JsonLine, value) if isinstance(value, list) else [JsonLine(value)]


def _too_large(source: Source, most: int) -> str:
    unpack = "unpack it, or " if source.compression else ""
    return (
        f"`{source.name}` is one JSON document of more than {most >> 20} MiB, and is"
        f" read at once; {unpack}write a value a line"
    )


def _is_lines(source: Source, lines: Sequence[bytes]) -> bool:
    """Whether it is meant as a value a line: by its name, or as most lines look so."""
    if ending_of(source.name).by_lines:
        return True
    told = [line.strip() for line in lines if line.strip()]
    objects = sum(line.startswith(b"{") and line.endswith(b"}") for line in told)
    return objects * 2 >= len(told)
