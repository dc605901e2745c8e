"""What is finished of a run stays; what is not leaves nothing that could be taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from minsight.screening.rejects import Reject
from minsight.screening.runs.checkpoint import FinishedParts
from minsight.screening.runs.part_files import Keep
from screened import Candidacy, Person, screened

BAD = Reject("people.csv", 9, "fever", "x", "`x` is no answer")
PEOPLE = [Person(candidates=(Candidacy("iron", "few_findings"),)), Person()]


@contextmanager
def waiting(folder: Path) -> Iterator[Keep]:
    kept: list[pl.DataFrame] = []
    yield kept.append
    for number, frame in enumerate(kept):
        frame.write_parquet(folder / f"results-{number:06d}.parquet")


def parts_in(folder: Path, key: str = "key") -> FinishedParts:
    targets = [folder / "out.csv", folder / "aside" / "rejects", folder / "manifest"]
    return FinishedParts(folder / ".out.parts", key, waiting, targets)


@pytest.fixture
def parts(tmp_path: Path) -> FinishedParts:
    begun = parts_in(tmp_path)
    begun.begin(resume=False)
    return begun


def finish(parts: FinishedParts, name: str, digest: str = "d") -> None:
    with parts.writing(name, digest) as writer:
        writer.add(screened(PEOPLE, rejects=[BAD]))
        writer.add(screened(PEOPLE[:1]))


def test_a_part_is_found_by_name_and_content_when_it_is_whole(
    parts: FinishedParts,
) -> None:
    assert not parts.exists
    with parts.writing("a.csv", "d") as writer:
        writer.add(screened(PEOPLE))
        assert parts.find("a.csv", "d") is None
    assert parts.exists
    assert parts.find("a.csv", "d") is not None
    assert parts.find("a.csv", "other content") is None
    assert parts.find("b.csv", "d") is None


def test_a_part_keeps_results_rejects_and_counts_in_order(
    parts: FinishedParts,
) -> None:
    finish(parts, "a.csv")
    part = parts.find("a.csv", "d")
    assert part is not None
    heights = [pl.read_parquet(path).height for path in part.results]
    assert heights == [2, 1]
    assert list(part.rejects) == [BAD]
    assert (part.problem, part.rows, part.persons) == ("", 3, 3)
    tally = part.tally
    assert (tally.files, tally.rows, tally.assessed, tally.rejected) == (1, 4, 3, 1)


def test_an_input_that_was_damaged_says_why_and_counts_as_rejected(
    parts: FinishedParts,
) -> None:
    with parts.writing("a.csv", "d") as writer:
        writer.add(screened(PEOPLE))
        writer.fail("a.csv", "`a.csv` is cut off")
    part = writer.part
    assert part is not None
    assert part.problem == "`a.csv` is cut off"
    assert list(part.rejects) == [Reject("a.csv", None, "", "", "`a.csv` is cut off")]
    assert (part.tally.files, part.tally.rejected_files, part.tally.rows) == (0, 1, 2)
    # It may not fail again, and is nothing to go on from.
    assert parts.find("a.csv", "d") is None
    assert not parts.exists


def test_a_part_that_is_interrupted_is_not_there_at_all(
    parts: FinishedParts, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt), parts.writing("a.csv", "d"):
        raise KeyboardInterrupt
    assert not parts.exists
    assert parts.find("a.csv", "d") is None
    again = parts_in(tmp_path)
    again.begin(resume=True)
    finish(again, "a.csv")
    assert again.find("a.csv", "d") is not None


@pytest.mark.parametrize(
    ("key", "resume", "kept"),
    [("key", True, True), ("key", False, False), ("other", True, False)],
)
def test_only_the_same_run_that_is_resumed_keeps_what_is_finished(
    key: str, resume: bool, kept: bool, parts: FinishedParts, tmp_path: Path
) -> None:
    finish(parts, "a.csv")
    again = parts_in(tmp_path, key)
    assert again.is_of_this_run is (key == "key")
    again.begin(resume=resume)
    assert (again.find("a.csv", "d") is not None) is kept
    assert again.is_of_this_run


def test_files_take_their_places_and_what_is_not_made_is_removed(
    parts: FinishedParts, tmp_path: Path
) -> None:
    finish(parts, "a.csv")
    (tmp_path / "aside").mkdir()
    out, rejects, manifest = (
        tmp_path / "out.csv",
        tmp_path / "aside" / "rejects",
        (tmp_path / "manifest"),
    )
    for path in (out, rejects, manifest):
        path.write_text("old", encoding="utf-8")
    for path in (out, manifest):
        parts.staged(path).write_text("new", encoding="utf-8")
    parts.publish()
    assert [path.read_text("utf-8") for path in (out, manifest)] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "aside", "manifest", "out.csv",
    ]  # fmt: skip


def test_what_waits_for_another_folder_waits_in_it(
    parts: FinishedParts, tmp_path: Path
) -> None:
    """As that may be on another file system, to which nothing can be moved whole."""
    aside = tmp_path / "aside" / "rejects"
    assert parts.staged(aside).parent == aside.parent
    assert parts.staged(tmp_path / "out.csv").parent == parts.folder


def test_an_interrupted_publishing_is_remembered_by_the_files_it_was_to_replace(
    parts: FinishedParts, tmp_path: Path
) -> None:
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "rejects").mkdir()  # which no file can replace
    for name in ("out.csv", "aside/rejects", "manifest"):
        parts.staged(tmp_path / name).touch()
    with pytest.raises(OSError, match="rejects"):
        parts.publish()
    assert (tmp_path / "out.csv").exists()
    assert not (tmp_path / "manifest").exists()
    again = parts_in(tmp_path)
    assert again.is_publishing(tmp_path / "out.csv")
    assert not again.is_publishing(tmp_path / "others.csv")
    again.begin(resume=True)
    assert not parts.staged(tmp_path / "aside" / "rejects").exists()


def test_a_run_of_which_nothing_was_finished_leaves_no_folder(
    parts: FinishedParts,
) -> None:
    finish(parts, "a.csv")
    parts.discard_if_empty()
    assert parts.folder.exists()
    parts.discard()
    assert not parts.folder.exists()
    parts.begin(resume=False)
    parts.discard_if_empty()
    assert not parts.folder.exists()
    parts.discard()
