"""The YAML of the project diffs well; its formatter changes nothing that is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import format_yaml
from format_yaml import FOLDERS, FormatError, formatted, main, yaml_files
from minsight.files.yaml import LoadingError
from places import ROOT

FILES: Final = list(yaml_files(ROOT / folder for folder in FOLDERS))
WORDS: Final = "A light that is seen from far away, and that nobody on the road has lit"
ITEMS: Final = [f"a phrase said {number} times" for number in range(6)]
LONG: Final = ", ".join(ITEMS)


def wide(text: str) -> list[str]:
    """The lines over 100 columns that hold more than one word behind their key."""
    over = [line for line in text.split("\n") if len(line) > 100]
    return [line for line in over if len(line.split(": ")[-1].split()) > 1]


def data(text: str) -> str:
    """What is in the text: types, and the order of keys, count too."""
    return repr(yaml.load(text, Loader=yaml.CSafeLoader))


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(ROOT)) for p in FILES])
def test_every_file_is_formatted_and_has_no_line_over_100_columns(path: Path) -> None:
    """Save for an address, which stays whole to be copied."""
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text
    assert not wide(text)


SAME: Final = {
    "what fits": "a: {b:   [c, 1,true], d: 'e', \"f\": null}\nb:\n- c\n-   d\n",
    "blank lines and comments": "# one\n\na: b   # two\n\n\n# three\n",
    "a list that would fit in brackets": "a:\n  - b\n  - c\n",
    "a comment and nothing else": "# nothing\n",
    "no text at all": "",
    "a key without a value": "a:\nb: # none\n  - c\n",
    "a literal text": "a: |\n  one\n    two\n\n  three\n",
    "text on several lines": "a: b\n  c\nd: >-\n  Two.\n\n  Paragraphs.\n",
    "an address": f"- a: 'https://a.example/{'b' * 90}'\n",
    "an address in a folded text": f"a: >-\n  See\n  https://a.example/{'b' * 90}\n",
}
FOLDED: Final = f"""\
a:
  b: >-
    {WORDS} for him.
    It's by A. Smith: yes
    # no.
"""
CHANGED: Final = {
    "a long list": (
        f"- a: [{LONG}]\n  b: c\n",
        "- a:\n" + "".join(f"    - {item}\n" for item in ITEMS) + "  b: c\n",
    ),
    "a long list in a list": (
        f"- [b, [{LONG}]]\n",
        "- - b\n  -" + "\n   ".join(f" - {item}" for item in ITEMS) + "\n",
    ),
    "a long mapping in a list": (
        f"a:\n- {{b: [c], d: '{'e' * 60}', f: {{g: {'h' * 30}}}}}\n",
        f"a:\n- b: [c]\n  d: '{'e' * 60}'\n  f: {{g: {'h' * 30}}}\n",
    ),
    "a long mapping on the line below its key": (
        f"a:\n  {{b: {'c' * 60}, d: {'e' * 60}}}\n",
        f"a:\n  b: {'c' * 60}\n  d: {'e' * 60}\n",
    ),
    "brackets over several lines": (
        "a: [b\n  c,\n  {d: }] # e\n",
        "a: [b c, {d: }] # e\n",
    ),
    "a long text": (
        f"a:\n  b: '{WORDS} for him. It''s by A. Smith: yes'\nc: 1\n",
        f"a:\n  b: >-\n    {WORDS} for him.\n    It's by A. Smith: yes\nc: 1\n",
    ),
    "a long text on several lines": (
        f"- {WORDS}, {WORDS}\n  that\n  is.\n\n# d\n- e\n",
        f"- >-\n  {WORDS}, {WORDS[:25]}\n  {WORDS[26:]} that is.\n\n# d\n- e\n",
    ),
    "a folded text with a long line": (
        f"a: > # why\n   {WORDS}. {WORDS}.\n   And more.\n\n# b\n",
        f"a: > # why\n  {WORDS}.\n  {WORDS}.\n  And more.\n\n# b\n",
    ),
    "a word that fits below its key": (
        f"the_key: {'a' * 95}\n",
        f"the_key: >-\n  {'a' * 95}\n",
    ),
    "a comment behind a long list": (
        f"a: [{LONG}]  # why\nb: 1\n",
        "a:  # why\n" + "".join(f"  - {item}\n" for item in ITEMS) + "b: 1\n",
    ),
    "a comment behind a long list in a list": (
        f"- [{LONG}] # why\n",
        "- # why\n" + "".join(f"  - {item}\n" for item in ITEMS),
    ),
    "a comment behind a long text": (
        f"a: {WORDS}, {'b' * 40} # why\n",
        f"a: >- # why\n  {WORDS},\n  {'b' * 40}\n",
    ),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_what_diffs_well_stays_as_it_is_written(text: str) -> None:
    assert formatted(text) == text


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_what_is_too_long_is_broken(before: str, after: str) -> None:
    assert formatted(before) == after
    assert formatted(after) == after
    assert data(after) == data(before)


REFUSED: Final = {
    "a comment in brackets": ("a: 1\nb: [c, # d\n  e]\n", "line 2: move the comment"),
    "a long comment": (f"# {WORDS} {WORDS}\n", f"cannot break the line `# {WORDS}"),
    "a long literal line": (f"a: |\n  {WORDS} {WORDS}\n", "cannot break the line"),
    "spaces that matter": (f"a: '{WORDS}  {WORDS}'\n", "cannot break the line"),
    "a list and nothing else": (f"[{LONG}]\n", "cannot break the line"),
    "an escaped line end": ('a: ["b\\\n  c"]\n', "break its lines by hand"),
    "a comment between key and text": (
        f"a: # b\n  {WORDS} {WORDS}\n",
        "break its lines by hand",
    ),
}
REFUSED_BY_THE_RULES: Final = {
    "what is not YAML": "a: [b\n",
    "an anchor": "a: &b c\n",
    "a key that stands twice": "a: 1\na: 2\n",
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused(text: str, why: str) -> None:
    with pytest.raises(FormatError) as raised:
        formatted(text)
    assert why in str(raised.value)


@pytest.mark.parametrize(
    "text", REFUSED_BY_THE_RULES.values(), ids=REFUSED_BY_THE_RULES
)
def test_what_rules_may_not_hold_is_refused_as_there(text: str) -> None:
    with pytest.raises(LoadingError):
        formatted(text)


def texts(most: int) -> st.SearchStrategy[str]:
    """Words such as rules hold, and signs that mean something to YAML."""
    signs = st.sampled_from(
        [*"-#:?!&*|>@`%,[]{}—\"'", "a:", "#b", "it's", "null", "no", "1.5", "---"]
    )
    words = st.sampled_from(["iron", "is", "low.", "Low", "é", "https://a.example/b/c"])
    seen = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
    other = st.text(seen, min_size=1, max_size=5)
    return st.lists(words | signs | other, max_size=most).map(" ".join)


def values() -> st.SearchStrategy[Any]:
    """Data as rule files may hold it."""
    number = st.integers(-1000, 1000)
    return st.recursive(
        st.none() | st.booleans() | number | texts(40),
        lambda inner: st.one_of(
            st.lists(inner, max_size=5), st.dictionaries(texts(2), inner, max_size=5)
        ),
        max_leaves=20,
    )


def in_brackets(value: Any, width: int) -> str:
    return dumped([value], width, flow=True).replace("\n", "\n ")


def in_lines(value: Any, width: int) -> str:
    """Only the innermost lists and mappings are in brackets."""
    return "\n" + dumped([[[value]]], width, flow=None)


def dumped(value: Any, width: int, *, flow: bool | None) -> str:
    text: str = yaml.safe_dump(
        value,
        default_flow_style=flow,
        width=width,
        sort_keys=False,
        allow_unicode=True,
    )
    return text.rstrip()


@given(
    held=st.lists(
        st.tuples(st.sampled_from([in_brackets, in_lines]), values()), max_size=4
    ),
    width=st.sampled_from([80, 2000]),
)
def test_whatever_is_written_is_kept(
    held: list[tuple[Callable[[Any, int], str], Any]], width: int
) -> None:
    """Data and comments stay, no long line is left, and twice is as once."""
    comments = [f"# Comment {number}.\n" for number in range(len(held))]
    before = "".join(
        f"{comment}key{number}: {write(value, width)}\n\n"
        for number, (comment, (write, value)) in enumerate(
            zip(comments, held, strict=True)
        )
    )
    after = formatted(before)
    assert data(after) == data(before)
    assert [x for x in after.splitlines(keepends=True) if x in comments] == comments
    assert not wide(after)
    assert formatted(after) == after


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file that is formatted, one that is not."""
    (tmp_path / "a.yaml").write_bytes(b"a: 1\r\nb: 2\r\n")
    (tmp_path / "b.yaml").write_bytes(b"b: [c,\n  d]\n")
    return tmp_path


def test_checking_names_what_would_change_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", str(folder)]) == 1
    assert capsys.readouterr().out == f"{folder / 'b.yaml'}: run `make format`\n"
    assert (folder / "b.yaml").read_bytes() == b"b: [c,\n  d]\n"


def test_what_was_written_passes_the_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder / 'b.yaml'}: formatted\n"
    assert (folder / "b.yaml").read_bytes() == b"b: [c, d]\n"
    assert (folder / "a.yaml").read_bytes() == b"a: 1\r\nb: 2\r\n"
    assert main(["--check", str(folder)]) == 0


def test_a_file_that_is_refused_is_named_and_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.yaml").write_bytes(b"c: [\n")
    assert main([str(folder)]) == 1
    assert f"{folder / 'a.yaml'}:2:1: is not valid YAML" in capsys.readouterr().out
    assert (folder / "a.yaml").read_bytes() == b"c: [\n"
    assert (folder / "b.yaml").read_bytes() == b"b: [c, d]\n"


def test_a_fault_of_the_formatter_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = f"a: {WORDS} {WORDS}\n".encode()
    (folder / "a.yaml").write_bytes(long)
    monkeypatch.setattr(format_yaml, "_folded", lambda *_: "\n  lost")
    assert main([str(folder / "a.yaml")]) == 1
    assert (folder / "a.yaml").read_bytes() == long
