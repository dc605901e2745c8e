"""Lists of words: what stands in the files is what the reading of texts goes by."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import minsight
from command_line import one_mineral_rules
from minsight.errors import FileError
from minsight.files.yaml import load_file
from minsight.intake.text import lists
from minsight.intake.text.lists import lists_of, meant_by, row_of, words_of

WORDS_OF_COLUMNS = (
    "asking", "units of age", "free words", "personal", "others", "relatives",
    "words of age", "words of dates", "other dates", "words of ids", "asking english",
    "small es", "small fr", "small de", "small pt", "denying abroad",
)  # fmt: skip
FILES = sorted(path.stem for path in lists.DATA.glob("*.yaml"))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of words that is read in place of those of the package."""
    monkeypatch.setattr(lists, "DATA", tmp_path)
    monkeypatch.setattr(lists, "lists_of", lists_of.__wrapped__)
    return tmp_path / "made_up.yaml"


@pytest.mark.parametrize("name", FILES)
def test_the_lists_are_those_that_yaml_reads(name: str) -> None:
    read = load_file(lists.DATA / f"{name}.yaml", name).data
    assert {heading: list(items) for heading, items in lists_of(name).items()} == read


@pytest.mark.parametrize("name", FILES)
def test_no_list_is_empty_and_no_word_stands_twice_in_one(name: str) -> None:
    for heading, items in lists_of(name).items():
        assert items, heading
        whole = heading == "set pairs" or "(" in "".join(items) or name == "abroad"
        whole |= name == "columns" and heading not in WORDS_OF_COLUMNS
        words = items if whole else row_of(name, heading)
        assert sorted(set(words) - {"<-"}) == sorted(w for w in words if w != "<-")


def test_several_words_may_stand_on_a_line(file: Path) -> None:
    file.write_text("# a remark:\nsmall:\n  # another\n  - a an\n  - the\n\n")
    assert row_of("made_up", "small") == ["a", "an", "the"]
    assert words_of("made_up", "small") == {"the", "an", "a"}


def test_what_is_meant_stands_before_what_is_said(file: Path) -> None:
    file.write_text("irregular:\n  - foot <- feet\n  - eat <- ate eaten\n")
    meant = {"feet": "foot", "ate": "eat", "eaten": "eat"}
    assert meant_by("made_up", "irregular") == meant


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- a\n", "1: `- a`"),  # under no heading
        ("small:\n  - a\nan\n", "3: `an`"),
        ("small: [a, an]\n", "1: `small: [a, an]`"),
        ("small:\n  - a\nsmall:\n", "3: `small:`"),  # stands twice
        ("small:\n - a\n", "2: `- a`"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_with_its_place(
    file: Path, text: str, line: str
) -> None:
    file.write_text(text)
    with pytest.raises(FileError) as caught:
        lists.lists_of("made_up")
    assert str(caught.value) == f"made_up.yaml:{line} is no heading, item or comment"


def test_an_edited_list_is_never_answered_from_an_old_cache(tmp_path: Path) -> None:
    """The rules come from the cache the second time, the words from their file."""
    package = tmp_path / "copied" / "minsight"
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(minsight.__file__).parent, package, ignore=without)
    folder = one_mineral_rules(tmp_path / "rules")
    text = "zzz yyy fatigue"
    assert said(text, package, folder) == []
    words = package / "intake" / "text" / "data" / "words.yaml"
    before = words.read_text(encoding="utf-8")
    words.write_text(before.replace("modifiers:\n", "modifiers:\n  - yyy zzz\n"))
    assert said(text, package, folder) == ["fatigue"]


def said(text: str, package: Path, rules: Path) -> list[str]:
    """The ids of a text, read by a copy of the library that keeps a cache."""
    source = (
        "import sys, minsight; rules = minsight.load(sys.argv[1]);"
        "found = rules.assess(minsight.Subject(present=[sys.argv[2]]));"
        "print(*(one.id for one in found.recognised))"
    )
    around = {"PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(rules.parent)}
    done = subprocess.run(
        [sys.executable, "-c", source, str(rules), text],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, **around},
    )
    return done.stdout.split()
