"""`minsight questionnaire`: files, formats, coverage, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minsight
from command_line import CommandLine, Outcome, is_one_paragraph, too_wide
from minsight.questions.forms import left_out_in_words
from minsight.questions.questionnaire import questionnaire

SUMMARY = re.compile(r"\d+ questions( in [^\n]+)?, \d+ rules? not fed\n")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(command: CommandLine, *args: str) -> Outcome:
    """A run that does its work and says so in one line, and what a page leaves out."""
    outcome = command.run("questionnaire", *args)
    assert outcome.code == 0, outcome.err
    summary, left_out = outcome.err.split("\n", 1)
    assert SUMMARY.fullmatch(f"{summary}\n"), outcome.err
    assert (left_out == "") == ("--complete" in args), outcome.err
    return outcome


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@pytest.mark.parametrize(
    ("args", "written"),
    [
        ((), ["questionnaire.html"]),
        (("--format", "fhir"), ["questionnaire.fhir.json"]),
        (("--format", "redcap"), ["questionnaire.redcap.csv"]),
        (("--complete", "--output", "a.xlsx"), ["a.xlsx"]),
        (("--format", "csv"), ["questionnaire.csv", "questionnaire_codebook.csv"]),
        (("--output", "a.csv"), ["a.csv", "a_codebook.csv"]),
        (("--output", "a.JSON"), ["a.JSON"]),
        (("--complete",), ["questionnaire.html"]),
        (("--output", "-"), []),
        (("--output", "-", "--format", "csv"), []),
        (("--coverage",), []),
        (("--coverage", "--output", "a.html"), ["a.html"]),
    ],
)
def test_the_form_goes_where_it_is_said_to_go(
    command: CommandLine, args: tuple[str, ...], written: list[str]
) -> None:
    outcome = run(command, "iron", *args)
    assert files() == written
    assert all(name in outcome.err for name in written)
    assert (outcome.out != "") == ("-" in args or "--coverage" in args)


def test_each_format_holds_the_same_questions(
    command: CommandLine, rules: minsight.Rules
) -> None:
    form = questionnaire(rules, minerals=["zinc"], people=["infant"], clinician=True)
    ids = [question.id for question in form.questions]
    wanted = ("Zn", "--for", "infants", "--clinician", "--complete")
    header = run(command, *wanted, "--format", "csv", "--output", "-").out
    assert next(csv.reader([header]))[4:] == ids
    page = run(command, *wanted, "--output", "-").out
    assert re.findall(r'<tr id="q-([^"]+)"', page)[3:] == ids
    resource = json.loads(
        run(command, *wanted, "--format", "fhir", "--output", "-").out
    )
    items = [item["linkId"] for part in resource["item"] for item in part["item"]]
    assert items == ["age", "sex", *ids]


def test_the_summary_counts_age_sex_and_the_questions(
    command: CommandLine, rules: minsight.Rules
) -> None:
    form = questionnaire(rules, minerals=["iron"], age="9mo", sex="female")
    wanted = ("iron", "--age", "9mo", "--sex", "f", "--complete")
    outcome = run(command, *wanted, "--output", "-")
    count, lost = len(form.questions) + 2, len(form.not_fed)
    assert outcome.err == f"{count} questions, {lost} rules not fed\n"


def test_coverage_lists_what_is_left_out(
    command: CommandLine, rules: minsight.Rules
) -> None:
    form = questionnaire(rules, minerals=["iron"])
    out = run(command, "iron", "--coverage", "--complete").out
    assert too_wide(out) == []
    listed = re.findall(r"^- ([^:\s]+):", out, re.MULTILINE)
    assert listed == [*(rule.rule for rule in form.not_fed), *form.unread]
    assert "heart_murmur" in out


def refused(command: CommandLine, named: str, *args: str) -> None:
    before = files()
    outcome = command.run("questionnaire", *args)
    assert (outcome.code, outcome.out) == (2, ""), outcome.err
    assert is_one_paragraph(outcome.err)
    assert len(outcome.err.splitlines()) == 1
    assert named in outcome.err
    assert files() == before


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("irn",), "did you mean `iron`?"),
        (("sulfur",), "`sulfur` is not scored"),
        (("iron", "--for", "infnts"), "did you mean `infant`?"),
        (("iron", "--for", "infants", "--age", "30"), "nobody of the given age"),
        (("iron", "--age", "old"), "`old` is not an age"),
        (("iron", "--sex", "x"), "`x` is not a sex"),
        (("iron", "--format", "pdf"), "pdf"),
        (("iron", "--output", "no/such/a.csv"), "cannot write `no/such/a.csv`"),
        (("iron", "--output", "a.docx"), "`a.docx` names no format of a form"),
        (("iron", "--output", "a.csv", "--format", "html"), "end it in `.html`"),
        (("iron", "--coverage", "--output", "-"), "cannot both go"),
        (("iron", "--rules", "no/such"), "`no/such`"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    command: CommandLine, args: tuple[str, ...], named: str
) -> None:
    refused(command, named, *args)


def test_a_file_is_replaced_only_when_forced(command: CommandLine) -> None:
    mine = Path("a_codebook.csv")
    mine.write_text("mine", encoding="utf-8")
    refused(command, "`a_codebook.csv` exists", "iron", "--output", "a.csv")
    assert mine.read_text(encoding="utf-8") == "mine"
    run(command, "iron", "--output", "a.csv", "--force")
    assert mine.read_text(encoding="utf-8").startswith("column,question,")


def test_a_page_is_short_and_says_what_it_leaves_out(
    command: CommandLine, rules: minsight.Rules
) -> None:
    form = rules.questionnaire(["iron"], people=["infants"], one_page=True)
    outcome = run(command, "iron", "--for", "infants", "--output", "-")
    rows = re.findall(r'<tr id="q-([^"]+)"', outcome.out)
    assert rows == [question.id for question in form.questions]
    words = left_out_in_words(form)
    assert words in outcome.err
    assert words in outcome.out


def test_every_format_of_a_page_has_the_same_fields(
    command: CommandLine, rules: minsight.Rules
) -> None:
    form = rules.questionnaire(["iron"], people=["infants"], one_page=True)
    ids = [field.id for field in form.fields]
    wanted = ("iron", "--for", "infants", "--output", "-", "--format")
    header = run(command, *wanted, "csv").out
    assert next(csv.reader([header]))[4:] == ids
    dictionary = csv.reader(run(command, *wanted, "redcap").out.splitlines())
    assert [row[0] for row in dictionary if row[0] in ids] == ids
    resource = json.loads(run(command, *wanted, "fhir").out)
    links = [item["linkId"] for item in items_of(resource)]
    assert [link for link in links if link in ids] == ids
    assert len(links) == len(set(links))


def items_of(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in part.get("item", ()):
        yield item
        yield from items_of(item)
