"""`minsight explain`: trees, records and graphs; whom it explains; what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import minsight
from command_line import CommandLine, is_one_paragraph, said, too_wide

PERSON = ("craving ice", "spoon nails", "always tired", "--age", "28", "--sex", "f")
EMERGENCY = ("convulsions", "craving ice", "--age", "28")


def lines_of(text: str) -> list[str]:
    """The lines, which fit the terminal and have no blank ends."""
    lines = text.splitlines()
    assert too_wide(text) == []
    assert [line for line in lines if line != line.rstrip()] == []
    return lines


def test_a_proof_shows_each_reason_once_with_its_words_grade_and_source(
    command: CommandLine, rules: minsight.Rules
) -> None:
    outcome = command.run("explain", *PERSON, "--mineral", "Fe")
    assert (outcome.code, outcome.err) == (0, "")
    lines_of(outcome.out)
    assessment = rules.assess(minsight.Subject(present=PERSON[:3], age=28, sex="f"))
    (iron,) = [c for c in assessment.candidates if c.mineral == "iron"]
    words = said(outcome.out.replace("│", " "))
    for reason in iron.reasons:
        assert outcome.out.count(f"─ {reason.rule} (") == 1
        assert reason.because in words
        assert f"[grade {reason.grade}: {', '.join(reason.sources)}]" in words
        assert all(f"- {source}: " in outcome.out for source in reason.sources)
    assert '"craving ice"' in words
    assert "counted once with iron.pagophagia" in words


def test_without_a_mineral_the_first_is_shown_and_the_others_folded(
    command: CommandLine, rules: minsight.Rules
) -> None:
    outcome = command.run("explain", *PERSON)
    assessment = rules.assess(minsight.Subject(present=PERSON[:3], age=28, sex="f"))
    first, *others = assessment.candidates
    assert f"\n1. {first.name}  {first.sentence}\n" in outcome.out
    for other in others:
        assert f"\n- {other.name}: " in outcome.out
        assert f". {other.name}  " not in outcome.out
    everything = command.run("explain", *PERSON, "--all")
    for candidate in assessment.candidates:
        assert f"{candidate.rank}. {candidate.name}  " in everything.out


def test_every_clause_is_shown_when_asked_for(
    command: CommandLine, rules: minsight.Rules
) -> None:
    outcome = command.run("explain", *PERSON, "--mineral", "iron", "--full")
    person = minsight.Subject(present=PERSON[:3], age=28, sex="f")
    (proof,) = rules.explain(person, "iron").proofs
    words = "".join(outcome.out.replace("│", " ").split())
    for inference in proof.inferences:
        assert inference.atom in words
    assert lines_of(command.run("explain", *PERSON, "--full").out)


def test_a_silent_mineral_says_what_it_lacks(command: CommandLine) -> None:
    zinc = command.run("explain", "--absent", "hair loss", "--mineral", "zinc")
    assert (zinc.code, zinc.err) == (0, "")
    assert "Why zinc stands no higher than no pattern\n" in zinc.out
    assert "would complete it: " in zinc.out
    assert "more rules; --full shows them." in zinc.out
    candidate = command.run("explain", "spoon nails", "--mineral", "iron").out
    assert "Why iron stands" not in candidate
    full = command.run(
        "explain", "--absent", "hair loss", "--mineral", "zinc", "--full"
    )
    assert "denied: Hair loss" in full.out
    assert "Hair loss, instead of no hair loss" in full.out
    lines_of(full.out)


def test_why_not_shows_the_gates_of_the_next_level(command: CommandLine) -> None:
    outcome = command.run("explain", "spoon nails", "--why-not", "iron")
    assert "Next level: typical pattern" in outcome.out
    assert "Gate: a typical sign: met; a risk factor: lacking" in outcome.out
    assert "1. Iron" not in outcome.out


def test_urgency_comes_first_and_an_emergency_waits_with_its_proof(
    command: CommandLine,
) -> None:
    outcome = command.run("explain", *EMERGENCY)
    assert outcome.out.startswith("Urgency: ")
    assert "No proof is shown in an emergency." in outcome.out
    assert "Gate open" not in outcome.out
    assert "Gate open" in command.run("explain", *EMERGENCY, "--mineral", "iron").out


def test_the_record_holds_the_assessment_and_the_proofs(
    command: CommandLine, rules: minsight.Rules
) -> None:
    outcome = command.run("explain", *PERSON, "--mineral", "iron", "--json")
    record = json.loads(outcome.out)
    assert record["schema"] == "minsight.explanation/1"
    assert record["assessment"]["rules"]["fingerprint"] == rules.fingerprint
    assert [proof["mineral"] for proof in record["proofs"]] == ["iron"]
    everything = json.loads(command.run("explain", *PERSON, "--json").out)
    assert [proof["mineral"] for proof in everything["proofs"]] == [
        candidate["mineral"] for candidate in everything["assessment"]["candidates"]
    ]


@pytest.mark.parametrize("ending", [".dot", ".mmd", ".svg"])
def test_a_graph_is_written_and_not_written_over(
    command: CommandLine, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"proof{ending}"
    told = command.run("explain", *PERSON, "--graph", str(target))
    assert (told.code, told.err) == (0, "")
    text = target.read_text(encoding="utf-8")
    starts = {".dot": "digraph", ".mmd": "flowchart", ".svg": "<svg"}
    assert text.startswith(starts[ending])
    assert "craving ice" in text
    if ending == ".svg":
        ET.fromstring(text)
    refused = command.run("explain", *PERSON, "--graph", str(target))
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    again = command.run("explain", *PERSON, "--graph", str(target), "--force")
    assert again.code == 0
    assert target.read_text(encoding="utf-8") == text


def test_without_the_extra_only_svg_is_refused(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsight_cli.commands.explain.find_spec", lambda _: None)
    refused = command.run("explain", *PERSON, "--graph", str(tmp_path / "p.svg"))
    assert (refused.code, refused.out) == (2, "")
    assert 'pip install "minsight[report]"' in refused.err
    assert command.run("explain", *PERSON, "--graph", str(tmp_path / "p.dot")).code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("fatigue", "--mineral", "irn"), "unknown mineral `irn`"),
        (("fatigue", "--why-not", "sulfur"), "sulfur is not assessed"),
        (("fatigue", "--graph", "proof.png"), "must end in .svg, .dot or .mmd"),
        (("fatigue", "--graph", "nowhere/proof.dot"), "no folder `nowhere`"),
        (("results.csv", "--subject", "a1"), "no file `results.csv`"),
        ((), "nothing was said about the person"),
        (("zzqqx", "--graph", "p.dot"), "no candidate to draw"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    command: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = command.run("explain", *arguments)
    assert outcome.code == 2
    assert is_one_paragraph(outcome.err)
    assert told in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_text_that_was_not_understood_is_told_and_strict_looks_at_it(
    command: CommandLine,
) -> None:
    outcome = command.run("explain", "zzqqx", "spoon nails", "--strict")
    assert outcome.code == 1
    assert "Not understood: zzqqx" in outcome.out


def test_piped_text_is_read_as_check_reads_it(command: CommandLine) -> None:
    outcome = command.run("explain", stdin=b"28 year old woman, spoon nails, no fever")
    assert "1. Iron" in outcome.out


# --- a person in a file of results ----------------------------------------------------


@pytest.fixture
def results(command: CommandLine, tmp_path: Path) -> Path:
    """Results of two people, of whom `a1` has spoon nails."""
    answers = tmp_path / "survey.csv"
    answers.write_text("id,spoon nails\na1,yes\nb1,no\n", encoding="utf-8")
    found = tmp_path / "results.csv"
    assert command.run("screen", str(answers), "--output", str(found)).code == 0
    return found


def test_a_person_of_a_file_is_shown_as_check_would_and_then_proved(
    command: CommandLine, results: Path
) -> None:
    outcome = command.run("explain", str(results), "--subject", "a1")
    checked = command.run("check", "spoon_nails")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(checked.out)
    assert "Gate open: a typical sign" in outcome.out.removeprefix(checked.out)
    lines_of(outcome.out)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "say whose with --subject ID"),
        (("--subject", "a2"), "has the id `a2`"),
        (("--subject", "a1", "--age", "3"), "leave out what adds to them"),
    ],
)
def test_a_person_of_a_file_must_be_named_and_left_as_they_are(
    command: CommandLine, results: Path, more: tuple[str, ...], told: str
) -> None:
    outcome = command.run("explain", str(results), *more)
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err)
    assert told in outcome.err
