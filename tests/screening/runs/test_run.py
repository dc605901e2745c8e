"""A run makes all of its files or none, and never replaces one unasked."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.rejects import Reject
from minsight.screening.runs import run as running
from minsight.screening.runs.manifest import File, read_manifest
from minsight.screening.runs.order import Order
from minsight.screening.runs.parts import stopped
from minsight.screening.runs.run import Run, Runner, carry_out
from minsight.screening.sinks import Written, write_files
from minsight.screening.sources.files import find_sources

ROWS = "id,fever\na,yes\nb,mabye\nc,no\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "two.csv").write_text("id,fever\nd,no\n", encoding="utf-8")
    return tmp_path


def order(folder: Path, *names: str, **about: Any) -> Order:
    return Order(
        found=find_sources(folder / name for name in names or ("one.csv", "two.csv")),
        output=folder / "out.csv",
        **{"rejects": folder / "rejects.csv", **about},
    )


def made(folder: Path) -> list[str]:
    inputs = ("one.csv", "two.csv")
    return sorted(path.name for path in folder.iterdir() if path.name not in inputs)


def test_a_run_accounts_for_every_row_of_every_file_and_one_who_watches_sees_them(
    folder: Path, rules: minsight.Rules
) -> None:
    seen: dict[str, int] = {}

    def watch(name: str, batches: Any) -> Any:
        for batch in batches:
            seen[Path(name).name] = seen.get(Path(name).name, 0) + batch.rows
            yield batch

    run = carry_out(order(folder), rules, watch=watch)
    rows = [(one.rows, one.assessed, one.rejected) for one in run.manifest.inputs]
    assert rows == [(3, 2, 1), (1, 1, 0)]
    assert run.tally is not None
    assert (run.tally.files, run.tally.rows) == (2, 4)
    assert (run.skipped, run.made_safe) == (0, 0)
    assert seen == {"one.csv": 3, "two.csv": 1}
    assert made(folder) == ["out.csv", "out.csv.manifest.json", "rejects.csv"]
    assert read_manifest(folder / "out.csv.manifest.json") == run.manifest


def test_without_a_rejected_row_there_is_no_file_of_rejects(
    folder: Path, rules: minsight.Rules
) -> None:
    carry_out(order(folder, "one.csv"), rules)
    assert (folder / "rejects.csv").exists()
    run = carry_out(order(folder, "two.csv"), rules, force=True)
    assert not (folder / "rejects.csv").exists()
    assert [one.role for one in run.manifest.outputs] == ["results"]


def test_files_that_stand_in_the_way_are_replaced_only_by_force(
    folder: Path, rules: minsight.Rules
) -> None:
    names = ["out.csv", "out.csv.manifest.json", "rejects.csv"]
    for name in names:
        (folder / name).write_text("mine", encoding="utf-8")
        with pytest.raises(FileError, match="exists"):
            carry_out(order(folder), rules)
        assert (folder / name).read_text(encoding="utf-8") == "mine"
        assert made(folder) == [name]
        (folder / name).unlink()
    for name in names:
        (folder / name).write_text("mine", encoding="utf-8")
    carry_out(order(folder), rules, force=True)
    assert made(folder) == names
    for name in names:
        assert (folder / name).read_text(encoding="utf-8") != "mine"


def test_a_run_is_found_done_until_a_file_of_it_is_another(
    folder: Path, rules: minsight.Rules
) -> None:
    first = carry_out(order(folder), rules)
    again = carry_out(order(folder), rules, resume=True)
    assert again == Run(order(folder), first.manifest, None, skipped=2)
    assert Runner(order(folder, "one.csv"), rules).finished() is None
    for name in ("out.csv", "two.csv"):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(before + b"e,no\n")
        assert Runner(order(folder), rules).finished() is None
        (folder / name).write_bytes(before)
        assert Runner(order(folder), rules).finished() == first.manifest


def test_a_run_that_stops_at_the_first_reject_leaves_nothing(
    folder: Path, rules: minsight.Rules
) -> None:
    with pytest.raises(FileError) as caught:
        carry_out(order(folder, fail_fast=True), rules)
    assert str(caught.value) == (
        f"`{folder / 'one.csv'}`, row 2, `fever`: `mabye` `mabye` is no answer to"
        " `fever`; write yes, no or nothing; stopped as asked"
    )
    assert made(folder) == []


def test_what_failed_is_nothing_to_go_on_from_and_the_mended_file_is_taken(
    folder: Path, rules: minsight.Rules
) -> None:
    damaged = folder / "people.csv.gz"
    damaged.write_bytes(gzip.compress(b"id,fever\n" + b"a,yes\n" * 1000)[:-12])
    with pytest.raises(FileError, match=r"no file could be read: .* is cut off"):
        carry_out(order(folder, damaged.name), rules)
    assert made(folder) == [damaged.name]
    damaged.write_bytes(gzip.compress(b"id,fever\na,yes\n"))
    assert carry_out(order(folder, damaged.name), rules).manifest.assessed == 1


def test_a_second_run_to_one_output_is_told_at_once(
    folder: Path, rules: minsight.Rules
) -> None:
    refused = list[str]()

    def meanwhile(name: str, batches: Any) -> Any:
        del name
        for one in (order(folder), order(folder, rejects=folder / "others.csv")):
            with pytest.raises(FileError) as caught:
                carry_out(one, rules, force=True)
            refused.append(str(caught.value))
        yield from batches

    run = carry_out(order(folder), rules, watch=meanwhile)
    taken = f"another run is writing to `{folder / 'out.csv'}`"
    assert refused == [f"{taken}; wait for its end, or name another file"] * 4
    assert run.manifest.assessed == 3
    assert made(folder) == ["out.csv", "out.csv.manifest.json", "rejects.csv"]


def test_a_run_of_which_a_part_was_taken_away_publishes_nothing(
    folder: Path, rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(parts: list[Path], *args: Any, **about: Any) -> Written:
        return write_files(parts[:-1], *args, **about)

    monkeypatch.setattr(running, "write_files", losing)
    with pytest.raises(FileError, match="would hold 2 rows of 3 persons, and 3 of 3"):
        carry_out(order(folder), rules)
    assert made(folder) == [".out.csv.parts"]


@pytest.mark.parametrize("change", ["other", "touched", "gone"])
def test_an_input_that_is_changed_while_it_is_read_is_told(
    change: str, folder: Path, rules: minsight.Rules
) -> None:
    def changing(name: str, batches: Any) -> Any:
        yield from batches
        path = Path(name)
        if path.name == "one.csv" and change == "gone":
            path.unlink()
        elif path.name == "one.csv" and change == "touched":
            os.utime(path, ns=(1, 1))
        elif path.name == "one.csv":
            about = path.stat()
            path.write_text(ROWS[::-1], "utf-8")
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))

    run = carry_out(order(folder), rules, watch=changing)
    one, two = run.manifest.inputs
    assert one.problem == (
        f"`{folder / 'one.csv'}` was changed while it was read, so its results are of"
        " neither version; screen it again"
    )
    assert two.problem == ""
    assert run.manifest.has_problems


def test_outputs_in_other_folders_come_with_the_results_or_not_at_all(
    folder: Path, rules: minsight.Rules
) -> None:
    aside = folder / "aside"
    elsewhere = order(folder, rejects=aside / "rejects.csv", report=aside / "r.html")
    with pytest.raises(FileError, match="there is no folder"):
        carry_out(elsewhere, rules)
    assert made(folder) == []
    aside.mkdir()
    run = carry_out(elsewhere, rules)
    assert sorted(path.name for path in aside.iterdir()) == ["r.html", "rejects.csv"]
    assert made(folder) == ["aside", "out.csv", "out.csv.manifest.json"]
    assert [one.file.path for one in run.manifest.outputs] == [
        "out.csv", "aside/rejects.csv", "aside/r.html",
    ]  # fmt: skip


def test_going_on_replaces_only_what_the_earlier_run_was_to_publish(
    folder: Path, rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    replace = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if target.name == "rejects.csv":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        carry_out(order(folder), rules)
    monkeypatch.undo()
    assert made(folder) == [".out.csv.parts", "mine.csv", "out.csv"]
    with pytest.raises(FileError, match=r"`.*mine\.csv` exists"):
        carry_out(order(folder, rejects=folder / "mine.csv"), rules, resume=True)
    run = carry_out(order(folder), rules, resume=True)
    assert run.skipped == 2
    assert made(folder) == [
        "mine.csv", "out.csv", "out.csv.manifest.json", "rejects.csv",
    ]  # fmt: skip
    assert (folder / "mine.csv").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("reject", "message"),
    [
        (Reject("f", 2, "", "", "is cut"), "`f`, row 2: is cut; stopped as asked"),
        (Reject("f", 2, "a", "x", "odd"), "`f`, row 2, `a`: `x` odd; stopped as asked"),
    ],
)
def test_a_stop_names_the_row(reject: Reject, message: str) -> None:
    assert str(stopped(reject)) == message


def test_files_that_cannot_be_read_are_told_and_only_alone_an_error(
    folder: Path, rules: minsight.Rules
) -> None:
    run = carry_out(order(folder, "none.csv", "two.csv"), rules)
    missing, two = run.manifest.inputs
    assert (missing.file, missing.rows) == (None, 0)
    assert "cannot read" in missing.problem
    assert two.rows == 1
    with pytest.raises(FileError, match="no file could be read: cannot read"):
        carry_out(order(folder, "none.csv"), rules, force=True)


def test_what_is_written_nowhere_is_refused_before_the_work(
    folder: Path, rules: minsight.Rules
) -> None:
    nowhere = Order(
        found=order(folder).found,
        output=folder / "none" / "out.csv",
        rejects=folder / "none" / "rejects.csv",
    )
    with pytest.raises(FileError, match="there is no folder"):
        carry_out(nowhere, rules)
    with pytest.raises(FileError, match="ends in no format of results"):
        Runner(
            Order(
                found=order(folder).found,
                output=folder / "out.docx",
                rejects=folder / "rejects.csv",
            ),
            rules,
        )
    assert made(folder) == []


def test_the_manifest_names_files_as_seen_from_its_base(
    folder: Path, rules: minsight.Rules
) -> None:
    (folder / "deep").mkdir()
    below = Order(
        found=order(folder, "two.csv").found,
        output=folder / "deep" / "out.csv",
        rejects=folder / "deep" / "rejects.csv",
    )
    run = carry_out(below, rules)
    (two,) = run.manifest.inputs
    assert isinstance(two.file, File)
    assert two.file.path == "../two.csv"
    assert run.manifest.outputs[0].file.path == "out.csv"
