"""Runs of several files: killed and taken up again, checked, traced to a person."""

from __future__ import annotations

import csv
import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

import minsight
from command_line import CommandLine, is_one_paragraph, said
from minsight.screening import pipeline as running
from minsight.screening import place
from minsight.screening.runs.manifest import manifest_of
from minsight.screening.runs.trace import traced_subject

KILLS: Final = 4
ANSWERS: Final = ("yes", "no", "")
QUESTIONS: Final = ("fatigue", "pallor", "ice_craving", "diarrhea", "hair_loss")


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Four files of made-up people; some rows of each cannot be read."""
    folder = tmp_path / "survey"
    folder.mkdir()
    chance = random.Random(11)
    for number in range(4):
        with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["subject_id", "age_years", *QUESTIONS])
            for row in range(120):
                age = chance.choice([4, 30, 80, 1000])
                answers = [chance.choice(ANSWERS) for _ in QUESTIONS]
                writer.writerow([f"{number}-{row:03d}", age, *answers])
    return folder


def screened(command: CommandLine, survey: Path, out: Path, *options: str) -> int:
    return command.run("screen", str(survey), "--output", str(out), *options).code


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def manifest_at(out: Path) -> Any:
    return json.loads(manifest_of(out).read_bytes())


# --- killed and taken up again --------------------------------------------------------


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_a_run_that_is_killed_again_and_again_ends_as_one_that_was_not(
    ending: str, command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    undisturbed, out = tmp_path / "one", tmp_path / "two"
    undisturbed.mkdir()
    out.mkdir()
    words = ("screen", str(survey), "--engine", "reference", "--resume", "--output")
    began = time.monotonic()
    assert command.process(*words, str(undisturbed / f"r.{ending}")).code == 1
    needed = time.monotonic() - began
    chance = random.Random(ending)
    for _ in range(KILLS):
        process = command.spawn(*words, str(out / f"r.{ending}"))
        try:
            process.wait(chance.uniform(0.3, 1.0) * needed)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        for path in out.glob(f"r.{ending}*"):  # whole, or not there
            assert path.read_bytes() == (undisturbed / path.name).read_bytes()
    assert command.process(*words, str(out / f"r.{ending}")).code == 1
    assert files_in(out) == files_in(undisturbed)
    for name in files_in(out):
        assert (out / name).read_bytes() == (undisturbed / name).read_bytes(), name


def test_what_was_finished_is_not_done_again(
    command: CommandLine, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.csv"
    read = fail_after(monkeypatch, files=2)
    assert screened(command, survey, out) == 4
    assert read == ["0.csv", "1.csv", "2.csv"]
    assert files_in(tmp_path) == [".r.csv.parts", "survey"]
    monkeypatch.undo()
    read = fail_after(monkeypatch, files=9)
    outcome = command.run("screen", str(survey), "--output", str(out), "--resume")
    assert outcome.code == 1
    assert read == ["2.csv", "3.csv"]
    assert outcome.out.startswith("2 files finished by the earlier run.\n480 rows")


def fail_after(monkeypatch: pytest.MonkeyPatch, *, files: int) -> list[str]:
    """The names of files as they are begun; after so many, there is a failure."""
    begun = list[str]()

    def failing(source: Any, *args: Any) -> Any:
        begun.append(source.path.name)
        if len(begun) > files:
            raise ZeroDivisionError("boom")
        return place(source, *args)

    monkeypatch.setattr(running, "place", failing)
    return begun


def test_an_unfinished_run_is_not_forgotten_by_accident(
    command: CommandLine, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.csv"
    fail_after(monkeypatch, files=2)
    assert screened(command, survey, out) == 4
    monkeypatch.undo()
    outcome = command.run("screen", str(survey), "--output", str(out))
    assert outcome.code == 2
    assert "--resume" in outcome.err
    assert is_one_paragraph(outcome.err)
    assert screened(command, survey, out, "--force") == 1
    assert files_in(tmp_path) == [
        "r.csv",
        "r.csv.manifest.json",
        "r.csv.rejects",
        "survey",
    ]


def test_other_options_take_nothing_from_the_earlier_run(
    command: CommandLine, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.csv"
    fail_after(monkeypatch, files=2)
    assert screened(command, survey, out) == 4
    monkeypatch.undo()
    begun = fail_after(monkeypatch, files=9)
    assert screened(command, survey, out, "--resume", "--keep-going") == 1
    assert len(begun) == 4


def test_an_input_that_has_changed_is_screened_again(
    command: CommandLine, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.csv"
    fail_after(monkeypatch, files=2)
    assert screened(command, survey, out) == 4
    shutil.copy(survey / "3.csv", survey / "0.csv")
    monkeypatch.undo()
    begun = fail_after(monkeypatch, files=9)
    assert screened(command, survey, out, "--resume") == 1
    assert begun == ["0.csv", "2.csv", "3.csv"]


def test_a_finished_run_has_nothing_left_to_do(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "r.csv"
    assert screened(command, survey, out) == 1
    made = {path: path.stat().st_mtime_ns for path in tmp_path.glob("r.csv*")}
    outcome = command.run("screen", str(survey), "--output", str(out), "--resume")
    assert outcome.code == 1
    assert "Nothing to do" in said(outcome.out)
    assert made == {path: path.stat().st_mtime_ns for path in tmp_path.glob("r.csv*")}
    out.write_text("of somebody else", encoding="utf-8")
    assert screened(command, survey, out, "--resume") == 2
    assert out.read_text(encoding="utf-8") == "of somebody else"


def test_a_report_that_is_wanted_later_is_not_passed_over(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "r.csv", str(tmp_path / "r.html")
    assert screened(command, survey, out) == 1
    outcome = command.run(
        "screen", str(survey), "--output", str(out), "--resume", "--report", report
    )
    assert (outcome.code, "--force" in outcome.err) == (2, True)
    assert screened(command, survey, out, "--force", "--report", report) == 1
    assert screened(command, survey, out, "--resume", "--report", report) == 1
    assert Path(report).is_file()


def test_an_interrupt_keeps_what_is_finished(
    command: CommandLine, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[str]()

    def interrupted(source: Any, *args: Any) -> Any:
        begun.append(source.name)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return place(source, *args)

    monkeypatch.setattr(running, "place", interrupted)
    out = tmp_path / "r.csv"
    assert screened(command, survey, out) == 130
    monkeypatch.undo()
    assert not out.exists()
    assert screened(command, survey, out, "--resume") == 1


# --- the first reject -----------------------------------------------------------------


def test_the_first_reject_can_stop_the_run(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "r.csv"
    outcome = command.run("screen", str(survey), "--output", str(out), "--fail-fast")
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err)
    with (survey / "0.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bad = next(n for n, row in enumerate(rows, start=1) if row["age_years"] == "1000")
    for named in ("0.csv", f"row {bad}", "`age_years`", "`1000`"):
        assert named in outcome.err
    assert files_in(tmp_path) == ["survey"]


# --- manifest and verify --------------------------------------------------------------


def test_the_manifest_accounts_for_every_row(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    (survey / "empty.csv").touch()
    out = tmp_path / "r.csv"
    assert screened(command, survey, out) == 1
    with out.open(encoding="utf-8", newline="") as results:
        persons = {(row["file"], row["row"]) for row in csv.DictReader(results)}
    for one in manifest_at(out)["inputs"]:
        if one["file"] is None:
            assert "is empty" in one["problem"]
            continue
        own = [row for file, row in persons if file == one["name"]]
        assert one["assessed"] == len(own)
        assert one["rows"] == one["assessed"] + one["rejected"] == 120


def test_a_run_is_verified_byte_for_byte(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "r.parquet"
    assert screened(command, survey, out) == 1
    outcome = command.run("verify", str(manifest_of(out)))
    assert (outcome.code, outcome.err) == (0, "")
    assert "made again results" in outcome.out


def test_a_folder_that_was_moved_can_still_be_verified(
    command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    home, moved = tmp_path / "home", tmp_path / "moved"
    home.mkdir()
    survey.rename(home / "survey")
    assert screened(command, home / "survey", home / "r.csv") == 1
    home.rename(moved)
    assert command.run("verify", str(manifest_of(moved / "r.csv"))).code == 0


@pytest.mark.parametrize("changed", ["survey/1.csv", "r.csv", "r.csv.rejects"])
def test_what_was_changed_is_found(
    changed: str, command: CommandLine, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "r.csv"
    assert screened(command, survey, out) == 1
    with (tmp_path / changed).open("a", encoding="utf-8") as file:
        file.write("x\n")
    outcome = command.run("verify", str(manifest_of(out)))
    assert outcome.code == 1
    told = said(outcome.out).split("differs ")
    assert len(told) == 2
    assert Path(changed).name in told[1].split(" same ")[0]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "other"}', b"\xff"])
def test_what_is_no_manifest_is_refused(
    content: bytes, command: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(content)
    outcome = command.run("verify", str(path))
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err)


# --- from a row back to the person ----------------------------------------------------


def test_a_row_leads_back_to_the_person(
    command: CommandLine, survey: Path, tmp_path: Path, rules: minsight.Rules
) -> None:
    out = tmp_path / "r.parquet"
    assert screened(command, survey, out) == 1
    results = pl.read_parquet(out)
    for id_ in results["subject_id"].unique(maintain_order=True).head(5):
        own = results.filter(subject_id=id_)
        assessment = rules.assess(traced_subject(out, id_, rules))
        assert assessment.subject_id == id_
        found = [(c.mineral, c.level) for c in assessment.candidates]
        shown = own.drop_nulls("mineral").select("mineral", "level").rows()
        assert found == shown


def test_an_id_that_stands_twice_is_not_guessed(
    command: CommandLine, tmp_path: Path, rules: minsight.Rules
) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "r.csv"
    table.write_text("id,fatigue\na,yes\na,no\nb,yes\n", encoding="utf-8")
    assert command.run("screen", str(table), "--output", str(out)).code == 0
    with pytest.raises(minsight.SubjectError, match="2 persons") as error:
        traced_subject(out, "a", rules)
    assert f"`{table}#1`" in str(error.value)
    assert traced_subject(out, f"{table}#2", rules).absent == ("fatigue",)
    assert traced_subject(out, "#2", rules).absent == ("fatigue",)
    with pytest.raises(minsight.SubjectError, match="nobody"):
        traced_subject(out, "c", rules)
    table.write_text("id,fatigue\na,no\n", encoding="utf-8")
    with pytest.raises(minsight.FileError, match="has changed"):
        traced_subject(out, "b", rules)
