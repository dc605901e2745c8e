"""A run makes all of its files or none, and never replaces one unasked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.rejects import Reject
from minsight.screening.runs.manifest import File, read_manifest
from minsight.screening.runs.order import Order
from minsight.screening.runs.run import Run, Runner, _stopped, carry_out
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
        rejects=folder / "rejects.csv",
        **about,
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


@pytest.mark.parametrize(
    ("reject", "message"),
    [
        (Reject("f", 2, "", "", "is cut"), "`f`, row 2: is cut; stopped as asked"),
        (Reject("f", 2, "a", "x", "odd"), "`f`, row 2, `a`: `x` odd; stopped as asked"),
    ],
)
def test_a_stop_names_the_row(reject: Reject, message: str) -> None:
    assert str(_stopped(reject)) == message


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
