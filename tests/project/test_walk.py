"""The walk: what stands on the page is what the commands print, and shows nobody."""

from __future__ import annotations

import re

import walk
from banned import banned_in


def test_the_page_holds_what_the_commands_print() -> None:
    page = walk.PAGE.read_text(encoding="utf-8")
    assert page.count(walk.BEGINS) == page.count(walk.ENDS) == 1
    assert walk.as_page() == page
    assert banned_in(walk.as_section()) == []


def test_the_walk_ends_with_the_most_urgent_first_and_no_row_lost() -> None:
    section = walk.as_section()
    assert "7 rows of 1 file: 7 assessed, 0 rejected." in section
    listed = re.findall(r"^\| (K-\d+) \| [\d.]+ years \| (\w+)", section, re.MULTILINE)
    assert listed == [("K-03", "emergency"), ("K-06", "emergency"), ("K-01", "soon")]


def test_the_drafted_map_of_the_walk_shows_no_free_words() -> None:
    drafted = walk.as_section().partition("```yaml")[2].partition("```\n")[0]
    assert "comments" in drafted
    assert not re.search("walk here|wobblies|flashing", drafted)
