"""Break the long lines of YAML, so that a diff shows what changed.

    python tests/support/format_yaml.py          write the files that need it
    python tests/support/format_yaml.py --check  name them, and exit with 1

Without paths it takes rules, examples and tests. Lines of up to 100 columns stay as
they are. What is longer, or in brackets that span lines, is laid out anew:

* Brackets stay where they fit on one line; else one entry a line, in its order: the
  first synonyms are those that people are shown.
* A text is folded (`>-`), and each sentence starts on a new line.

Nothing is written unless the data, their order and the comments are as before. A long
line that cannot be broken, such as a comment, is named for its author to break.

ruamel.yaml was tried: it rewrites conditions (`{any: [a]}` in a list loses its braces),
needs as much code as this to break lines between entries and sentences, and takes five
times as long.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import TextWrapper
from typing import Final

import yaml

from minsight.files.yaml import LoadingError, load_bytes

WIDTH: Final = 100
STEP: Final = 2
ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = ("rules", "examples", "tests")
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BETWEEN_SENTENCES: Final = re.compile(
    r"(?<=[\w)%`][.!?])(?<![ .][A-Z]\.) (?=[A-Z`])"  # not after an initial
)
_BEFORE_A_WORD: Final = re.compile(r"^ *(# |(- )*(\S+: )?)")


class FormatError(Exception):
    """The text cannot be laid out, or not without changing what it says."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Format the files that are named, or check them; the exit code."""
    parser = argparse.ArgumentParser(description="YAML that diffs well.")
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    paths = yaml_files(given.paths or [ROOT / name for name in FOLDERS])
    well = [_format_file(path, check=given.check) for path in paths]
    return 0 if all(well) else 1


def yaml_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files given, and the YAML files of the folders given, sorted."""
    for path in paths:
        yield from sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]


def _format_file(path: Path, *, check: bool) -> bool:
    """Whether the file is laid out well, now or already."""
    try:
        old = path.read_text(encoding="utf-8-sig")
        new = formatted(old, str(path))
    except (FormatError, LoadingError, OSError, UnicodeDecodeError) as error:
        print(error if isinstance(error, LoadingError) else f"{path}: {error}")
        return False
    if new == old:
        return True
    print(f"{path}: {'run `make format`' if check else 'formatted'}")
    if not check:
        path.write_text(new, encoding="utf-8", newline="\n")
    return not check


def formatted(text: str, file: str = "text") -> str:
    """The same YAML with no line over 100 columns, save for one long word.

    Raises:
        LoadingError: when the text is not YAML as rules are written in it.
        FormatError: when a line cannot be broken, or not without losing something.
    """
    meaning, new = _meaning(text, file), text
    changes = list(_Layout(text).changes(yaml.compose(text, Loader=_LOADER)))
    for start, end, laid_out in reversed(changes):
        new = new[:start] + laid_out + new[end:]
    for line in new.split("\n"):
        if len(line) > WIDTH and " " in _BEFORE_A_WORD.sub("", line):
            raise FormatError(f"cannot break the line `{line.strip()}`")
    if _meaning(new, file) != meaning:
        raise FormatError("cannot be laid out as it is; break its lines by hand")
    return new


def _meaning(text: str, file: str) -> tuple[str, list[str]]:
    """The data of a text, with its types and order, and its comments."""
    return json.dumps(load_bytes(text.encode(), file).data), _comments(text)


def _comments(text: str) -> list[str]:
    """What stands between the tokens of a text, or at the head of one in a block."""
    found, end = list[str](), 0
    for token in yaml.scan(text, Loader=_LOADER):
        start = token.start_mark.index
        outside = text[end:start]
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            outside += text[start:].partition("\n")[0]
        found += re.findall(r"#.*\S|#", outside)
        end = token.end_mark.index
    return found


class _Layout:
    """How values of one text are laid out that are long or in brackets over lines."""

    def __init__(self, text: str) -> None:
        self._text = f"{text}\n"

    def changes(self, node: yaml.Node | None) -> Iterator[tuple[int, int, str]]:
        """Where each such value starts and ends, and what stands there then."""
        if node is None or not _is_block(node):
            return
        for _, value in _entries(node):
            if _is_block(value):
                yield from self.changes(value)
            elif self._is_unwieldy(value):
                yield self._change(value, node.start_mark.column + STEP)

    def _is_unwieldy(self, value: yaml.Node) -> bool:
        start, end = self._span(value)
        lines = self._text[self._text.rfind("\n", 0, start) + 1 : self._end(end)]
        spread = isinstance(value, yaml.CollectionNode) and "\n" in lines
        return spread or any(len(line) > WIDTH for line in lines.split("\n"))

    def _change(self, value: yaml.Node, indent: int) -> tuple[int, int, str]:
        start, end = self._span(value)
        if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
            start = self._end(start)
            body = _folded(value.value, indent) if value.style == ">" else None
            return start, end, body or self._text[start:end]
        if isinstance(value, yaml.CollectionNode) and _comments(self._text[start:end]):
            line = value.start_mark.line + 1
            raise FormatError(f"line {line}: move the comment out of the brackets")
        start = len(self._text[:start].rstrip())
        head = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        remark = self._text[end : self._end(end)].rstrip()
        return start, self._end(end), self._behind(head, value, indent, remark=remark)

    def _behind(
        self, head: str, value: yaml.Node, indent: int, *, remark: str = ""
    ) -> str:
        """What stands behind a dash or key: the value if it fits, else lines below."""
        flat = f" {self._flat(value)}".rstrip()
        if len(head + flat + remark) <= WIDTH or not value.value:
            return flat + remark
        if isinstance(value, yaml.ScalarNode):
            body = _folded(value.value, indent)
            return f" >-{remark}{body}" if body else flat + remark
        lines = "".join(self._entry(*entry, indent) for entry in _entries(value))
        if head.endswith("-") and not remark:
            return f" {lines.lstrip()}"
        return remark + lines

    def _entry(self, key: yaml.Node | None, value: yaml.Node, indent: int) -> str:
        head = " " * indent + ("-" if key is None else f"{self._flat(key)}:")
        return f"\n{head}{self._behind(head, value, indent + STEP)}"

    def _flat(self, node: yaml.Node) -> str:
        """The node on one line, in the quotes it has."""
        if isinstance(node, yaml.SequenceNode):
            return f"[{', '.join(map(self._flat, node.value))}]"
        if isinstance(node, yaml.MappingNode):
            pairs = [f"{self._flat(k)}: {self._flat(v)}" for k, v in node.value]
            return f"{{{', '.join(pairs)}}}"
        return re.sub(r"\s*\n\s*", " ", self._text[slice(*self._span(node))])

    def _span(self, node: yaml.Node) -> tuple[int, int]:
        """Where a node starts and ends, without the blank lines below a text."""
        start, end = node.start_mark.index, node.end_mark.index
        return start, start + len(self._text[start:end].rstrip())

    def _end(self, index: int) -> int:
        """Where the line ends that has this index."""
        return self._text.index("\n", index)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _entries(node: yaml.Node) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    for entry in node.value:
        yield entry if isinstance(entry, tuple) else (None, entry)


def _folded(text: str, indent: int) -> str | None:
    """The lines of a folded text, each sentence from a new one, if it can be folded."""
    text, pad = text.removesuffix("\n"), " " * indent
    if not text.isprintable() or text != " ".join(text.split()):
        return None
    if " " not in text and len(pad + text) > WIDTH:
        return None
    fill = TextWrapper(
        WIDTH,
        initial_indent=pad,
        subsequent_indent=pad,
        break_long_words=False,
        break_on_hyphens=False,
    ).fill
    return "\n".join(["", *map(fill, _BETWEEN_SENTENCES.split(text))])


if __name__ == "__main__":
    sys.exit(main())
