"""The closing summary of a screening: short, aligned, and complete in its counts."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from command_line import too_wide
from minsight.screening import Notice, Reject
from minsight.screening.summary.tally import Tally
from minsight_cli.rendering.screening import show_tables_summary
from screened import Candidacy, Person, screened


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def summary(
    tally: Tally, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> str:
    output = Path("out.csv")
    show_tables_summary(tally, rules=rules, output=output, rejects=Path("out.rejects"))
    return capsys.readouterr().out


def survey() -> Tally:
    iron = Candidacy("iron", "typical_pattern", ("iron.koilonychia", "iron.fatigue"))
    copper = Candidacy("copper", "few_findings", ("copper.fatigue",))
    both = Person("30", "female", urgency="soon", candidates=(iron, copper))
    bad = [Reject("p.csv", n, "fever", "x", f"`v{n}` is no answer; no") for n in (1, 2)]
    tally = Tally(files=1)
    tally.add(screened([*[both] * 120, *[Person()] * 880], rejects=bad))
    return tally


@pytest.mark.usefixtures("narrow")
def test_the_summary_says_what_became_of_every_row(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = summary(survey(), rules, capsys).splitlines()
    assert lines[:2] == [
        "1002 rows of 1 file: 1000 assessed, 2 rejected.",
        "  urgency soon: 120",
    ]
    assert "  few findings: Copper 120" in lines
    assert "  120  12 % Fatigue: Iron, Copper" in lines
    assert "  2 `…` is no answer" in lines
    assert lines[-2:] == [
        "Results in `out.csv`",
        "Rejected rows, with reasons, in `out.rejects`",
    ]


@pytest.mark.usefixtures("narrow")
def test_persons_of_whom_not_all_was_understood_are_told(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally(files=1)
    people = [("soon", False), ("none", False), ("routine", False), ("none", True)]
    tally.add(screened([Person(urgency=how, judged=read) for how, read in people]))
    lines = summary(tally, rules, capsys).splitlines()
    assert lines[1:4] == ["  urgency soon: 1", "  urgency not judged: 2", ""]


@pytest.mark.usefixtures("narrow")
def test_numbers_stand_below_their_level(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = summary(survey(), rules, capsys).splitlines()
    head = next(line for line in lines if "typical pattern" in line)
    iron = next(line for line in lines if line.startswith("  Iron "))
    assert iron.split() == ["Iron", "0", "120", "0"]
    ends = head.index("typical pattern") + len("typical pattern")
    assert iron[:ends].endswith("120")


def test_numbers_stand_below_their_level_on_a_narrow_terminal(
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = summary(survey(), rules, capsys).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  Iron "))
    above, below, iron = lines[at - 2 : at + 1]
    assert above.split() == ["measured", "typical", "partial"]
    assert below.split() == ["low", "pattern", "pattern"]
    assert iron.split() == ["Iron", "0", "120", "0"]
    ends = below.index("pattern") + len("pattern")
    assert iron[:ends].endswith("120")


@pytest.mark.usefixtures("narrow")
def test_what_is_long_is_folded_and_says_so(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = survey()
    for number, rule in enumerate(rules.catalogue.rules[:200]):
        tally.reasons[rule.id] += number + 1
    for number in range(40):
        tally.tell([Notice("f" * 100, f"{'notice ' * 30}{number}", number)])
        tally.reject_kinds[f"kind {number} {'word ' * 15}"] += 1
    shown = summary(tally, rules, capsys)
    assert too_wide(shown) == []
    assert "  and 36 more, of fewer rows" in shown
    assert "  and 30 more, which a report tells" in shown
    assert "more, met in fewer persons" in shown
    assert len(shown.splitlines()) < 90


@pytest.mark.usefixtures("narrow")
def test_nobody_and_nothing_need_few_words(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summary(Tally(rejected_files=1), rules, capsys).splitlines() == [
        "0 rows of 0 files: 0 assessed, 0 rejected.",
        "1 file could not be read to the end.",
        "",
        "Results in `out.csv`",
        "Rejected rows, with reasons, in `out.rejects`",
    ]
