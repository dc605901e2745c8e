"""Small files that are screened as one come to what each alone would come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.answers import joining
from minsight.screening.runs import parts
from minsight.screening.runs.run import Run
from minsight.screening.runs.verify import verify
from minsight.screening.sources.small_files import SmallFile, small_file
from minsight.screening.sources.source import Source

ALONE: Final = 10**9
"""No run has so many inputs that they would be joined."""
VALUES: Final = {
    "id": ("p1", "p2", "", "'=1+1"),
    "age": ("31", "4", "9 months", "20-30", "-9", "150", "abc", ""),
    "sex": ("f", "m", "f", "diverse", "?", ""),
    "fever": ("yes", "no", "no", "mabye", ""),
    "shaking_hands": ("yes", "no", ""),
    "itch": ("yes", "no", ""),
    "baby": ("yes", "no", ""),
    "Serum alum (umol/L)": ("12", "40", "<5", "clotted", "see", "-9", "1,234", ""),
    "village": ("North", "South", "H\xfctte", ""),
    "symptoms": (
        "", "blue tongue", "purple elbows", "no itch, sleepy", "hoarse for 2 weeks",
        "shaking hands", "itch and red patches, aged 9", "no shaking hands",
    ),
}  # fmt: skip
SHAPES: Final = (
    ("id", "age", "sex", "fever", "shaking_hands", "village"),
    ("sex", "shaking_hands", "itch", "age", "baby"),
    ("id", "Serum alum (umol/L)", "fever", "shaking_hands", "symptoms"),
    ("id", "symptoms", "age", "sex"),
)
ODD: Final = (
    "",
    "id,nothing\na,b\n",
    "id,fever\na,yes,more\nb,yes\n",
    'id,fever\n"a,yes\nb,no\n',
    "id,fever\n\na,yes\n\nb,mabye\n",
    "subject,question,answer\na,fever,yes\n",
)


def people(folder: Path, seed: int = 3) -> Path:
    """Runs of small files of one shape, and odd ones among them."""
    drawn = Random(seed)
    folder.mkdir()
    contents: list[bytes] = []
    for shape, odd in zip(SHAPES * 2, (*ODD, *ODD), strict=False):
        written = drawn.choice([("utf-8", "\n", ""), ("utf-8-sig", "\r\n", '"')])
        contents += (_table(shape, drawn, *written) for _ in range(4))
        contents.append(odd.encode())
    for number, content in enumerate(contents):
        (folder / f"{number:03d}.csv").write_bytes(content)
    return folder


def _table(
    shape: Sequence[str], drawn: Random, encoding: str, end: str, quote: str
) -> bytes:
    """A file of no, one or three rows; some are Windows-1252, or end in blank lines."""
    rows = range(drawn.choice([0, 1, 1, 1, 3]))
    lines = [shape, *([drawn.choice(VALUES[name]) for name in shape] for _ in rows)]
    text = end.join(",".join(_field(cell, quote) for cell in line) for line in lines)
    text += drawn.choice(["", end, end * 3])
    return text.encode(drawn.choice([encoding, encoding, "cp1252"]))


def _field(cell: str, quote: str) -> str:
    mark = '"' if "," in cell else quote
    return f"{mark}{cell}{mark}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return people(tmp_path / "people")


def made(folder: Path, name: str, rules: minsight.Rules, **about: Any) -> Run:
    """A run into `out` beside the folder."""
    out = folder.parent / "out"
    out.mkdir(exist_ok=True)
    return rules.screen(
        folder, out / name, rejects=out / "rejects", force=True, **about
    )


def files(folder: Path) -> dict[str, bytes]:
    """All that was made, by name; afterwards nothing is left of it."""
    found = {}
    for path in sorted((folder.parent / "out").iterdir()):
        found[path.name] = path.read_bytes()
        path.unlink()
    return found


@pytest.mark.parametrize(
    ("name", "wide", "keep_going"),
    [
        ("r.csv", False, False), ("r.csv", False, True), ("r.csv", True, False),
        ("r.parquet", False, True), ("r.parquet", True, False),
        ("r.jsonl", False, False), ("r.fhir.json", False, False),
    ],
)  # fmt: skip
def test_every_output_is_the_same_byte_for_byte(
    name: str,
    wide: bool,
    keep_going: bool,
    folder: Path,
    small: minsight.Rules,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("altair")
    out = folder.parent / "out"
    about: dict[str, Any] = {
        "wide": wide,
        "keep_going": keep_going,
        "by": ("village",),
        "report": out / "report.html",
        "unread_words": out / "unread.csv",
    }
    monkeypatch.setattr(parts, "FEWEST", ALONE)
    alone, expected = made(folder, name, small, **about), files(folder)
    monkeypatch.setattr(parts, "FEWEST", 2)
    as_one, found = made(folder, name, small, **about), files(folder)
    assert found.keys() == expected.keys()
    for one, content in expected.items():
        assert found[one] == content, one
    assert as_one == alone
    assert as_one.tally is not None
    assert alone.tally is not None
    assert list(as_one.tally.notices) == list(alone.tally.notices)
    assert alone.manifest.rejected > 10
    assert alone.tally.repeated > 10


def test_with_a_map_too(
    folder: Path, small: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = folder.parent / "map.yaml"
    by.write_text("id: id\nheader_rows: 1\nothers: by_name\n", encoding="utf-8")
    found = []
    for fewest in (ALONE, 2):
        monkeypatch.setattr(parts, "FEWEST", fewest)
        made(folder, "r.csv", small, map=by)
        found.append(files(folder))
    assert found[0] == found[1]


def test_files_are_read_as_one_and_the_run_can_be_verified(
    folder: Path, small: minsight.Rules
) -> None:
    seen: list[str] = []

    def watch(name: str, batches: Iterator[Any]) -> Iterator[Any]:
        seen.append(name.removeprefix(f"{folder}/"))
        yield from batches

    for path in folder.iterdir():
        path.write_text("id,fever\na,yes\n", encoding="utf-8")
    (folder / "020.csv").write_text("fever,id\nyes,b\n", encoding="utf-8")
    (folder / "030.csv").write_text("id,nothing\na,yes\n", encoding="utf-8")
    run = made(folder, "r.csv", small, watch=watch)
    assert seen == ["000.csv and 29 more", "030.csv", "031.csv and 8 more"]
    rows = [one.rows for one in run.manifest.inputs]
    assert rows == [*([1] * 30), 0, *([1] * 9)]
    assert verify(run.manifest, folder.parent / "out", small).is_same


def interrupted_at(name: str) -> Any:
    """Watches batches until those of a name that contains this come."""

    def watch(file: str, batches: Iterator[Any]) -> Iterator[Any]:
        if name in file:
            raise KeyboardInterrupt
        yield from batches

    return watch


@pytest.mark.parametrize("change", ["none", "first", "later", "new", "gone"])
def test_what_was_finished_as_one_is_taken_as_one_or_made_anew(
    change: str, folder: Path, small: minsight.Rules
) -> None:
    """A file that was changed, added or taken away is of no part that there is."""
    for path in folder.iterdir():
        path.write_text(f"id,fever\n{path.stem},yes\n", encoding="utf-8")
    (folder / "020.csv").write_text("id,fever\na,yes,more\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        made(folder, "r.csv", small, watch=interrupted_at("020.csv"))
    changed = {"first": "000", "later": "007", "new": "007a", "gone": "007"}
    if change != "none":
        path = folder / f"{changed[change]}.csv"
        path.write_text("id,fever\nother,no\n", encoding="utf-8")
        if change == "gone":
            path.unlink()
    run = made(folder, "r.csv", small, resume=True)
    assert run.skipped == (20 if change == "none" else 0)
    found = files(folder)
    made(folder, "r.csv", small)
    assert files(folder) == found


def test_a_stop_at_the_first_reject_keeps_what_stands_before_it(
    folder: Path, small: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        said = "mabye" if path.stem in ("011", "012") else "yes"
        path.write_text(f"id,fever\n{path.stem},{said}\n", encoding="utf-8")
    told = []
    for fewest in (ALONE, 2):
        monkeypatch.setattr(parts, "FEWEST", fewest)
        with pytest.raises(
            FileError, match=r"011\.csv`, row 1, `fever`.*as asked"
        ) as e:
            made(folder, "r.csv", small, fail_fast=True)
        told.append(str(e.value))
        again = made(folder, "r.csv", small, resume=True)
        assert (again.skipped, again.manifest.rejected) == (11, 2)
        files(folder)
    assert told[0] == told[1]


def test_a_file_that_was_written_to_a_moment_ago_is_told(
    folder: Path, small: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        path.write_text("id,fever\na,yes\n", encoding="utf-8")

    def changing(source: Source) -> SmallFile | None:
        if source.path.stem == "007":
            source.path.write_text("id,fever\nb,no\n", encoding="utf-8")
        return small_file(source)

    monkeypatch.setattr(joining, "small_file", changing)
    run = made(folder, "r.csv", small)
    told = [Path(one.name).stem for one in run.manifest.inputs if one.problem]
    assert told == ["007"]
