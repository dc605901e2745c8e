"""`Rules.screen`: files in and results out, as the command has it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import minsight
from command_line import CommandLine
from minsight.errors import FileError, MapError
from minsight.screening.pipeline import Screened
from minsight.screening.runs.manifest import manifest_of, read_manifest
from places import SMALL_RULES

PEOPLE: Final = b"subject_id,age_years,fatigue,spoon_nails\na,28,yes,yes\nb,,no,often\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Two people, one of whom cannot be assessed."""
    file = tmp_path / "people.csv"
    file.write_bytes(PEOPLE)
    return file


@pytest.fixture(scope="module")
def shipped() -> minsight.Rules:
    """The rules as the command loads them: with no folder of their own."""
    return minsight.load()


@pytest.mark.parametrize("name", ["r.csv", "r.parquet", "r.jsonl"])
def test_every_file_is_that_of_the_command(
    name: str,
    people: Path,
    command: CommandLine,
    shipped: minsight.Rules,
    tmp_path: Path,
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert command.run("screen", str(people), "--output", str(one / name)).code == 1
    run = shipped.screen(people, other / name)
    made = sorted(path.name for path in other.iterdir())
    assert made == [name, f"{name}.manifest.json", f"{name}.rejects"]
    for file in made:
        assert (other / file).read_bytes() == (one / file).read_bytes()
    assert run.manifest == read_manifest(manifest_of(other / name))


def test_what_a_run_came_to_is_counted(
    people: Path, shipped: minsight.Rules, tmp_path: Path
) -> None:
    run = shipped.screen([str(people)], str(tmp_path / "r.csv"))
    counts = run.manifest.rows, run.manifest.assessed, run.manifest.rejected
    assert counts == (2, 1, 1)
    assert run.manifest.has_problems
    assert run.tally is not None
    assert run.tally.levels["iron", "partial_pattern"] == 1
    assert "often" in run.order.rejects.read_text(encoding="utf-8")


def test_a_run_that_is_done_is_not_done_again(
    people: Path, shipped: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "r.csv"
    first = shipped.screen(people, out)
    again = shipped.screen(people, out, resume=True)
    assert (again.manifest, again.tally, again.skipped) == (first.manifest, None, 1)


def test_standard_input_and_the_batches_that_pass_are_the_callers(
    shipped: minsight.Rules, tmp_path: Path
) -> None:
    seen: list[tuple[str, int]] = []

    def watch(name: str, batches: Iterator[Screened]) -> Iterator[Screened]:
        for batch in batches:
            seen.append((name, batch.rows))
            yield batch

    out = tmp_path / "r.csv"
    run = shipped.screen("-", out, stdin=io.BytesIO(PEOPLE), watch=watch)
    assert run.manifest.rows == 2
    assert {name for name, _ in seen} == {"standard input"}
    assert sum(rows for _, rows in seen) == 2


def test_rules_of_a_folder_are_named_in_the_manifest(
    people: Path, tmp_path: Path
) -> None:
    rules = minsight.load(SMALL_RULES, cache=False)
    people.write_bytes(b"id,tiredness\na,yes\n")
    run = rules.screen(people, tmp_path / "r.csv")
    assert run.manifest.rules_folder is not None
    assert (tmp_path / run.manifest.rules_folder).resolve() == SMALL_RULES.resolve()


@pytest.mark.parametrize(
    ("output", "options", "error", "named"),
    [
        ("people.csv", {}, FileError, "is the input"),
        ("taken.csv", {}, FileError, "exists; choose another name or allow"),
        ("-", {}, FileError, "a file of their own"),
        ("r.csv", {"rejects": "r.csv"}, FileError, "written twice"),
        ("r.jsonl", {"wide": True}, FileError, "a record holds everything"),
        ("r.csv", {"map": "no.yaml"}, FileError, "there is no map"),
        ("r.csv", {"map": "people.csv"}, MapError, "the map has"),
        ("r.csv", {"fail_fast": True}, FileError, "row 2, `spoon_nails`: `often`"),
        ("no/r.csv", {}, FileError, "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    output: str,
    options: dict[str, Any],
    error: type[minsight.MinsightError],
    named: str,
    people: Path,
    shipped: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(people.parent)
    Path("taken.csv").touch()
    before = sorted(Path.cwd().iterdir())
    with pytest.raises(error, match=named):
        shipped.screen("people.csv", output, **options)
    assert sorted(Path.cwd().iterdir()) == before
