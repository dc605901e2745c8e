"""`minsight screen`: every line of a file ends in the results or in the rejects."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

import pytest

import minsight
from command_line import CommandLine, Outcome, is_one_paragraph
from minsight.assessment.record import assessment_json
from minsight.intake.records import subject_from_json

GOOD: Final = [
    b'{"subject_id": "first", "present": ["spoon_nails", "ice craving"]}',
    b'{"subject_id": "second", "age_months": 4, "present": ["rash round the mouth"]}',
    b'{"present": ["qqqq wwww"]}',
    b"{}",
    '{"subject_id": "f\N{LATIN SMALL LETTER U WITH DIAERESIS}nfte"}'.encode(),
    b'{"subject_id": "first", "present": ["seizure"]}\r',
]
BAD: Final = {
    b"not json": "not JSON",
    b'{"present": ["fatigue"]': "not JSON",
    b"[]": "must be an object",
    b'{"presnet": ["fatigue"]}': "`present`",
    b'{"present": ["fatigue"], "absent": ["fatigue"]}': "`fatigue`",
    b'{"age_years": 1000}': "125 years",
    b'{"sex": "blue"}': "`blue`",
    b'{"measurements": [{"name": "ferritin", "value": 8, "unit": "st"}]}': "`st`",
    b'{"measurements": [{"name": "ferritin", "value": 8, "unit": ""}]}': "no unit",
    b'{"measurements": [{"name": "ferritin"}]}': "`value`",
    b'{"measurements": [{"name": "zinc", "value": 0, "unit": "ug/dL"}]}': "1 to 2000",
    b'{"measurements": [{"name": "K", "value": 40, "unit": "mmol/L"}]}': "0.8 to 12",
    b'{"measurements": [{"name": "K", "value": -3, "unit": "mmol/L"}]}': "from 0 up",
    b'{"measurements": [{"name": "K", "value": NaN, "unit": "mmol/L"}]}': "`NaN`",
    b'{"measurements": [{"name": "K", "value": 1e999, "unit": "mmol/L"}]}': "number",
    b'{"measurements": [{"name": "K", "value": true, "unit": "mmol/L"}]}': "a number",
    b"\xff\xfe\x00": "UTF-8",
    b'{"present": ["\xff"]}': "UTF-8",
    b'{"a":' * 10_000: "nested too deeply",
    b'{"age_years": 3, "age_years": 30}': "`age_years`",
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.jsonl"
    file.write_bytes(b"\n".join(GOOD) + b"\n")
    return file


def records(file: Path) -> list[Any]:
    text = file.read_text(encoding="utf-8")
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def rejected(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(outcome: Outcome, named: str) -> bool:
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err), outcome.err
    assert named in outcome.err
    return True


# --- nothing is lost ------------------------------------------------------------------


def test_every_good_line_becomes_the_assessment_of_the_library(
    command: CommandLine, rules: minsight.Rules, people: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    outcome = command.run("screen", str(people), "--output", str(out))
    assert (outcome.code, outcome.err) == (0, "")
    expected = [assessment_json(rules.assess(subject_from_json(line))) for line in GOOD]
    assert out.read_text(encoding="utf-8").splitlines() == expected


def test_every_bad_line_is_rejected_with_its_number_reason_and_text(
    command: CommandLine, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(b"\n".join(BAD))
    outcome = command.run("screen", str(file), "--output", str(out))
    assert outcome.code == 1
    assert records(out) == []
    rejects = rejected(tmp_path / "out.jsonl.rejects")
    assert [r["row"] for r in rejects] == [str(n + 1) for n in range(len(BAD))]
    for reject, line in zip(rejects, BAD, strict=True):
        begins = line[:200].decode(errors="replace").strip()
        assert reject["value"] in ("no", begins) if reject["column"] else begins
    for reject, named in zip(rejects, BAD.values(), strict=True):
        assert named in reject["reason"]


def test_every_line_is_counted_once(command: CommandLine, tmp_path: Path) -> None:
    """Good and bad lines, mixed with empty ones: the counts of the summary add up."""
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    bad = list(BAD)
    mixed = [b"", GOOD[0], bad[0], b"  ", *GOOD[1:], *bad[1:], b"\t\r"]
    file.write_bytes(b"\n".join(mixed))
    outcome = command.run("screen", str(file), "--output", str(out))
    assert outcome.code == 1
    counts = f"{len(GOOD) + len(BAD)} rows of 1 file: {len(GOOD)} assessed, {len(BAD)}"
    assert outcome.out.startswith(counts)
    assert len(records(out)) == len(GOOD)
    rows = [int(r["row"]) for r in rejected(tmp_path / "out.jsonl.rejects")]
    written = [line for line in mixed if line.strip()]
    assert rows == [n for n, line in enumerate(written, start=1) if line in BAD]


def test_the_summary_says_how_soon_and_how_far(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    """One has a seizure; spoon nails with ice craving are typical of iron."""
    out = tmp_path / "out.jsonl"
    outcome = command.run("screen", str(people), "--output", str(out))
    assert "  urgency emergency: 1\n" in outcome.out
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["Iron", "0", "1", "0"] in lines


def test_a_clean_run_leaves_no_rejects(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert command.run("screen", str(people), "--output", str(out)).code == 0
    assert names(tmp_path) == [
        "out.jsonl",
        "out.jsonl.manifest.json",
        "out.jsonl.urgent.csv",
        "people.jsonl",
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_of_nobody_gives_an_empty_result(
    command: CommandLine, tmp_path: Path, content: bytes
) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(content)
    outcome = command.run("screen", str(file), "--output", str(out))
    assert outcome.code == 0
    assert out.read_bytes() == b""


def test_a_byte_order_mark_is_no_reason_to_reject(
    command: CommandLine, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD[0])
    assert command.run("screen", str(file), "--output", str(out)).code == 0
    assert [r["subject_id"] for r in records(out)] == ["first"]


def test_both_engines_write_the_same(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    outcome = screen_on(command, "forward", people, tmp_path)
    if sys.version_info < (3, 13):
        assert outcome.code == 0
        assert screen_on(command, "reference", people, tmp_path).code == 0
        forward = (tmp_path / "forward").read_bytes()
        assert forward == (tmp_path / "reference").read_bytes()
    else:
        assert refused(outcome, "up to 3.12")


def screen_on(command: CommandLine, engine: str, people: Path, folder: Path) -> Outcome:
    out = str(folder / engine)
    return command.run("screen", str(people), "--output", out, "--engine", engine)


def test_the_rejects_go_where_they_are_wanted(
    command: CommandLine, tmp_path: Path
) -> None:
    file, out, rejects = (tmp_path / name for name in ("in.jsonl", "out", "bad"))
    file.write_bytes(b"not json")
    where = ("--output", str(out), "--rejects", str(rejects))
    assert command.run("screen", str(file), *where).code == 1
    assert names(tmp_path) == ["bad", "in.jsonl", "out", "out.manifest.json"]
    assert [r["row"] for r in rejected(rejects)] == ["1"]


# --- nothing is overwritten -----------------------------------------------------------


@pytest.mark.parametrize("existing", ["out", "out.rejects"])
def test_a_file_that_exists_is_kept_without_force(
    command: CommandLine, people: Path, tmp_path: Path, existing: str
) -> None:
    (tmp_path / existing).write_bytes(b"precious")
    before = names(tmp_path)
    outcome = command.run("screen", str(people), "--output", str(tmp_path / "out"))
    assert refused(outcome, "--force")
    assert (tmp_path / existing).read_bytes() == b"precious"
    assert names(tmp_path) == before


def test_force_replaces_files_that_exist(command: CommandLine, tmp_path: Path) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out"
    rejects = tmp_path / "out.rejects"
    file.write_bytes(b"not json\n{}\n")
    out.write_bytes(b"old")
    rejects.write_bytes(b"old")
    assert command.run("screen", str(file), "--output", str(out), "--force").code == 1
    assert (len(records(out)), len(rejected(rejects))) == (1, 1)


def test_force_leaves_no_rejects_of_an_earlier_run(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    """Old rejects beside new results would speak of lines that were not rejected."""
    out, rejects = tmp_path / "out", tmp_path / "out.rejects"
    rejects.write_bytes(b'{"line": 1, "reason": "of an earlier run", "text": ""}\n')
    assert command.run("screen", str(people), "--output", str(out), "--force").code == 0
    assert not rejects.exists() or rejects.read_bytes() == b""


@pytest.mark.parametrize("option", ["--output", "--rejects"])
@pytest.mark.parametrize("way", ["same", "dotted", "symlink", "hardlink"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_input_is_never_the_output(
    command: CommandLine,
    people: Path,
    tmp_path: Path,
    option: str,
    way: str,
    force: tuple[str, ...],
) -> None:
    target = another_name(people, way)
    where = {"--output": str(tmp_path / "out"), option: str(target)}
    args = [word for pair in where.items() for word in pair]
    before = people.read_bytes()
    outcome = command.run("screen", str(people), *args, *force)
    assert refused(outcome, "is the input")
    assert people.read_bytes() == before
    assert not (tmp_path / "out").exists()


def another_name(file: Path, way: str) -> Path:
    other = file.with_name("other")
    match way:
        case "dotted":
            return file.parent / "." / ".." / file.parent.name / file.name
        case "symlink":
            other.symlink_to(file)
            return other
        case "hardlink":
            other.hardlink_to(file)
            return other
        case _:
            return file


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_results_and_rejects_are_never_one_file(
    command: CommandLine, tmp_path: Path, force: tuple[str, ...]
) -> None:
    """The later of the two would replace the earlier."""
    file, out = tmp_path / "in", tmp_path / "out"
    file.write_bytes(b"not json\n{}\n")
    where = ("--output", str(out), "--rejects", str(tmp_path / "." / "out"))
    assert refused(command.run("screen", str(file), *where, *force), "rejects")
    assert names(tmp_path) == ["in"]


@pytest.mark.parametrize(
    ("file", "output", "named"),
    [
        ("missing", "out", "missing"),
        ("empty", "out", "no files that can be read"),
        ("people.jsonl", "no/such/folder/out", "no/such/folder"),
        ("people.jsonl", "people.jsonl/out", "people.jsonl"),
    ],
)
@pytest.mark.usefixtures("people")
def test_what_cannot_be_read_or_written_is_said(
    command: CommandLine, tmp_path: Path, file: str, output: str, named: str
) -> None:
    (tmp_path / "empty").mkdir()
    where = ("screen", str(tmp_path / file), "--output", str(tmp_path / output))
    assert refused(command.run(*where), named)
    assert names(tmp_path) == ["empty", "people.jsonl"]


@pytest.mark.usefixtures("people")
def test_a_folder_is_no_output(command: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    where = ("--output", str(tmp_path / "out"), "--force")
    outcome = command.run("screen", str(tmp_path / "people.jsonl"), *where)
    assert refused(outcome, "out")
    assert names(tmp_path) == ["out", "people.jsonl"]


# --- all or nothing -------------------------------------------------------------------


@pytest.mark.parametrize("old", [None, b"of an earlier run"])
def test_a_failure_halfway_leaves_everything_as_it_was(
    command: CommandLine,
    people: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: bytes | None,
) -> None:
    out = tmp_path / "out"
    if old is not None:
        out.write_bytes(old)
    before = names(tmp_path)
    fail_at_the_third(monkeypatch)
    outcome = command.run(
        "screen", str(people), "--output", str(out), "--force", "--engine", "reference"
    )
    assert (outcome.code, outcome.out) == (4, "")
    assert is_one_paragraph(outcome.err)
    assert names(tmp_path) == before
    assert (out.read_bytes() if out.exists() else None) == old


def fail_at_the_third(monkeypatch: pytest.MonkeyPatch) -> None:
    assess = minsight.Rules.assess_answers
    count = iter(range(3))

    def failing(rules: minsight.Rules, *args: Any, **options: Any) -> Any:
        if next(count) == 2:
            raise ZeroDivisionError("boom")
        return assess(rules, *args, **options)

    monkeypatch.setattr(minsight.Rules, "assess_answers", failing)


def test_the_output_appears_only_when_it_is_complete(
    command: CommandLine, tmp_path: Path
) -> None:
    """Nothing stands under its name while lines are still being read."""
    fifo, out = tmp_path / "people", tmp_path / "out"
    os.mkfifo(fifo)
    process = command.spawn("screen", str(fifo), "--output", str(out))
    with fifo.open("wb") as lines:
        for _ in range(30):  # far more than the pipe holds: most of it has been read
            lines.write(b'{"subject_id": "' + b"x" * 10_000 + b'"}\n')
        lines.flush()
        assert not out.exists()
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert len(records(out)) == 30
    assert names(tmp_path) == ["out", "out.manifest.json", "people"]


def test_the_output_has_the_usual_permissions(
    command: CommandLine, people: Path, tmp_path: Path
) -> None:
    out, usual = tmp_path / "out", tmp_path / "usual"
    usual.touch()
    assert command.run("screen", str(people), "--output", str(out)).code == 0
    assert out.stat().st_mode == usual.stat().st_mode
