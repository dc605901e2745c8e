"""`minsight screen` lists what it did not understand, and reads what a list says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from command_line import CommandLine, said
from minsight.screening.runs import run as running
from minsight.screening.runs.manifest import manifest_of

PEOPLE = (
    "id,age,symptoms\n"
    'a,30,"zonky hair, always tired"\n'
    "b,31,Zonky Hair!\n"
    'c,40,"no fever; gribbly toes"\n'
    "d,41,call 0171 555 1234\n"
    'e,22,"always tired, gribbly toes, zonky hair"\n'
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words.csv"
    text = "phrase,means\nzonky hair,hair_loss\ngribbly toes,ignore\n"
    file.write_text(text, encoding="utf-8")
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def manifest_at(out: Path) -> Any:
    return json.loads(manifest_of(out).read_bytes())


def test_each_phrase_is_listed_once_and_the_list_filled_in_is_read(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    out, listed = tmp_path / "out.csv", tmp_path / "list.csv"
    first = ("screen", str(people), "--output", str(out))
    run = command.run(*first, "--unread-words", str(listed))
    assert run.code == 0
    assert "2 phrases not understood in" in said(run.out)
    assert "1 text with numbers or addresses, or too long, not copied" in said(run.out)
    rows = rows_of(listed)
    found = [(row["phrase"], row["times"], row["means"]) for row in rows]
    assert found == [("zonky hair", "3", ""), ("gribbly toes", "2", "")]
    assert rows[0]["id_2"]
    assert "0171" not in listed.read_text(encoding="utf-8")
    for row in rows:
        row["means"] = row["id_2"]
    rows[0]["means"] = "hair_loss"
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    again, left = tmp_path / "again.csv", tmp_path / "left.csv"
    told = ("--words", str(listed), "--unread-words", str(left))
    assert command.run(*first[:2], "--output", str(again), *told).code == 0
    assert rows_of(left) == []
    judged = {row["subject_id"]: row["urgency_judged"] for row in rows_of(again)}
    assert judged == {"a": "true", "b": "true", "c": "true", "d": "false", "e": "true"}
    reasons = [row["reasons"] for row in rows_of(again) if row["subject_id"] == "b"]
    assert "iron.hair_loss" in reasons


def test_results_are_the_same_in_every_form_and_on_every_engine(
    command: CommandLine, people: Path, words: Path, tmp_path: Path
) -> None:
    table = pl.read_csv(people)
    table.write_parquet(tmp_path / "people.parquet")
    with (tmp_path / "people.jsonl").open("w", encoding="utf-8") as lines:
        for id_, age, text in table.iter_rows():
            record = {"subject_id": id_, "age_years": age, "present": [text]}
            lines.write(json.dumps(record) + "\n")
    found, listed = [], []
    for name, engine in (
        ("people.csv", "columnar"),
        ("people.csv", "reference"),
        ("people.parquet", "columnar"),
        ("people.jsonl", "columnar"),
    ):
        out, left = tmp_path / "out.csv", tmp_path / "left.csv"
        said_so = ("--words", str(words), "--unread-words", str(left), "--force")
        to = ("--output", str(out), "--engine", engine)
        assert command.run("screen", str(tmp_path / name), *to, *said_so).code == 0
        found.append(pl.read_csv(out, infer_schema=False).drop("file").rows())
        listed.append(left.read_bytes())
    assert all(one == found[0] for one in found)
    assert all(one == listed[0] for one in listed)


def test_the_list_is_in_the_manifest_and_verified(
    command: CommandLine, people: Path, words: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    to = ("--output", str(out), "--unread-words", str(tmp_path / "left.csv"))
    assert command.run("screen", str(people), *to, "--words", str(words)).code == 0
    manifest = manifest_at(out)
    assert manifest["words"]["path"] == "words.csv"
    assert [one["role"] for one in manifest["outputs"]] == ["results", "unread_words"]
    outcome = command.run("verify", str(manifest_of(out)))
    assert outcome.code == 0
    assert "same     words `words.csv`" in outcome.out
    words.write_text("phrase,means\nzonky hair,ignore\n", encoding="utf-8")
    outcome = command.run("verify", str(manifest_of(out)))
    assert outcome.code == 1
    assert "differs  words `words.csv`" in outcome.out


def test_a_row_is_explained_as_it_was_read(
    command: CommandLine, people: Path, words: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    to = ("--output", str(out), "--words", str(words))
    assert command.run("screen", str(people), *to).code == 0
    shown = command.run("explain", str(out), "--subject", "b")
    assert shown.code == 0
    assert "Hair loss" in said(shown.out)
    assert "Not understood" not in said(shown.out)


def test_an_interrupted_run_does_not_go_on_with_another_list(
    command: CommandLine,
    people: Path,
    words: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "more.csv").write_text(PEOPLE, encoding="utf-8")
    out = tmp_path / "out.csv"
    files = ("screen", str(people), str(tmp_path / "more.csv"), "--output", str(out))
    other = tmp_path / "other.csv"
    other.write_text("phrase,means\nzonky hair,fever\n", encoding="utf-8")

    def fails(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(running.Runner, "_publish", fails)
    assert command.run(*files, "--words", str(words)).code == 4
    monkeypatch.undo()
    for lists in ((), ("--words", str(other))):
        outcome = command.run(*files, *lists, "--resume")
        assert outcome.code == 2
        assert "with another word list" in said(outcome.err)
        assert "--force" in outcome.err
    outcome = command.run(*files, "--words", str(words), "--resume")
    assert outcome.code == 0
    assert outcome.out.startswith("2 files finished by the earlier run.")


def test_a_list_that_is_wrong_is_told_before_the_work(
    command: CommandLine, people: Path, words: Path, tmp_path: Path
) -> None:
    words.write_text("phrase,means\nzonky hair,hair_los\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    to = ("--output", str(out), "--words", str(words))
    outcome = command.run("screen", str(people), *to)
    assert outcome.code != 0
    assert "words.csv:2:1: `hair_los` is no finding" in outcome.err
    assert "did you mean `hair_loss`?" in outcome.err
    assert not out.exists()


def test_no_list_is_written_over_what_it_is_made_from(
    command: CommandLine, people: Path, words: Path, tmp_path: Path
) -> None:
    to = ("--output", str(tmp_path / "out.csv"), "--words", str(words), "--force")
    for taken in (words, people):
        outcome = command.run("screen", str(people), *to, "--unread-words", str(taken))
        assert outcome.code == 2
        assert "is the input" in outcome.err


def test_spark_writes_no_list(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    to = ("--output", str(tmp_path / "out.csv"), "--engine", "spark")
    outcome = command.run("screen", str(people), *to, "--unread-words", "w.csv")
    assert outcome.code == 2
    assert "`--unread-words` is not for" in said(outcome.err)
