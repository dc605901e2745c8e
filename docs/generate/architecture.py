"""The parts of `docs/architecture.md` that are made from the project itself.

For each contract of import layers in `pyproject.toml`: a drawing of the layers, and a
table of the rooms with the sentence that each says of itself in its docstring. The
command line has no layers, and so a table alone.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Final

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "architecture.md"
SOURCES: Final = {"minsight": "engine", "minsight_cli": "cli"}
_MARKED: Final = re.compile(
    r"(<!-- (layers|rooms) of ([\w.]+), by `make golden` -->\n).*?(<!-- end -->)",
    re.DOTALL,
)
_CROSSINGS: Final = {
    (False, False): "─",
    (False, True): "┬",
    (True, False): "┴",
    (True, True): "┼",
}


def as_page() -> str:
    """The page with its drawings and tables made anew; the rest stays as it is."""
    return _MARKED.sub(_made, PAGE.read_text(encoding="utf-8"))


def _made(part: re.Match[str]) -> str:
    begin, what, package, end = part.groups()
    made = drawing(layered()[package]) if what == "layers" else table(package)
    return f"{begin}\n{made}\n\n{end}"


# --- the drawing ----------------------------------------------------------------------


@cache
def layered() -> dict[str, list[str]]:
    """The packages that a contract puts in layers, and these as written, top first."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts: list[dict[str, Any]]
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {
        package: list(contract["layers"])
        for contract in contracts
        if contract["type"] == "layers"
        for package in contract["containers"]
    }


def drawing(layers: Sequence[str], *, width: int = 64) -> str:
    """The layers as a stack of boxes.

    >>> print(drawing(["top", "left | right", "one : two"], width=20))
    ```text
    ┌───────────────────┐
    │        top        │
    ├─────────┬─────────┤
    │  left   │  right  │
    ├─────────┼─────────┤
    │   one   ╎   two   │
    └─────────┴─────────┘
    ```
    """
    rows = [_row(layer, width) for layer in layers]
    edges = [_edge("", rows[0], "┌┐")]
    edges += [_edge(*both, "├┤") for both in pairwise(rows)]
    lines = chain.from_iterable(zip(edges, rows, strict=True))
    return "\n".join(["```text", *lines, _edge(rows[-1], "", "└┘"), "```"])


def _row(layer: str, width: int) -> str:
    """A layer: `|` keeps its rooms apart, `:` lets them import each other."""
    rooms = re.split(r" [|:] ", layer)
    wall = "╎" if ":" in layer else "│"
    ends = [width * number // len(rooms) for number in range(len(rooms) + 1)]
    widths = [end - start - 1 for start, end in pairwise(ends)]
    cells = (f"{room:^{width}}" for room, width in zip(rooms, widths, strict=True))
    return f"│{wall.join(cells)}│"


def _edge(upper: str, lower: str, ends: str) -> str:
    """The line between two rows, which meets the walls of both."""
    inner = (
        _CROSSINGS[_is_wall(upper, place), _is_wall(lower, place)]
        for place in range(1, max(len(upper), len(lower)) - 1)
    )
    return ends[0] + "".join(inner) + ends[1]


def _is_wall(row: str, place: int) -> bool:
    return row[place : place + 1] in ("│", "╎")


# --- the rooms ------------------------------------------------------------------------


def table(package: str) -> str:
    """The rooms of a package, in the order of its layers where it has such."""
    rows = [f"| {_link(file)} | {_sentence(file)} |" for file in _files(package)]
    return "\n".join(["| room | what it is |", "|---|---|", *rows])


def _files(package: str) -> Iterator[Path]:
    """What says what each room is: its `__init__`, or the module that it is."""
    folder = ROOT / SOURCES[package.partition(".")[0]] / package.replace(".", "/")
    for room in _rooms(package, folder):
        module = folder / f"{room}.py"
        if module.exists():
            yield module
            continue
        yield folder / room / "__init__.py"
        if f"{package}.{room}" not in layered():  # it has a table of its own
            yield from sorted((folder / room).glob("*/__init__.py"))


def _rooms(package: str, folder: Path) -> list[str]:
    layers = layered().get(package)
    if layers is None:
        return sorted(face.parent.name for face in folder.glob("*/__init__.py"))
    return [room for layer in layers for room in re.findall(r"\w+", layer)]


def _link(file: Path) -> str:
    room = file.parent if file.name == "__init__.py" else file
    below = room.relative_to(ROOT)
    name = Path(*below.with_suffix("").parts[2:]).as_posix()
    return f"[{name}](../{below.as_posix()})"


def _sentence(file: Path) -> str:
    """The first paragraph of a docstring, without the name that it begins with."""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    return paragraph.partition(": ")[2]
