"""Lines of text end at blanks; what one may want to copy is never broken."""

from __future__ import annotations

import re
import shlex
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from command_line import columns_of
from minsight_cli.rendering.columns import in_columns
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.tree import Tree
from minsight_cli.rendering.wrapping import widest_unit, wrapped

PATH: Final = "/home/ann/my survey, 2nd wave/every single clinic/results of may.csv"
ADDRESS: Final = (
    "https://example.org/a-rather-long-address/of-one-paper?and=more#than-that"
)
COMMAND: Final = f"minsight verify {shlex.quote(PATH)}"
MARGINS: Final = re.compile(r"^[ │├└─-]+", re.MULTILINE)

words = st.text("aé疲🙂-/.", min_size=1, max_size=30)
names = st.lists(words, min_size=1, max_size=5).map(lambda told: f"`{' '.join(told)}`")
units = st.lists(st.one_of(words, names), max_size=30)
widths = st.integers(1, 100)


def lines_of(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


@given(units, widths)
def test_a_line_ends_only_between_units_and_only_when_it_is_full(
    units: list[str], width: int
) -> None:
    """Nothing is lost, nothing is broken, and no line could have held one unit more."""
    left = list(units)
    lines = lines_of(" ".join(units), width)
    for line in lines:
        held = [left.pop(0)] if left else []
        while left and columns_of(" ".join([*held, left[0]])) <= width:
            held.append(left.pop(0))
        assert line == " ".join(held)
    assert left == []


@given(units, widths)
def test_the_widest_unit_is_the_least_width_that_holds_every_line(
    units: list[str], width: int
) -> None:
    text = " ".join(units)
    needed = max(map(columns_of, lines_of(text, width)))
    least = widest_unit(text)
    assert (needed <= width) == (least <= width)
    assert max(map(columns_of, lines_of(text, least))) == least


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("it's `a b`.", ["it's", "`a b`."]),
        ("(see `a b`)", ["(see", "`a b`)"]),
        ("a ` b c` d", ["a", "` b c`", "d"]),
        ("one ` of two", ["one", "`", "of", "two"]),
        ("it`s what it`s", ["it`s", "what", "it`s"]),
        ("`` or `a b`", ["``", "or", "`a b`"]),
        ("`a\nb`", ["`a", "b`"]),
        ("  b c", ["  b", "c"]),
        ("", [""]),
    ],
)
def test_backticks_hold_together_what_they_enclose(text: str, lines: list[str]) -> None:
    assert lines_of(text, 1) == lines


def test_styles_stay_where_they_were() -> None:
    line = Text("one ", "bold").append("`two three`", "italic")
    (one, name) = wrapped(line, 5)
    assert (one.plain, name.plain) == ("one", "`two three`")
    assert [name.plain[span.start : span.end] for span in name.spans] == [name.plain]


# --- pages ----------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["1", "20", "40", "60", "80", "100", "200"])
def test_what_can_be_copied_is_whole_on_a_page(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = Page()
    page.line(f"Results for {ADDRESS} and others in `{PATH}`, as always.")
    page.item(f"iron.koilonychia_and_ice: `{COMMAND}` tells more", indent=3)
    page.verbatim(COMMAND)
    page.table(
        ("What", "where"), [("`a path`", f"`{PATH}`"), ("an id", "iron.fatigue")]
    )
    tree = Tree(Text("All of it"))
    tree.add("Some of it").add(f"in `{PATH}` or at {ADDRESS}")
    page.tree(tree)
    page.show()
    lines = [MARGINS.sub("", line) for line in capsys.readouterr().out.splitlines()]
    assert COMMAND in lines
    for whole, times in ((f"`{PATH}`", 3), (ADDRESS, 2), (f"`{COMMAND}`", 1)):
        assert sum(whole in line for line in lines) == times, whole
    assert sum("iron.koilonychia_and_ice" in line for line in lines) == 1
    assert "…" not in "".join(lines)


cells = st.lists(words, max_size=6).map(" ".join)
tables = st.integers(1, 4).flatmap(
    lambda count: st.lists(st.tuples(*[cells] * count), min_size=2, max_size=5)
)


@given(tables, widths)
def test_a_table_keeps_to_its_width_with_every_word_whole_or_is_none(
    rows: list[tuple[str, ...]], width: int
) -> None:
    heading, *body = rows
    lines = in_columns(heading, body, width=width)
    columns = list(zip(*rows, strict=True))
    gaps = 2 * (len(columns) - 1)
    least = sum(max(map(widest_unit, column)) for column in columns)
    assert (lines is None) == (least + gaps > width)
    for line in lines or ():
        assert columns_of(line.plain) <= width
        assert line.plain == line.plain.rstrip()
    if lines is not None:
        shown = sorted(word for line in lines for word in line.plain.split())
        assert shown == sorted(word for row in rows for word in " ".join(row).split())


def test_a_table_without_room_is_told_row_by_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    page = Page()
    rows = [("Iron", "partial_pattern", "typical_pattern", "up"), ("Zinc", "", "", "")]
    page.table(("Mineral", "before", "after", ""), rows)
    page.show()
    assert capsys.readouterr().out.splitlines() == [
        "Iron",
        "  before: partial_pattern",
        "  after: typical_pattern",
        "  up",
        "Zinc",
    ]


def test_branches_stand_below_their_tree(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    page, trees = Page(), Tree()
    tree = trees.add("a tree with many words here")
    tree.add("a branch with many words").add("leaf")
    tree.add("another with many words")
    trees.add("another tree")
    page.tree(trees)
    page.show()
    assert capsys.readouterr().out.splitlines() == [
        "a tree with many words",
        "here",
        "├── a branch with many",
        "│   words",
        "│   └── leaf",
        "└── another with many",
        "    words",
        "another tree",
    ]
