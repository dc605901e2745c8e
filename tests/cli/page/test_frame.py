"""The frame: filled with the rules in use, and told of when it is not there."""

from __future__ import annotations

import bz2
import gzip
import re
from pathlib import Path

import msgspec
import pytest

from command_line import CommandLine, one_mineral_rules
from minsight.knowledge.base import KnowledgeBase
from minsight_cli.page import frame
from minsight_cli.page.packing import from_letters


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frame that is nothing but its holes."""
    path = tmp_path / "frame.html"
    path.write_text(f"<html>{frame.HOLES}</html>", encoding="utf-8")
    monkeypatch.setattr(frame, "FRAME", path)
    return path


def part(page: Path, name: str) -> bytes:
    text = page.read_text(encoding="utf-8")
    pattern = rf'id="part-{name}" data-bytes="(\d+)">(.*?)</script>'
    found = re.search(pattern, text, re.DOTALL)
    assert found is not None
    return gzip.decompress(from_letters(found[2], int(found[1])))


@pytest.mark.usefixtures("made_up")
def test_a_teachers_own_rules_travel_in_the_page(
    command: CommandLine, tmp_path: Path
) -> None:
    own = one_mineral_rules(tmp_path / "own")
    page = tmp_path / "lesson.html"
    outcome = command.run("page", "--rules", str(own), "--output", str(page))
    assert (outcome.code, outcome.err) == (0, "")
    assert "lesson.html" in outcome.out
    rules = bz2.decompress(part(page, "rules"))
    knowledge = msgspec.json.decode(rules, type=KnowledgeBase)
    assert [one.id for one in knowledge.catalogue.profiles] == ["selenium"]
    assert isinstance(msgspec.json.decode(part(page, "cases")), list)


@pytest.mark.usefixtures("made_up")
def test_a_page_is_replaced_only_by_force(command: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "minsight.html"
    page.write_text("mine", encoding="utf-8")
    assert command.run("page", "--output", str(page)).code == 2
    assert page.read_text(encoding="utf-8") == "mine"
    assert command.run("page", "--output", str(page), "--force").code == 0


@pytest.mark.usefixtures("made_up")
def test_a_page_that_cannot_be_written_is_told(
    command: CommandLine, tmp_path: Path
) -> None:
    outcome = command.run("page", "--output", str(tmp_path / "no" / "such.html"))
    assert outcome.code == 2
    assert "cannot write" in outcome.err


def test_without_a_frame_the_command_says_how_to_build_it(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "FRAME", tmp_path / "frame.html")
    outcome = command.run("page", "--output", str(tmp_path / "page.html"))
    assert outcome.code == 2
    assert "make page" in outcome.err
    assert not (tmp_path / "page.html").exists()
