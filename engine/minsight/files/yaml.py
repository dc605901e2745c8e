"""YAML to plain data, with the place of everything, and nothing dangerous let through.

Only this module imports YAML. Text must be UTF-8, at most 2 MiB and 24 levels deep,
without aliases, tags of its own, duplicate keys or several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from yaml.constructor import SafeConstructor

from minsight.errors import Issue, Place, quoted
from minsight.files.regular import bytes_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 24
_TOO_DEEP: Final = f"is nested more than {MAX_DEPTH} deep"
Path_: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data of one file and where each part of it stands."""

    file: str
    data: Any
    positions: Mapping[Path_, Place] = field(repr=False)

    def place(self, path: Path_ = ()) -> Place:
        """The place of the part at `path`, or of the nearest part around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.positions:
                return self.positions[path[:length]]
        return Place(self.file)


class LoadingError(Exception):
    """One file could not be read; holds the issue. Caught by the caller of `load`."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


def load_file(path: Path, file: str) -> Loaded:
    """The data of the YAML file at `path`; `file` is its name in messages.

    Raises:
        LoadingError: with one issue that says what is wrong and what to do.
    """
    try:
        raw = bytes_of(path)
    except FileNotFoundError:
        raise _failure(file, "is missing", "add the file, or restore it") from None
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise _failure(file, f"cannot be read: {reason}", "check the file") from None
    return load_bytes(raw, file)


def load_bytes(raw: bytes, file: str) -> Loaded:
    """As `load_file`, from bytes already read."""
    if len(raw) > MAX_BYTES:
        size = f"holds {len(raw)} bytes, more than {MAX_BYTES}"
        raise _failure(file, size, "split it into smaller files")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fix = "save the file as UTF-8"
        raise _failure(file, "is not UTF-8 text", fix, Place(file, line)) from None
    try:
        _refuse_dangers(text, file)
        node = yaml.compose(text, Loader=_Loader)
        positions: dict[Path_, Place] = {}
        data = None if node is None else _plain(node, (), file, positions)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        problem = (
            " ".join(filter(None, [error.problem, error.context])) or "a syntax error"
        )
        if "maximum nesting depth" in problem:  # the parser's own limit came first
            raise _failure(file, _TOO_DEEP, "flatten the structure", place) from None
        fix = "correct the YAML here or just above"
        raise _failure(file, f"is not valid YAML: {problem}", fix, place) from None
    except yaml.YAMLError as error:
        problem = str(error).splitlines()[0]
        fix = "remove control characters and save as UTF-8"
        raise _failure(file, f"is not valid YAML: {problem}", fix) from None
    return Loaded(file, data, positions)


def _failure(
    file: str, message: str, fix: str, place: Place | None = None
) -> LoadingError:
    return LoadingError(Issue(place or Place(file), message, fix))


def _refuse_dangers(text: str, file: str) -> None:
    """Walk the events, which needs no recursion, before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.AliasEvent():
                _refuse(
                    event, file, f"uses the alias `*{event.anchor}`", "write it out"
                )
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    fix = "keep one, and remove the `---` between them"
                    _refuse(event, file, "holds more than one document", fix)
            case yaml.CollectionStartEvent():
                depth += 1
                if depth > MAX_DEPTH:
                    _refuse(event, file, _TOO_DEEP, "flatten the structure")
            case yaml.CollectionEndEvent():
                depth -= 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            _refuse(event, file, f"uses the anchor `&{anchor}`", "write it without")
        if tag is not None:
            _refuse(
                event, file, f"uses the tag `{tag}`", "write plain values without tags"
            )


def _refuse(event: yaml.Event, file: str, message: str, fix: str) -> None:
    raise _failure(file, message, fix, _place(event, file))


def _place(marked: yaml.Event | yaml.Node, file: str) -> Place:
    mark = marked.start_mark
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _plain(
    node: yaml.Node, path: Path_, file: str, positions: dict[Path_, Place]
) -> Any:
    positions[path] = _place(node, file)
    match node:
        case yaml.MappingNode():
            return dict(_entries(node, path, file, positions))
        case yaml.SequenceNode():
            return [
                _plain(item, (*path, number), file, positions)
                for number, item in enumerate(node.value)
            ]
        case _:
            return _scalar(node, file, positions[path])


def _entries(
    node: yaml.MappingNode, path: Path_, file: str, positions: dict[Path_, Place]
) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        place = _place(key_node, file)
        if not isinstance(key_node, yaml.ScalarNode):
            raise _failure(
                file, "has a key that is not text", "use a plain word", place
            )
        key = str(key_node.value)
        if key in seen:
            message = f"the key `{key}` stands twice, first on line {seen[key]}"
            raise _failure(file, message, "keep one of them", place)
        seen[key] = place.line
        value = _plain(value_node, (*path, key), file, positions)
        positions[(*path, key)] = place
        yield key, value


_CONSTRUCT: Final = {
    f"tag:yaml.org,2002:{name}": getattr(SafeConstructor(), f"construct_yaml_{name}")
    for name in ("null", "bool", "int", "float", "str")
}
_TEXT: Final = "tag:yaml.org,2002:str"
_PLAIN: Final = {
    "tag:yaml.org,2002:bool": re.compile(r"true|false"),
    "tag:yaml.org,2002:int": re.compile(r"-?(0|[1-9]\d{0,14})"),
    "tag:yaml.org,2002:float": re.compile(r"-?(0|[1-9]\d{0,14})\.\d{1,15}"),
}
"""What a value may look like. YAML reads `010` as 8, `1:30` as 90 and `no` as false;
nobody who writes them means that."""


def _scalar(node: yaml.Node, file: str, place: Place) -> Any:
    plain = _PLAIN.get(node.tag)
    if plain is not None and not plain.fullmatch(node.value):
        message = f"{quoted(node.value)} is not written plainly"
        fix = "put text in quotes; write `12`, `0.5`, `true` or `false`"
        raise _failure(file, message, fix, place)
    construct = _CONSTRUCT.get(node.tag, _CONSTRUCT[_TEXT])
    return construct(node)
