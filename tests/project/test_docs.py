"""The documents tell the truth: their commands run, their rules and files exist."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import minsight
from minsight.cases.folder import read_cases
from minsight.compiler.bundle import rules_folder
from minsight_cli.app import application
from minsight_cli.page import frame
from places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CLAIMS = (ROOT / "docs" / "seed_claims.md").read_text(encoding="utf-8")
RULES_README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def console_lines() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [
        line.partition("#")[0].strip()
        for block in blocks
        for line in block.splitlines()
    ]


NOT_HERE = ("minsight --install-completion", "minsight serve", "minsight mcp")
"""Commands that change the machine, or that go on until they are stopped."""
RUNNABLE = [
    line
    for line in console_lines()
    if line.startswith("minsight ") and not line.startswith(NOT_HERE)
]


@pytest.mark.parametrize("line", RUNNABLE)
def test_every_command_of_the_readme_runs(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert record is not None
    person = json.dumps(json.loads(record[1]))
    (tmp_path / "people.jsonl").write_text(person + "\n", encoding="utf-8")
    (tmp_path / "rules").symlink_to(rules_folder())
    (tmp_path / "frame.html").write_text(frame.HOLES, encoding="utf-8")
    monkeypatch.setattr(frame, "FRAME", tmp_path / "frame.html")
    if " results.csv" in line and "--output" not in line:
        words = ["screen", "people.jsonl", "--output", "results.csv"]
        assert CliRunner().invoke(application(), words).exit_code == 0
    result = CliRunner().invoke(application(), shlex.split(line)[1:])
    assert result.exit_code == 0, result.output
    assert result.output.strip()


def test_the_python_example_of_the_readme_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    exec(compile(example[1], "README.md", "exec"), {})  # our own example
    assert "1 iron typical_pattern" in capsys.readouterr().out


def test_the_examples_of_the_page_on_the_library_run() -> None:
    page = ROOT / "docs" / "library.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 15) == (0, True)


def test_the_record_of_the_readme_is_understood_in_full() -> None:
    record = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert record is not None
    subject = minsight.subject_from_record(json.loads(record[1]))
    with minsight.load(rules_folder(), cache=False) as rules:
        assessment = rules.assess(subject)
    assert assessment.unrecognised == ()
    assert assessment.candidates[0].level == "measured_low"


def test_the_levels_of_the_readme_are_those_of_the_rules(rules: minsight.Rules) -> None:
    for level in rules.catalogue.levels:
        assert f"| `{level.id}` | {level.sentence} |" in README


def claim_rows() -> list[list[str]]:
    rows = [
        line.strip("|").split("|")
        for line in CLAIMS.splitlines()
        if line.startswith("|")
    ]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip().isdigit()]


def test_every_claim_of_the_article_has_one_row_with_a_verdict() -> None:
    rows = claim_rows()
    assert len(rows) > 80
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert re.match(r"carried|corrected|left out", row[3]), row


def test_every_rule_and_file_that_carries_a_claim_exists(rules: minsight.Rules) -> None:
    scored = "|".join(rules.program.minerals)
    named = {name for row in claim_rows() for name in re.findall(r"`([^`]+)`", row[2])}
    carriers = {name for name in named if re.fullmatch(rf"({scored})\.\w+", name)}
    assert carriers, "no rule carries a claim"
    assert carriers <= set(rules.catalogue.rule)
    paths = {name for name in named if "/" in name}
    assert paths, "no file carries a claim"
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_mineral_of_the_article_has_a_full_profile(rules: minsight.Rules) -> None:
    macrominerals = [
        "calcium",
        "phosphorus",
        "magnesium",
        "sodium",
        "potassium",
        "chloride",
        "sulfur",
    ]
    traces = [
        "iron",
        "manganese",
        "copper",
        "iodine",
        "zinc",
        "cobalt",
        "fluoride",
        "selenium",
    ]
    for mineral in macrominerals + traces:
        profile = rules.profiles[mineral]
        kind = "macromineral" if mineral in macrominerals else "trace mineral"
        assert profile.kind == kind
        assert profile.functions
        assert profile.foods
        assert profile.intake or profile.no_intake_because


def test_rules_quoted_in_the_rules_readme_stand_in_the_rule_files() -> None:
    written = "\n".join(
        p.read_text(encoding="utf-8") for p in rules_folder().rglob("*.yaml")
    )
    blocks = re.findall(r"```yaml\n(.*?)```", RULES_README, re.DOTALL)
    quoted = [b for b in blocks if re.search(r"^\s*- id: iron\.", b, re.MULTILINE)]
    assert quoted
    for block in quoted:
        for line in block.splitlines():
            text = re.sub(r"\s+#.*$", "", line).strip()
            assert text in written, text


def test_the_curated_people_cover_every_life_stage(rules: minsight.Rules) -> None:
    cases, _ = read_cases(rules_folder())
    people = [
        p.subject for file in cases.values() for p in file.people if p.subject.age
    ]
    ages = [minsight.parse_age(person.age or "") for person in people]
    stages = [g for g in rules.vocabulary.groups if g.category == "life_stage"]
    for stage in stages:
        assert any(stage.asked_of.may_be(age, None) for age in ages), stage.label
