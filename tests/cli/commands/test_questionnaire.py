"""`questionnaire` decides by options and names what is written, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from minsight.errors import FileError
from minsight.questions.questionnaire import Questionnaire
from minsight_cli.commands.questionnaire import (
    OUT,
    FormFormat,
    _format,
    _summary,
    _targets,
    _write,
    questionnaire,
)

EMPTY = Questionnaire(
    minerals=("iron",),
    people=(),
    clinician=False,
    questions=(),
    unread=(),
    not_fed=(),
    version="1",
    fingerprint="0",
)


@pytest.mark.parametrize(
    ("asked", "output", "chosen"),
    [
        (None, None, FormFormat.HTML),
        (None, OUT, FormFormat.HTML),
        (None, "a.CSV", FormFormat.CSV),
        (None, "a.htm", FormFormat.HTML),
        (None, "a.json", FormFormat.FHIR),
        (None, "a.fhir.json", FormFormat.FHIR),
        (None, "a.csv", FormFormat.CSV),
        (None, "a.redcap.csv", FormFormat.REDCAP),
        (None, "a.xlsx", FormFormat.XLSFORM),
        (FormFormat.REDCAP, OUT, FormFormat.REDCAP),
        (FormFormat.FHIR, None, FormFormat.FHIR),
        (FormFormat.FHIR, "a.json", FormFormat.FHIR),
    ],
)
def test_the_form_is_that_of_the_name_or_the_one_that_is_asked_for(
    asked: FormFormat | None, output: str | None, chosen: FormFormat
) -> None:
    assert _format(asked, output) is chosen


@pytest.mark.parametrize(
    ("asked", "output", "told"),
    [
        (None, "a.txt", "end it in `.redcap.csv`, `.csv`, `.html`"),
        (None, "a", "names no format of a form"),
        (None, "a.pdf", "names no format of a form"),
        (FormFormat.FHIR, "a.csv", "end it in `.fhir.json`, or leave out"),
        (FormFormat.XLSFORM, OUT, "cannot go to standard output"),
    ],
)
def test_a_name_that_says_no_format_or_another_one_is_refused(
    asked: FormFormat | None, output: str, told: str
) -> None:
    with pytest.raises(typer.BadParameter, match=told):
        _format(asked, output)


@pytest.mark.parametrize(
    ("chosen", "output", "targets"),
    [
        (FormFormat.HTML, None, ["questionnaire.html"]),
        (FormFormat.FHIR, None, ["questionnaire.fhir.json"]),
        (FormFormat.XLSFORM, None, ["questionnaire.xlsx"]),
        (FormFormat.REDCAP, None, ["questionnaire.redcap.csv"]),
        (FormFormat.CSV, None, ["questionnaire.csv", "questionnaire_codebook.csv"]),
        (FormFormat.CSV, "x/iron.csv", ["x/iron.csv", "x/iron_codebook.csv"]),
        (FormFormat.CSV, OUT, []),
    ],
)
def test_a_template_has_a_codebook_beside_it(
    chosen: FormFormat, output: str | None, targets: list[str]
) -> None:
    assert _targets(chosen, output) == list(map(Path, targets))


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "none" / "other.csv"
    with pytest.raises(FileError, match="cannot write") as caught:
        _write([one, other], [b"1", b"2"])
    assert f"`{one}` and `{other}`" in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    _write([one], [b"1", b"never written"])
    assert one.read_text(encoding="utf-8") == "1"


@pytest.mark.parametrize(
    ("targets", "line"),
    [
        ([], "2 questions, 0 rules not fed"),
        (["a.csv", "b.csv"], "2 questions in a.csv and b.csv, 0 rules not fed"),
    ],
)
def test_the_summary_counts_age_and_sex_too(targets: list[str], line: str) -> None:
    assert list(_summary(EMPTY, list(map(Path, targets)))) == [line]


def test_coverage_alone_writes_no_form(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    questionnaire(["selenium"], coverage=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(typer.BadParameter, match="cannot both go to standard output"):
        questionnaire(["selenium"], coverage=True, output=OUT)
