"""A file is read as a document, or every issue of it is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsight.files.document import Document, Text
from minsight.files.reader import DocumentError, read_document


class Note(Document):
    title: Text = "none"
    pages: int = 0


def written(folder: Path, text: str) -> Path:
    path = folder / "note.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, *, may_be_empty: bool = False) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read_document(path, "note.yaml", Note, may_be_empty=may_be_empty)
    return [str(issue) for issue in caught.value.issues]


def test_a_document_comes_with_the_places_of_its_parts(tmp_path: Path) -> None:
    path = written(tmp_path, "title: a\npages: 3\n")
    note, loaded = read_document(path, "note.yaml", Note)
    assert note == Note(title="a", pages=3)
    assert str(loaded.place(("pages",))) == "note.yaml:2:1"


def test_every_issue_of_a_document_is_told(tmp_path: Path) -> None:
    issues = refused(written(tmp_path, "titel: a\npages: many\n"))
    assert [issue.partition(": ")[0] for issue in issues] == [
        "note.yaml:2:1",
        "note.yaml:1:1",
    ]
    assert "did you mean `title`?" in issues[1]


def test_what_is_not_yaml_is_one_issue(tmp_path: Path) -> None:
    assert len(refused(written(tmp_path, "a: [1\n"))) == 1
    assert "is missing" in refused(tmp_path / "note.yaml.old")[0]


def test_an_empty_file_is_a_document_only_where_that_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "# nothing yet\n")
    note, _ = read_document(path, "note.yaml", Note, may_be_empty=True)
    assert note == Note()
    assert len(refused(path)) == 1
    assert len(refused(written(tmp_path, "- 1\n"), may_be_empty=True)) == 1
