"""Sources: what a file is, is seen in its first bytes; what is not read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsight.errors import FileError
from minsight.screening.sources.source import source_of

XML = '<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir"><entry/></Bundle>'
PACKET = "id: a\nsubject:\n  id: p1\nphenotypicFeatures:\n  - type: {label: Fever}\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (XML, "XML"),
        ("\ufeff" + XML, "XML"),
        ("<QuestionnaireResponse/>", "XML"),
        ("<!DOCTYPE html><html></html>", "a page of HTML"),
        ("<html><table></table></html>", "a page of HTML"),
        ("%PDF-1.7", "a PDF"),
        ("{\\rtf1 text}", "a text with formats"),
        (PACKET, "YAML"),
        ("---\n" + PACKET, "YAML"),
        ("# one person\nsubject:\n  id: p1\n", "YAML"),
        ("present:\n  - fever\n", "YAML"),
    ],
)
@pytest.mark.parametrize("name", ["people.txt", "people.json", "people"])
def test_a_kind_that_is_not_read_is_named(
    text: str, kind: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        source_of(path)
    assert f"is {kind}" in str(caught.value)
    assert "which is not read" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("id;age\n1;2\n", "csv"),
        ("id: a,age\n1,2\n", "csv"),
        ("subject\nann\n", "csv"),
        ("subject: name,fever\nann,yes\n", "csv"),
        ('{"present": []}', "json"),
        ("[]", "json"),
    ],
)
def test_what_is_read_is_known_by_how_it_begins(
    text: str, format_: str, tmp_path: Path
) -> None:
    path = tmp_path / "people.txt"
    path.write_text(text, encoding="utf-8")
    assert source_of(path).format == format_
