"""The pages of decisions have one form, and the index names each of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from places import ROOT

FOLDER: Final = ROOT / "docs" / "decisions"
PAGES: Final = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS: Final = ["Context", "Decision", "What was measured", "Consequences"]
HEAD: Final = re.compile(
    r"# (\d{4})\. (.+)\n\nDate: (\d{4}-\d\d-\d\d)\n"
    r"Status: (accepted|replaced by (\d{4}))\n\n## "
)
ROW: Final = re.compile(r"^\| \[(\d{4})\]\(([\w-]+\.md)\) \| .+ \|$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem[:4])
def test_a_page_has_the_form_of_the_others(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    head = HEAD.match(text)
    assert head is not None
    number, _, day, _, successor = head.groups()
    assert page.name.startswith(f"{number}-")
    assert date.fromisoformat(day)
    assert successor is None or any(FOLDER.glob(f"{successor}-*.md"))
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_the_index_names_every_page_once_in_order() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert ROW.findall(index) == [(page.name[:4], page.name) for page in PAGES]


def test_numbers_follow_each_other() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))
